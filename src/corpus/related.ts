import type { Instant, Mention, SeriesPlace } from '../article.ts';
import { keyOf } from '../facets.ts';
import { type Identified, isScheduled } from './settle-documents.ts';

export const MAX_RELATED = 3;
/** The number of candidates, of which some may not be visible. */
const MAX_KNOWN = 8;
/** An article is compared with this many articles that share a term, before and after it. */
const REACH = 6;
const MAX_TERMS = 8;
const MIN_LETTERS = 4;
/** A tag is more significant than a word of a title. */
const TAG_WEIGHT = 3;
/** One rare tag, or two rare words. */
const MIN_SCORE = 5;

function mentionOf({ identity: { slug }, parsed: { shownTitle, language } }: Identified): Mention {
  return { slug, title: shownTitle, language };
}

/**
 * Finds the articles that share the most distinctive tags and title words with each article, in its language. Only
 * articles published near it are compared, so the cost does not grow with a tag, and a new article changes few others.
 *
 * A scheduled article also appears among the related articles of others, but it changes neither the order nor the
 * number of the published ones.
 *
 * @returns by path, the nearest first
 */
export function findRelated(
  documents: readonly Identified[],
  now: Instant,
): ReadonlyMap<string, readonly Mention[]> {
  const listed = documents
    .filter(({ parsed, pageReason }) => parsed.listed && pageReason === undefined)
    // Scheduled ones come last.
    .toSorted((a, b) => a.identity.published - b.identity.published || (a.path < b.path ? -1 : 1));
  const mentions = listed.map(mentionOf);
  const firstScheduled = listed.findIndex((document) => isScheduled(document, now));
  const publishedCount = firstScheduled < 0 ? listed.length : firstScheduled;
  const scoresOf = scorer(listed, publishedCount);
  const ofScheduled: { readonly article: number; readonly scored: Scored }[] = [];
  const found = listed.map((_, index) => {
    const scores = scoresOf(index);
    if (index >= publishedCount)
      for (const { other, score } of scores)
        ofScheduled.push({ article: other, scored: { other: index, score } });
    return best(scores, index);
  });
  const scheduled = Map.groupBy(ofScheduled, ({ article }) => article);
  return new Map(
    found.flatMap((own, index): [string, readonly Mention[]][] => {
      const document = listed[index];
      const later = (scheduled.get(index) ?? []).map(({ scored }) => scored);
      // Terms that a scheduled article shares with another one count for both.
      const all =
        index >= publishedCount || later.length === 0 ? own : best([...own, ...best(later, index)], index, 2);
      if (document === undefined || all.length === 0) return [];
      return [[document.path, all.flatMap(({ other }) => mentions[other] ?? [])]];
    }),
  );
}

interface Scored {
  /** Its index. */
  readonly other: number;
  readonly score: number;
}

/** The highest scores first, and of equal ones the nearest. */
function best(scores: readonly Scored[], index: number, times = 1): Scored[] {
  const distance = ({ other }: Scored): number => Math.abs(other - index);
  return scores
    .toSorted((a, b) => b.score - a.score || distance(a) - distance(b) || a.other - b.other)
    .slice(0, times * MAX_KNOWN);
}

/**
 * Scores the articles near one; must be called for all articles in order.
 *
 * @param documents in the order of their publication
 * @param publishedCount the number of published documents, which do not see the others
 */
function scorer(documents: readonly Identified[], publishedCount: number): (index: number) => Scored[] {
  const shared = new Map<string, SharedTerm>();
  const terms = documents.map((document, index) =>
    termsOf(document).map((text) => {
      const term = shared.get(text) ?? { articles: [], weight: 0, next: 0 };
      shared.set(text, term);
      term.articles.push(index);
      return term;
    }),
  );
  // A term counts more the rarer it is among the published articles.
  for (const [text, term] of shared) {
    const count = Math.max(term.articles.filter((index) => index < publishedCount).length, 1);
    term.weight = Math.log2(1 + publishedCount / count) * (text.startsWith('#') ? TAG_WEIGHT : 1);
  }
  return (index) => {
    const end = index < publishedCount ? publishedCount : documents.length;
    const scores = new Map<number, number>();
    for (const term of terms[index] ?? []) {
      const place = term.next++;
      for (const other of term.articles.slice(Math.max(0, place - REACH), place + REACH + 1))
        if (other !== index && other < end) scores.set(other, (scores.get(other) ?? 0) + term.weight);
    }
    const series = documents[index]?.parsed.series?.name;
    return Array.from(scores, ([other, score]) => ({ other, score })).filter(
      ({ other, score }) =>
        score >= MIN_SCORE && (series === undefined || documents[other]?.parsed.series?.name !== series),
    );
  };
}

/** A term of several articles. */
interface SharedTerm {
  /** The numbers of the articles that have it, ascending. */
  readonly articles: number[];
  weight: number;
  /** How many of them were scored. */
  next: number;
}

/** What a document is about, each term with its language. */
function termsOf({ parsed: { tags, headline, language } }: Identified): string[] {
  const base = language.split('-', 1)[0];
  const terms = new Set<string>();
  for (const tag of tags.slice(0, MAX_TERMS)) terms.add(`#${keyOf(tag)} ${base}`);
  const words = headline.split('-').filter((word) => word.length >= MIN_LETTERS && !/^\d+$/.test(word));
  for (const word of words.slice(0, MAX_TERMS)) terms.add(`${word} ${base}`);
  return [...terms];
}

/** An article and all parts of its series, visible or not. */
export interface SeriesMember {
  readonly name: string;
  readonly slug: string;
  /** In the order of the series. */
  readonly parts: readonly Mention[];
}

/**
 * The series that documents state, each in one language, in the order of the numbers that they state, and of their
 * publication.
 *
 * @returns by path
 */
export function findSeries(documents: readonly Identified[]): Map<string, SeriesMember> {
  const stated = documents.filter(
    ({ parsed, pageReason }) => parsed.series !== undefined && parsed.listed && pageReason === undefined,
  );
  const groups = Map.groupBy(
    stated,
    ({ parsed: { series, language } }) => `${keyOf(series?.name ?? '')} ${language.split('-', 1)[0]}`,
  );
  return new Map(
    [...groups.values()].flatMap((group) => {
      const ordered = group.toSorted(
        (a, b) =>
          (a.parsed.series?.part ?? Number.POSITIVE_INFINITY) -
            (b.parsed.series?.part ?? Number.POSITIVE_INFINITY) ||
          a.identity.published - b.identity.published ||
          (a.path < b.path ? -1 : 1),
      );
      const parts = ordered.map(mentionOf);
      return ordered.map(({ path, parsed, identity }): [string, SeriesMember] => [
        path,
        { name: parsed.series?.name ?? '', slug: identity.slug, parts },
      ]);
    }),
  );
}

export function placeInSeries(
  { name, slug, parts }: SeriesMember,
  isVisible: (slug: string) => boolean,
): SeriesPlace {
  const visible = parts.filter((part) => part.slug === slug || isVisible(part.slug));
  const index = visible.findIndex((part) => part.slug === slug);
  return {
    name,
    part: index + 1,
    parts: visible.length,
    previous: visible[index - 1],
    next: visible[index + 1],
  };
}
