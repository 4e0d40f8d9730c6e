import type { Found } from './piece.ts';
import type { SourceText } from './source-text.ts';

/** A longer line is read so far. */
const MAX_LENGTH = 500;

/**
 * Reads `:::note Title`, or the `:::` that closes it, as a quotation with a title; undefined when it is neither.
 *
 * @param open the colons of those that are not closed yet
 */
export function readAdmonition(
  { text, next, columnOf }: SourceText,
  start: number,
  open: string[],
): Found | undefined {
  const indent = ' '.repeat(columnOf(start));
  const end = next(/$/m, start)?.start ?? text.length;
  const line = text.slice(start, Math.min(end, start + MAX_LENGTH));
  const [opening = '', colons = '', kind] = /^(:{3,9})[ \t]*([A-Za-z][\w-]*)?/.exec(line) ?? [];
  const title = titleOf(line.slice(opening.length));
  if (kind !== undefined) {
    if (next(new RegExp(`^[ \\t]*${colons}[ \\t]*$`, 'm'), end) === undefined) return undefined;
    open.push(colons);
    const words = title || kind.charAt(0).toUpperCase() + kind.slice(1);
    return { end, markdown: `\n${indent}<blockquote>\n\n${indent}**${words}**\n` };
  }
  if (title !== '' || open.at(-1) !== colons) return undefined;
  open.pop();
  return { end, markdown: `\n${indent}</blockquote>\n` };
}

/** The words of `[Title]{.class}` and of `Title`. */
function titleOf(stated: string): string {
  const text = stated.trim();
  const braces = text.endsWith('}') ? text.lastIndexOf('{') : -1;
  const words =
    braces < 0 || text.indexOf('}', braces) < text.length - 1 ? text : text.slice(0, braces).trimEnd();
  const title = words.startsWith('[') && words.includes(']') ? words.slice(1) : words;
  return title.endsWith(']') ? title.slice(0, -1) : title;
}
