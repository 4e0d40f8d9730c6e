import { comparePiece } from '../store/compare-bytes.ts';
import { StoreError } from '../store/integrity.ts';
import { partitionPoint } from '../store/partition-point.ts';
import type { EncodedBlock } from './run.ts';

/*
 * The directory of a search index, all that has to be at hand before a query is known; numbers are u32, little-endian:
 *
 *   magic "TSRC" · version · runs (r) · blocks (b)
 *   run:          first article · articles · first block          for each, in the order of their articles
 *   blockEnd[b]   where each block ends when all lie one after another
 *   placesEnd[b]  where the places of each block end when all lie one after another
 *   termEnd[b]    where the first term of each block ends in the terms
 *   terms         the first terms, UTF-8
 */
const MAGIC = 0x43525354;
const VERSION = 1;
const HEADER_BYTES = 16;
const RUN_BYTES = 12;

/** A stretch of articles that is indexed by itself, and stays as it is when articles are added after it. */
export interface Run {
  readonly firstArticle: number;
  readonly articles: number;
  /** Its blocks are those from `firstBlock` to before `endBlock`. */
  readonly firstBlock: number;
  readonly endBlock: number;
}

export interface EncodedRun {
  readonly articles: number;
  readonly blocks: readonly EncodedBlock[];
}

export function encodeDirectory(runs: readonly EncodedRun[]): Uint8Array<ArrayBuffer> {
  const blocks = runs.flatMap((run) => run.blocks);
  const termBytes = blocks.reduce((sum, { firstTerm }) => sum + firstTerm.length, 0);
  const termsAt = HEADER_BYTES + RUN_BYTES * runs.length + 12 * blocks.length;
  const directory = new Uint8Array(termsAt + termBytes);
  const view = new DataView(directory.buffer);
  let at = 0;
  const put = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  for (const number of [MAGIC, VERSION, runs.length, blocks.length]) put(number);
  let [firstArticle, firstBlock] = [0, 0];
  for (const run of runs) {
    for (const number of [firstArticle, run.articles, firstBlock]) put(number);
    firstArticle += run.articles;
    firstBlock += run.blocks.length;
  }
  let blockEnd = 0;
  for (const { bytes } of blocks) {
    blockEnd += bytes;
    put(blockEnd);
  }
  let placesEnd = 0;
  for (const { placesBytes } of blocks) {
    placesEnd += placesBytes;
    put(placesEnd);
  }
  let termEnd = 0;
  for (const { firstTerm } of blocks) {
    directory.set(firstTerm, termsAt + termEnd);
    termEnd += firstTerm.length;
    put(termEnd);
  }
  return directory;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A search index as far as it is known without its blocks. */
export interface SearchDirectory {
  readonly runs: readonly Run[];
  readonly articles: number;
  readonly blocks: number;
  /** Where a block is when all lie one after another. */
  blockRange(block: number): Range;
  /** Where the places of a block are when all lie one after another. */
  placesRange(block: number): Range;
  /** The block of a run in which a term is, if it is in the run at all. */
  findBlock(run: Run, term: Uint8Array): number | undefined;
  /** The first term of a block, UTF-8. */
  firstTerm(block: number): Uint8Array;
}

/** @throws StoreError when the bytes are not the directory of a search index of this version */
export function openSearch(directory: Uint8Array): SearchDirectory {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  if (directory.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new StoreError('Cannot open the search index: expected what "npm run build" wrote');
  }
  const version = view.getUint32(4, true);
  if (version !== VERSION) {
    throw new StoreError(`Cannot open the search index of version ${version}: expected version ${VERSION}`);
  }
  const [runCount, blocks] = [view.getUint32(8, true), view.getUint32(12, true)];
  const blockEndsAt = HEADER_BYTES + RUN_BYTES * runCount;
  const placesEndsAt = blockEndsAt + 4 * blocks;
  const termEndsAt = placesEndsAt + 4 * blocks;
  const termsAt = termEndsAt + 4 * blocks;
  const endAt = (column: number, block: number): number =>
    block < 0 ? 0 : view.getUint32(column + 4 * block, true);
  const expected = termsAt > directory.length ? termsAt : termsAt + endAt(termEndsAt, blocks - 1);
  if (expected !== directory.length) {
    throw new StoreError(
      `Cannot open the search index: expected a directory of ${expected} bytes, got ${directory.length}`,
    );
  }
  const runs = Array.from({ length: runCount }, (_, number): Run => {
    const at = HEADER_BYTES + RUN_BYTES * number;
    return {
      firstArticle: view.getUint32(at, true),
      articles: view.getUint32(at + 4, true),
      firstBlock: view.getUint32(at + 8, true),
      endBlock: number + 1 < runCount ? view.getUint32(at + 8 + RUN_BYTES, true) : blocks,
    };
  });
  const range = (column: number, block: number): Range => ({
    start: endAt(column, block - 1),
    end: endAt(column, block),
  });
  const termStart = (block: number): number => termsAt + endAt(termEndsAt, block - 1);
  const compareFirst = (block: number, term: Uint8Array): number =>
    comparePiece(directory, termStart(block), termStart(block + 1), term);
  return {
    runs,
    articles: runs.reduce((sum, run) => sum + run.articles, 0),
    blocks,
    blockRange: (block) => range(blockEndsAt, block),
    placesRange: (block) => range(placesEndsAt, block),
    findBlock(run, term) {
      const after = partitionPoint(run.firstBlock, run.endBlock, (block) => compareFirst(block, term) <= 0);
      return after > run.firstBlock ? after - 1 : undefined;
    },
    firstTerm: (block) => directory.subarray(termStart(block), termStart(block + 1)),
  };
}
