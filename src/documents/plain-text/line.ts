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
