import { serialize } from '../html/canonical.ts';
import { readMathMl } from '../html/mathml.ts';
import { parseHtml } from '../html/parse.ts';
import { shorten } from '../html/text.ts';
import {
  attribute,
  descendants,
  type Element,
  findAll,
  isElement,
  rawText,
  root,
  text,
} from '../html/tree.ts';
import { attempt } from '../memo.ts';
import { lazyRequire } from '../package.ts';
import { countLineBreaks } from '../strings.ts';
import { withoutEscapes } from './markdown/source-text.ts';

/** The attribute with the number of the part that replaces an element on pages; no article contains it. */
export const PART = 'data-part';

const MAX_QUOTED = 60;
/** The maximum number of formulas that are reported individually. */
const MAX_WARNINGS = 20;

/** Content that pages show differently from feeds. */
interface PageParts {
  /** In canonical HTML, by their numbers. */
  readonly parts: readonly string[];
  /** Warnings about formulas that could not be converted. */
  readonly warnings: readonly string[];
}

/**
 * Makes what pages show in the place of elements: formulas in MathML, and code with its marked lines.
 *
 * @param elements get `PART`
 * @param file in which they stand
 */
export function makePageParts(
  elements: readonly Element[],
  file: { readonly path: string; readonly bytes: Uint8Array },
): PageParts {
  const formulas = elements.flatMap((element) => {
    const { formula } = element.data ?? {};
    return formula === undefined
      ? []
      : [{ element, tex: rawText(element).trim(), isBlock: formula === 'block' }];
  });
  const converted = convertTex(formulas);
  const results = new Map(formulas.map(({ element }, index) => [element, converted[index]]));
  const parts: string[] = [];
  const failed: { readonly tex: string; readonly reason: string }[] = [];
  for (const element of elements) {
    const { mathml, lines } = element.data ?? {};
    const result = results.get(element);
    if (typeof result === 'string' && mathml === undefined) {
      failed.push({ tex: rawText(element).trim(), reason: result });
      continue;
    }
    const { properties } = element;
    const code = { ...element, properties: { ...properties, 'data-lines': lines } };
    properties[PART] = String(parts.length);
    const shown = (typeof result === 'string' ? undefined : result) ?? mathml ?? code;
    // A formula may consist of definitions only.
    const isEmpty = shown.tagName === 'math' && shown.children.length === 0;
    parts.push(isEmpty ? '' : serialize(root([shown]), shown === code));
  }
  return { parts, warnings: failed.length === 0 ? [] : formulaWarnings(failed, file) };
}

function formulaWarnings(
  failed: readonly { readonly tex: string; readonly reason: string }[],
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): string[] {
  const source = new TextDecoder().decode(bytes);
  const warnings = failed.slice(0, MAX_WARNINGS).map(({ tex, reason }) => {
    const at = source.indexOf(tex.split('\n', 1)[0] ?? '');
    const place = at < 0 ? '' : `:${1 + countLineBreaks(source.slice(0, at))}`;
    const quoted = shorten(tex.replace(/\s+/g, ' '), MAX_QUOTED);
    return `Cannot convert "${quoted}" in seeds/${path}${place}: expected LaTeX, but ${reason}; its TeX is shown`;
  });
  const left = failed.length - warnings.length;
  if (left > 0)
    warnings.push(
      `Cannot convert ${left} more formulas in seeds/${path}: expected LaTeX; their TeX is shown`,
    );
  return warnings;
}

const temml = lazyRequire<typeof import('temml')>('temml');

/** A formula as its author wrote it. */
interface Formula {
  readonly tex: string;
  readonly isBlock: boolean;
}

