import { ByteWriter, type Cursor, readVarint } from '../templates/bytes.ts';
import type { DocumentPostings } from './document-postings.ts';
import { MAX_TERM_BYTES } from './term-dictionary.ts';
import { sortKey, TermTable } from './term-table.ts';

/*
 * A partial index: the terms of consecutive articles, UTF-8 in byte order, each with all its data, so that a merge
 * reads each partial index once, sequentially. Articles are numbered from the first one. Numbers are varints.
 *
 *   for each term:
 *     bytes shared with the previous term · bytes of the rest
 *     its number of articles · the last of them
 *     bytes of its postings · bytes of its positions
 *     the rest of the term
 *     its postings: (distance from the previous article, or from −1, less 1) × 16 + impact, for each article
 *     its positions: bytes of its positions · its positions, for each article, as in document-postings.ts
 */
const MAX_HEAD_BYTES = 6 * 5;

const NO_BYTES = new Uint8Array();

/** Depends only on the articles, so it can be cached and computed in parallel. */
export function encodePartialIndex(documents: readonly DocumentPostings[]): Uint8Array<ArrayBuffer> {
  const inverted = invert(documents);
  const out = new ByteWriter(documents.reduce((sum, { postings }) => sum + 2 * postings.length, 1024));
  const [postings, positions] = [new ByteWriter(), new ByteWriter()];
  let before: Uint8Array = NO_BYTES;
  for (const number of inverted.table.sorted()) {
    const [start, end] = [inverted.ends[number - 1] ?? 0, inverted.ends[number] ?? 0];
    postings.clear();
    positions.clear();
    let next = 0;
    for (let slot = start; slot < end; slot++) {
      const article = inverted.documents[slot] ?? 0;
      const bytes = documents[article]?.postings ?? NO_BYTES;
      const from = inverted.from[slot] ?? 0;
      postings.varint((article - next) * 16 + (bytes[from] ?? 0));
      positions.bytes(bytes, from + 1, inverted.to[slot]);
      next = article + 1;
    }
    const term = inverted.table.term(number);
    let shared = 0;
    while (shared < term.length && term[shared] === before[shared]) shared++;
    out.varint(shared);
    out.varint(term.length - shared);
    out.varint(end - start);
    out.varint(next - 1);
    out.varint(postings.length);
    out.varint(positions.length);
    out.bytes(term, shared);
    out.append(postings);
    out.append(positions);
    before = term;
  }
  return out.toBytes();
}

const SPACE = 0x20;

/** The postings of some documents by term. */
interface Inverted {
  readonly table: TermTable;
  /** By term number: the end of its postings in the columns, where those of the next begin. */
  readonly ends: Uint32Array;
  /** By posting: its document. */
  readonly documents: Uint32Array;
  /** By posting: its start and end in the bytes of its document. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

function invert(documents: readonly DocumentPostings[]): Inverted {
  const table = new TermTable();
  const numbers = documents.map(({ terms }) => numbersOf(terms, table));
  const ends = countTerms(numbers, table.count);
  const total = ends[table.count] ?? 0;
  const columns = {
    documents: new Uint32Array(total),
    from: new Uint32Array(total),
    to: new Uint32Array(total),
  };
  for (const [document, { postings }] of documents.entries()) {
    const numbersOfDocument = numbers[document] ?? new Uint32Array();
    const cursor: Cursor = { bytes: postings, at: 0 };
    for (let i = 0; i < numbersOfDocument.length; i++) {
      const number = numbersOfDocument[i] ?? 0;
      const slot = ends[number] ?? 0;
      ends[number] = slot + 1;
      columns.documents[slot] = document;
      columns.from[slot] = cursor.at++;
      const size = readVarint(cursor);
      cursor.at += size;
      columns.to[slot] = cursor.at;
    }
  }
  return { table, ends, ...columns };
}

/** The numbers of the terms of a document. */
function numbersOf(terms: Uint8Array, table: TermTable): Uint32Array {
  const numbers = new Uint32Array(terms.length / 2);
  let [count, start] = [0, 0];
  for (let at = 0; at < terms.length; at++) {
    if (terms[at] !== SPACE) continue;
    numbers[count++] = table.numberOfBytes(terms, start, at - start);
    start = at + 1;
  }
  return numbers.slice(0, count);
}

/** By term number: the start of its postings when sorted by term; the last entry is their total number. */
function countTerms(numbers: readonly Uint32Array[], count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const numbersOfDocument of numbers) {
    for (let i = 0; i < numbersOfDocument.length; i++) {
      const after = (numbersOfDocument[i] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
  }
  for (let number = 1; number <= count; number++)
    starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0);
  return starts;
}

/** A partial index in any storage. */
export interface PartialIndex {
  readonly articles: number;
  /** The length in bytes. */
  readonly bytes: number;
  /**
   * The bytes from `start` up to, but not including, `end`. Reads are sequential, in pieces of about 128 KB that may
   * overlap slightly; a read may overwrite the result of the last one.
   */
  read(start: number, end: number): Uint8Array;
}

const PIECE_BYTES = 128 * 1024;

/** Reads a partial index term by term: first the postings, then the positions. */
export class PartialIndexReader {
  /** A view of the current term, UTF-8, which the next term overwrites. */
  term: Uint8Array = NO_BYTES;
  /** The `sortKey` of the term; Infinity at the end. */
  key = 0;
  /** The document frequency of the term. */
  articles = 0;
  /** The last article with the term. */
  lastArticle = 0;
  readonly #source: PartialIndex;
  readonly #letters = new Uint8Array(MAX_TERM_BYTES);
  #cursor: Cursor = { bytes: NO_BYTES, at: 0 };
  /** The end of the last-read piece in the partial index. */
  #pieceEnd = 0;
  #postings = 0;
  #positions = 0;

