import { trimOf } from '../../strings.ts';

/** A line of a plain-text document. */
export interface Line {
  /** Trimmed, with one blank for each run of blanks. */
  readonly text: string;
  /** As it stands, without white space around it. */
  readonly raw: string;
  /** Columns of white space before it. */
  readonly indent: number;
  /** The parts between wide gaps or bars, as in rows of tables. */
  readonly cells: readonly string[];
  /** Whether a gap is so wide that it cannot follow a sentence. */
  readonly hasColumns: boolean;
  /** The first is 1. */
  readonly number: number;
}

const INVISIBLE = /^[\s\p{Cf}]*$/u;
/** Asks other programs for a table of contents. */
const CONTENTS_MARK = /^\s*\[{1,2}_?toc_?\]{1,2}\s*$/i;

/** The lines of a text, including blank ones. */
export function readLines(text: string): Line[] {
  return text.split('\n').map((raw, index) => {
    const trimmed = INVISIBLE.test(raw) || CONTENTS_MARK.test(raw) ? '' : raw.trim();
    const margin = raw.slice(0, raw.length - raw.trimStart().length);
    return {
      raw: trimmed,
      text: trimmed.replace(/[ \t]+/g, ' '),
      cells: cellsOf(trimmed),
      indent: margin.replace(/\t/g, '    ').length,
      hasColumns: /\S(?:\t| {3})|\s\|\s/.test(trimmed),
      number: index + 1,
    };
  });
}

function cellsOf(text: string): string[] {
  if (!/\t| {2}|\|/.test(text)) return [text];
  const isBarred = /\s\|\s/.test(text);
  const bare = isBarred ? trimOf(text, /[|\s]/) : text;
  return bare.split(isBarred ? /\s\|(?=\s)/ : /\t| {2}/).flatMap((part) => part.trim() || []);
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/gu;

/** The width of a text in columns; an East Asian character takes two. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** The end of a text is looked for in so many characters. */
const MAX_ENDING = 20;

/** Whether a text ends like a sentence or a part of one. */
export function endsLikeProse(text: string): boolean {
  return /[.!?…:;,。！？，；：、؟؛،।]["'”’»)\]]*$/u.test(text.slice(-MAX_ENDING));
}

const BULLETED = /^(?<mark>[-*•·▪◦‣●])\s+(?<text>\S.*)$/u;
const NUMBERED = /^(?<number>\d{1,3})(?<mark>[.)])\s+(?<text>\S.*)$/u;
/** Unmistakable bullets: a single item with one is a list. */
const PLAIN_BULLETS = '•▪◦‣●';

/** The mark of a list item and the text behind it. */
export interface ListMark {
  readonly mark: string;
  /** Absent if the item is not numbered. */
  readonly number?: number;
  readonly text: string;
}

export function readListMark(text: string): ListMark | undefined {
  const { mark, number, text: rest } = (BULLETED.exec(text) ?? NUMBERED.exec(text))?.groups ?? {};
  if (mark === undefined || rest === undefined) return undefined;
  return { mark, ...(number !== undefined && { number: Number(number) }), text: rest };
}

/** Whether a single item with this mark is a list. */
export function isPlainBullet({ mark }: ListMark): boolean {
  return PLAIN_BULLETS.includes(mark);
}

/** Whether a line is quoted as in e-mail. */
export function isQuotation(text: string): boolean {
  return text.startsWith('>');
}

/** Whether a line is a rule: `***`, `---`, `* * *`, `⁂`, or the `--` above a signature. */
export function isRule(text: string): boolean {
  return /^(?:([-*_=~#+•–—])(?:\s?\1){2,}|--|[*⁂❦])$/u.test(text);
}

/** The level of the heading that a line underlines: 1 for `===`, 2 for `---`. */
export function underlineLevel(text: string): 1 | 2 | undefined {
  if (/^={3,}$/.test(text)) return 1;
  return /^[-~]{3,}$/.test(text) ? 2 : undefined;
}