const MAX_LENGTH = 5000;
const MAX_REASON = 100;
/** Commands of MathJax and its packages that the converter lacks. */
const MACROS: Readonly<Record<string, string>> = {
  '\\class': '\\@secondoftwo',
  '\\cssId': '\\@secondoftwo',
  '\\href': '\\@secondoftwo',
  '\\SI': '#1\\,\\mathrm{#2}',
  '\\mbox': '\\text{#1}',
  '\\num': '#1',
  '\\qed': '\\square',
  '\\si': '\\mathrm{#1}',
  '\\style': '\\@secondoftwo',
  '\\url': '\\texttt{#1}',
};
/** Definitions apply to the rest of the document, as in MathJax, and may be repeated. */
const COMMAND =
  /\\(?:new|renew|provide)command\*?\s?\{?\s?(\\[A-Za-z]{1,30})\s?\}?\s?(?:\[([1-9])\]\s?)?(?=\{)/g;
const OPERATOR =
  /\\DeclareMathOperator(\*?)\s?\{?\s?(\\[A-Za-z]{1,30})\s?\}?\s?\{((?:[^{}]|\{[^{}]{0,99}\}){0,99})\}/g;
const DEFINITION = /\\def(?=\s?\\)/g;
const REQUIREMENT = /\\require\s?\{[\w,\s]{0,99}\}/g;
const LABEL = /\\label\s?\{([^{}]{1,99})\}/g;
const REFERENCE = /\\(eq)?ref\s?\{([^{}]{1,99})\}/g;
/** Columns as some packages write them; MathJax shows them as the usual ones. */
const COLUMNS = /\\begin\{array\}\{[lcrLCR|\s]{1,99}\}/g;

/**
 * Converts the formulas of a document from LaTeX to MathML. Commands that one defines apply to later ones, and
 * equations are numbered.
 *
 * @returns for each, the `math` element with the TeX as its annotation, or the reason why there is none
 */
export function convertTex(formulas: readonly Formula[]): (Element | string)[] {
  const macros: Record<string, unknown> = { ...MACROS };
  const labels = new Map<string, string>();
  let equations = 0;
  const convert = ({ tex, isBlock }: Formula): Element | string => {
    if (tex.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
    const ready = withReferences(withDefinitions(tex), labels).replace(COLUMNS, (array) =>
      array.toLowerCase(),
    );
    // Only equations that stand alone have a number.
    const displayMode = isBlock || /\\tag\b/.test(tex);
    const render = (each: string): string =>
      temml().default.renderToString(each, { displayMode, throwOnError: true, macros });
    let markup: string | undefined;
    try {
      markup = render(ready);
    } catch (error) {
      // In some generators, Markdown reads a formula before a script does.
      markup = attempt(() => render(withoutEscapes(ready)));
      if (markup === undefined) return reasonOf(error);
    }
    const math = parseHtml(markup)?.children[0];
    if (!isElement(math, 'math')) return 'it shows nothing';
    for (const part of descendants(math))
      if (attribute(part, 'class') === 'tml-eqn') part.children = [text(`(${++equations})`)];
    if (tex.includes('\\label')) noteLabels(tex, math, labels);
    return readMathMl(math, tex) ?? 'it is nested too deeply';
  };
  const found = formulas.map(convert);
  if (labels.size === 0) return found;
  // A reference may precede its equation.
  return formulas.map((formula, index) => {
    const first = found[index] ?? '';
    return /\\(?:eq)?ref/.test(formula.tex) && !formula.tex.includes('\\label') ? convert(formula) : first;
  });
}

function withDefinitions(tex: string): string {
  if (!/\\(?:(?:new|renew|provide)command|def|DeclareMathOperator|require)/.test(tex)) return tex;
  return tex
    .replace(REQUIREMENT, '')
    .replace(OPERATOR, (_, star: string, name: string, words: string) => {
      return `\\gdef${name}{\\operatorname${star}{${words}}}`;
    })
    .replace(COMMAND, (_, name: string, count = '0') => {
      const parameters = Array.from({ length: Number(count) }, (_, index) => `#${index + 1}`);
      return `\\gdef${name}${parameters.join('')}`;
    })
    .replace(DEFINITION, '\\gdef');
}

/** References as the numbers of what they refer to. */
function withReferences(tex: string, labels: ReadonlyMap<string, string>): string {
  return tex.replace(REFERENCE, (_, isEquation: string | undefined, label: string) => {
    const number = labels.get(label) ?? `\\text{${label.replace(/[^\p{L}\p{N}.: -]/gu, ' ')}}`;
    return isEquation === undefined ? number : `(${number})`;
  });
}

/** Records the numbers of labelled equations: that of the row of the label. */
function noteLabels(tex: string, math: Element, labels: Map<string, string>): void {
  const [table] = findAll(math, 'mtable');
  const rows = (table?.children ?? []).filter((row) => isElement(row, 'mtr'));
  for (const match of tex.matchAll(LABEL)) {
    const above = tex.slice(0, match.index).split('\\\\').length - 1;
    const row = rows[Math.min(above, rows.length - 1)];
    const last = row?.type === 'element' ? row.children.at(-1) : undefined;
    const number = /^\((.{1,20})\)$/.exec(last === undefined ? '' : rawText(last).trim())?.[1];
    if (number !== undefined) labels.set(match[1] ?? '', number);
  }
}

/** The reason for an error in TeX: `Unsupported function name: \foo`. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  const message = error instanceof Error ? error.message : String(error);
  const [reason = ''] = message.trim().split(/ at position | at end of input|\n/, 1);
  return /^Cannot read|is not|undefined/.test(reason) || reason === ''
    ? 'it is no LaTeX'
    : (reason.charAt(0).toLowerCase() + reason.slice(1)).slice(0, MAX_REASON);
}
