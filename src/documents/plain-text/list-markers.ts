const BULLETED = /^(?<mark>[-*•·▪◦‣●])\s+(?<text>\S.*)$/u;
const NUMBERED = /^(?<number>\d{1,3})(?<mark>[.)])\s+(?<text>\S.*)$/u;
/** Bullets that are nothing else, so that one item alone is a list. */
const PLAIN_BULLETS = '•▪◦‣●';

/** The beginning of an item of a list. */
export interface ListMark {
  readonly mark: string;
  /** Of a numbered item. */
  readonly number?: number;
  readonly text: string;
}

export function readListMark(text: string): ListMark | undefined {
  const { mark, number, text: rest } = (BULLETED.exec(text) ?? NUMBERED.exec(text))?.groups ?? {};
  if (mark === undefined || rest === undefined) return undefined;
  return { mark, ...(number !== undefined && { number: Number(number) }), text: rest };
}

/** Whether items of this mark are a list even if there is only one. */
export function isPlainBullet({ mark }: ListMark): boolean {
  return PLAIN_BULLETS.includes(mark);
}

/** A line that is quoted as in e-mail. */
export function isQuotation(text: string): boolean {
  return text.startsWith('>');
}

/** `***`, `---`, `* * *`, `⁂`, and the `--` above a signature: a line that is only there to set apart. */
export function isRule(text: string): boolean {
  return /^(?:([-*_=~#+•–—])(?:\s?\1){2,}|--|[*⁂❦])$/u.test(text);
}

/** A rule that underlines the line above it; 1 for `===`, 2 for `---`. */
export function underlineLevel(text: string): 1 | 2 | undefined {
  if (/^={3,}$/.test(text)) return 1;
  return /^[-~]{3,}$/.test(text) ? 2 : undefined;
}
