import { memoized } from '../../memo.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text that is read once from front to back, in linear time for any input. */
export interface SourceText {
  readonly text: string;
  /** The number of the line; offsets must ascend. */
  lineAt(offset: number): number;
  /** The first match at or after `from`, which must ascend for each pattern. */
  next(pattern: RegExp, from: number): Range | undefined;
  /** Characters between the line's beginning and the offset. */
  columnOf(offset: number): number;
  /** Whether the range is alone on its lines, and not indented like code. */
  isAlone(range: Range): boolean;
}

export function openSource(text: string, firstLine: number): SourceText {
  const found = new Map<string, Range | undefined>();
  let line = firstLine;
  let lineEnd = text.indexOf('\n');
  // A line may be as long as the text, and be needed as often.
  let lineStart = 0;
  let nextStart = lineEnd + 1;
  return {
    text,
    lineAt(offset) {
      for (; lineEnd >= 0 && lineEnd < offset; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
      return line;
    },
    next(pattern, from) {
      const key = String(pattern);
      const last = found.get(key);
      if (found.has(key) && (last === undefined || last.start >= from)) return last;
      const search = new RegExp(pattern, pattern.flags.replace('g', '').concat('g'));
      search.lastIndex = from;
      const match = search.exec(text);
      const range = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
      found.set(key, range);
      return range;
    },
    columnOf(offset) {
      if (offset < lineStart) return offset - (text.lastIndexOf('\n', offset - 1) + 1);
      while (nextStart > 0 && nextStart <= offset) {
        lineStart = nextStart;
        nextStart = text.indexOf('\n', lineStart) + 1;
      }
      return offset - lineStart;
    },
    isAlone: ({ start, end }) =>
      /(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, start - 4), start)) &&
      /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100)),
  };
}

/** Returns the matches of a pattern's groups anywhere in a text, which is searched once. */
export function matchesIn(pattern: RegExp): (source: SourceText) => ReadonlySet<string> {
  return memoized(({ text }) => {
    const matches = [...text.matchAll(pattern)];
    return new Set(matches.flatMap(([, ...groups]) => groups.filter((group) => group !== undefined)));
  }, new WeakMap());
}

/** The fragments that links and cross references within a text lead to. */
export const WANTED = /[("]#([\w:./-]{1,200})[)"]|(?<=@)((?:fig|tbl|eq|sec|lst)[-:][\w-]{1,100})/g;
export const wantedIn = matchesIn(WANTED);

const labelsIn = matchesIn(/^ {0,3}\[([^[\]]{1,500})\]:/gm);

/**
 * The match at an offset and its groups; nothing if there is none.
 *
 * @param pattern is sticky
 */
export function matchAt(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}

/** Whether a document defines the label of a link, as in `[label]: https://…`. */
export function isDefined(source: SourceText, label: string): boolean {
  const labels = labelsIn(source);
  if (labels.has(label)) return true;
  const fold = (each: string): string => each.trim().replace(/\s+/g, ' ').toLowerCase();
  return [...labels].some((each) => fold(each) === fold(label));
}

/** The conversion of syntax that is not Markdown, without running code. */
export interface Converted {
  /** The replacement in text. */
  readonly html?: string;
  /** The replacement on lines of its own. */
  readonly blockHtml?: string;
  /** The display style of a formula in TeX. */
  readonly formula?: 'inline' | 'block';
  /** Within an address. */
  readonly url?: string;
  /** The id of the heading that contains it. */
  readonly headingId?: string;
  /** Whether other Markdown parsers can read its source. */
  readonly isMarkdown?: boolean;
  /** Whether it is left out without a warning. */
  readonly isSilent?: boolean;
}

/** Syntax found in the source: Markdown to replace it, or a piece to extract; neither if it is kept. */
export interface Found {
  /** Its start, if that is before the token. */
  readonly start?: number;
  readonly end: number;
  readonly markdown?: string;
  readonly piece?: Converted;
  /** Words between marks, which may contain other syntax; `write` gives the Markdown of both. */
  readonly enclosed?: Range & { readonly write: (words: string) => string };
  /** Further code that is left out. */
  readonly leftOut?: readonly string[];
}

export interface Edit extends Range {
  readonly text: string;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let written = 0;
  let out = '';
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(written, edit.start) + edit.text;
    written = edit.end;
  }
  return out + text.slice(written);
}

