import { type Bits, emptyBits, hasBit } from '../store/bits.ts';
import { compareBytes } from '../templates/bytes.ts';
import { Postings } from './postings.ts';
import type { Query, QueryClause } from './query.ts';
import { type BlockIndex, findTerm, type IndexSegment, startsWith, visitTerms } from './term-dictionary.ts';

const MAX_BLOCKS_OF_PREFIX = 2;

/** The reads of a query, ascending: blocks, and the positions of some of them. */
interface QueryPlan {
  readonly blocks: readonly number[];
  readonly positions: readonly number[];
}

/**
 * Plans what a query reads: of each segment a block for each term and at most two for each prefix, and for each term of
 * a phrase the positions too; of the newest segment, and of up to 1024 scheduled articles, one block and its positions.
 * With a query's cost of at most 18 (see query.ts) and the two other segments, that is at most 2 × 18 + 2 × 2 = 40
 * reads.
 *
 * @param segments the segments to read
 */
export function planQuery(index: BlockIndex, query: Query, segments: readonly IndexSegment[]): QueryPlan {
  const blocks = new Set<number>();
  const positions = new Set<number>();
  for (const clause of [...query.must, ...query.mustNot]) {
    const { terms } = clause;
    for (const { term } of terms) {
      for (const segment of segments) {
        for (const block of blocksOf(index, segment, term, clause.isPrefix)) {
          blocks.add(block);
          if (terms.length > 1) positions.add(block);
        }
      }
    }
  }
  return { blocks: ascending(blocks), positions: ascending(positions) };
}

function ascending(numbers: ReadonlySet<number>): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** The blocks of a segment that may contain a term or prefix. */
function blocksOf(
  index: BlockIndex,
  segment: IndexSegment,
  term: Uint8Array,
  isPrefix: boolean,
): readonly number[] {
  const found = index.findBlock(segment, term);
  if (!isPrefix) return found === undefined ? [] : [found];
  const blocks = found === undefined ? [] : [found];
  for (let next = found === undefined ? segment.firstBlock : found + 1; next < segment.endBlock; next++) {
    if (blocks.length === MAX_BLOCKS_OF_PREFIX || !startsWith(index.firstTerm(next), term)) break;
    blocks.push(next);
  }
  return blocks;
}

/** Provides the planned reads. */
export interface PlannedReads {
  block(number: number): Uint8Array;
  positions(number: number): Uint8Array;
}

/** A term of a clause in one segment; articles are numbered from the first of the segment. */
export interface TermMatch {
  readonly articles: Bits;
  /** The impact of the term by article; 0 if the article does not have it. */
  readonly impacts: () => Uint8Array;
  /** Undefined if its clause has a single term. */
  readonly positions: TermPositions | undefined;
}

export interface TermPositions {
  /** The positions of all terms of a block. */
  readonly bytes: Uint8Array;
  /** The start of the term's positions. */
  readonly at: number;
  /** The position of the term in its clause. */
  readonly offset: number;
}

/** The maximum number of terms to expand a prefix to, the first ones in code point order. */
const MAX_EXPANSION = 256;

/**
 * Looks up the terms of a clause in one segment; undefined stands for those that it does not have.
 *
 * @param visible articles of the segment
 */
export function lookUp(
  index: BlockIndex,
  segment: IndexSegment,
  clause: QueryClause,
  reads: PlannedReads,
  visible: Bits,
): readonly (TermMatch | undefined)[] {
  const { terms, isPrefix } = clause;
  return terms.map(({ term, offset }) => {
    const numbers = blocksOf(index, segment, term, isPrefix);
    const [number] = numbers;
    if (number === undefined) return undefined;
    if (isPrefix) return expandPrefix(numbers.map(reads.block), term, segment.articles, visible);
    const block = reads.block(number);
    const at = findTerm(block, term);
    if (at === undefined) return undefined;
    const postings = new Postings(block, at, segment.articles);
    const articles = emptyBits(segment.articles);
    postings.addTo(articles);
    const positions =
      terms.length === 1 ? undefined : { bytes: reads.positions(number), at: postings.positionsAt, offset };
    return { articles, impacts: () => postings.impacts(), positions };
  });
}

/**
 * Merges all terms with a prefix into one. The prefix itself keeps its impact; longer terms have little. A term that
 * occurs only in invisible articles does not count towards `MAX_EXPANSION`.
 */
function expandPrefix(
  blocks: readonly Uint8Array[],
  prefix: Uint8Array,
  articlesOfSegment: number,
  visible: Bits,
): TermMatch | undefined {
  const articles = emptyBits(articlesOfSegment);
  let exact: Postings | undefined;
  let expanded = 0;
  for (const block of blocks) {
    visitTerms(block, prefix, (term, postingsAt) => {
      if (!startsWith(term, prefix)) return false;
      const postings = new Postings(block, postingsAt, articlesOfSegment);
      if (postings.isInOneOf(visible)) {
        expanded++;
        postings.addTo(articles);
        if (compareBytes(term, prefix) === 0) exact = postings;
      }
      return expanded < MAX_EXPANSION;
    });
  }
  if (expanded === 0) return undefined;
  const impacts = (): Uint8Array => {
    const own = exact?.impacts();
    return Uint8Array.from({ length: articlesOfSegment }, (_, article) =>
      hasBit(articles, article) ? Math.max(IMPACT_OF_LONGER, own?.[article] ?? 0) : 0,
    );
  };
  return { articles, impacts, positions: undefined };
}

const IMPACT_OF_LONGER = 1;
