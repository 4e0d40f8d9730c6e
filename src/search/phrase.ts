import { HIGHEST_LEVEL } from './level.ts';
import type { FoundTerm } from './lookup.ts';
import { PlaceReader } from './place-reader.ts';

/** The terms of one clause in one run: whether an article has them all, and whether they stand one after another. */
export class Phrase {
  readonly terms: readonly FoundTerm[];
  readonly #readers: readonly PlaceReader[];

  constructor(terms: readonly FoundTerm[]) {
    this.terms = terms;
    this.#readers = terms.flatMap(({ postings, places, offset }) =>
      places === undefined ? [] : [new PlaceReader(postings, places, offset)],
    );
  }

  /** Whether an article that has all terms may yet not have the phrase. */
  get hasOrder(): boolean {
    return this.#readers.length > 0;
  }

  hasTerms(article: number): boolean {
    for (const { postings } of this.terms) if (postings.levels[article] === 0) return false;
    return true;
  }

  /** How much an article is about the term that it is about least. */
  levelIn(article: number): number {
    let lowest = HIGHEST_LEVEL;
    for (const { postings } of this.terms) lowest = Math.min(lowest, postings.levels[article] ?? 0);
    return lowest;
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
