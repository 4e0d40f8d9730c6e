import { trimEndOf } from '../strings.ts';

/** Characters that no article may hold: controls but line breaks and tabs, lone surrogates, Unicode noncharacters. */
const FORBIDDEN = /[^\P{Cc}\n\t]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

/** Text without any of these has no forbidden character; this test is faster. */
const SUSPICIOUS = /[\0-\x08\v-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** Text without the characters that no article may hold (see article.ts). */
export function permitted(text: string): string {
  return SUSPICIOUS.test(text) ? text.replace(FORBIDDEN, '') : text;
}

/** How many characters of a text no article may hold, and the first of them, of which there is one. */
export function forbiddenIn(text: string): {
  readonly count: number;
  /** Such as `U+0007`. */
  readonly first: string;
  readonly index: number;
} {
  const found = [...text.matchAll(FORBIDDEN)];
  const code = found[0]?.[0].codePointAt(0) ?? 0;
  const first = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { count: found.length, first, index: found[0]?.index ?? 0 };
}

/** Stated text as an article may hold it: one line, no white space around it; undefined when nothing is left. */
export function plain(stated: string | undefined): string | undefined {
  const text = stated === undefined ? '' : permitted(stated.replace(/\s+/gu, ' ')).trim();
  return text === '' ? undefined : text;
}

/** Plain text of at most so many characters, cut at a word and ended with an ellipsis. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength).replace(/\p{Cs}$/u, '');
  const lastSpace = cut.lastIndexOf(' ');
  return `${trimEndOf(lastSpace > maxLength / 2 ? cut.slice(0, lastSpace) : cut, /[\s.,;:!?…–—-]/)}…`;
}
