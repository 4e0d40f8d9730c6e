import type { Found } from './piece.ts';
import type { SourceText } from './source-text.ts';

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
  const [, colons = '', kind, title] =
    /^(:{3,9})[ \t]*([A-Za-z][\w-]*)?[ \t]*(?:\[(?=.*\]))?(.*?)\]?[ \t]*(?:\{[^{}]*\})?[ \t]*$/.exec(
      text.slice(start, Math.min(end, start + 500)),
    ) ?? [];
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
