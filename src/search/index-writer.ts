import { compareBytes, fnv1a } from '../store/keys.ts';
import { ByteWriter } from '../templates/bytes.ts';
import type { DocumentPostings } from './document-postings.ts';
import {
  encodePartialIndex,
  type PartialIndex,
  PartialIndexReader,
  partialIndexOf,
} from './partial-index.ts';
import { writePostings } from './postings.ts';
import { type BlockSummary, BlockWriter, encodeBlockIndex } from './term-dictionary.ts';

/**
 * Segments end at the last multiple of each of these numbers of published articles. So there are at most three segments,
 * which depend only on their articles. An article added at the end changes the last segment; every 64th article changes
 * the last two, and only every 1024th all of them. Scheduled articles have their own segment, which is not read before
 * one of them is published: until then, their words move no block boundary.
 */
const SEGMENT_BOUNDARIES = [1024, 64, 1];
const PARTIAL_INDEX_ARTICLES = 1024;

/** Articles by number, from `start` to before `end`. */
export interface ArticleRange {
  readonly start: number;
  readonly end: number;
}

interface PlannedSegment extends ArticleRange {
  /** Whether the segment has the newest articles; nearly every word reads it, so it is a single block. */
  readonly isOneBlock: boolean;
  /** The articles of each partial index in it. */
  readonly parts: readonly ArticleRange[];
}

function planSegments(articles: number, scheduled: number): readonly PlannedSegment[] {
  const published = articles - scheduled;
  let start = 0;
  const segments = SEGMENT_BOUNDARIES.map((boundary) => {
    const segment = { start, end: published - (published % boundary), isOneBlock: boundary === 1 };
    start = segment.end;
    return segment;
  });
  segments.push({ start: published, end: articles, isOneBlock: scheduled <= PARTIAL_INDEX_ARTICLES });
  return segments
    .filter(({ start, end }) => end > start)
    .map((segment) => ({ ...segment, parts: partsOf(segment) }));
}

function partsOf({ start, end }: ArticleRange): readonly ArticleRange[] {
  return Array.from({ length: Math.ceil((end - start) / PARTIAL_INDEX_ARTICLES) }, (_, i) => ({
    start: start + i * PARTIAL_INDEX_ARTICLES,
    end: Math.min(start + (i + 1) * PARTIAL_INDEX_ARTICLES, end),
  }));
}

/**
 * The partial indexes from which so many articles are indexed, in order: full ones of 1024 from the beginning, then one
 * up to the last multiple of 64, then one with the rest, then those of the scheduled ones.
 *
 * @param scheduled how many of the last articles are not published yet
 */
export function planPartialIndexes(articles: number, scheduled = 0): readonly ArticleRange[] {
  return planSegments(articles, scheduled).flatMap(({ parts }) => parts);
}

/**
 * The partial indexes of documents in memory, in the order of their articles' numbers.
 *
 * @param scheduled how many of the last articles are not published yet
 */
export function encodePartialIndexes(documents: readonly DocumentPostings[], scheduled = 0): PartialIndex[] {
  return planPartialIndexes(documents.length, scheduled).map(({ start, end }) =>
    partialIndexOf(end - start, encodePartialIndex(documents.slice(start, end))),
  );
}

/** Receives a finished block and the positions of its terms. */
export type TakeBlock = (block: Uint8Array<ArrayBuffer>, positions: Uint8Array<ArrayBuffer>) => void;

/**
 * Merges partial indexes into a search index; only a part of each is in memory at a time.
 *
 * @param parts the partial indexes of planPartialIndexes(), in order
 * @param scheduled how many of the last articles are not published yet
 * @param take gets each block, of about 32 KB, and its positions, of about 64 KB, in order
 * @returns the block index, which must be in memory before a query
 * @throws RangeError if the partial indexes differ from the plan
 */
export function writeIndex(
  parts: readonly PartialIndex[],
  scheduled: number,
  take: TakeBlock,
): Uint8Array<ArrayBuffer> {
  const articles = parts.reduce((sum, part) => sum + part.articles, 0);
  let done = 0;
  const segments = planSegments(articles, scheduled).map((segment) => {
    const own = parts.slice(done, done + segment.parts.length);
    done += segment.parts.length;
    for (const [i, { start, end }] of segment.parts.entries()) {
      const got = own[i]?.articles;
      if (got !== end - start)
        throw new RangeError(
          `Cannot merge partial indexes: expected one of ${end - start} articles, got one of ${got}`,
        );
    }
    return { articles: segment.end - segment.start, blocks: writeSegment(own, segment.isOneBlock, take) };
  });
  return encodeBlockIndex(segments);
}

/** The approximate sizes of a block and its positions; a single term may exceed them. */
const BLOCK_BYTES = 32 * 1024;
const POSITIONS_BYTES = 64 * 1024;

/**
 * Indexes the articles of one segment.
 *
 * @param isOneBlock whether to write a single block, whatever its size
 * @returns the written blocks, in order
 */
