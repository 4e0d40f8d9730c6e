import {
  addBits,
  type Bits,
  bitsFrom,
  countBits,
  countCommon,
  emptyBits,
  keepLargest,
  membersByRank,
  nextMember,
  removeBit,
  removeBits,
} from '../store/bits.ts';
import { lookUp, type PlannedReads } from './lookup.ts';
import { Phrase, type TermMatch } from './phrase.ts';
import type { Query, QueryClause } from './query.ts';
import { SearchMatches, type SegmentMatches } from './rank.ts';
import type { BlockIndex, IndexSegment } from './term-dictionary.ts';

/**
 * The maximum number of articles per segment whose positions are checked, divided by the number of phrases. The newest
 * articles with all words are checked.
 */
const MAX_PHRASE_ARTICLES = 32_768;

/** The terms of some clauses in one segment. */
type ClauseMatches = readonly (readonly (TermMatch | undefined)[])[];

/**
 * /** Finds the visible articles that match a query. Articles that are not visible yet have no influence, not even on
 * the weight of a word, which depends on how many visible articles have it. Neither have unlisted ones, with one
 * exception: if a prefix has more words than are looked up (see lookup.ts), they may change which ones are.
 *
 * @param reads gives all that planQuery() named
 */
export function evaluate(index: BlockIndex, query: Query, reads: PlannedReads, visible: Bits): SearchMatches {
  const members = emptyBits(index.articles);
  const segments = visibleSegments(index, visible).map(({ segment, visible: visibleOfSegment }) => {
    const lookUpAll = (clauses: readonly QueryClause[]): ClauseMatches =>
      clauses.map((clause) => lookUp(index, segment, clause, reads, visibleOfSegment));
    return { segment, visible: visibleOfSegment, lookUpAll, must: lookUpAll(query.must) };
  });
  const matches: SegmentMatches[] = [];
  for (const { segment, visible: visibleOfSegment, lookUpAll, must } of segments) {
    const phrases = completePhrases(must);
    if (phrases.length < must.length) continue;
    const candidates = visibleOfSegment.slice();
    for (const phrase of phrases) phrase.keepIn(candidates);
    const mustNot = query.mustNot.length === 0 ? [] : completePhrases(lookUpAll(query.mustNot));
    for (const phrase of mustNot) if (!phrase.hasOrder) removeBits(candidates, having(phrase, candidates));
    const ordered = [...phrases, ...mustNot].filter(({ hasOrder }) => hasOrder);
    if (ordered.length > 0) keepLargest(candidates, Math.floor(MAX_PHRASE_ARTICLES / ordered.length));
    for (const phrase of ordered) {
      const isRequired = phrases.includes(phrase);
      for (const article of membersByRank(having(phrase, candidates), 0, segment.articles))
        if (phrase.isIn(article) !== isRequired) removeBit(candidates, article);
    }
    addBits(members, candidates, segment.firstArticle);
    matches.push({ segment, phrases });
  }
  return new SearchMatches(members, matches, () =>
    weightsOf(query, segments, countBits(visible, index.articles)),
  );
}

/** The clauses whose terms all occur in the segment. */
function completePhrases(clauses: ClauseMatches): readonly Phrase[] {
  return clauses.flatMap((terms) => {
    const present = terms.filter((term) => term !== undefined);
    return present.length === terms.length ? [new Phrase(present)] : [];
  });
}

/** The subset of articles that have all terms of a phrase. */
function having(phrase: Phrase, articles: Bits): Bits {
  const some = articles.slice();
  phrase.keepIn(some);
  return some;
}

/** By clause: the inverse document frequency of its rarest term. */
function weightsOf(
  { must }: Query,
  segments: readonly { readonly must: ClauseMatches; readonly visible: Bits }[],
  all: number,
): readonly number[] {
  return must.map(({ terms }, clause) => {
    const counts = terms.map((_, term) =>
      segments.reduce((sum, { must: found, visible }) => {
        const articles = found[clause]?.[term]?.articles;
        return articles === undefined ? sum : sum + countCommon(articles, visible);
      }, 0),
    );
    const fewest = Math.min(...counts);
    return Math.log(1 + (all - fewest + 0.5) / (fewest + 0.5));
  });
}

/** A segment and its visible articles, numbered from its first. */
export interface VisibleSegment {
  readonly segment: IndexSegment;
  readonly visible: Bits;
}

/** The segments with visible articles; the others are not read. */
export function visibleSegments({ segments }: Pick<BlockIndex, 'segments'>, visible: Bits): VisibleSegment[] {
  return segments
    .map((segment) => ({ segment, visible: bitsFrom(visible, segment.firstArticle, segment.articles) }))
    .filter((each) => (nextMember(each.visible, 0) ?? each.segment.articles) < each.segment.articles);
}
