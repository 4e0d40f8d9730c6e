import type { Instant } from '../article.ts';
import { type Clause, type Facet, type FacetValue, isEverything, type Slice } from '../facets.ts';
import type { StoredFragment } from '../templates/fragment.ts';
import { addBit, type Bits, countBits, emptyBits, hasBit, keepBits, nextMember, removeBits } from './bits.ts';
import type { FacetCount, FacetDictionary } from './facets-format.ts';
import type { StoreIndex } from './format.ts';
import { partitionPoint } from './keys.ts';
import type { SiteMetadata, Tombstone } from './metadata.ts';
import type { RenditionStarts } from './renditions.ts';

/**
 * The articles as they stand at one instant. An article whose time has not come, or is over, is not in it, whatever is
 * asked, so a store is right for every instant from `from` to before `until`. Articles go by number, the oldest first.
 */
export interface Store {
  /** When the last article before now appeared, went or was renewed; -Infinity if none was. */
  readonly from: Instant;
  /** When the next article appears, goes or is renewed; Infinity if none is to be. */
  readonly until: Instant;
  readonly site: SiteMetadata;
  siteFragment(name: string): StoredFragment;
  hasSiteFragment(name: string): boolean;
  isVisible(article: number): boolean;
  /** The visible articles that may have a slug, not percent-encoded: only their records know it whole. */
  withSlug(slug: string): readonly number[];
  /** What was at an address, spelled as `spellPath` does, and went for good. */
  findTombstone(path: string): Tombstone | undefined;
  /** A value of a slice that no visible article has. */
  findUnknown(slice: Slice): UnknownValue | undefined;
  /**
   * The articles of a slice.
   *
   * @param matches those that have the slice's words; absent when it has none
   * @param withPages whether those count, too, that are in no list though search engines may know them: pages
   */
  select(slice: Slice, matches?: Bits, withPages?: boolean): Selection;
  /** The values that visible articles have, by the byte order of their keys. */
  values(facet: Facet): readonly FacetCount[];
  /** What people call a value that visible articles have; the key of any other. */
  label(facet: Facet, key: string): string;
  /** The listed visible articles around one: the next older, and the next newer. */
  neighbours(article: number): { readonly previous: number | undefined; readonly next: number | undefined };
  /** How many articles have come, visible or not. */
  readonly come: number;
  /** Whether search engines are to know an article. */
  isIndexed(article: number): boolean;
  published(article: number): Instant;
  /**
   * The oldest article that was published after an instant, and when it was; the number that the next one will have,
   * and Infinity, when there is none.
   */
  publishedAfter(instant: Instant): { readonly oldest: number; readonly published: Instant };
  /** When an article last changed, or was renewed: another rendition of it took over. */
  changed(article: number): Instant;
  /** Bytes of content. */
  size(article: number): number;
  /** The last change of an article, of which there are some, or the last time that one of them went. */
  lastModified(articles: readonly number[], selection: Selection): Instant | undefined;
}

/** Listed articles whose time has come; those whose time is over keep their place among them. */
export interface Selection {
  readonly slice: Slice;
  readonly members: Bits;
  /** How many they are. */
  readonly count: number;
  /** When the next of the slice appears, goes or is renewed; Infinity if none is to be. */
  readonly until: Instant;
}

/** A value that no visible article has. */
export interface UnknownValue {
  readonly unknown: Facet;
  /** Values that visible articles have, with keys that begin alike, a few. */
  readonly near: readonly FacetValue[];
}

const MAX_NEAR = 3;

