import type { Instant } from '../article.ts';
import { type Clause, EVERYTHING, type Facet, type FacetValue, isEverything, type Slice } from '../facets.ts';
import { once } from '../memo.ts';
import { partitionPoint } from '../templates/bytes.ts';
import type { StoredFragment } from '../templates/fragment.ts';
import {
  addBit,
  addBits,
  type Bits,
  bitsBelow,
  countBits,
  emptyBits,
  hasBit,
  keepBits,
  nextMember,
  removeBits,
} from './bits.ts';
import type { FacetCount, FacetDictionary } from './facets-format.ts';
import type { StoreIndex } from './format.ts';
import { renewalsAt, type SiteMetadata, type Tombstone } from './metadata.ts';

/**
 * The articles at one instant. Scheduled and expired articles are invisible to every method, so a store is valid from
 * `from` up to, but not including, `until`. Articles are numbered from the oldest.
 */
export interface Store {
  /** When an article last appeared, expired or changed rendition before now; -Infinity if never. */
  readonly from: Instant;
  /** When an article next appears, expires or changes rendition; Infinity if never. */
  readonly until: Instant;
  readonly site: SiteMetadata;
  siteFragment(name: string): StoredFragment;
  hasSiteFragment(name: string): boolean;
  isVisible(article: number): boolean;
  /** The visible candidates for a slug, not percent-encoded; only their records contain the slug itself. */
  withSlug(slug: string): readonly number[];
  /** The removed article at a path, spelled as by `spellPath`. */
  findTombstone(path: string): Tombstone | undefined;
  /** A value of the slice that no visible article has. */
  findUnknown(slice: Slice): UnknownValue | undefined;
  /**
   * The listed articles of a slice.
   *
   * @param matches the articles that match the slice's words; absent if it has none
   */
  select(slice: Slice, matches?: Bits): Selection;
  /** The same with pages: articles that are indexed but not listed. */
  selectWithPages(slice: Slice, matches?: Bits): Selection;
  /** The number of visible articles of a selection. */
  countVisible(selection: Selection): number;
  /** Whether visible articles have at least so many values of a facet. */
  hasValues(facet: Facet, least: number): boolean;
  /** The values in visible articles, in byte order of keys. */
  values(facet: Facet): FacetCount[];
  /** The label of a value in visible articles; the key of any other value. */
  label(facet: Facet, key: string): string;
  /** The listed visible neighbours of an article: the next older and the next newer. */
  neighbours(article: number): { readonly previous: number | undefined; readonly next: number | undefined };
  /** The number of articles published so far, visible or expired. */
  readonly publishedCount: number;
  /** Whether search engines may index an article. */
  isIndexed(article: number): boolean;
  isMapped(article: number): boolean;
  /** BCP 47 of the interface of the article's page; undefined if that is the site's. */
  interfaceLanguage(article: number): string | undefined;
  published(article: number): Instant;
  /**
   * The oldest article that was published after an instant, and its date; if there is none, the number of the next
   * article, and Infinity.
   */
  publishedAfter(instant: Instant): { readonly oldest: number; readonly published: Instant };
  /** When an article last changed, or another rendition of it took over. */
  changed(article: number): Instant;
  /** The same of its page, which mentions other articles. */
  pageChanged(article: number): Instant;
  /** Bytes of content. */
  size(article: number): number;
  /** The last change of the given articles, or the last expiry or removal. */
  lastModified(articles: readonly number[], selection: Selection): Instant;
}

/** Articles published so far; expired ones keep their place. */
export interface Selection {
  readonly slice: Slice;
  readonly members: Bits;
  /** The number of members. */
  readonly count: number;
  /** When an article of the slice next appears, expires or changes rendition; Infinity if never. */
  readonly until: Instant;
}

/** A value that no visible article has. */
export interface UnknownValue {
  readonly unknown: Facet;
  /** A few values in visible articles whose keys share a prefix with it. */
  readonly near: readonly FacetValue[];
}

const MAX_NEAR = 3;
/** The last change of a list without any: RFC 4287 §4.2.15 requires one, and some readers revalidate by date only. */
const UNCHANGED: Instant = 0;

