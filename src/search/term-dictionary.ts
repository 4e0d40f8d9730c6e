import { StoreError } from '../store/integrity.ts';
import {
  ByteWriter,
  type Cursor,
  compareBytes,
  comparePiece,
  endsOf,
  MAX_UTF8,
  partitionPoint,
  readVarint,
} from '../templates/bytes.ts';
import { MAX_TOKEN_LENGTH } from './tokenize.ts';

/*
 * The term dictionary of a segment is a sequence of blocks. A block holds consecutive terms of the segment and their
 * postings. Terms are UTF-8, in byte order, prefix-compressed in groups of 16.
 *
 *   u32 groups (n), little-endian
 *   u32 group[n]    the offset of each group in the block
 *   groups:
 *     term          varint bytes shared with the previous term, 0 for the first · varint bytes of the rest · the rest
 *                   varint bytes of its postings · its postings (see postings.ts)
 */
const GROUP_TERMS = 16;

/** Collects the terms of a block. */
export class BlockWriter {
  readonly #groups: number[] = [];
  readonly #entries = new ByteWriter(1 << 16);
  #terms = 0;
  #before: Uint8Array = new Uint8Array();

  /** The number of bytes so far. */
  get length(): number {
    return this.#entries.length;
  }

  /** @param term greater than the previous ones */
  add(term: Uint8Array, postings: ByteWriter): void {
    let shared = 0;
    if (this.#terms % GROUP_TERMS === 0) this.#groups.push(this.#entries.length);
    else while (shared < term.length && term[shared] === this.#before[shared]) shared++;
    this.#entries.varint(shared);
    this.#entries.varint(term.length - shared);
    this.#entries.bytes(term, shared);
    this.#entries.varint(postings.length);
    this.#entries.append(postings);
    this.#before = term;
    this.#terms++;
  }

  /** Returns the finished block, and begins a new one. */
  finish(): Uint8Array<ArrayBuffer> {
    const head = 4 * (1 + this.#groups.length);
    const block = new ByteWriter(head + this.#entries.length);
    block.u32(this.#groups.length);
    block.u32s(this.#groups.map((at) => head + at));
    block.append(this.#entries);
    this.#groups.length = 0;
    this.#entries.clear();
    this.#terms = 0;
    return block.toBytes();
  }
}

/** The start of a term's postings in a block; undefined if the block does not have the term. */
export function findTerm(block: Uint8Array, term: Uint8Array): number | undefined {
  let found: number | undefined;
  visitTerms(block, term, (first, postingsAt) => {
    if (compareBytes(first, term) === 0) found = postingsAt;
    return false;
  });
  return found;
}

/** The start of the last group whose first term is at or before a term, or else of the first group. */
function groupOf(block: Uint8Array, term: Uint8Array): number {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const groupAt = (group: number): number => view.getUint32(4 * (1 + group), true);
  const groups = block.length < 4 ? Number.POSITIVE_INFINITY : view.getUint32(0, true);
  if (4 * (1 + groups) > block.length) throw new StoreError('Cannot read a block of the search index');
  if (groups === 0) return block.length;
  const after = partitionPoint(0, groups, (group) => {
    const cursor: Cursor = { bytes: block, at: groupAt(group) + 1 };
    const length = readVarint(cursor);
    return comparePiece(block, cursor.at, cursor.at + length, term) <= 0;
  });
  return groupAt(Math.max(0, after - 1));
}

/**
 * Visits the terms of a block in order, from the first at or after `from`, until `visit` returns false.
 *
 * @param visit receives a view of the term, which the next one overwrites, and the start of its postings
 */
export function visitTerms(
  block: Uint8Array,
  from: Uint8Array,
  visit: (term: Uint8Array, postingsAt: number) => boolean,
): void {
  const cursor: Cursor = { bytes: block, at: groupOf(block, from) };
  const buffer = new Uint8Array(MAX_TERM_BYTES);
  let isBefore = true;
  while (cursor.at < block.length) {
    const shared = readVarint(cursor);
    const rest = readVarint(cursor);
    if (shared + rest > MAX_TERM_BYTES) throw new StoreError('Cannot read a block of the search index');
    for (let i = 0; i < rest; i++) buffer[shared + i] = block[cursor.at++] ?? 0;
    const size = readVarint(cursor);
    const term = buffer.subarray(0, shared + rest);
    if (isBefore) isBefore = compareBytes(term, from) < 0;
    if (!isBefore && !visit(term, cursor.at)) return;
    cursor.at += size;
  }
}

/** A term is one token or two. */
export const MAX_TERM_BYTES = 2 * MAX_TOKEN_LENGTH * MAX_UTF8;

export function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, i) => byte === bytes[i]);
}

/*
 * The block index: which block a term is in. Only the block index must be in memory before a query. Numbers are u32,
 * little-endian:
 *
 *   segments (s) · blocks (b)
 *   segment:     first article · articles · first block       for each, in the order of their articles
 *   termEnd[b]   the end of each block's first term in the terms
 *   terms        the first terms, UTF-8
 */
const HEADER_BYTES = 8;
const SEGMENT_BYTES = 12;

/** Consecutive articles with an index of their own; a segment does not change when articles are added after it. */
export interface IndexSegment {
  readonly firstArticle: number;
  readonly articles: number;
  /** Its blocks are those from `firstBlock` up to, but not including, `endBlock`. */
  readonly firstBlock: number;
  readonly endBlock: number;
}

interface SegmentSummary {
  readonly articles: number;
  /** The first term of each block, UTF-8. */
  readonly firstTerms: readonly Uint8Array[];
}

export function encodeBlockIndex(segments: readonly SegmentSummary[]): Uint8Array<ArrayBuffer> {
  const terms = segments.flatMap(({ firstTerms }) => firstTerms);
  const index = new ByteWriter();
  index.u32s([segments.length, terms.length]);
  let [firstArticle, firstBlock] = [0, 0];
  for (const { articles, firstTerms } of segments) {
    index.u32s([firstArticle, articles, firstBlock]);
    firstArticle += articles;
    firstBlock += firstTerms.length;
  }
  index.u32s(endsOf(terms.map(({ length }) => length)));
  for (const term of terms) index.bytes(term);
  return index.toBytes();
}

/** The block index, opened. */
export interface BlockIndex {
  readonly segments: readonly IndexSegment[];
  readonly articles: number;
  readonly blocks: number;
  /** The only block of a segment that may contain a term. */
  findBlock(segment: IndexSegment, term: Uint8Array): number | undefined;
  /** The first term of a block, UTF-8. */
  firstTerm(block: number): Uint8Array;
}

/** @param bytes a section of the store, which has verified them */
export function openBlockIndex(bytes: Uint8Array): BlockIndex {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [segmentCount, blocks] = [view.getUint32(0, true), view.getUint32(4, true)];
  const termEndsAt = HEADER_BYTES + SEGMENT_BYTES * segmentCount;
  const termsAt = termEndsAt + 4 * blocks;
  const segments = Array.from({ length: segmentCount }, (_, number): IndexSegment => {
    const at = HEADER_BYTES + SEGMENT_BYTES * number;
    return {
      firstArticle: view.getUint32(at, true),
      articles: view.getUint32(at + 4, true),
      firstBlock: view.getUint32(at + 8, true),
      endBlock: number + 1 < segmentCount ? view.getUint32(at + 8 + SEGMENT_BYTES, true) : blocks,
    };
  });
  const termStart = (block: number): number =>
    termsAt + (block === 0 ? 0 : view.getUint32(termEndsAt + 4 * (block - 1), true));
  const compareFirst = (block: number, term: Uint8Array): number =>
    comparePiece(bytes, termStart(block), termStart(block + 1), term);
  return {
    segments,
    articles: segments.reduce((sum, segment) => sum + segment.articles, 0),
    blocks,
    findBlock({ firstBlock, endBlock }, term) {
      const after = partitionPoint(firstBlock, endBlock, (block) => compareFirst(block, term) <= 0);
      return after > firstBlock ? after - 1 : undefined;
    },
    firstTerm: (block) => bytes.subarray(termStart(block), termStart(block + 1)),
  };
}
