import { foldName } from '../dates/fold-name.ts';
import { type Facts, mergeFacts, readFacts } from './facts.ts';
import { readLabel } from './labels.ts';
import type { Line } from './line.ts';
import { readTitle } from './title.ts';

/** What stands above the text, and the lines below it. */
export interface Header {
  readonly facts: Facts;
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
  let facts: Facts = title === undefined ? {} : { title };
  let index = title === undefined ? 0 : endOfTitle(lines, title);
  for (;;) {
    while (lines[index]?.text === '') index++;
    const line = lines[index];
    if (line === undefined) break;
    const whole = wholeFact(lines, index);
    const said = readFacts(whole.text, where(line), facts.title !== undefined);
    const merged = said && mergeFacts(facts, said);
    if (merged !== undefined) {
      facts = merged;
      index += whole.used;
      continue;
    }
    const titled =
      facts.title === undefined ? readTitle(lines.slice(index), facts.published !== undefined) : undefined;
    if (titled === undefined) break;
    facts = { ...facts, title: titled.title };
    index += titled.used;
  }
  return { facts, rest: lines.slice(index) };
}

/** A label and what stands on the lines below it: of a source on the next, of a summary all up to the next label. */
function wholeFact(lines: readonly Line[], index: number): { readonly text: string; readonly used: number } {
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
