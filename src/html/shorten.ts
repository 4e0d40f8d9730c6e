import { trimEndOf } from '../trim.ts';

/** Plain text of at most so many characters, cut at a word and ended with an ellipsis. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength).replace(/\p{Cs}$/u, '');
  const lastSpace = cut.lastIndexOf(' ');
  return `${trimEndOf(lastSpace > maxLength / 2 ? cut.slice(0, lastSpace) : cut, /[\s.,;:!?…–—-]/)}…`;
}
