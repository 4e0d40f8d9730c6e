/** Characters that no article may hold: controls but line breaks and tabs, lone surrogates, Unicode noncharacters. */
const FORBIDDEN = /[^\P{Cc}\n\t]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

/** Text without the characters that no article may hold (see article.ts). */
export function permitted(text: string): string {
  return text.replace(FORBIDDEN, '');
}

/** Stated text as an article may hold it: one line, no white space around it; undefined when nothing is left. */
export function plain(stated: string | undefined): string | undefined {
  const text = stated === undefined ? '' : permitted(stated.replace(/\s+/gu, ' ')).trim();
  return text === '' ? undefined : text;
}
