import { HIGHEST_LEVEL, weightOf } from './level.ts';
import type { Phrase } from './phrase.ts';

/** Scores are whole numbers, so that the last bits of a logarithm, which engines may differ in, decide nothing. */
const SCORE_UNIT = 1 / 1024;

/** What of one run answers a query. */
export interface RunMatches {
  readonly firstArticle: number;
  /** Counted from the first of the run, ascending. */
  readonly articles: Uint32Array;
  /** Those that were wanted. */
  readonly phrases: readonly Phrase[];
}

/** The articles that a query finds. */
export class Matches {
  /** Their numbers, ascending. */
  readonly articles: Uint32Array;
  readonly #runs: readonly RunMatches[];
  readonly #weightsOf: () => readonly number[];
  #scores: Uint32Array | undefined;

  /** @param weightsOf gives the weights of the phrases */
  constructor(runs: readonly RunMatches[], weightsOf: () => readonly number[]) {
    this.articles = new Uint32Array(runs.reduce((sum, { articles }) => sum + articles.length, 0));
    this.#runs = runs;
    this.#weightsOf = weightsOf;
    let next = 0;
    for (const { firstArticle, articles } of runs) {
      for (let i = 0; i < articles.length; i++)
        this.articles[next++] = firstArticle + (articles[i] as number);
    }
  }

  /** How well each answers the query: an integer, the more the better. Reckoned when it is asked for. */
  get scores(): Uint32Array {
    this.#scores ??= this.#score();
    return this.#scores;
  }

  #score(): Uint32Array {
    const scores = new Uint32Array(this.articles.length);
    const scoreOfLevel = this.#weightsOf().map((weight) =>
      Array.from({ length: HIGHEST_LEVEL + 1 }, (_, level) => weight * weightOf(level)),
    );
    let next = 0;
    for (const { articles, phrases } of this.#runs) {
      for (const article of articles) {
        let score = 0;
        for (const [i, phrase] of phrases.entries()) score += scoreOfLevel[i]?.[phrase.levelIn(article)] ?? 0;
        scores[next++] = Math.round(score / SCORE_UNIT);
      }
    }
    return scores;
  }
}
