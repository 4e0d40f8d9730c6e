import { HIGHEST_LEVEL, weightOf } from './level.ts';
import type { FoundTerm } from './lookup.ts';
import { PlaceReader } from './postings.ts';

/** The terms of one clause in one run: whether an article has them all, and whether they stand one after another. */
export class Phrase {
  readonly terms: readonly FoundTerm[];
  readonly #readers: readonly PlaceReader[];
  readonly #starts: number[] = [];
  readonly #spare: number[] = [];

  constructor(terms: readonly FoundTerm[]) {
    this.terms = terms;
    this.#readers = terms.map(({ postings }) => new PlaceReader(postings));
  }

  hasTerms(article: number): boolean {
    for (const { postings } of this.terms) if (postings.levels[article] === 0) return false;
    return true;
  }

  /** @param article one that has the terms, and not before the one that was asked for last */
  stands(article: number): boolean {
    if (this.terms.length === 1) return true;
    for (const [i, { offset }] of this.terms.entries()) {
      this.#readers[i]?.read(article, offset, i === 0 ? this.#starts : this.#spare);
      if (i > 0) keepShared(this.#starts, this.#spare);
      if (this.#starts.length === 0) return false;
    }
    return true;
  }

  /** How much an article that has the terms is about them: as much as about the one it is about least. */
  weight(article: number): number {
    let lowest = HIGHEST_LEVEL;
    for (const { postings } of this.terms) lowest = Math.min(lowest, postings.levels[article] ?? 0);
    return weightOf(lowest);
  }
}

/** Keeps in one ascending list what is in the other too. */
function keepShared(list: number[], other: readonly number[]): void {
  let [kept, at] = [0, 0];
  for (const value of list) {
    while (at < other.length && (other[at] ?? 0) < value) at++;
    if (other[at] === value) list[kept++] = value;
  }
  list.length = kept;
}
