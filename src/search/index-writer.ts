import { ByteWriter, compareBytes, fnv1a } from '../templates/bytes.ts';
import { type PartialIndex, PartialIndexReader } from './partial-index.ts';
import { writePostings } from './postings.ts';
import { BlockWriter, encodeBlockIndex } from './term-dictionary.ts';

/**
 * Segments end at the last multiple of each of these numbers of published articles. So there are at most three
 * segments, which depend only on their articles. An article added at the end changes the last segment; every 64th
 * article changes the last two, and only every 1024th all of them. Scheduled articles have their own segment, which is
 * not read before one of them is published: until then, their words move no block boundary.
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
 * The partial indexes of an index, in order: full ones of 1024 articles from the beginning, then one up to the last
 * multiple of 64, then one with the rest, then those of the scheduled ones.
 *
 * @param scheduled how many of the last articles are not published yet
 */
export function planPartialIndexes(articles: number, scheduled = 0): readonly ArticleRange[] {
  return planSegments(articles, scheduled).flatMap(({ parts }) => parts);
}

/** Receives a finished block and the positions of its terms. */
type TakeBlock = (block: Uint8Array<ArrayBuffer>, positions: Uint8Array<ArrayBuffer>) => void;

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
    return { articles: segment.end - segment.start, firstTerms: writeSegment(own, segment.isOneBlock, take) };
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
 * @returns the first term of each written block, in order
 */
function writeSegment(
  parts: readonly PartialIndex[],
  isOneBlock: boolean,
  take: TakeBlock,
): readonly Uint8Array[] {
  const articlesOfSegment = parts.reduce((sum, { articles }) => sum + articles, 0);
  const firstTerms: Uint8Array[] = [];
  const block = new BlockWriter();
  const [sparse, postings] = [new ByteWriter(), new ByteWriter()];
  const positions = new ByteWriter(POSITIONS_BYTES);
  let firstTerm: Uint8Array | undefined;
  let positionsAt = 0;

  function finish(): void {
    if (firstTerm === undefined) return;
    firstTerms.push(firstTerm);
    take(block.finish(), positions.toBytes());
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
  return firstTerms;
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
  const readers = parts.map((part) => new PartialIndexReader(part));
  for (;;) {
    const first = readers.reduce((least, reader) => (comesBefore(reader, least) ? reader : least));
    if (first.isAtEnd) return;
    const { key } = first;
    const term = first.term.slice();
    let [articles, firstArticle, next] = [0, 0, 0];
    postings.clear();
    for (const [index, reader] of readers.entries()) {
      if (reader.key === key && compareBytes(reader.term, term) === 0) {
        reader.copyPostings(postings, firstArticle - next);
        reader.copyPositions(positions);
        next = firstArticle + reader.lastArticle + 1;
        articles += reader.articles;
        reader.next();
      }
      firstArticle += parts[index]?.articles ?? 0;
    }
    visit(term, articles);
  }
}

function comesBefore(a: PartialIndexReader, b: PartialIndexReader): boolean {
  return a.key === b.key ? compareBytes(a.term, b.term) < 0 : a.key < b.key;
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
