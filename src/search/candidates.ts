import { isMentioned } from './level.ts';
import type { Phrase } from './phrase.ts';
import type { Postings } from './postings.ts';

/** Articles of one run that may answer a query, ascending. */
export class Candidates {
  readonly #articles: Uint32Array;
  #count: number;

  /**
   * @param postings those of which are the candidates
   * @param visible by article of the run: 1 if it can be seen, else 0
   */
  constructor({ articles, levels, count }: Postings, visible: Uint8Array) {
    // One more, for the last that turns out to be none: to write and pass over costs less than to decide.
    const kept = new Uint32Array(count + 1);
    let next = 0;
    if (articles !== undefined) {
      for (let i = 0; i < articles.length; i++) {
        const article = articles[i] as number; // here and below, indices are in range
        kept[next] = article;
        next += visible[article] as number;
      }
    } else {
      for (let article = 0; article < levels.length; article++) {
        kept[next] = article;
        next += (visible[article] as number) & isMentioned(levels[article] as number);
      }
    }
    this.#articles = kept;
    this.#count = next;
  }

  get articles(): Uint32Array {
    return this.#articles.subarray(0, this.#count);
  }

  /** Keeps those that have all terms of a phrase. */
  keepWithTerms({ terms }: Phrase): void {
    const articles = this.#articles;
    for (const { postings } of terms) {
      const { levels } = postings;
      let kept = 0;
      for (let i = 0; i < this.#count; i++) {
        const article = articles[i] as number;
        articles[kept] = article;
        kept += isMentioned(levels[article] as number);
      }
      this.#count = kept;
    }
  }

  keepNewest(count: number): void {
    const dropped = Math.max(0, this.#count - count);
    this.#articles.copyWithin(0, dropped, this.#count);
    this.#count -= dropped;
  }

  /** Keeps those of which it is true; they are asked in their order. */
  keepWhere(isTrue: (article: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const article = this.#articles[i] as number;
      if (isTrue(article)) this.#articles[kept++] = article;
    }
    this.#count = kept;
  }
}
