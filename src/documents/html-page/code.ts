import { descendants, type Element, type ElementContent, findAll, rawText, text } from '../../html/tree.ts';
import { attribute } from './tree.ts';

/** How classes name a language: of Prism, GitHub and Sphinx, SyntaxHighlighter, then Pandoc, Hexo and highlight.js. */
const LANGUAGES: readonly RegExp[] = [
  /(?:^|\s)lang(?:uage)?-\{?\.?([a-z][\w+#.-]*)/,
  /(?:^|\s)highlight-(?:source-|text-)?([a-z][\w+#.-]*)/,
  /(?:^|\s)brush:\s*([a-z][\w+#.-]*)/,
  /(?:^|\s)(?:sourcecode|highlight|hljs)\s+([a-z][\w+#.-]*)/,
];
const NO_LANGUAGE = /^(?:auto|copy|default|hljs|nohighlight|none|numberlines|plain|plaintext|text|wrapper)$/;
/** A table that numbers the lines stands between the code and what names its language. */
const MAX_PLACES = 6;
const LINE_NUMBERS =
  /(?:^|\s)(?:gutter|rouge-gutter|linenos?|linenodiv|line-numbers-rows|lnt?|hljs-ln-numbers)(?=\s|$)/;

/** Lines that a stylesheet makes blocks of, of Gatsby. */
export const LIT_LINE = /(?:^|\s)(?:gatsby-highlight-code-line|grvsc-line|code-line)(?=\s|$)/;
const ROWS: ReadonlySet<string> = new Set(['tr']);
const CODE: ReadonlySet<string> = new Set(['pre', 'code']);
const LINE_NAMES = /(?:^|[\s_-])(?:code|blob|line|highlight|hljs|chroma|syntaxhighlighter)(?=[\s_-]|$)/;

/**
 * Finds the code beside a column that contains only line numbers; undefined if the table is not a listing.
 *
 * @returns what the cell with the code holds, or text
 */
export function numberedLines(table: Element): ElementContent[] | undefined {
  const rows = findAll(table, ROWS).map((row) => row.children.filter((cell) => cell.type === 'element'));
  if (rows.length === 0 || rows.some((cells) => cells.length !== 2)) return undefined;
  const cells = rows as [Element, Element][];
  const [[gutter, listing]] = cells as [[Element, Element]];
  if (rows.length > 1) {
    const isListing = cells.every(
      ([number, line], index) =>
        isNumber(numberOf(number), index + Number(numberOf(cells[0]?.[0] ?? number))) &&
        (LINE_NAMES.test(classOf(line)) || table.properties.className === undefined),
    );
    const isMarked = cells.some(
      ([, line]) => LINE_NAMES.test(classOf(line)) || findAll(line, new Set(['span'])).length > 0,
    );
    if (!isListing || !isMarked) return undefined;
    return [text(cells.map(([, line]) => rawText(line).replace(/\n$/, '')).join('\n'))];
  }
  const numbers = [...textLines(gutter)];
  if (numbers.length === 0 || !numbers.every((number, index) => isNumber(number, index + Number(numbers[0]))))
    return undefined;
  const codes = findAll(listing, CODE);
  if (codes.length === 0) return undefined;
  if (codes.some(({ tagName }) => tagName === 'pre')) return listing.children;
  const lines = [...descendants(listing)].filter((line) => /(?:^|\s)line(?=\s|$)/.test(classOf(line)));
  return lines.length === 0 ? undefined : [text(lines.map(rawText).join('\n'))];
}

function numberOf(cell: Element): string {
  return rawText(cell).trim() || (attribute(cell, 'data-line-number') ?? '');
}

function isNumber(stated: string, expected: number): boolean {
  return /^\d{1,5}$/.test(stated) && Number(stated) === expected;
}

/** The words of a gutter, which may stand in lines or in elements. */
function* textLines(node: Element): Generator<string> {
  for (const child of node.children) {
    if (child.type === 'element') yield* textLines(child);
    else if (child.type === 'text') yield* child.value.split(/\s+/).filter((word) => word !== '');
  }
}

/** Whether an element numbers the lines of the code beside it. */
export function isLineNumbers(element: Element): boolean {
  return LINE_NUMBERS.test(classOf(element));
}

/**
 * The language of the code in `pre`, as itself, its `code` or what is around them name it; undefined: unnamed.
 *
 * @param around the elements in which it stands, the innermost last
 */
export function findCodeLanguage(pre: Element, around: readonly Element[]): string | undefined {
  const code = [...descendants(pre)].find(({ tagName }) => tagName === 'code');
  const places = [...(code === undefined ? [] : [code]), pre, ...around.slice(-MAX_PLACES).toReversed()];
  const named = places.flatMap((place) => [
    ...['data-lang', 'data-language'].flatMap((name) => attribute(place, name)?.toLowerCase() ?? []),
    ...LANGUAGES.flatMap((form) => form.exec(classOf(place))?.[1] ?? []),
  ]);
  // `<code class="python">` was how the first highlighters were told.
  const alone = (code && attribute(code, 'class')) ?? '';
  return [...named, ...(/^[a-z][a-z0-9+#]*$/.test(alone) ? [alone] : [])].find(
    (name) => !NO_LANGUAGE.test(name),
  );
}

function classOf(element: Element): string {
  return attribute(element, 'class')?.toLowerCase() ?? '';
}