/** Plain text as HTML, for text and for attribute values in `"`. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A text with its escaped characters (CommonMark §2.4). */
export function withoutEscapes(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** What may stand before a fence on its line: the marks of quotations and lists. */
export const INDENT = '(?:[ \\t>]|[-*+][ \\t]|\\d{1,9}[.)][ \\t])*';
const OPENING_FENCE = new RegExp(`^(${INDENT})(\`{3,}(?=[^\`]*$)|~{3,}(?!<.*~~~))`);

/** Tracks fenced code through the lines of a text: whether a line opens a fence, or is in one or closes it. */
export function followFences(): (line: string) => 'opening' | 'inside' | undefined {
  let closing: RegExp | undefined;
  let outside: RegExp | undefined;
  return (line) => {
    if (outside?.test(line)) closing = undefined;
    if (closing !== undefined) {
      if (closing.test(line)) closing = undefined;
      return 'inside';
    }
    const [, before = '', fence] = OPENING_FENCE.exec(line) ?? [];
    if (fence === undefined) return undefined;
    closing = closingFence(before, fence);
    // The end of a quotation or of an item of a list ends the code in it.
    const isItem = /\S/.test(before);
    outside = before.includes('>')
      ? /^[ \t]*(?:[^ \t>]|$)/
      : isItem
        ? new RegExp(`^ {0,${before.length - 1}}\\S`)
        : undefined;
    return 'opening';
  };
}

/** In characters; the number of patterns has a bound. */
const MAX_INDENT = 40;

/** What may stand before the end of a fence, as the source of a pattern: four columns further in, it is code. */
export function closingMargin(before: string): string {
  const margin = before.includes('>') ? '[ \\t>]' : '[ \\t]';
  return `${margin}{0,${before.length > MAX_INDENT ? '' : before.length + 3}}`;
}

function closingFence(before: string, fence: string): RegExp {
  return new RegExp(`^${closingMargin(before)}${fence[0]}{${fence.length},}[ \\t]*$`, 'm');
}

/** The end of a paragraph, and of code spans in it. */
const PARAGRAPH_END = /\n(?=[ \t>]*(?:\n|$|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||`{3}|~{3}))/;

const QUOTATION_END = /\n(?![ \t]*>)/;
const LIST_END = /\n(?=[^\s])/;

/** Finds the end of code by its opening. */
export interface CodeRanges {
  /** The end of the span that `ticks` backticks open; undefined if nothing closes it. */
  spanEnd(start: number, ticks: number): number | undefined;
  /**
   * The end of the block that a fence opens: its closing fence, else the end of the quotation or the list in which it
   * stands, else the end of the text.
   *
   * @param before the text before the fence on its line
   */
  fenceEnd(before: string, fence: string, from: number): number;
}

export function findCodeRanges({ text, next }: SourceText): CodeRanges {
  let paragraphEnd = -1;
  /** The runs of backticks in a paragraph, by length, the last one first. */
  let runs = new Map<number, Range[]>();
  return {
    spanEnd(start, ticks) {
      if (start >= paragraphEnd) {
        paragraphEnd = next(PARAGRAPH_END, start)?.start ?? text.length;
        runs = runsOfTicks(text.slice(start, paragraphEnd), start);
      }
      const candidates = runs.get(ticks) ?? [];
      while ((candidates.at(-1)?.start ?? Number.POSITIVE_INFINITY) <= start) candidates.pop();
      return candidates.at(-1)?.end;
    },
    fenceEnd(before, fence, from) {
      const closing = next(closingFence(before, fence), from);
      const end = closing?.end ?? text.length;
      const isInside = before.length > 3 || /\S/.test(before);
      const outside = isInside
        ? next(before.includes('>') ? QUOTATION_END : LIST_END, from)?.start
        : undefined;
      return outside !== undefined && outside < (closing?.start ?? text.length) ? outside : end;
    },
  };
}

function runsOfTicks(paragraph: string, offset: number): Map<number, Range[]> {
  const runs = Array.from(paragraph.matchAll(/`+/g), ({ 0: ticks, index }) => {
    return { start: offset + index, end: offset + index + ticks.length };
  });
  return Map.groupBy(runs.reverse(), ({ start, end }) => end - start);
}

/** Code without Liquid's `raw` and Hugo's comments in shortcodes, which keep it from being run. */
export function shownCode(code: string): string {
  if (!/\{%|\{\{[<%]\//.test(code)) return code;
  return code
    .replace(/\{%-?\s*raw\s*-?%\}((?:(?!\{%-?\s*raw)[\s\S])*?)\{%-?\s*endraw\s*-?%\}/g, '$1')
    .replace(/\{\{([<%])\/\*((?:(?!\*\/|\{\{[<%]\/\*)[\s\S])*)\*\/([>%])\}\}/g, '{{$1$2$3}}');
}

/** The options of a chunk of R Markdown and Quarto: behind its language, and in comments at its top. */
const CHUNK =
  /^([^\n{]{0,200}\{[a-z]{1,20}([^\n{}a-z][^\n{}]{0,1000})?\}[ \t]{0,9}\n)((?:[ \t>]{0,20}(?:#|\/\/|--|%)\|[^\n]*\n)*)/i;

/** A chunk of code without its options; empty if these hide the code, undefined if there are none. */
export function readChunk(fenced: string): string | undefined {
  const [head = '', opening = '', options = '', comments = ''] = CHUNK.exec(fenced) ?? [];
  if (
    /\b(?:echo|include)\s?=\s?F(?:ALSE)?\b/.test(options) ||
    /\|\s?(?:echo|include):\s?false/.test(comments)
  )
    return '';
  return comments === '' ? undefined : opening + fenced.slice(head.length);
}
