import { readMathMl } from '../html/mathml.ts';
import { parseHtml } from '../html/parse.ts';
import { attribute, descendants, type Element, findAll, isElement, rawText, text } from '../html/tree.ts';
import { lazyRequire } from '../package.ts';
import { lineOfMath } from './html-page/math-line.ts';
import { splitTex } from './markdown/read-math.ts';

const temml = lazyRequire<typeof import('temml')>('temml');

/** A formula as its author wrote it. */
export interface Formula {
  readonly tex: string;
  readonly isBlock: boolean;
}

/** Longer TeX is not converted. */
const MAX_LENGTH = 5000;
const MAX_REASON = 100;
/** What MathJax and its packages know and the converter does not. */
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
/** Definitions hold for the rest of the document, as with MathJax, and may be made twice. */
const COMMAND =
  /\\(?:new|renew|provide)command\*?\s?\{?\s?(\\[A-Za-z]{1,30})\s?\}?\s?(?:\[([1-9])\]\s?)?(?=\{)/g;
const OPERATOR =
  /\\DeclareMathOperator(\*?)\s?\{?\s?(\\[A-Za-z]{1,30})\s?\}?\s?\{((?:[^{}]|\{[^{}]{0,99}\}){0,99})\}/g;
const DEFINITION = /\\def(?=\s?\\)/g;
const REQUIREMENT = /\\require\s?\{[\w,\s]{0,99}\}/g;
const LABEL = /\\label\s?\{([^{}]{1,99})\}/g;
const REFERENCE = /\\(eq)?ref\s?\{([^{}]{1,99})\}/g;
const TABLES: ReadonlySet<string> = new Set(['mtable']);

/**
 * Converts the formulas of a document from LaTeX to MathML: commands that one defines are known to those behind it, and
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
    const ready = withReferences(withDefinitions(tex), labels);
    // Only equations that stand alone have a number.
    const displayMode = isBlock || /\\tag\b/.test(tex);
    let markup: string;
    try {
      markup = temml().default.renderToString(ready, { displayMode, throwOnError: true, macros });
    } catch (error) {
      return reasonOf(error);
    }
    const math = parseHtml(markup)?.children[0];
    if (!isElement(math, 'math')) return 'it shows nothing';
    for (const part of descendants(math))
      if (attribute(part, 'class') === 'tml-eqn') part.children = [text(`(${++equations})`)];
    if (tex.includes('\\label')) noteLabels(tex, math, labels);
    return readMathMl(math, tex) ?? 'it is nested too deep';
  };
  const found = formulas.map(convert);
  if (labels.size === 0) return found;
  // An equation may be referred to before it is there.
  return formulas.map((formula, index) => {
    const first = found[index] ?? '';
    return /\\(?:eq)?ref/.test(formula.tex) && !formula.tex.includes('\\label') ? convert(formula) : first;
  });
}

/** A title in which formulas are written as plain text, such as `On O(n log n) sorting`, for no reader shows TeX there. */
export function titleWithoutTex(title: string): string {
  if (!/\$|\\[([]/.test(title)) return title;
  const written = splitTex(title, /\$|\\[([]/g).map((part) => {
    if (typeof part === 'string') return part;
    const [math = part.tex] = convertTex([part]);
    return typeof math === 'string' ? part.tex : tightened(lineOfMath(math));
  });
  return written.join('');
}

const RAISED: ReadonlyMap<string, string> = new Map(
  [...'−0123456789'].map((sign, at) => [sign, '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(at)]),
);
const LOWERED: ReadonlyMap<string, string> = new Map(
  [...'0123456789'].map((sign, at) => [sign, '₀₁₂₃₄₅₆₇₈₉'.charAt(at)]),
);

/** A formula in a line without the spaces that nobody would write, and with raised and lowered numbers. */
function tightened(line: string): string {
  return line
    .replace(/(?<=[\p{L}\p{N})]) (?=\()/gu, '')
    .replace(/(?<=(?:^|[^\p{L}_^])\p{L}) (?=\p{L}(?!\p{L}))/gu, '')
    .replace(/(?<=(?:^|[({[])[−±+-]) /g, '')
    .replace(/(?<=[{⟨⌈⌊]) | (?=[}⟩⌉⌋!.])/g, '')
    .replace(/_(\d{1,3})(?![\p{L}\p{N}])/gu, (_, digits: string) => shifted(digits, LOWERED))
    .replace(/\^(?:(\d{1,3})|\((−?\d{1,3})\))(?![\p{L}\p{N}])/gu, (_, bare?: string, grouped = '') =>
      shifted(bare ?? String(grouped), RAISED),
    );
}

function shifted(digits: string, signs: ReadonlyMap<string, string>): string {
  return Array.from(digits, (sign) => signs.get(sign)).join('');
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

/** The numbers of labelled equations: of the row in which a label stands. */
function noteLabels(tex: string, math: Element, labels: Map<string, string>): void {
  const [table] = findAll(math, TABLES);
  const rows = (table?.children ?? []).filter((row) => isElement(row, 'mtr'));
  for (const match of tex.matchAll(LABEL)) {
    const above = tex.slice(0, match.index).split('\\\\').length - 1;
    const row = rows[Math.min(above, rows.length - 1)];
    const last = row?.type === 'element' ? row.children.at(-1) : undefined;
    const number = /^\((.{1,20})\)$/.exec(last === undefined ? '' : rawText(last).trim())?.[1];
    if (number !== undefined) labels.set(match[1] ?? '', number);
  }
}

/** What is wrong with TeX, in a few words: `Unsupported function name: \foo`. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deep';
  const message = error instanceof Error ? error.message : String(error);
  const [reason = ''] = message.trim().split(/ at position | at end of input|\n/, 1);
  return /^Cannot read|is not|undefined/.test(reason) || reason === ''
    ? 'it is no LaTeX'
    : (reason.charAt(0).toLowerCase() + reason.slice(1)).slice(0, MAX_REASON);
}
