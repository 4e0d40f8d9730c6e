/** Characters that no article may hold: controls, lone surrogates, Unicode noncharacters. */
const FORBIDDEN = /\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

/** Stated text as an article may hold it: one line, no white space around it; undefined when nothing is left. */
export function plain(stated: string | undefined): string | undefined {
  const text = stated?.replace(/\s+/gu, ' ').replace(FORBIDDEN, '').trim();
  return text === '' ? undefined : text;
}
