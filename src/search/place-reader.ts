import { readVarint } from './bytes.ts';
import type { Postings } from './postings.ts';

/** Reads the places of a term in one article after another, and in each one place after another. */
export class PlaceReader {
  readonly #postings: Postings;
  readonly #offset: number;
  readonly #cursor: { readonly bytes: Uint8Array; at: number };
  #ordinal = -1;
  #article = -1;
  #end: number;
  #place = 0;

  /**
   * @param places of the block in which the term is
   * @param offset is taken off each place
   */
  constructor(postings: Postings, places: Uint8Array, offset: number) {
    this.#postings = postings;
    this.#offset = offset;
    this.#cursor = { bytes: places, at: postings.placesAt };
    this.#end = this.#cursor.at;
  }

  /** @param article one that has the term, after the one that was sought before */
  seek(article: number): void {
    const { articles, levels } = this.#postings;
    while (this.#article < article) {
      this.#ordinal++;
      if (articles !== undefined) this.#article = articles[this.#ordinal] ?? article;
      else
        do this.#article++;
        while (levels[this.#article] === 0);
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
