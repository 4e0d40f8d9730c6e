import { HIGHEST_LEVEL, weightOf } from './level.ts';
import type { Phrase } from './phrase.ts';
import type { Postings } from './postings.ts';

const NO_LEVELS = new Uint8Array();

/** Articles of one run that may answer a query, ascending, with what they score so far. */
export class Candidates {
  readonly #articles: Uint32Array;
  readonly #scores: Float64Array;
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
        const article = articles[i] ?? 0;
        kept[next] = article;
        next += visible[article] ?? 0;
      }
    } else {
      for (let article = 0; article < levels.length; article++) {
        kept[next] = article;
        next += (visible[article] ?? 0) & (levels[article] === 0 ? 0 : 1);
      }
    }
    this.#articles = kept;
    this.#scores = new Float64Array(next);
    this.#count = next;
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
    const [first = NO_LEVELS, ...others] = terms.map(({ postings }) => postings.levels);
    const scoreOfLevel = new Float64Array(HIGHEST_LEVEL + 1);
    for (let level = 1; level <= HIGHEST_LEVEL; level++) scoreOfLevel[level] = weight * weightOf(level);
    const articles = this.#articles;
    const scores = this.#scores;
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      // All indices are in range.
      const article = articles[i] as number;
      let lowest = first[article] as number;
      for (let other = 0; other < others.length; other++)
        lowest = Math.min(lowest, others[other]?.[article] as number);
      articles[kept] = article;
      scores[kept] = (scores[i] as number) + (scoreOfLevel[lowest] as number);
      if (lowest !== 0) kept++;
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
