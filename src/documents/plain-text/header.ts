import { foldName } from '../dates/calendar-names.ts';
import { type HeaderFields, mergeFields, readHeaderLine } from './header-fields.ts';
import { readLabel } from './labels.ts';
import {
  columns,
  endsLikeProse,
  isQuotation,
  isRule,
  type Line,
  readListMark,
  underlineLevel,
} from './lines.ts';
import { endedEarly, joinWords } from './paragraphs.ts';

/** What stands above the text, and the lines below it. */
export interface Header {
  readonly fields: HeaderFields;
  readonly rest: readonly Line[];
}

/** So many lines below a label belong to what it says at most. */
const MAX_LABELLED = 12;

/**
 * Reads the headline, over one line or several, and the lines around it that say when, by whom and where the document
 * was published: dates, bylines, sources, addresses, and labelled lines such as `Tags: …`. The first line that says
 * none of these, or something again, ends it.
 *
 * @param title a headline that is stated elsewhere; the text may begin with it all the same
 */
export function readHeader(
  lines: readonly Line[],
  where: (line: Line) => string,
  title: string | undefined,
): Header {
  let fields: HeaderFields = title === undefined ? {} : { title };
  let index = title === undefined ? 0 : endOfTitle(lines, title);
  for (;;) {
    while (lines[index]?.text === '') index++;
    const line = lines[index];
    if (line === undefined) break;
    const whole = joinedField(lines, index);
    const said = readHeaderLine(whole.text, where(line), fields.title !== undefined);
    const merged = said && mergeFields(fields, said);
    if (merged !== undefined) {
      fields = merged;
      index += whole.used;
      continue;
    }
    const titled =
      fields.title === undefined ? readTitle(lines.slice(index), fields.published !== undefined) : undefined;
    if (titled === undefined) break;
    fields = { ...fields, title: titled.title };
    index += titled.used;
  }
  return { fields, rest: lines.slice(index) };
}

/** A label and what stands on the lines below it: of a source on the next, of a summary all up to the next label. */
function joinedField(
  lines: readonly Line[],
  index: number,
): { readonly text: string; readonly used: number } {
  const text = lines[index]?.text ?? '';
  const { label, rest } = readLabel(text) ?? {};
  const room = label === 'summary' ? MAX_LABELLED : label === 'source' && rest === '' ? 1 : 0;
  if (room === 0) return { text, used: 1 };
  const below = lines.slice(index + 1, index + 1 + room).map((line) => line.text);
  const end = below.findIndex((line) => line === '' || readLabel(line) !== undefined);
  const more = end === -1 ? below : below.slice(0, end);
  return { text: [text, ...more].join(' '), used: 1 + more.length };
}

/** How many lines a headline takes with which the text begins. */
function endOfTitle(lines: readonly Line[], title: string): number {
  const start = lines.findIndex(({ text }) => text !== '');
  const titled = start === -1 ? undefined : readTitle(lines.slice(start), false);
  return titled !== undefined && foldName(titled.title) === foldName(title) ? start + titled.used : 0;
}

/** A longer text is a paragraph, not a headline. */
const MAX_TITLE = 250;
/** More lines are a paragraph, unless a date or a credit follows. */
const MAX_LINES = 3;
const MAX_LINES_ABOVE_FIELDS = 4;
/** Only so many characters at the end tell how it ends. */
const MAX_ENDING = 20;
/** Of lines that are all shorter, each was ended by its author. */
const MIN_WIDTH = 45;

/**
 * The headline that begins the lines, over one line or several, and how many lines it takes with its underline.
 *
 * @param isBelowDate below a date, what ends like a sentence is a paragraph
 */
export function readTitle(
  lines: readonly Line[],
  isBelowDate: boolean,
): { readonly title: string; readonly used: number } | undefined {
  if (beginsList(lines)) return undefined;
  const block = adjacent(lines);
  const next = lines[block.length];
  const count =
    next !== undefined && underlineLevel(next.text) !== undefined ? block.length : titleLines(block, next);
  const chosen = lines.slice(0, count);
  const title = joinWords(chosen)
    .replace(/^(?:[*_=~#]+|[-–—•])\s|\s[*_=~#]+$/gu, '')
    .trim();
  if (title === '' || title.length > MAX_TITLE || (isBelowDate && endsLikeProse(title))) return undefined;
  const under = lines[count];
  return { title, used: under !== undefined && underlineLevel(under.text) !== undefined ? count + 1 : count };
}

function beginsList([first, second]: readonly Line[]): boolean {
  const mark = readListMark(first?.text ?? '');
  return mark !== undefined && mark.mark === readListMark(second?.text ?? '')?.mark;
}

/** The lines up to the first that is blank, or is no part of a headline. */
function adjacent(lines: readonly Line[]): readonly Line[] {
  const end = lines.findIndex(
    ({ text }, index) =>
      text === '' ||
      isRule(text) ||
      isQuotation(text) ||
      index > MAX_LINES_ABOVE_FIELDS ||
      (index > 0 && (readListMark(text) !== undefined || readHeaderLine(text, '', true) !== undefined)),
  );
  return end === -1 ? lines : lines.slice(0, end);
}

function titleLines(block: readonly Line[], next: Line | undefined): number {
  const [first, ...more] = block;
  if (first === undefined || more.length === 0) return block.length;
  const isAboveFields =
    next !== undefined && next.text !== '' && readHeaderLine(next.text, '', true) !== undefined;
  if (isAboveFields && block.length <= MAX_LINES_ABOVE_FIELDS) return block.length;
  const isSentence = /[.;:,。；：，،؛।]["'”’»)\]]*$/u.test(block.at(-1)?.text.slice(-MAX_ENDING) ?? '');
  if (!isSentence && block.length <= MAX_LINES) return block.length;
  const isVerse = block.every(({ text }) => columns(text) < MIN_WIDTH);
  return isVerse || endedEarly(block)[0] ? 1 : 0;
}
