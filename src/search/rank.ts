import { visitBits } from '../store/bits.ts';
import type { Matches } from './matches.ts';

/** More than any article's number. */
const NUMBERS = 2 ** 24;

/**
 * The articles that answer best, the best first; of equals the newest, the one with the highest number.
 *
 * @param count of them, at least one
 * @param isWanted whether an article may be among them
 */
export function rank(
  matches: Matches,
  count: number,
  isWanted: (article: number) => boolean,
): readonly number[] {
  const best: number[] = [];
  visitBits(matches.members, (article) => {
    const merit = meritOf(matches, article);
    if (best.length === count && merit < (best[count - 1] ?? 0)) return;
    if (!isWanted(article)) return;
    let place = Math.min(best.length, count - 1);
    for (; place > 0 && (best[place - 1] ?? 0) < merit; place--) best[place] = best[place - 1] ?? 0;
    best[place] = merit;
  });
  return best.map((merit) => merit % NUMBERS);
}

/** Some of the articles, the best first. */
export function ranked(matches: Matches, articles: readonly number[]): readonly number[] {
  return articles
    .map((article) => meritOf(matches, article))
    .sort((a, b) => b - a)
    .map((merit) => merit % NUMBERS);
}

/** One number to compare; the article's number can be had of it. */
function meritOf(matches: Matches, article: number): number {
  return matches.score(article) * NUMBERS + article;
}
