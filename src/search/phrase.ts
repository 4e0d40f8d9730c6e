import { type Bits, keepBits } from '../store/bits.ts';
import type { FoundTerm } from './lookup.ts';
import { PlaceReader } from './place-reader.ts';

/** The terms of one clause in one run: which articles have them all, and whether they stand one after another. */
export class Phrase {
  readonly terms: readonly FoundTerm[];
  readonly #readers: readonly PlaceReader[];

  constructor(terms: readonly FoundTerm[]) {
    this.terms = terms;
    this.#readers = terms.flatMap(({ articles, places }) =>
      places === undefined ? [] : [new PlaceReader(articles, places)],
    );
  }

  /** Whether an article that has all terms may yet not have the phrase. */
  get hasOrder(): boolean {
    return this.#readers.length > 0;
  }

  /** Keeps the articles that have all terms. */
  keepIn(articles: Bits): void {
    for (const term of this.terms) keepBits(articles, term.articles);
  }

  /** @param article one that has the terms, after the one that was asked for before */
  stands(article: number): boolean {
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) readers[i]?.seek(article);
    // The terms in turn go on to the farthest place that one of them has reached, until all are there.
    let place = 0;
    for (let i = 0, agreeing = 0; agreeing < readers.length; i = i + 1 < readers.length ? i + 1 : 0) {
      const next = readers[i]?.advance(place) ?? Number.POSITIVE_INFINITY;
      if (next === Number.POSITIVE_INFINITY) return false;
      agreeing = next === place ? agreeing + 1 : 1;
      place = next;
    }
    return true;
  }
}
