import { type Facts, mergeFacts, readFacts } from './facts.ts';
import { readLabel } from './labels.ts';
import type { Line } from './line.ts';
import { readTitle } from './title.ts';

/** What stands above the text, and the lines below it. */
export interface Header {
  readonly facts: Facts;
  readonly rest: readonly Line[];
}

/**
 * Reads the headline, over one line or several, and the lines around it that say when, by whom and where the document
 * was published: dates, bylines, sources, addresses, and labelled lines such as `Tags: …`. The first line that says
 * none of these, or something again, ends it.
 */
export function readHeader(lines: readonly Line[], where: (line: Line) => string): Header {
  let facts: Facts = {};
  let index = 0;
  for (;;) {
    while (lines[index]?.text === '') index++;
    const line = lines[index];
    if (line === undefined) break;
    const said = readFacts(wholeFact(line, lines[index + 1]), where(line), facts.title !== undefined);
    const merged = said && mergeFacts(facts, said);
    if (merged !== undefined) {
      facts = merged;
      index += wholeFact(line, lines[index + 1]) === line.text ? 1 : 2;
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

/** A label and what stands on the line below it. */
function wholeFact({ text }: Line, next: Line | undefined): string {
  const isCut = readLabel(text)?.label === 'source' && readLabel(text)?.rest === '';
  return isCut && next !== undefined && next.text !== '' ? `${text} ${next.text}` : text;
}