/** Opens the store as it stands at an instant. */
export function openStore(index: StoreIndex, now: Instant): Store {
  const { published, changed, expires, length, site, values } = index;
  const frontier = firstAfter(published, now);
  const expiring = numbersWhere(length, (article) => at(expires, article) !== Number.POSITIVE_INFINITY);
  const isVisible = (article: number): boolean => article < frontier && at(expires, article) > now;
  const come = emptyBits(length);
  come.fill(-1, 0, frontier >>> 5);
  for (let article = frontier & ~31; article < frontier; article++) addBit(come, article);

  const renewals = renewalsAround(index.renditionStarts, now);
  const changedAt = (article: number): Instant => {
    // Where this runs the clock may be behind the one by which it was built (RFC 9110 §8.8.2.1).
    const change = Math.min(at(published, article) + at(changed, article), now);
    return renewals.last.size === 0 ? change : Math.max(change, renewals.last.get(article) ?? change);
  };

  /** Of expiring articles: the last that is over, and the next that will be. */
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

  /** Whether a visible article has a value; one whose articles are all still to come, or over, is none. */
  function isKnown(dictionary: FacetDictionary, place: number): boolean {
    if (dictionary.first(place) >= frontier) return false;
    return expiring.length === 0 || dictionary.some(place, isVisible);
  }

  /** The value's place in its dictionary; undefined when no visible article has it. */
  function find(facet: Facet, key: string): number | undefined {
    const dictionary = values[facet];
    const place = dictionary.find(key);
    return place !== undefined && isKnown(dictionary, place) ? place : undefined;
  }

  function unknownIn({ facet, keys }: Clause): UnknownValue | undefined {
    const key = keys.find((each) => find(facet, each) === undefined);
    return key === undefined ? undefined : { unknown: facet, near: nearOf(values[facet], key) };
  }

  /** The known values around a key that begin as it does, as if there were no others. */
  function nearOf(dictionary: FacetDictionary, key: string): FacetValue[] {
    const [initial = ''] = key;
    const around = dictionary.place(key);
    const known = (first: number, step: 1 | -1): FacetValue[] => {
      const found: FacetValue[] = [];
      for (let place = first; place >= 0 && place < dictionary.length; place += step) {
        if (found.length === MAX_NEAR || !dictionary.key(place).startsWith(initial)) break;
        if (isKnown(dictionary, place)) found.push(dictionary.value(place, frontier));
      }
      return found;
    };
    return [...known(around - 1, -1).reverse(), ...known(around, 1)].slice(0, MAX_NEAR);
  }

  function applyClause(members: Bits, { facet, isNegated, keys }: Clause): void {
    const some = emptyBits(length);
    for (const key of keys) {
      const place = values[facet].find(key);
      if (place !== undefined) values[facet].addMembers(place, some);
    }
    if (isNegated) removeBits(members, some);
    else keepBits(members, some);
  }

  /** The listed articles, and those that search engines may know though no list has them: pages. */
  function listedAndPages(): Bits {
    const members = index.listed.slice();
    for (let word = 0; word < members.length; word++)
      members[word] = (members[word] ?? 0) | (index.indexed[word] ?? 0);
    return members;
  }
  function selectFrom(slice: Slice, matches?: Bits, withPages = false): Selection {
    const members = withPages ? listedAndPages() : index.listed.slice();
    if (matches !== undefined) keepBits(members, matches);
    for (const clause of slice.clauses) applyClause(members, clause);
    const next = nextMember(members, frontier);
    const appears = next === undefined ? Number.POSITIVE_INFINITY : at(published, next);
    const { next: goes } = expiries((article) => hasBit(members, article));
    let renews = Number.POSITIVE_INFINITY;
    for (const [article, instant] of renewals.next)
      if (hasBit(members, article)) renews = Math.min(renews, instant);
    keepBits(members, come);
    return { slice, members, count: countBits(members, length), until: Math.min(appears, goes, renews) };
  }
  let everything: Selection | undefined;

  return {
    from: Math.max(published[frontier - 1] ?? Number.NEGATIVE_INFINITY, everyExpiry.last, renewals.from),
    until: Math.min(published[frontier] ?? Number.POSITIVE_INFINITY, everyExpiry.next, renewals.until),
    site,
    siteFragment: index.siteFragment,
    hasSiteFragment: (name) => index.siteFragments.has(name),
    isVisible,
    withSlug: (slug) => index.withSlug(slug).filter(isVisible),
    findTombstone: (path) => index.tombstones.get(path),
    findUnknown({ clauses }) {
      for (const clause of clauses) {
        const unknown = unknownIn(clause);
        if (unknown !== undefined) return unknown;
      }
      return undefined;
    },
    select(slice, matches, withPages = false) {
      if (withPages || !isEverything(slice)) return selectFrom(slice, matches, withPages);
      everything ??= selectFrom(slice);
      return everything;
    },
    values(facet) {
      const dictionary = values[facet];
      const counted: FacetCount[] = [];
      for (let place = 0; place < dictionary.length; place++) {
        const count = dictionary.members(place).filter(isVisible).length;
        if (count > 0) counted.push({ ...dictionary.value(place, frontier), count });
      }
      return counted;
    },
    label(facet, key) {
      const place = find(facet, key);
      return place === undefined ? key : values[facet].label(place, frontier);
    },
    come: frontier,
    neighbours(article) {
      const isListed = (other: number): boolean => hasBit(index.listed, other) && isVisible(other);
      if (!isListed(article)) return { previous: undefined, next: undefined };
      let [previous, next] = [article - 1, article + 1];
      while (previous >= 0 && !isListed(previous)) previous--;
      while (next < frontier && !isListed(next)) next++;
      return { previous: previous < 0 ? undefined : previous, next: next < frontier ? next : undefined };
    },
    isIndexed: (article) => hasBit(index.indexed, article),
    published: (article) => at(published, article),
    publishedAfter(instant) {
      const oldest = Math.min(firstAfter(published, instant), frontier);
      return { oldest, published: oldest < frontier ? at(published, oldest) : Number.POSITIVE_INFINITY };
    },
    changed: changedAt,
    size: (article) => at(index.sizes, article),
    lastModified(articles, { members }) {
      const { last: lastExpiry } = expiries((article) => hasBit(members, article));
      const lastRemoval = Math.min(site.removed[0]?.removed ?? Number.NEGATIVE_INFINITY, now);
      // They may be more than a call takes arguments.
      const newest = articles.reduce(
        (last, article) => Math.max(last, changedAt(article)),
        Math.max(lastExpiry, lastRemoval),
      );
      return Number.isFinite(newest) ? newest : undefined;
    },
  };
}

/** The renditions that took over last before now, and those that will next. */
interface Renewals {
  /** By article, as the next. */
  readonly last: ReadonlyMap<number, Instant>;
  readonly next: ReadonlyMap<number, Instant>;
  /** The latest of `last`, and the earliest of `next`. */
  readonly from: Instant;
  readonly until: Instant;
}

function renewalsAround(all: RenditionStarts, now: Instant): Renewals {
  const [last, next] = [new Map<number, Instant>(), new Map<number, Instant>()];
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [article, starts] of all) {
    const count = starts.filter((start) => start <= now).length;
    const [before = Number.NEGATIVE_INFINITY, after = Number.POSITIVE_INFINITY] = [
      starts[count - 1],
      starts[count],
    ];
    last.set(article, before);
    next.set(article, after);
    from = Math.max(from, before);
    until = Math.min(until, after);
  }
  return { last, next, from, until };
}

function numbersWhere(length: number, holds: (number: number) => boolean): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < length; number++) if (holds(number)) numbers.push(number);
  return numbers;
}

/** How many instants, ascending, are not after `now`. */
function firstAfter(instants: Float64Array, now: Instant): number {
  return partitionPoint(0, instants.length, (index) => at(instants, index) <= now);
}

function at(column: Float64Array | Uint32Array, index: number): number {
  return column[index] as number; // every caller stays within the column
}
