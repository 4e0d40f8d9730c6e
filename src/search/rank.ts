import { type Bits, visitBits } from '../store/bits.ts';
import type { Phrase } from './phrase.ts';
import { impactWeight, MAX_IMPACT } from './postings.ts';
import type { IndexSegment } from './term-dictionary.ts';

/** Scores are integers, so rounding differences between JavaScript engines do not affect the order. */
const SCORE_UNIT = 1 / 1024;

/** The matches of a query in one segment. */
export interface SegmentMatches {
  readonly segment: IndexSegment;
  /** The clauses that an article must match. */
  readonly phrases: readonly Phrase[];
}

/** Returns the score of an article, numbered from the first of its segment. */
type Scorer = (article: number) => number;

/** The articles that match a query. */
export class SearchMatches {
  readonly members: Bits;
  readonly #segments: readonly SegmentMatches[];
  readonly #weightsOf: () => readonly number[];
  #scorers: readonly Scorer[] | undefined;

  /** @param weightsOf returns the weights of the phrases */
  constructor(members: Bits, segments: readonly SegmentMatches[], weightsOf: () => readonly number[]) {
    this.members = members;
    this.#segments = segments;
    this.#weightsOf = weightsOf;
  }

  /** The score of an article: an integer below 2^28, higher is better. */
  score(article: number): number {
    this.#scorers ??= this.#makeScorers();
    let i = this.#segments.length - 1;
    while (i > 0 && (this.#segments[i]?.segment.firstArticle ?? 0) > article) i--;
    return this.#scorers[i]?.(article - (this.#segments[i]?.segment.firstArticle ?? 0)) ?? 0;
  }

  #makeScorers(): readonly Scorer[] {
    const scoresByImpact = this.#weightsOf().map((weight) =>
      Uint32Array.from({ length: MAX_IMPACT + 1 }, (_, impact) =>
        Math.round((weight * impactWeight(impact)) / SCORE_UNIT),
      ),
    );
    return this.#segments.map(({ phrases }) => {
      const scorers = phrases.map((phrase, i) => scorerOf(phrase, scoresByImpact[i] ?? new Uint32Array()));
      return (article) => scorers.reduce((sum, scorer) => sum + scorer(article), 0);
    });
  }
}

/** The score of a phrase is that of its term with the lowest impact. */
function scorerOf({ terms }: Phrase, scoreByImpact: Uint32Array): Scorer {
  const impacts = terms.map((term) => term.impacts());
  return (article) => {
    const lowest = impacts.reduce((least, impact) => Math.min(least, impact[article] ?? 0), MAX_IMPACT);
    return scoreByImpact[lowest] ?? 0;
  };
}

/** Greater than any article number. */
const NUMBERS = 2 ** 24;

/**
 * The best-matching articles, best first; ties are broken by the highest number, the newest article.
 *
 * @param count the maximum number of articles, at least one
 * @param isWanted whether an article may be included
 */
export function rank(
  matches: SearchMatches,
  count: number,
  isWanted: (article: number) => boolean,
): readonly number[] {
  const best: number[] = [];
  visitBits(matches.members, (article) => {
    const key = rankKey(matches, article);
    if (best.length === count && key < (best[count - 1] ?? 0)) return;
    if (!isWanted(article)) return;
    let place = Math.min(best.length, count - 1);
    for (; place > 0 && (best[place - 1] ?? 0) < key; place--) best[place] = best[place - 1] ?? 0;
    best[place] = key;
  });
  return best.map((key) => key % NUMBERS);
}

/** Some of the articles, the best first. */
export function ranked(matches: SearchMatches, articles: readonly number[]): readonly number[] {
  return articles
    .map((article) => rankKey(matches, article))
    .sort((a, b) => b - a)
    .map((key) => key % NUMBERS);
}

/** The score and the article in one number, for comparison. */
function rankKey(matches: SearchMatches, article: number): number {
  return matches.score(article) * NUMBERS + article;
}