  /** Positioned at the first term, if there is one. */
  constructor(source: PartialIndex) {
    this.#source = source;
    this.next();
  }

  get isAtEnd(): boolean {
    return this.key === Number.POSITIVE_INFINITY;
  }

  next(): void {
    this.#reach(0, MAX_HEAD_BYTES);
    const cursor = this.#cursor;
    if (cursor.at === cursor.bytes.length) {
      this.key = Number.POSITIVE_INFINITY;
      return;
    }
    const shared = readVarint(cursor);
    const rest = readVarint(cursor);
    this.articles = readVarint(cursor);
    this.lastArticle = readVarint(cursor);
    this.#postings = readVarint(cursor);
    this.#positions = readVarint(cursor);
    const { bytes, at } = this.#reach(rest);
    for (let i = 0; i < rest; i++) this.#letters[shared + i] = bytes[at + i] ?? 0;
    this.#cursor.at += rest;
    this.term = this.#letters.subarray(0, shared + rest);
    this.key = sortKey(this.term);
  }

  /**
   * Copies the postings of the term.
   *
   * @param skipped the number of articles between the last of the previous partial index and the first of this one
   */
  copyPostings(out: ByteWriter, skipped: number): void {
    const cursor = this.#reach(this.#postings);
    const end = cursor.at + this.#postings;
    out.varint(readVarint(cursor) + 16 * skipped);
    out.bytes(cursor.bytes, cursor.at, end);
    cursor.at = end;
  }

  /** Copies the positions of the term. */
  copyPositions(out: ByteWriter): void {
    while (this.#positions > 0) {
      const cursor = this.#reach(1);
      const end = Math.min(cursor.bytes.length, cursor.at + this.#positions);
      out.bytes(cursor.bytes, cursor.at, end);
      this.#positions -= end - cursor.at;
      cursor.at = end;
    }
  }

  /**
   * The cursor, with at least this many bytes available.
   *
   * @param wanted the preferred number of bytes; fewer at the end of the partial index
   */
  #reach(needed: number, wanted = needed): Cursor {
    const { bytes, at } = this.#cursor;
    if (bytes.length - at >= wanted) return this.#cursor;
    const start = this.#pieceEnd - (bytes.length - at);
    const end = Math.min(this.#source.bytes, start + Math.max(PIECE_BYTES, wanted));
    if (end > this.#pieceEnd) {
      this.#cursor = { bytes: this.#source.read(start, end), at: 0 };
      this.#pieceEnd = end;
    }
    if (this.#cursor.bytes.length - this.#cursor.at < needed)
      throw new RangeError(`Cannot read a partial index: expected more than its ${end} bytes`);
    return this.#cursor;
  }
}

/*
 * The postings of an article: u32 bytes of its terms, little-endian · its terms · its postings. `serialize` would leave
 * more garbage than it writes bytes.
 */
const HEAD_BYTES = 4;

export function encodePostings({ terms, postings }: DocumentPostings): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + terms.length + postings.length);
  new DataView(bytes.buffer).setUint32(0, terms.length, true);
  bytes.set(terms, HEAD_BYTES);
  bytes.set(postings, HEAD_BYTES + terms.length);
  return bytes;
}

export function decodePostings(bytes: Uint8Array<ArrayBuffer>): DocumentPostings {
  const postingsAt = HEAD_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return { terms: bytes.subarray(HEAD_BYTES, postingsAt), postings: bytes.subarray(postingsAt) };
}
