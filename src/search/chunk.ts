import { ByteWriter } from '../store/byte-writer.ts';
import { type Cursor, readVarint } from '../store/varint.ts';
import { MAX_TERM_BYTES } from './block.ts';
import type { DocumentTerms } from './document-terms.ts';
import { invert } from './invert.ts';
import { sortKey } from './sort-key.ts';

/*
 * A chunk: the terms of a stretch of articles, UTF-8 in byte order, with all that belongs to each, so that chunks are
 * merged by reading each from its beginning to its end. Articles are counted from the first of the stretch. Numbers are
 * varints.
 *
 *   for each term:
 *     bytes shared with the term before · bytes of the rest
 *     articles that have it · the last of them
 *     bytes of its postings · bytes of its places
 *     the rest of the term
 *     its postings: (distance from the article before, or from −1, less 1) × 16 + level, for each article
 *     its places: bytes of its places · its places, for each article, as in document-terms.ts
 */
const MAX_HEAD_BYTES = 6 * 5;

/** Indexes a stretch of articles alone; depends on nothing else, so that it can be kept and made in threads. */
export function encodeChunk(documents: readonly DocumentTerms[]): Uint8Array<ArrayBuffer> {
  const inverted = invert(documents);
  const out = new ByteWriter(documents.reduce((sum, { postings }) => sum + 2 * postings.length, 1024));
  const [postings, places] = [new ByteWriter(), new ByteWriter()];
  let before: Uint8Array = NO_BYTES;
  for (const number of inverted.table.sorted()) {
    const [start, end] = [inverted.ends[number - 1] ?? 0, inverted.ends[number] ?? 0];
    postings.clear();
    places.clear();
    let next = 0;
    for (let slot = start; slot < end; slot++) {
      const article = inverted.documents[slot] ?? 0;
      const bytes = documents[article]?.postings ?? NO_BYTES;
      const from = inverted.from[slot] ?? 0;
      postings.varint((article - next) * 16 + (bytes[from] ?? 0));
      places.bytes(bytes, from + 1, inverted.to[slot]);
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
    out.varint(places.length);
    out.bytes(term, shared);
    out.append(postings);
    out.append(places);
    before = term;
  }
  return out.toBytes();
}

const NO_BYTES = new Uint8Array();

/** A chunk, wherever it is kept. */
export interface ChunkSource {
  readonly articles: number;
  /** How many there are. */
  readonly bytes: number;
  /**
   * The bytes from `start` to before `end`. They are asked for in their order, in pieces of about 128 KB of which one may
   * overlap the next a little; a piece is done with when the next is asked for.
   */
  read(start: number, end: number): Uint8Array;
}

/** A chunk that is in memory. */
export function chunkOf(articles: number, bytes: Uint8Array): ChunkSource {
  return { articles, bytes: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

const PIECE_BYTES = 128 * 1024;

/** Reads a chunk from term to term, and of each first its postings, then its places. */
export class ChunkReader {
  /** The term that is at hand, UTF-8, as a view that the next one spoils. */
  term: Uint8Array = NO_BYTES;
  /** See sort-key.ts; Infinity when there is no term any more. */
  key = 0;
  /** How many articles of the chunk have the term. */
  articles = 0;
  /** The last of them. */
  lastArticle = 0;
  readonly #source: ChunkSource;
  readonly #letters = new Uint8Array(MAX_TERM_BYTES);
  #cursor: Cursor = { bytes: NO_BYTES, at: 0 };
  /** Where in the chunk the piece ends in which the cursor is. */
  #pieceEnd = 0;
  #postings = 0;
  #places = 0;

  /** The first term is at hand, if there is any. */
  constructor(source: ChunkSource) {
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
    this.#places = readVarint(cursor);
    const { bytes, at } = this.#reach(rest);
    for (let i = 0; i < rest; i++) this.#letters[shared + i] = bytes[at + i] ?? 0;
    this.#cursor.at += rest;
    this.term = this.#letters.subarray(0, shared + rest);
    this.key = sortKey(this.term);
  }

  /**
   * Copies the postings of the term.
   *
   * @param skipped articles between the one before and the first of the chunk
   */
  copyPostings(out: ByteWriter, skipped: number): void {
    const cursor = this.#reach(this.#postings);
    const end = cursor.at + this.#postings;
    out.varint(readVarint(cursor) + 16 * skipped);
    out.bytes(cursor.bytes, cursor.at, end);
    cursor.at = end;
  }

  /** Copies the places of the term. */
  copyPlaces(out: ByteWriter): void {
    while (this.#places > 0) {
      const cursor = this.#reach(1);
      const end = Math.min(cursor.bytes.length, cursor.at + this.#places);
      out.bytes(cursor.bytes, cursor.at, end);
      this.#places -= end - cursor.at;
      cursor.at = end;
    }
  }

  /**
   * The cursor, with so many bytes behind it.
   *
   * @param wanted as many are there too, unless the chunk ends before
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
      throw new RangeError(`Cannot read a chunk of the search index: expected more than its ${end} bytes`);
    return this.#cursor;
  }
}
