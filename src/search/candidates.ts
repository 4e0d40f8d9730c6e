import { HIGHEST_LEVEL, weightOf } from './level.ts';
import type { Phrase } from './phrase.ts';

/** Articles of one run that may answer a query, ascending, with what they score so far. */
export class Candidates {
  readonly #articles: Uint32Array;
  readonly #scores: Float64Array;
  #count = 0;

  /** @param visible by article of the run: 1 if it can be seen, else 0 */
  constructor(articles: Uint32Array, visible: Uint8Array) {
    this.#articles = new Uint32Array(articles.length);
    this.#scores = new Float64Array(articles.length);
    for (let i = 0; i < articles.length; i++) {
      const article = articles[i] ?? 0;
      if (visible[article] === 1) this.#articles[this.#count++] = article;
    }
  }

  get articles(): Uint32Array {
    return this.#articles.subarray(0, this.#count);
  }

  get scores(): Float64Array {
    return this.#scores.subarray(0, this.#count);
  }

  /**
   * Keeps those that have all terms of a phrase, and scores each by the one it is about least.
   *
   * @param weight of the phrase
   */
  keepWithTerms({ terms }: Phrase, weight: number): void {
    const levels = terms.map(({ postings }) => postings.levels);
    const scoreOfLevel = Float64Array.from(
      { length: HIGHEST_LEVEL + 1 },
      (_, level) => weight * weightOf(level),
    );
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const article = this.#articles[i] ?? 0;
      let lowest = HIGHEST_LEVEL;
      for (let term = 0; term < levels.length; term++) {
        const level = levels[term]?.[article] ?? 0;
        if (level < lowest) lowest = level;
      }
      if (lowest === 0) continue;
      this.#articles[kept] = article;
      this.#scores[kept++] = (this.#scores[i] ?? 0) + (scoreOfLevel[lowest] ?? 0);
    }
    this.#count = kept;
  }

  keepNewest(count: number): void {
    const dropped = Math.max(0, this.#count - count);
    this.#articles.copyWithin(0, dropped, this.#count);
    this.#scores.copyWithin(0, dropped, this.#count);
    this.#count -= dropped;
  }

  /** Keeps those of which it is true; they are asked in their order. */
  keepWhere(isTrue: (article: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const article = this.#articles[i] ?? 0;
      if (!isTrue(article)) continue;
      this.#articles[kept] = article;
      this.#scores[kept++] = this.#scores[i] ?? 0;
    }
    this.#count = kept;
  }
}
