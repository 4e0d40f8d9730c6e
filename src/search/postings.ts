import { addBit, type Bits, hasBit } from '../store/bits.ts';
import type { ByteWriter } from '../store/byte-writer.ts';
import { StoreError } from '../store/integrity.ts';
import { type Cursor, readVarint } from '../store/varint.ts';
import { mentionedOfFour } from './level.ts';

/*
 * The postings of one term in one run: in which of the run's articles it stands, and how much they are about it. Articles
 * are counted from the first of the run. All numbers are varints.
 *
 *   where its places begin in the places of its block
 *   articles × 2, + 1 if levels follow for all articles of the run
 *   either  u8 level[articles of the run]              0: the term is not in it
 *   or      (distance from the article before, or from −1, less 1) × 16 + level, for each article
 *
 * Its places, which only phrases need, stand elsewhere:
 *
 *   bytes of its places · its places                   for each article, as in document-terms.ts
 */

/**
 * Writes the postings of one term.
 *
 * @param sparse as they are where levels of all articles do not follow
 * @param count articles that have the term
 */
export function writePostings(
  out: ByteWriter,
  placesAt: number,
  sparse: ByteWriter,
  count: number,
  articlesOfRun: number,
): void {
  out.varint(placesAt);
  // With half of the articles or more, levels of all are as short, and need not be read one by one.
  const isDense = 2 * count >= articlesOfRun;
  out.varint(count * 2 + (isDense ? 1 : 0));
  if (isDense) writeLevels(out, sparse.view(), articlesOfRun);
  else out.append(sparse);
}

function writeLevels(out: ByteWriter, sparse: Uint8Array, articlesOfRun: number): void {
  const cursor: Cursor = { bytes: sparse, at: 0 };
  let article = 0;
  while (cursor.at < sparse.length) {
    const value = readVarint(cursor);
    for (const end = article + (value >>> 4); article < end; article++) out.byte(0);
    out.byte(value & 15);
    article++;
  }
  for (; article < articlesOfRun; article++) out.byte(0);
}

/** The postings of one term in one run, opened; read as far as they are asked for. */
export class Postings {
  /** Where its places begin in the places of its block. */
  readonly placesAt: number;
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #articlesOfRun: number;
  readonly #count: number;
  /** Of all articles; undefined where only those that have the term have one. */
  readonly #levels: Uint8Array | undefined;

  /** @param start where `writePostings` wrote them */
  constructor(bytes: Uint8Array, start: number, articlesOfRun: number) {
    const cursor: Cursor = { bytes, at: start };
    this.placesAt = readVarint(cursor);
    const head = readVarint(cursor);
    this.#bytes = bytes;
    this.#at = cursor.at;
    this.#articlesOfRun = articlesOfRun;
    this.#count = head >>> 1;
    if (this.#count > articlesOfRun) throw new StoreError('Cannot read the postings of a term');
    this.#levels = head % 2 === 1 ? bytes.subarray(cursor.at, cursor.at + articlesOfRun) : undefined;
  }

  /** Adds the articles that have the term. */
  addTo(articles: Bits): void {
    const levels = this.#levels;
    if (levels === undefined) {
      this.#visit((article) => addBit(articles, article));
      return;
    }
    const view = new DataView(levels.buffer, levels.byteOffset, levels.length);
    let article = 0;
    for (; article + 4 <= levels.length; article += 4) {
      const word = article >>> 5;
      articles[word] =
        (articles[word] as number) | (mentionedOfFour(view.getUint32(article, true)) << (article & 31)); // there are enough
    }
    for (; article < levels.length; article++) if (levels[article] !== 0) addBit(articles, article);
  }

  /** Whether one of some articles has the term. */
  isInOneOf(articles: Bits): boolean {
    const levels = this.#levels;
    if (levels !== undefined)
      return levels.some((level, article) => level !== 0 && hasBit(articles, article));
    let isIn = false;
    this.#visit((article) => {
      isIn = hasBit(articles, article);
      return isIn;
    });
    return isIn;
  }

  /** By article; 0: the term is not in it. */
  levels(): Uint8Array {
    if (this.#levels !== undefined) return this.#levels;
    const levels = new Uint8Array(this.#articlesOfRun);
    this.#visit((article, level) => {
      levels[article] = level;
    });
    return levels;
  }

  /** @param visit ends the visits when it gives true */
  #visit(visit: (article: number, level: number) => unknown): void {
    const bytes = this.#bytes;
    const cursor: Cursor = { bytes, at: this.#at };
    let next = 0;
    for (let i = 0; i < this.#count; i++) {
      // Most are one byte.
      let value = bytes[cursor.at] as number; // they are all there
      if (value > 0x7f) value = readVarint(cursor);
      else cursor.at++;
      next += value >>> 4;
      if (visit(next++, value & 15) === true) return;
    }
  }
}
