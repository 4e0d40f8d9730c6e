import { type Bits, emptyBits, hasBit } from '../store/bits.ts';
import { compareBytes } from '../store/compare-bytes.ts';
import { findTerm, startsWith, visitTerms } from './block.ts';
import type { Run, SearchDirectory } from './directory.ts';
import { blocksOf } from './plan.ts';
import { Postings } from './postings.ts';
import type { Clause } from './query.ts';

/** Gives what was planned. */
export interface PlannedReads {
  block(number: number): Uint8Array;
  places(number: number): Uint8Array;
}

/** A term of a clause as it stands in one run; articles are counted from the first of the run. */
export interface FoundTerm {
  readonly articles: Bits;
  /** How much an article is about it, by article; 0: the term is not in it. */
  readonly levels: () => Uint8Array;
  /** Where it stands; undefined unless its clause has several terms. */
  readonly places: TermPlaces | undefined;
}

export interface TermPlaces {
  /** The places of the terms of a block. */
  readonly bytes: Uint8Array;
  /** Where those of the term begin. */
  readonly at: number;
  /** How far from the beginning of its clause the term stands. */
  readonly offset: number;
}

/** So many words that begin alike are looked up, the first ones in the order of their code points. */
const MAX_EXPANSION = 256;

/**
 * Looks up the terms of a clause in one run; undefined stands for those that it does not have.
 *
 * @param visible articles of the run
 */
export function lookUp(
  directory: SearchDirectory,
  run: Run,
  clause: Clause,
  reads: PlannedReads,
  visible: Bits,
): readonly (FoundTerm | undefined)[] {
  const { terms, isPrefix } = clause;
  return terms.map(({ term, offset }) => {
    const numbers = blocksOf(directory, run, term, isPrefix);
    const [number] = numbers;
    if (number === undefined) return undefined;
    if (isPrefix) return findBeginning(numbers.map(reads.block), term, run.articles, visible);
    const block = reads.block(number);
    const at = findTerm(block, term);
    if (at === undefined) return undefined;
    const postings = new Postings(block, at, run.articles);
    const articles = emptyBits(run.articles);
    postings.addTo(articles);
    const places =
      terms.length === 1 ? undefined : { bytes: reads.places(number), at: postings.placesAt, offset };
    return { articles, levels: () => postings.levels(), places };
  });
}

/**
 * All words that begin so, as if they were one. The word itself counts as ever, longer ones little. A word that only
 * articles have which cannot be seen takes no place among those that are looked up.
 */
function findBeginning(
  blocks: readonly Uint8Array[],
  prefix: Uint8Array,
  articlesOfRun: number,
  visible: Bits,
): FoundTerm | undefined {
  const articles = emptyBits(articlesOfRun);
  let exact: Postings | undefined;
  let expanded = 0;
  for (const block of blocks) {
    visitTerms(block, prefix, (term, postingsAt) => {
      if (!startsWith(term, prefix)) return false;
      const postings = new Postings(block, postingsAt, articlesOfRun);
      if (postings.isInOneOf(visible)) {
        expanded++;
        postings.addTo(articles);
        if (compareBytes(term, prefix) === 0) exact = postings;
      }
      return expanded < MAX_EXPANSION;
    });
  }
  if (expanded === 0) return undefined;
  const levels = (): Uint8Array => {
    const own = exact?.levels();
    return Uint8Array.from({ length: articlesOfRun }, (_, article) =>
      hasBit(articles, article) ? Math.max(LEVEL_OF_LONGER, own?.[article] ?? 0) : 0,
    );
  };
  return { articles, levels, places: undefined };
}

const LEVEL_OF_LONGER = 1;
