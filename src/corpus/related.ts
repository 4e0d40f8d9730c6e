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
  const scheduled = new Map<number, Scored[]>();
  const found = listed.map((_, index) => {
    const scores = scoresOf(index);
    if (index >= publishedCount) {
      for (const { other, score } of scores) {
        const known = scheduled.get(other);
        if (known === undefined) scheduled.set(other, [{ other: index, score }]);
        else known.push({ other: index, score });
      }
    }
    return best(scores, index);
  });
  return new Map(
    found.flatMap((own, index): [string, readonly Mention[]][] => {
      const document = listed[index];
      const later = scheduled.get(index) ?? [];
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
  const ids = new Map<string, number>();
  const terms = documents.map((document) =>
    termsOf(document).map((term) => {
      const id = ids.get(term) ?? ids.size;
      ids.set(term, id);
      return id;
    }),
  );
  const sharing: number[][] = Array.from(ids, () => []);
  const publishedWith = new Uint32Array(ids.size);
  for (const [index, own] of terms.entries()) {
    for (const term of own) {
      sharing[term]?.push(index);
      if (index < publishedCount) publishedWith[term] = (publishedWith[term] ?? 0) + 1;
    }
  }
  // A term counts more the rarer it is among the published articles.
  const weights = Array.from(ids, ([term, id]) => {
    const count = Math.max(publishedWith[id] ?? 0, 1);
    return Math.log2(1 + publishedCount / count) * (term.startsWith('#') ? TAG_WEIGHT : 1);
  });
  const places = new Uint32Array(ids.size);
  const scores = new Float64Array(documents.length);
  return (index) => {
    const end = index < publishedCount ? publishedCount : documents.length;
    const touched: number[] = [];
    for (const term of terms[index] ?? []) {
      const others = sharing[term] ?? [];
      const place = places[term] ?? 0;
      places[term] = place + 1;
      const last = Math.min(place + REACH, others.length - 1);
      for (let at = Math.max(0, place - REACH); at <= last; at++) {
        const other = others[at] ?? index;
        if (other === index || other >= end) continue;
        if (scores[other] === 0) touched.push(other);
        scores[other] = (scores[other] ?? 0) + (weights[term] ?? 0);
      }
    }
    const series = documents[index]?.parsed.series?.name;
    const found: Scored[] = [];
    for (const other of touched) {
      const score = scores[other] ?? 0;
      scores[other] = 0;
      const isSeries = series !== undefined && documents[other]?.parsed.series?.name === series;
      if (score >= MIN_SCORE && !isSeries) found.push({ other, score });
    }
    return found;
  };
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
