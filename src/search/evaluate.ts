import { Candidates } from './candidates.ts';
import type { SearchDirectory } from './directory.ts';
import { type FoundTerm, lookUp, type PlannedReads } from './lookup.ts';
import { Matches, type RunMatches } from './matches.ts';
import { Phrase } from './phrase.ts';
import type { Clause, Query } from './query.ts';

/**
 * In so many articles of a run, divided by the number of phrases, is looked whether the words of a phrase stand one after
 * another: the newest that have the words, on a site of fewer articles all that have them.
 */
const MAX_PHRASE_ARTICLES = 32_768;

/** The terms of some clauses as they stand in one run. */
type Found = readonly (readonly (FoundTerm | undefined)[])[];

/**
 * Finds the visible articles that answer a query. Articles that are not visible have no influence, not even on the
 * weight of a word, which depends on how many visible articles have it; only where more words begin with a `wor*` than
 * are looked up (see lookup.ts) may they shift which ones are.
 *
 * @param reads gives all that planQuery() named
 * @param visible by article number: 1 if it can be seen, else 0
 */
export function evaluate(
  directory: SearchDirectory,
  query: Query,
  reads: PlannedReads,
  visible: Uint8Array,
): Matches {
  const found = directory.runs.map((run) => {
    const visibleOfRun = visible.subarray(run.firstArticle, run.firstArticle + run.articles);
    const look = (clauses: readonly Clause[]): Found =>
      clauses.map((clause) => lookUp(directory, run, clause, reads, visibleOfRun));
    return { run, visibleOfRun, look, wanted: look(query.wanted) };
  });
  const perRun: RunMatches[] = [];
  for (const { run, visibleOfRun, look, wanted } of found) {
    const phrases = completePhrases(wanted);
    if (phrases.length < wanted.length) continue;
    const candidates = new Candidates(rarest(phrases).postings, visibleOfRun);
    for (const phrase of phrases) candidates.keepWithTerms(phrase);
    const unwanted = completePhrases(look(query.unwanted));
    for (const phrase of unwanted) {
      if (!phrase.hasOrder) candidates.keepWhere((article) => !phrase.hasTerms(article));
    }
    const ordered = [...phrases, ...unwanted].filter(({ hasOrder }) => hasOrder);
    if (ordered.length > 0) candidates.keepNewest(Math.floor(MAX_PHRASE_ARTICLES / ordered.length));
    for (const phrase of ordered) {
      const isWanted = phrases.includes(phrase);
      candidates.keepWhere((article) => (phrase.hasTerms(article) && phrase.stands(article)) === isWanted);
    }
    perRun.push({ firstArticle: run.firstArticle, articles: candidates.articles, phrases });
  }
  return new Matches(perRun, () =>
    weightsOf(
      query,
      found.map(({ wanted }) => wanted),
      visible,
    ),
  );
}

/** The clauses all of whose terms are there. */
function completePhrases(clauses: Found): readonly Phrase[] {
  return clauses.flatMap((terms) => {
    const present = terms.filter((term) => term !== undefined);
    return present.length === terms.length ? [new Phrase(present)] : [];
  });
}

function rarest(phrases: readonly Phrase[]): FoundTerm {
  return phrases
    .flatMap(({ terms }) => terms)
    .reduce((a, b) => (a.postings.count <= b.postings.count ? a : b));
}

/** For each clause: it weighs the more, the fewer articles have its rarest term. */
function weightsOf({ wanted }: Query, runs: readonly Found[], visible: Uint8Array): readonly number[] {
  let all = 0;
  for (let article = 0; article < visible.length; article++) all += visible[article] ?? 0;
  return wanted.map((_, clause) => {
    const terms = runs.map((found) => found[clause] ?? []);
    const counts = (terms[0] ?? []).map((_, term) =>
      terms.reduce((sum, ofRun) => sum + (ofRun[term]?.visibleArticles ?? 0), 0),
    );
    const fewest = Math.min(...counts);
    return Math.log(1 + (all - fewest + 0.5) / (fewest + 0.5));
  });
}
