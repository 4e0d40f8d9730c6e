const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]+/;
/** Deeper indentation begins code in Markdown. */
const MAX_INDENT = 3;

/**
 * MDX indents what components hold and knows no indented code; Markdown would take the one for the other. Takes from
 * each line what indents it further than the list in which it stands allows; the content of a fence keeps its shape.
 */
export function unindent(mdx: string): string {
  let columns: number[] = [];
  let closing: RegExp | undefined;
  let removed = 0;
  const lines = mdx.split('\n').map((line) => {
    if (closing !== undefined) {
      if (closing.test(line)) closing = undefined;
      return line.replace(new RegExp(`^[ \\t]{0,${removed}}`), '');
    }
    const text = line.trimStart();
    if (text === '') return line;
    const indent = line.slice(0, line.length - text.length).replaceAll('\t', '    ').length;
    const inside = columns.filter((column) => column <= indent);
    // Words right below an item may go on at the margin; only what begins something new ends the list.
    if (inside.length < columns.length && /^(?:[-*+#<`~>]|\d{1,9}[.)]|\S+$)/.test(text)) columns = inside;
    const base = inside.at(-1) ?? 0;
    removed = indent - base > MAX_INDENT ? indent - base : 0;
    const start = indent - removed;
    const fence = FENCE.exec(line)?.[1];
    const item = ITEM.exec(text)?.[0];
    if (fence !== undefined) closing = new RegExp(`^[ \\t]*${fence[0]}{${fence.length},}[ \\t]*$`);
    else if (item !== undefined) columns = [...inside, start + item.length];
    return removed === 0 ? line : ' '.repeat(start) + text;
  });
  return lines.join('\n');
}
