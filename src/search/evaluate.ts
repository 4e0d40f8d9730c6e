import {
  addBits,
  type Bits,
  countBits,
  countCommon,
  emptyBits,
  keepLargest,
  membersByRank,
  removeBit,
  removeBits,
} from '../store/bits.ts';
import type { SearchDirectory } from './directory.ts';
import { type FoundTerm, lookUp, type PlannedReads } from './lookup.ts';
import { Matches, type RunMatches } from './matches.ts';
import { Phrase } from './phrase.ts';
import type { Clause, Query } from './query.ts';
import { visibleRuns } from './visible-runs.ts';

/**
 * In so many articles of a run, divided by the number of phrases, is looked whether the words of a phrase stand one after
 * another: the newest that have the words, on a site of fewer articles all that have them.
 */
const MAX_PHRASE_ARTICLES = 32_768;

/** The terms of some clauses as they stand in one run. */
type Found = readonly (readonly (FoundTerm | undefined)[])[];

/**
 * Finds the visible articles that answer a query. Articles that are not visible yet have no influence, not even on the
 * weight of a word, which depends on how many visible articles have it. Unlisted ones have none either, but where more
 * words begin with a `wor*` than are looked up (see lookup.ts): there they may shift which ones are.
 *
 * @param reads gives all that planQuery() named
 */
export function evaluate(
  directory: SearchDirectory,
  query: Query,
  reads: PlannedReads,
  visible: Bits,
): Matches {
  const members = emptyBits(directory.articles);
  const found = visibleRuns(directory, visible).map(({ run, visible: visibleOfRun }) => {
    const look = (clauses: readonly Clause[]): Found =>
      clauses.map((clause) => lookUp(directory, run, clause, reads, visibleOfRun));
    return { run, visibleOfRun, look, wanted: look(query.wanted) };
  });
  const perRun: RunMatches[] = [];
  for (const { run, visibleOfRun, look, wanted } of found) {
    const phrases = completePhrases(wanted);
    if (phrases.length < wanted.length) continue;
    const candidates = visibleOfRun.slice();
    for (const phrase of phrases) phrase.keepIn(candidates);
    const unwanted = query.unwanted.length === 0 ? [] : completePhrases(look(query.unwanted));
    for (const phrase of unwanted) if (!phrase.hasOrder) removeBits(candidates, having(phrase, candidates));
    const ordered = [...phrases, ...unwanted].filter(({ hasOrder }) => hasOrder);
    if (ordered.length > 0) keepLargest(candidates, Math.floor(MAX_PHRASE_ARTICLES / ordered.length));
    for (const phrase of ordered) {
      const isWanted = phrases.includes(phrase);
      for (const article of membersByRank(having(phrase, candidates), 0, run.articles))
        if (phrase.stands(article) !== isWanted) removeBit(candidates, article);
    }
    addBits(members, candidates, run.firstArticle);
    perRun.push({ run, phrases });
  }
  return new Matches(members, perRun, () => weightsOf(query, found, countBits(visible, directory.articles)));
}

/** The clauses all of whose terms are there. */
function completePhrases(clauses: Found): readonly Phrase[] {
  return clauses.flatMap((terms) => {
    const present = terms.filter((term) => term !== undefined);
    return present.length === terms.length ? [new Phrase(present)] : [];
  });
}

/** Those of some articles that have all terms of a phrase. */
function having(phrase: Phrase, articles: Bits): Bits {
  const some = articles.slice();
  phrase.keepIn(some);
  return some;
}

/** For each clause: it weighs the more, the fewer articles have its rarest term. */
function weightsOf(
  { wanted }: Query,
  runs: readonly { readonly wanted: Found; readonly visibleOfRun: Bits }[],
  all: number,
): readonly number[] {
  return wanted.map(({ terms }, clause) => {
    const counts = terms.map((_, term) =>
      runs.reduce((sum, { wanted: found, visibleOfRun }) => {
        const articles = found[clause]?.[term]?.articles;
        return articles === undefined ? sum : sum + countCommon(articles, visibleOfRun);
      }, 0),
    );
    const fewest = Math.min(...counts);
    return Math.log(1 + (all - fewest + 0.5) / (fewest + 0.5));
  });
}
