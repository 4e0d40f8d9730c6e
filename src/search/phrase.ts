import type { FoundTerm } from './lookup.ts';
import { PlaceReader } from './place-reader.ts';

/** The terms of one clause in one run: whether an article has them all, and whether they stand one after another. */
export class Phrase {
  readonly terms: readonly FoundTerm[];
  readonly #readers: readonly PlaceReader[];

  constructor(terms: readonly FoundTerm[]) {
    this.terms = terms;
    // One term stands after nothing.
    this.#readers =
      terms.length > 1 ? terms.map(({ postings, offset }) => new PlaceReader(postings, offset)) : [];
  }

  /** The level of what the article is about least; 0 when it lacks a term. */
  level(article: number): number {
    let lowest = 255;
    for (const { postings } of this.terms) {
      const level = postings.levels[article] ?? 0;
      if (level < lowest) lowest = level;
    }
    return lowest;
  }

  /** @param article one that has the terms, after the one that was asked for before */
  stands(article: number): boolean {
    let place = 0;
    for (const reader of this.#readers) {
      reader.seek(article);
      place = Math.max(place, reader.advance(place));
    }
    for (let agreeing = 0; agreeing < this.#readers.length; ) {
      if (place === Number.POSITIVE_INFINITY) return false;
      agreeing = 0;
      for (const reader of this.#readers) {
        const next = reader.advance(place);
        if (next === place) agreeing++;
        else place = next;
      }
    }
    return true;
  }
}