export function openStore(index: StoreIndex, now: Instant): Store {
  const { published, changed, expires, length, site } = index;
  const frontier = firstAfter(published, now);
  const expiring = numbersWhere(length, (article) => at(expires, article) !== Number.POSITIVE_INFINITY);
  const isVisible = (article: number): boolean => article < frontier && at(expires, article) > now;
  const otherLanguages = Object.keys(site.otherFacetNames);
  const renewals = renewalsAt(index.renditionStarts, now);
  const changedAt = (article: number): Instant => {
    // The server's clock may be behind that of the build (RFC 9110 §8.8.2.1).
    const change = Math.min(at(published, article) + at(changed, article), now);
    return renewals.last.size === 0 ? change : Math.max(change, renewals.last.get(article) ?? change);
  };

  /** The last expiry before now, and the next one. */
  function expiries(isAsked: (article: number) => boolean): { last: Instant; next: Instant } {
    let last = Number.NEGATIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (const article of expiring) {
      if (article >= frontier || !isAsked(article)) continue;
      const instant = at(expires, article);
      if (instant <= now) last = Math.max(last, instant);
      else next = Math.min(next, instant);
    }
    return { last, next };
  }
  const everyExpiry = expiries(() => true);

  /** When an article of these next appears, expires or changes rendition. */
  function nextChange(members: Bits): Instant {
    const next = nextMember(members, frontier);
    const appears = next === undefined ? Number.POSITIVE_INFINITY : at(published, next);
    const { next: disappears } = expiries((article) => hasBit(members, article));
    let renews = Number.POSITIVE_INFINITY;
    for (const [article, instant] of renewals.next)
      if (hasBit(members, article)) renews = Math.min(renews, instant);
    return Math.min(appears, disappears, renews);
  }

  const publishedSoFar = bitsBelow(frontier, length);
  function selectFrom(members: Bits, slice: Slice, matches: Bits | undefined): Selection {
    if (matches !== undefined) keepBits(members, matches);
    for (const clause of slice.clauses) applyClause(members, clause, index);
    const until = nextChange(members);
    keepBits(members, publishedSoFar);
    return { slice, members, count: countBits(members), until };
  }
  const everything = once(() => selectFrom(index.listed.slice(), EVERYTHING, undefined));

  return {
    from: Math.max(published[frontier - 1] ?? Number.NEGATIVE_INFINITY, everyExpiry.last, renewals.from),
    until: Math.min(published[frontier] ?? Number.POSITIVE_INFINITY, everyExpiry.next, renewals.until),
    site,
    siteFragment: index.siteFragment,
    hasSiteFragment: (name) => index.siteFragments.has(name),
    isVisible,
    withSlug: (slug) => index.withSlug(slug).filter(isVisible),
    findTombstone(path) {
      const tombstone = index.tombstones.get(path);
      return tombstone?.isExpiry && tombstone.removed > now ? undefined : tombstone;
    },
    select: (slice, matches) =>
      isEverything(slice) ? everything() : selectFrom(index.listed.slice(), slice, matches),
    selectWithPages(slice, matches) {
      const members = index.listed.slice();
      addBits(members, index.indexed, 0);
      return selectFrom(members, slice, matches);
    },
    countVisible: ({ members, count }) =>
      count - expiring.filter((article) => hasBit(members, article) && !isVisible(article)).length,
    ...facetValues(index, frontier, expiring.length === 0 ? undefined : isVisible),
    publishedCount: frontier,
    neighbours(article) {
      const isListed = (other: number): boolean => hasBit(index.listed, other) && isVisible(other);
      if (!isListed(article)) return { previous: undefined, next: undefined };
      let [previous, next] = [article - 1, article + 1];
      while (previous >= 0 && !isListed(previous)) previous--;
      while (next < frontier && !isListed(next)) next++;
      return { previous: previous < 0 ? undefined : previous, next: next < frontier ? next : undefined };
    },
    isIndexed: (article) => hasBit(index.indexed, article),
    isMapped: (article) => hasBit(index.mapped, article),
    interfaceLanguage: (article) => otherLanguages[(index.interfaces[article] ?? 0) - 1],
    published: (article) => at(published, article),
    publishedAfter(instant) {
      const oldest = Math.min(firstAfter(published, instant), frontier);
      return { oldest, published: oldest < frontier ? at(published, oldest) : Number.POSITIVE_INFINITY };
    },
    changed: changedAt,
    pageChanged: (article) => Math.max(changedAt(article), renewals.lastOfPage.get(article) ?? 0),
    size: (article) => at(index.sizes, article),
    lastModified(articles, { members }) {
      const { last: lastExpiry } = expiries((article) => hasBit(members, article));
      const lastRemoval = Math.min(site.removed[0]?.removed ?? Number.NEGATIVE_INFINITY, now);
      // There may be more than the maximum number of arguments of a call.
      const newest = articles.reduce(
        (last, article) => Math.max(last, changedAt(article)),
        Math.max(lastExpiry, lastRemoval),
      );
      return Number.isFinite(newest) ? newest : UNCHANGED;
    },
  };
}

