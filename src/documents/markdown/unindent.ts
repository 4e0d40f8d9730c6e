import { followFences } from './source-text.ts';

const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]+/;
/** In columns; deeper indentation begins code in Markdown. */
const MAX_INDENT = 3;

export const TAB_COLUMNS = 4;

/** The columns of the indentation of a line. */
export function columnsOf(line: string): number {
  const [indent] = /^[ \t]*/.exec(line) ?? [''];
  return indent.replaceAll('\t', ' '.repeat(TAB_COLUMNS)).length;
}

export function withoutIndent(line: string, columns: number): string {
  return ' '.repeat(Math.max(0, columnsOf(line) - columns)) + line.replace(/^[ \t]+/, '');
}

const BLANK_AND_TAG = /\n[ \t]*\n(?: {4}|\t)[ \t]*<\/?[a-z]/;
const BLOCK_TAG =
  /<(\/?)(?:article|aside|audio|blockquote|center|details|div|dl|figure|footer|header|main|nav|object|ol|p|picture|section|table|tbody|thead|tr|ul|video)\b[^<>]*>/gi;

const RAW_LINE = /^ {0,3}(?:(?:[-*+>]|\d{1,9}[.)])[ \t]{1,4}){0,4}<[a-z]/i;

/** Takes the indent from tags that stand, below a blank line, in a block of HTML that is open: they are no code. */
export function unindentHtml(markdown: string): string {
  if (!BLANK_AND_TAG.test(markdown)) return markdown;
  let depth = 0;
  let margin = '';
  const fenceAt = followFences();
  let isBelowBlank = false;
  const lines = markdown.split('\n').map((line) => {
    if (fenceAt(line) === 'inside') return line;
    const text = line.trimStart();
    const isTag = depth > 0 && isBelowBlank && /^<\/?[a-z]/i.test(text);
    isBelowBlank = text === '' || (isTag && isBelowBlank);
    if (depth === 0) margin = line.slice(0, line.length - text.length);
    // Tags within prose open nothing.
    if (depth > 0 || RAW_LINE.test(line))
      for (const [, slash] of text.replace(/`[^`]*`/g, '').matchAll(BLOCK_TAG))
        depth = Math.max(0, depth + (slash === '' ? 1 : -1));
    return isTag ? margin + text : line;
  });
  // If a tag is missing, the extent of the block is unknown.
  return depth === 0 ? lines.join('\n') : markdown;
}

/**
 * MDX indents what components hold and knows no indented code; Markdown would take the one for the other, or for a part
 * of the list above. Takes from each line what indents it further than the list in which it stands allows; the content
 * of a fence keeps its shape.
 */
export function unindent(mdx: string): string {
  /** The columns of the content of open items, in the source and in the result. */
  let columns: { readonly stated: number; readonly written: number }[] = [];
  const fenceAt = followFences();
  let removed = 0;
  let isTemplate = false;
  const lines = mdx.split('\n').map((line) => {
    const fence = fenceAt(line);
    if (fence === 'inside') return line.replace(new RegExp(`^[ \\t]{0,${removed}}`), '');
    const wasTemplate = isTemplate;
    if (wasTemplate ? line.includes('`') : /\{`[^`]*$/.test(line)) isTemplate = !isTemplate;
    const text = line.trimStart();
    if (text === '' || wasTemplate) return line;
    const indent = columnsOf(line);
    const inside = columns.filter(({ stated }) => stated <= indent);
    // The text of an item may continue at the margin; only a new block ends the list.
    if (inside.length < columns.length && /^(?:[-*+#<`~>]|\d{1,9}[.)]|\S+$)/.test(text)) columns = inside;
    const base = inside.at(-1);
    const extra = base === undefined ? 0 : indent - base.stated;
    const start = (base?.written ?? 0) + (extra > MAX_INDENT ? 0 : extra);
    removed = indent - start;
    const item = ITEM.exec(text)?.[0];
    if (item !== undefined)
      columns = [...inside, { stated: indent + item.length, written: start + item.length }];
    return removed === 0 ? line : ' '.repeat(start) + text;
  });
  return lines.join('\n');
}
