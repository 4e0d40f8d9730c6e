import { readFacts } from './facts.ts';
import { columns, endsLikeProse, type Line } from './line.ts';
import { isQuotation, isRule, readListMark, underlineLevel } from './list-markers.ts';
import { endedEarly, joinWords } from './wrap.ts';

/** A longer text is a paragraph, not a headline. */
const MAX_TITLE = 250;
/** More lines are a paragraph, unless a date or a credit follows. */
const MAX_LINES = 3;
const MAX_LINES_ABOVE_FACTS = 4;
/** Only so many characters at the end tell how it ends. */
const MAX_ENDING = 20;
/** Of lines that are all shorter, each was ended by its author. */
const MIN_WIDTH = 45;

/**
 * The headline that begins the lines, over one line or several, and how many lines it takes with its underline.
 *
 * @param isBelowFacts below a date, what ends like a sentence is a paragraph
 */
export function readTitle(
  lines: readonly Line[],
  isBelowFacts: boolean,
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
  if (title === '' || title.length > MAX_TITLE || (isBelowFacts && endsLikeProse(title))) return undefined;
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
      index > MAX_LINES_ABOVE_FACTS ||
      (index > 0 && (readListMark(text) !== undefined || readFacts(text, '', true) !== undefined)),
  );
  return end === -1 ? lines : lines.slice(0, end);
}

function titleLines(block: readonly Line[], next: Line | undefined): number {
  const [first, ...more] = block;
  if (first === undefined || more.length === 0) return block.length;
  const isAboveFacts = next !== undefined && next.text !== '' && readFacts(next.text, '', true) !== undefined;
  if (isAboveFacts && block.length <= MAX_LINES_ABOVE_FACTS) return block.length;
  const isSentence = /[.;:,。；：，،؛।]["'”’»)\]]*$/u.test(block.at(-1)?.text.slice(-MAX_ENDING) ?? '');
  if (!isSentence && block.length <= MAX_LINES) return block.length;
  const isVerse = block.every(({ text }) => columns(text) < MIN_WIDTH);
  return isVerse || endedEarly(block)[0] ? 1 : 0;
}
