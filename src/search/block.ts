import { ByteWriter } from '../store/byte-writer.ts';
import { compareBytes, comparePiece } from '../store/compare-bytes.ts';
import { StoreError } from '../store/integrity.ts';
import { partitionPoint } from '../store/partition-point.ts';
import { type Cursor, readVarint } from '../store/varint.ts';

/*
 * A block: a stretch of the sorted terms of one run, with what belongs to each. Terms are UTF-8, in byte order, in groups
 * of 16, each written by what it has in common with the one before.
 *
 *   u32 groups (n), little-endian
 *   u32 group[n]    where each group begins in the block
 *   groups:
 *     term          varint bytes shared with the term before, 0 for the first · varint bytes of the rest · the rest
 *                   varint bytes of its postings · its postings (see postings.ts)
 */
const GROUP_TERMS = 16;

/** Collects the terms of a block. */
export class BlockWriter {
  readonly #groups: number[] = [];
  readonly #entries = new ByteWriter(1 << 16);
  #terms = 0;
  #before: Uint8Array = new Uint8Array();

  /** Bytes of the terms so far. */
  get length(): number {
    return this.#entries.length;
  }

  /** @param term after the ones before it */
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

  /** The block; the next one begins. */
  finish(): Uint8Array<ArrayBuffer> {
    const head = 4 * (1 + this.#groups.length);
    const block = new Uint8Array(head + this.#entries.length);
    const view = new DataView(block.buffer);
    view.setUint32(0, this.#groups.length, true);
    this.#groups.forEach((at, group) => {
      view.setUint32(4 * (1 + group), head + at, true);
    });
    block.set(this.#entries.view(), head);
    this.#groups.length = 0;
    this.#entries.clear();
    this.#terms = 0;
    return block;
  }
}

/** Where the postings of a term begin in a block; undefined when the block has no such term. */
export function findTerm(block: Uint8Array, term: Uint8Array): number | undefined {
  const cursor: Cursor = { bytes: block, at: groupOf(block, term) };
  // How much the term has in common with the one that the cursor has passed, which is before it.
  let common = 0;
  while (cursor.at < block.length) {
    const shared = readVarint(cursor);
    const end = readVarint(cursor) + cursor.at;
    // What has more in common with the one before is before the term too; what has less is after it.
    if (shared < common) return undefined;
    let { at } = cursor;
    if (shared === common) {
      while (at < end && common < term.length && block[at] === term[common]) {
        at++;
        common++;
      }
      if (common === term.length || (at < end && (block[at] ?? 0) > (term[common] ?? 0))) {
        if (at < end || common < term.length) return undefined;
        cursor.at = end;
        readVarint(cursor);
        return cursor.at;
      }
    }
    cursor.at = end;
    const size = readVarint(cursor);
    cursor.at += size;
  }
  return undefined;
}

/** Where the last group begins whose first term is not after a term; the first group if all are. */
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
 * Visits the terms of a block in order, from the first that is not before `from`, until `visit` returns false.
 *
 * @param visit gets the term as a view that the next one spoils, and where its postings begin
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

/** Two units of 64 UTF-16 code units each. */
export const MAX_TERM_BYTES = 2 * 64 * 3;

export function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, i) => byte === bytes[i]);
}
