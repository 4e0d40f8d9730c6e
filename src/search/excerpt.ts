import type { Clause, Query } from './query.ts';
import { readPieces } from './units.ts';

/** A passage of an article that shows what was looked for. */
export interface Excerpt {
  /** A stretch of the article's text as it is. */
  readonly text: string;
  /** What was looked for, as stretches of `text`, whole words: where each begins, and where it ends. Ascending. */
  readonly marks: readonly (readonly [start: number, end: number])[];
  /** Whether the article's text goes on before and after. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** Beyond so many UTF-16 code units of an article nothing is looked for. */
const MAX_READ = 200_000;
const MAX_HITS = 1000;

interface Words {
  /** Empty for those that cannot be what is looked for. */
  readonly units: string[];
  readonly starts: number[];
  readonly ends: number[];
}

/** Where a clause of the query stands. */
interface Hit {
  readonly clause: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The passage with the most of what was looked for, else the beginning, cut between words. Words are marked as they
 * stand in the text, however they are written in the query.
 *
 * @param text plain text
 * @param length at most so many UTF-16 code units, unless one word has more
 */
export function excerpt(text: string, query: Query, length: number): Excerpt {
  const words = readWords(text.slice(0, MAX_READ), query.wanted);
  const hits = findHits(words, query.wanted);
  const passage = bestPassage(hits, length);
  const [start, end] = widen(words, passage, length, text);
  const marks: [number, number][] = [];
  for (const hit of hits) {
    if (hit.start < start || hit.end > end) continue;
    const last = marks.at(-1);
    if (last !== undefined && hit.start - start <= last[1]) last[1] = Math.max(last[1], hit.end - start);
    else marks.push([hit.start - start, hit.end - start]);
  }
  return {
    text: text.slice(start, end),
    marks,
    isCutBefore: text.slice(0, start).trim() !== '',
    isCutAfter: text.slice(end).trim() !== '',
  };
}

function readWords(text: string, clauses: readonly Clause[]): Words {
  const words: Words = { units: [], starts: [], ends: [] };
  const add = (unit: string, start: number, end: number): void => {
    words.units.push(unit);
    words.starts.push(start);
    words.ends.push(end);
  };
  const initials = initialsOf(clauses);
  readPieces(
    text,
    (_, __, length, start, end) =>
      add(
        initials[text.charCodeAt(start)] === 1 ? text.slice(start, start + length).toLowerCase() : '',
        start,
        end,
      ),
    add,
  );
  return words;
}

/** By ASCII letter, large and small ones: 1 if something that is looked for begins with it, else 0. */
function initialsOf(clauses: readonly Clause[]): Uint8Array {
  const initials = new Uint8Array(128);
  for (const { units } of clauses) {
    for (const [initial = ''] of units) {
      for (const letter of [initial, initial.toUpperCase()]) {
        const code = letter.charCodeAt(0);
        if (code < initials.length) initials[code] = 1;
      }
    }
  }
  return initials;
}

/** In the order of their beginnings. */
function findHits({ units, starts, ends }: Words, clauses: readonly Clause[]): readonly Hit[] {
  const wanted = clauses.map(({ units: [first = '', ...rest], isPrefix }, clause) => ({
    clause,
    first,
    rest,
    isPrefix,
  }));
  const hits: Hit[] = [];
  for (let at = 0; at < units.length && hits.length < MAX_HITS; at++) {
    const unit = units[at] ?? '';
    if (unit === '') continue;
    for (const { clause, first, rest, isPrefix } of wanted) {
      if (isPrefix ? !unit.startsWith(first) : unit !== first) continue;
      if (!rest.every((other, i) => units[at + 1 + i] === other)) continue;
      hits.push({ clause, start: starts[at] ?? 0, end: ends[at + rest.length] ?? 0 });
    }
  }
  return hits;
}

/** The first and last place of the hits that lie within `length` and are of the most clauses, then the most; the first such. */
function bestPassage(hits: readonly Hit[], length: number): readonly [start: number, end: number] {
  let best: { start: number; end: number; clauses: number; hits: number } | undefined;
  const counts = new Map<number, number>();
  let from = 0;
  for (const [to, hit] of hits.entries()) {
    counts.set(hit.clause, (counts.get(hit.clause) ?? 0) + 1);
    for (; from < to && hit.end - (hits[from]?.start ?? 0) > length; from++) {
      const clause = hits[from]?.clause ?? 0;
      const rest = (counts.get(clause) ?? 0) - 1;
      if (rest > 0) counts.set(clause, rest);
      else counts.delete(clause);
    }
    const count = to - from + 1;
    if (
      best === undefined ||
      counts.size > best.clauses ||
      (counts.size === best.clauses && count > best.hits)
    ) {
      best = { start: hits[from]?.start ?? 0, end: hit.end, clauses: counts.size, hits: count };
    }
  }
  return best === undefined ? [0, 0] : [best.start, best.end];
}

/** A stretch of `length` around a passage, from the beginning of a unit to the end of one; a third of what is left goes before it. */
function widen(
  { starts, ends }: Words,
  [from, to]: readonly [number, number],
  length: number,
  text: string,
): readonly [start: number, end: number] {
  if (text.length <= length) return [0, text.length];
  const spare = Math.max(0, length - (to - from));
  const earliest = Math.min(Math.max(0, from - Math.floor(spare / 3)), Math.max(0, text.length - length));
  // A unit that begins at or after the earliest place; the passage itself begins with one.
  const start = earliest === 0 ? 0 : (starts.find((place) => place >= earliest) ?? from);
  const latest = start + length;
  if (latest >= text.length) return [start, text.length];
  const last = ends.findLast((place) => place <= latest && place > start);
  return [start, Math.max(to, last ?? Math.min(ends.find((place) => place > start) ?? latest, text.length))];
}
