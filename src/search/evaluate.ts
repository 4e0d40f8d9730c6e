import {
  addBits,
  type Bits,
  bitsFrom,
  countBits,
  countCommon,
  emptyBits,
  hasBit,
  keepBits,
  keepLargest,
  membersByRank,
  nextMember,
  removeBit,
  removeBits,
  visitBits,
} from '../store/bits.ts';
import { type Cursor, readVarint } from '../templates/bytes.ts';
import { lookUp, type PlannedReads, type TermMatch, type TermPositions } from './lookup.ts';
import { impactWeight, MAX_IMPACT } from './postings.ts';
import type { Query, QueryClause } from './query.ts';
import type { BlockIndex, IndexSegment } from './term-dictionary.ts';

/**
 * The maximum number of articles per segment whose positions are checked, divided by the number of phrases. The newest
 * articles with all words are checked.
 */
const MAX_PHRASE_ARTICLES = 32_768;

/** The terms of some clauses in one segment. */
type ClauseMatches = readonly (readonly (TermMatch | undefined)[])[];

/**
 * Finds the visible articles that match a query. Articles that are not visible yet have no influence, not even on
 * the weight of a word, which depends on how many visible articles have it. Nor do unlisted ones, except that they may
 * change which words of a prefix are looked up if it has too many (see lookup.ts).
 *
 * @param reads provides what planQuery() planned
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
  return new SearchMatches(members, matches, () => weightsOf(query, segments, countBits(visible)));
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
interface VisibleSegment {
  readonly segment: IndexSegment;
  readonly visible: Bits;
}

/** The segments with visible articles; the others are not read. */
export function visibleSegments({ segments }: Pick<BlockIndex, 'segments'>, visible: Bits): VisibleSegment[] {
  return segments
    .map((segment) => ({ segment, visible: bitsFrom(visible, segment.firstArticle, segment.articles) }))
    .filter((each) => (nextMember(each.visible, 0) ?? each.segment.articles) < each.segment.articles);
}

/** The terms of one clause in one segment: finds articles with all terms, and checks that they are adjacent. */
class Phrase {
  readonly terms: readonly TermMatch[];
  readonly #readers: readonly PositionReader[];

  constructor(terms: readonly TermMatch[]) {
    this.terms = terms;
    this.#readers = terms.flatMap(({ articles, positions }) =>
      positions === undefined ? [] : [new PositionReader(articles, positions)],
    );
  }

  /** Whether an article with all terms may still lack the phrase. */
  get hasOrder(): boolean {
    return this.#readers.length > 0;
  }

  /** Keeps the articles that have all terms. */
  keepIn(articles: Bits): void {
    for (const term of this.terms) keepBits(articles, term.articles);
  }

  /** @param article an article with all terms, greater than in the previous call */
  isIn(article: number): boolean {
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i++) readers[i]?.seek(article);
    // Each term advances to the furthest position of the others, until all agree.
    let position = 0;
    for (let i = 0, agreeing = 0; agreeing < readers.length; i = i + 1 < readers.length ? i + 1 : 0) {
      const next = readers[i]?.advance(position) ?? Number.POSITIVE_INFINITY;
      if (next === Number.POSITIVE_INFINITY) return false;
      agreeing = next === position ? agreeing + 1 : 1;
      position = next;
    }
    return true;
  }
}

/** Reads the positions of a term in one article after another. */
class PositionReader {
  readonly #articles: Bits;
  readonly #offset: number;
  readonly #cursor: Cursor;
  #article = -1;
  #end: number;
  #position = 0;

  /** @param articles the articles with the term */
  constructor(articles: Bits, { bytes, at, offset }: TermPositions) {
    this.#articles = articles;
    this.#offset = offset;
    this.#cursor = { bytes, at };
    this.#end = at;
  }

  /** @param article an article with the term, greater than in the previous call */
  seek(article: number): void {
    while (this.#article < article) {
      do this.#article++;
      while (!hasBit(this.#articles, this.#article));
      this.#cursor.at = this.#end;
      const size = readVarint(this.#cursor);
      this.#end = this.#cursor.at + size;
    }
    this.#position = -this.#offset;
    if (this.#end > this.#cursor.at) this.#position += readVarint(this.#cursor);
    else this.#position = Number.POSITIVE_INFINITY;
  }

  /** The first position in the article at or after `position`; Infinity if there is none. */
  advance(position: number): number {
    while (this.#position < position) {
      if (this.#cursor.at >= this.#end) return Number.POSITIVE_INFINITY;
      this.#position += readVarint(this.#cursor);
    }
    return this.#position;
  }
}

/** Scores are integers, so rounding differences between JavaScript engines do not affect the order. */
const SCORE_UNIT = 1 / 1024;

interface SegmentMatches {
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
const ARTICLE_LIMIT = 2 ** 24;

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
  return best.map((key) => key % ARTICLE_LIMIT);
}

/** Some of the articles, the best first. */
export function ranked(matches: SearchMatches, articles: readonly number[]): readonly number[] {
  return articles
    .map((article) => rankKey(matches, article))
    .sort((a, b) => b - a)
    .map((key) => key % ARTICLE_LIMIT);
}

/** The score and the article in one number, for comparison. */
function rankKey(matches: SearchMatches, article: number): number {
  return matches.score(article) * ARTICLE_LIMIT + article;
}
