import { type Bits, hasBit, keepBits } from '../store/bits.ts';
import { type Cursor, readVarint } from '../templates/byte-writer.ts';

/** A term of a clause in one segment; articles are numbered from the first of the segment. */
export interface TermMatch {
  readonly articles: Bits;
  /** The impact of the term by article; 0 if the article does not have it. */
  readonly impacts: () => Uint8Array;
  /** Undefined if its clause has a single term. */
  readonly positions: TermPositions | undefined;
}

export interface TermPositions {
  /** The positions of all terms of a block. */
  readonly bytes: Uint8Array;
  /** The start of the term's positions. */
  readonly at: number;
  /** The position of the term in its clause. */
  readonly offset: number;
}

/** The terms of one clause in one segment: finds articles with all terms, and checks that they are adjacent. */
export class Phrase {
  readonly terms: readonly TermMatch[];
  readonly #readers: readonly PositionReader[];

  constructor(terms: readonly TermMatch[]) {
    this.terms = terms;
    this.#readers = terms.flatMap(({ articles, positions }) =>
      positions === undefined ? [] : [new PositionReader(articles, positions)],
    );
  }

  /** Whether an article with all terms may still lack the phrase. */
  get hasOrder(): boolean {
    return this.#readers.length > 0;
  }

  /** Keeps the articles that have all terms. */
  keepIn(articles: Bits): void {
    for (const term of this.terms) keepBits(articles, term.articles);
  }

  /** @param article an article with all terms, greater than in the previous call */
  isIn(article: number): boolean {
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) readers[i]?.seek(article);
    // Each term advances to the furthest position of the others, until all agree.
    let position = 0;
    for (let i = 0, agreeing = 0; agreeing < readers.length; i = i + 1 < readers.length ? i + 1 : 0) {
      const next = readers[i]?.advance(position) ?? Number.POSITIVE_INFINITY;
      if (next === Number.POSITIVE_INFINITY) return false;
      agreeing = next === position ? agreeing + 1 : 1;
      position = next;
    }
    return true;
  }
}

/** Reads the positions of a term in one article after another. */
class PositionReader {
  readonly #articles: Bits;
  readonly #offset: number;
  readonly #cursor: Cursor;
  #article = -1;
  #end: number;
  #position = 0;

  /** @param articles the articles with the term */
  constructor(articles: Bits, { bytes, at, offset }: TermPositions) {
    this.#articles = articles;
    this.#offset = offset;
    this.#cursor = { bytes, at };
    this.#end = at;
  }

  /** @param article an article with the term, greater than in the previous call */
  seek(article: number): void {
    while (this.#article < article) {
      do this.#article++;
      while (!hasBit(this.#articles, this.#article));
      this.#cursor.at = this.#end;
      const size = readVarint(this.#cursor);
      this.#end = this.#cursor.at + size;
    }
    this.#position = -this.#offset;
    if (this.#end > this.#cursor.at) this.#position += readVarint(this.#cursor);
    else this.#position = Number.POSITIVE_INFINITY;
  }

  /** The first position in the article at or after `position`; Infinity if there is none. */
  advance(position: number): number {
    const cursor = this.#cursor;
    const { bytes } = cursor;
    let current = this.#position;
    while (current < position) {
      if (cursor.at >= this.#end) return Number.POSITIVE_INFINITY;
      const byte = bytes[cursor.at] ?? 0;
      if (byte > 0x7f) current += readVarint(cursor);
      else {
        current += byte;
        cursor.at++;
      }
    }
    this.#position = current;
    return current;
  }
}
