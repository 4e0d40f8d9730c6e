import type { Bits } from '../store/bits.ts';
import type { Run } from './directory.ts';
import { HIGHEST_LEVEL, weightOf } from './level.ts';
import type { Phrase } from './phrase.ts';

/** Scores are whole numbers, so that the last bits of a logarithm, which engines may differ in, decide nothing. */
const SCORE_UNIT = 1 / 1024;

/** What of one run answers a query. */
export interface RunMatches {
  readonly run: Run;
  /** Those that were wanted. */
  readonly phrases: readonly Phrase[];
}

/** Gives the score of an article, counted from the first of its run. */
type Scorer = (article: number) => number;

/** The articles that a query finds. */
export class Matches {
  readonly members: Bits;
  readonly #runs: readonly RunMatches[];
  readonly #weightsOf: () => readonly number[];
  #scorers: readonly Scorer[] | undefined;

  /** @param weightsOf gives the weights of the phrases */
  constructor(members: Bits, runs: readonly RunMatches[], weightsOf: () => readonly number[]) {
    this.members = members;
    this.#runs = runs;
    this.#weightsOf = weightsOf;
  }

  /** How well one of the articles answers the query: an integer below 2^28, the more the better. */
  score(article: number): number {
    this.#scorers ??= this.#makeScorers();
    let i = this.#runs.length - 1;
    while (i > 0 && (this.#runs[i]?.run.firstArticle ?? 0) > article) i--;
    return this.#scorers[i]?.(article - (this.#runs[i]?.run.firstArticle ?? 0)) ?? 0;
  }

  #makeScorers(): readonly Scorer[] {
    const scoresOfLevels = this.#weightsOf().map((weight) =>
      Uint32Array.from({ length: HIGHEST_LEVEL + 1 }, (_, level) =>
        Math.round((weight * weightOf(level)) / SCORE_UNIT),
      ),
    );
    return this.#runs.map(({ phrases }) => {
      const scorers = phrases.map((phrase, i) => scorerOf(phrase, scoresOfLevels[i] ?? new Uint32Array()));
      return (article) => scorers.reduce((sum, scorer) => sum + scorer(article), 0);
    });
  }
}

/** An article counts for a phrase as much as it is about the term that it is about least. */
function scorerOf({ terms }: Phrase, scoreOfLevel: Uint32Array): Scorer {
  const levels = terms.map((term) => term.levels());
  return (article) => {
    const lowest = levels.reduce((least, level) => Math.min(least, level[article] ?? 0), HIGHEST_LEVEL);
    return scoreOfLevel[lowest] ?? 0;
  };
}
