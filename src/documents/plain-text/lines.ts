/** A line of a plain-text document. */
export interface Line {
  /** Without white space around it; runs of blanks are one. */
  readonly text: string;
  /** Columns of white space before it. */
  readonly indent: number;
  /** Whether wide gaps or bars set parts of it apart. */
  readonly hasColumns: boolean;
  /** The first is 1. */
  readonly number: number;
}

const INVISIBLE = /^[\s\p{Cf}]*$/u;

/** The lines of a text, blank ones included. */
export function readLines(text: string): Line[] {
  return text.split('\n').map((raw, index) => {
    const trimmed = INVISIBLE.test(raw) ? '' : raw.trim();
    const margin = raw.slice(0, raw.length - raw.trimStart().length);
    return {
      text: trimmed.replace(/[ \t]+/g, ' '),
      indent: margin.replace(/\t/g, '    ').length,
      hasColumns: /\S(?:\t| {3})|\s\|\s/.test(trimmed),
      number: index + 1,
    };
  });
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/gu;

/** Columns that a text takes when each character of East Asia takes two. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Only so many characters at the end of a text tell how it ends. */
const MAX_ENDING = 20;

/** Whether a text ends as a sentence or a part of one does. */
export function endsLikeProse(text: string): boolean {
  return /[.!?…:;,。！？，；：、؟؛،।]["'”’»)\]]*$/u.test(text.slice(-MAX_ENDING));
}

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
