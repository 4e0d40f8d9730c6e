import { type Bits, hasBit } from '../store/bits.ts';
import { type Cursor, readVarint } from '../store/varint.ts';
import type { TermPlaces } from './lookup.ts';

/** Reads the places of a term in one article after another, and in each one place after another. */
export class PlaceReader {
  readonly #articles: Bits;
  readonly #offset: number;
  readonly #cursor: Cursor;
  #article = -1;
  #end: number;
  #place = 0;

  /** @param articles that have the term */
  constructor(articles: Bits, { bytes, at, offset }: TermPlaces) {
    this.#articles = articles;
    this.#offset = offset;
    this.#cursor = { bytes, at };
    this.#end = at;
  }

  /** @param article one that has the term, after the one that was sought before */
  seek(article: number): void {
    while (this.#article < article) {
      do this.#article++;
      while (!hasBit(this.#articles, this.#article));
      this.#cursor.at = this.#end;
      const size = readVarint(this.#cursor);
      this.#end = this.#cursor.at + size;
    }
    this.#place = -this.#offset;
    if (this.#end > this.#cursor.at) this.#place += readVarint(this.#cursor);
    else this.#place = Number.POSITIVE_INFINITY;
  }

  /** The first place in the article that is not before `place`; Infinity when there is none. */
  advance(place: number): number {
    const cursor = this.#cursor;
    const { bytes } = cursor;
    let current = this.#place;
    while (current < place) {
      if (cursor.at >= this.#end) return Number.POSITIVE_INFINITY;
      const byte = bytes[cursor.at] ?? 0;
      if (byte > 0x7f) current += readVarint(cursor);
      else {
        current += byte;
        cursor.at++;
      }
    }
    this.#place = current;
    return current;
  }
}
