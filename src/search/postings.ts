import { type Cursor, type GrowingBytes, readVarint } from './bytes.ts';

/*
 * The postings of one term in one run: in which of the run's articles it stands, how much they are about it, and where.
 * Articles are counted from the first of the run. All numbers are varints.
 *
 *   articles × 2, + 1 if levels follow for all articles of the run
 *   either  u8 level[articles of the run]              0: the term is not in it
 *   or      (distance from the article before, or from −1, less 1) × 16 + level, for each article
 *   bytes of its places · its places                   for each article, as in document-terms.ts
 */

/** One term in one article. */
export interface Posting {
  readonly article: number;
  readonly level: number;
  /** Where in `bytes` its places are. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** @param postings in the order of their articles */
export function writePostings(
  out: GrowingBytes,
  scratch: GrowingBytes,
  postings: readonly Posting[],
  articlesOfRun: number,
): void {
  scratch.clear();
  let next = 0;
  for (const { article, level } of postings) {
    scratch.varint((article - next) * 16 + level);
    next = article + 1;
  }
  const dense = scratch.length >= articlesOfRun;
  out.varint(postings.length * 2 + (dense ? 1 : 0));
  if (dense) {
    let article = 0;
    for (const posting of postings) {
      for (; article < posting.article; article++) out.byte(0);
      out.byte(posting.level);
      article++;
    }
    for (; article < articlesOfRun; article++) out.byte(0);
  } else {
    out.copy(scratch.view());
  }
  for (const { bytes, start, end } of postings) {
    out.varint(end - start);
    out.copy(bytes, start, end);
  }
}

/** The postings of one term, opened. */
export interface Postings {
  /** By article of the run; 0: the term is not in it. */
  readonly levels: Uint8Array;
  /** Ascending. Undefined where the term is in so many articles that only `levels` is kept. */
  readonly articles: Uint32Array | undefined;
  /** How many articles have the term. */
  readonly count: number;
  /** Where the places begin. */
  readonly places: Cursor;
}

/** Reads what `writePostings` wrote. */
export function readPostings(bytes: Uint8Array, start: number, articlesOfRun: number): Postings {
  const cursor: Cursor = { bytes, at: start };
  const head = readVarint(cursor);
  const count = head >>> 1;
  if (head % 2 === 1) {
    const levels = bytes.subarray(cursor.at, cursor.at + articlesOfRun);
    return { levels, articles: undefined, count, places: { bytes, at: cursor.at + articlesOfRun } };
  }
  const levels = new Uint8Array(articlesOfRun);
  const articles = new Uint32Array(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const value = readVarint(cursor);
    next += value >>> 4;
    levels[next] = value & 15;
    articles[i] = next++;
  }
  return { levels, articles, count, places: cursor };
}

/** Reads the places of a term in one article after another. */
export class PlaceReader {
  readonly #postings: Postings;
  readonly #cursor: Cursor;
  #ordinal = -1;
  #article = -1;
  #end: number;

  constructor(postings: Postings) {
    this.#postings = postings;
    this.#cursor = { ...postings.places };
    this.#end = this.#cursor.at;
  }

  /**
   * The places of the term in an article that has it, less `offset`, ascending, into `places`, from which what it held
   * goes.
   *
   * @param article not before the one that was asked for last
   */
  read(article: number, offset: number, places: number[]): void {
    const { articles, levels } = this.#postings;
    let start = this.#cursor.at;
    while (this.#article < article && this.#ordinal + 1 < this.#postings.count) {
      this.#ordinal++;
      if (articles !== undefined) this.#article = articles[this.#ordinal] ?? article;
      else
        do this.#article++;
        while (levels[this.#article] === 0);
      this.#cursor.at = this.#end;
      const size = readVarint(this.#cursor);
      start = this.#cursor.at;
      this.#end = start + size;
    }
    places.length = 0;
    this.#cursor.at = start;
    for (let place = -offset; this.#cursor.at < this.#end; ) {
      place += readVarint(this.#cursor);
      places.push(place);
    }
    this.#cursor.at = start;
  }
}