/** Keeps the articles that satisfy a clause. */
function applyClause(
  members: Bits,
  { facet, isNegated, keys }: Clause,
  { length, values }: Pick<StoreIndex, 'length' | 'values'>,
): void {
  const some = emptyBits(length);
  for (const key of keys) {
    const place = values[facet].find(key);
    if (place !== undefined) values[facet].some(place, (member) => addBit(some, member));
  }
  if (isNegated) removeBits(members, some);
  else keepBits(members, some);
}

/**
 * The values of facets in visible articles.
 *
 * @param frontier the number of articles published so far
 * @param isVisible undefined if none of them expires
 */
function facetValues(
  { values }: Pick<StoreIndex, 'values'>,
  frontier: number,
  isVisible: ((article: number) => boolean) | undefined,
): Pick<Store, 'findUnknown' | 'hasValues' | 'values' | 'label'> {
  /** Whether a visible article has a value; scheduled and expired articles do not count. */
  function isKnown(dictionary: FacetDictionary, place: number): boolean {
    if (dictionary.first(place) >= frontier) return false;
    return isVisible === undefined || dictionary.some(place, isVisible);
  }

  /** The value's index in its dictionary; undefined if no visible article has it. */
  function find(facet: Facet, key: string): number | undefined {
    const dictionary = values[facet];
    const place = dictionary.find(key);
    return place !== undefined && isKnown(dictionary, place) ? place : undefined;
  }

  function valueAt(dictionary: FacetDictionary, place: number): FacetValue {
    return { key: dictionary.key(place), label: dictionary.label(place, frontier) };
  }

  /** The known neighbours of a key that share its prefix; unknown values have no influence. */
  function nearOf(dictionary: FacetDictionary, key: string): FacetValue[] {
    const [initial = ''] = key;
    const around = dictionary.place(key);
    const known = (first: number, step: 1 | -1): FacetValue[] => {
      const found: FacetValue[] = [];
      for (let place = first; place >= 0 && place < dictionary.length; place += step) {
        if (found.length === MAX_NEAR || !dictionary.key(place).startsWith(initial)) break;
        if (isKnown(dictionary, place)) found.push(valueAt(dictionary, place));
      }
      return found;
    };
    return [...known(around - 1, -1).reverse(), ...known(around, 1)].slice(0, MAX_NEAR);
  }

  return {
    findUnknown({ clauses }) {
      for (const { facet, keys } of clauses) {
        const key = keys.find((each) => find(facet, each) === undefined);
        if (key !== undefined) return { unknown: facet, near: nearOf(values[facet], key) };
      }
      return undefined;
    },
    hasValues(facet, least) {
      const dictionary = values[facet];
      let found = 0;
      for (let place = 0; place < dictionary.length && found < least; place++)
        if (isKnown(dictionary, place)) found++;
      return found >= least;
    },
    values(facet) {
      const dictionary = values[facet];
      const counted: FacetCount[] = [];
      for (let place = 0; place < dictionary.length; place++) {
        let count = 0;
        dictionary.some(place, (member) => {
          if (isVisible === undefined ? member < frontier : isVisible(member)) count++;
        });
        if (count > 0) counted.push({ ...valueAt(dictionary, place), count });
      }
      return counted;
    },
    label(facet, key) {
      const place = find(facet, key);
      return place === undefined ? key : values[facet].label(place, frontier);
    },
  };
}

function numbersWhere(length: number, holds: (number: number) => boolean): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < length; number++) if (holds(number)) numbers.push(number);
  return numbers;
}

/** The number of instants at or before `now`; they are ascending. */
function firstAfter(instants: Float64Array, now: Instant): number {
  return partitionPoint(0, instants.length, (index) => at(instants, index) <= now);
}

function at(column: Float64Array | Uint32Array, index: number): number {
  return column[index] as number; // every caller stays within the column
}