function writeSegment(
  parts: readonly PartialIndex[],
  isOneBlock: boolean,
  take: TakeBlock,
): readonly BlockSummary[] {
  const articlesOfSegment = parts.reduce((sum, { articles }) => sum + articles, 0);
  const blocks: BlockSummary[] = [];
  const block = new BlockWriter();
  const [sparse, postings] = [new ByteWriter(), new ByteWriter()];
  const positions = new ByteWriter(POSITIONS_BYTES);
  let firstTerm: Uint8Array | undefined;
  let positionsAt = 0;

  function finish(): void {
    if (firstTerm === undefined) return;
    const [bytes, positionBytes] = [block.finish(), positions.toBytes()];
    blocks.push({ firstTerm, bytes: bytes.length, positionBytes: positionBytes.length });
    take(bytes, positionBytes);
    firstTerm = undefined;
    positions.clear();
    positionsAt = 0;
  }

  merge(parts, sparse, positions, (term, articles) => {
    firstTerm ??= term;
    postings.clear();
    writePostings(postings, positionsAt, sparse, articles, articlesOfSegment);
    block.add(term, postings);
    const share = Math.max(
      (term.length + postings.length) / BLOCK_BYTES,
      (positions.length - positionsAt) / POSITIONS_BYTES,
    );
    positionsAt = positions.length;
    const filled = Math.max(block.length / BLOCK_BYTES, positions.length / POSITIONS_BYTES);
    if (!isOneBlock && isBoundary(term, share, filled)) finish();
  });
  finish();
  return blocks;
}

/**
 * Merges partial indexes whose articles follow each other, term by term in byte order.
 *
 * @param postings receives the sparse postings of each term, replacing those of the previous term
 * @param positions receives the positions of each term, after those of the previous term
 * @param visit receives each term, UTF-8, which it may keep, and its document frequency
 */
function merge(
  parts: readonly PartialIndex[],
  postings: ByteWriter,
  positions: ByteWriter,
  visit: (term: Uint8Array, articles: number) => void,
): void {
  let firstArticle = 0;
  const inputs = parts.map((part) => {
    const input = { reader: new PartialIndexReader(part), firstArticle };
    firstArticle += part.articles;
    return input;
  });
  const tree = new LoserTree(inputs.length, (a, b) =>
    comesBefore(inputs[a]?.reader, inputs[b]?.reader, a < b),
  );
  for (;;) {
    let input = inputs[tree.min];
    if (input === undefined || input.reader.isAtEnd) return;
    const { key } = input.reader;
    const term = input.reader.term.slice();
    let [articles, next] = [0, 0];
    postings.clear();
    do {
      const { reader, firstArticle } = input;
      reader.copyPostings(postings, firstArticle - next);
      reader.copyPositions(positions);
      next = firstArticle + reader.lastArticle + 1;
      articles += reader.articles;
      reader.next();
      tree.advance();
      input = inputs[tree.min];
    } while (input?.reader.key === key && compareBytes(input.reader.term, term) === 0);
    visit(term, articles);
  }
}

/** @param isFirst whether `a` comes first if both are at the same term */
function comesBefore(
  a: PartialIndexReader | undefined,
  b: PartialIndexReader | undefined,
  isFirst: boolean,
): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  if (a.key !== b.key) return a.key < b.key;
  const order = compareBytes(a.term, b.term);
  return order === 0 ? isFirst : order < 0;
}

/** Chosen to give blocks the intended mean size. */
const SHARPNESS = 3;

/**
 * Content-defined chunking: whether a block ends with this term. A hash of the term decides, so a changed article moves
 * only boundaries near its words. The probability grows with the fill of the block: few blocks end before they are half
 * full, and hardly any exceed one and a half times the target size.
 *
 * @param share the term's share of the size of a block
 * @param filled how full the block is, including the term; 1 is full
 */
function isBoundary(term: Uint8Array, share: number, filled: number): boolean {
  return hash01(term) < SHARPNESS * share * (filled * filled * filled * filled);
}

/** A hash from 0 to less than 1: FNV-1a with the finaliser of MurmurHash3. */
function hash01(term: Uint8Array): number {
  let hash = fnv1a(term);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A loser tree (Knuth, TAOCP 3, §5.4.1): finds the source with the smallest item in a k-way merge. */
class LoserTree {
  readonly #isBefore: (a: number, b: number) => boolean;
  /**
   * The loser of each match. Match m is between the winners of 2m and 2m + 1; numbers from `count` on are the sources.
   */
  readonly #losers: Uint32Array;
  #min: number;

  /**
   * @param count the number of sources, at least one
   * @param isBefore whether the item of one source comes before that of another; a total order
   */
  constructor(count: number, isBefore: (a: number, b: number) => boolean) {
    this.#isBefore = isBefore;
    this.#losers = new Uint32Array(count);
    this.#min = this.#play(1);
  }

  /** The source with the smallest item. */
  get min(): number {
    return this.#min;
  }

  /** Call this after the source `min` has advanced to its next item. */
  advance(): void {
    let winner = this.#min;
    for (let match = (winner + this.#losers.length) >>> 1; match > 0; match >>>= 1) {
      const other = this.#losers[match] ?? 0;
      if (this.#isBefore(other, winner)) {
        this.#losers[match] = winner;
        winner = other;
      }
    }
    this.#min = winner;
  }

  #play(match: number): number {
    const count = this.#losers.length;
    if (match >= count) return match - count;
    const [a, b] = [this.#play(2 * match), this.#play(2 * match + 1)];
    const isFirst = this.#isBefore(a, b);
    this.#losers[match] = isFirst ? b : a;
    return isFirst ? a : b;
  }
}
