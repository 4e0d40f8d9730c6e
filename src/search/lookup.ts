import { compareBytes } from '../store/compare-bytes.ts';
import { findTerm, startsWith, visitTerms } from './block.ts';
import type { Run, SearchDirectory } from './directory.ts';
import { isMentioned } from './level.ts';
import { blocksOf } from './plan.ts';
import { articlesOf, type Postings, readPostings } from './postings.ts';
import type { Clause } from './query.ts';

/** Gives what was planned. */
export interface PlannedReads {
  block(number: number): Uint8Array;
  places(number: number): Uint8Array;
}

/** A term of a clause as it stands in one run. */
export interface FoundTerm {
  readonly offset: number;
  readonly postings: Postings;
  /** Of the block in which it is; undefined unless its clause has several terms. */
  readonly places: Uint8Array | undefined;
  /** In how many visible articles of the run. */
  readonly visibleArticles: number;
}

/** So many words that begin alike are looked up, the first ones in the order of their code points. */
const MAX_EXPANSION = 256;

/**
 * Looks up the terms of a clause in one run; undefined stands for those that no visible article of it has.
 *
 * @param visible by article of the run: 1 if it can be seen, else 0
 */
export function lookUp(
  directory: SearchDirectory,
  run: Run,
  clause: Clause,
  reads: PlannedReads,
  visible: Uint8Array,
): readonly (FoundTerm | undefined)[] {
  const { terms } = clause;
  return terms.map(({ term, offset }) => {
    const numbers = blocksOf(directory, run, term, clause.isPrefix);
    const blocks = numbers.map((number) => reads.block(number));
    const postings = clause.isPrefix
      ? readBeginning(blocks, term, run.articles, visible)
      : readTerm(blocks, term, run.articles);
    const visibleArticles = postings === undefined ? 0 : countVisible(postings, visible);
    if (postings === undefined || visibleArticles === 0) return undefined;
    const [number] = numbers;
    const places = terms.length > 1 && number !== undefined ? reads.places(number) : undefined;
    return { offset, postings, places, visibleArticles };
  });
}

function readTerm(blocks: readonly Uint8Array[], term: Uint8Array, articles: number): Postings | undefined {
  const [block] = blocks;
  const at = block && findTerm(block, term);
  return block && at !== undefined ? readPostings(block, at, articles) : undefined;
}

/**
 * The postings of all words that begin so, as if they were one. The word itself counts as ever, longer ones little. A word
 * that only articles have which cannot be seen takes no place among those that are looked up.
 */
function readBeginning(
  blocks: readonly Uint8Array[],
  prefix: Uint8Array,
  articles: number,
  visible: Uint8Array,
): Postings | undefined {
  const levels = new Uint8Array(articles);
  let expanded = 0;
  for (const block of blocks) {
    visitTerms(block, prefix, (term, postingsAt) => {
      if (!startsWith(term, prefix)) return false;
      const isExact = compareBytes(term, prefix) === 0;
      const postings = readPostings(block, postingsAt, articles);
      if (countVisible(postings, visible) > 0) {
        expanded++;
        for (const article of articlesOf(postings)) {
          const level = isExact ? (postings.levels[article] ?? 0) : LEVEL_OF_LONGER;
          levels[article] = Math.max(levels[article] ?? 0, level);
        }
      }
      return expanded < MAX_EXPANSION;
    });
  }
  if (expanded === 0) return undefined;
  const count = levels.reduce((sum, level) => sum + (level > 0 ? 1 : 0), 0);
  return { levels, articles: undefined, count, placesAt: 0 };
}

const LEVEL_OF_LONGER = 1;

function countVisible({ articles, levels }: Postings, visible: Uint8Array): number {
  let count = 0;
  if (articles !== undefined) {
    for (let i = 0; i < articles.length; i++) count += visible[articles[i] ?? 0] ?? 0;
  } else {
    for (let article = 0; article < levels.length; article++)
      count += (visible[article] as number) & isMentioned(levels[article] as number); // both have that many
  }
  return count;
}
