import { Candidates } from './candidates.ts';
import type { Run, SearchDirectory } from './directory.ts';
import { type FoundTerm, lookUp, type PlannedReads } from './lookup.ts';
import { Phrase } from './phrase.ts';
import type { Clause, Query } from './query.ts';

/** The articles that a query finds. */
export interface Matches {
  /** Their numbers, ascending. */
  readonly articles: Uint32Array;
  /** How well each answers the query: an integer, the more the better. */
  readonly scores: Uint32Array;
}

/** Scores are whole numbers, so that the last bits of a logarithm, which engines may differ in, decide nothing. */
const SCORE_UNIT = 1 / 1024;

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
  const visibleOf = ({ firstArticle, articles }: Run): Uint8Array =>
    visible.subarray(firstArticle, firstArticle + articles);
  const look = (run: Run, clauses: readonly Clause[]): Found =>
    clauses.map((clause) => lookUp(directory, run, clause, reads, visibleOf(run)));
  const found = directory.runs.map((run) => ({ run, wanted: look(run, query.wanted) }));
  const weights = weightsOf(
    query.wanted.length,
    found.map(({ wanted }) => wanted),
    visible,
  );
  const perRun = found.flatMap(({ run, wanted }) => {
    const phrases = completePhrases(wanted);
    if (phrases.length < wanted.length) return [];
    const candidates = new Candidates(rarest(phrases).postings, visibleOf(run));
    for (const [i, phrase] of phrases.entries()) candidates.keepWithTerms(phrase, weights[i] ?? 0);
    const unwanted = completePhrases(look(run, query.unwanted));
    for (const phrase of unwanted) {
      if (!phrase.hasOrder) candidates.keepWhere((article) => !phrase.hasTerms(article));
    }
    const ordered = [...phrases, ...unwanted].filter(({ hasOrder }) => hasOrder);
    if (ordered.length > 0) candidates.keepNewest(Math.floor(MAX_PHRASE_ARTICLES / ordered.length));
    for (const phrase of ordered) {
      const isWanted = phrases.includes(phrase);
      candidates.keepWhere((article) => (phrase.hasTerms(article) && phrase.stands(article)) === isWanted);
    }
    return [{ firstArticle: run.firstArticle, candidates }];
  });
  return joined(perRun);
}

function joined(
  runs: readonly { readonly firstArticle: number; readonly candidates: Candidates }[],
): Matches {
  const count = runs.reduce((sum, { candidates }) => sum + candidates.articles.length, 0);
  const found = new Uint32Array(count);
  const rounded = new Uint32Array(count);
  let next = 0;
  for (const { firstArticle, candidates } of runs) {
    const { articles, scores } = candidates;
    for (let i = 0; i < articles.length; i++) {
      found[next] = firstArticle + (articles[i] ?? 0);
      rounded[next++] = Math.round((scores[i] ?? 0) / SCORE_UNIT);
    }
  }
  return { articles: found, scores: rounded };
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
function weightsOf(clauses: number, runs: readonly Found[], visible: Uint8Array): readonly number[] {
  let all = 0;
  for (let article = 0; article < visible.length; article++) all += visible[article] ?? 0;
  return Array.from({ length: clauses }, (_, clause) => {
    const terms = runs.map((found) => found[clause] ?? []);
    const counts = (terms[0] ?? []).map((_, term) =>
      terms.reduce((sum, ofRun) => sum + (ofRun[term]?.visibleArticles ?? 0), 0),
    );
    const fewest = Math.min(...counts);
    return Math.log(1 + (all - fewest + 0.5) / (fewest + 0.5));
  });
}
