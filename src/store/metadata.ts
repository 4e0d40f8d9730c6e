import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { Facet, FacetValue } from '../facets.ts';
import { ByteWriter } from '../templates/bytes.ts';
import { ONLY_RENDITION, type Rendition } from './record-format.ts';

/** When a later rendition of an article takes over. */
interface RenditionStart {
  readonly from: Instant;
  /** Whether it differs in its page only: its feed entries do not change. */
  readonly isPageOnly: boolean;
}

/** The metadata of an article in the store's index. */
export interface ArticleMetadata {
  readonly id: string;
  readonly slug: string;
  readonly published: Instant;
  /** When it last changed or was published; never before `published`. */
  readonly changed: Instant;
  readonly expires: Instant;
  readonly listed: boolean;
  /** Whether search engines may index it. */
  readonly indexed: boolean;
  /** Whether it is in the sitemap. */
  readonly mapped: boolean;
  /** Whether it is pinned to the top of the home page; absent for most. */
  readonly isPinned?: true;
  /** BCP 47 of the interface of its page; absent if that is the site's. */
  readonly interfaceLanguage?: string;
  /** Bytes of content. */
  readonly size: number;
  /** When each later rendition takes over, ascending; nearly all articles have a single rendition. */
  readonly renditionStarts: readonly RenditionStart[];
  readonly values: Readonly<Record<Facet, readonly FacetValue[]>>;
}

/** The site's metadata in the worker. */
export interface SiteMetadata {
  readonly settings: Site;
  /** The CSP source expression of the inlined stylesheet, `'sha256-…'`. */
  readonly styleSource: string;
  /** The CSP source expressions of the scripts, separated by spaces. */
  readonly scriptSource: string;
  /** The main feeds' permanent id. */
  readonly feedId: string;
  /** The plural labels of the facets, in the site's language. */
  readonly facetNames: Readonly<Record<Facet, string>>;
  /** The same in the other languages of interfaces. */
  readonly otherFacetNames: Readonly<Record<string, Readonly<Record<Facet, string>>>>;
  /** The headers of the pages of described people, as HTML, by key. */
  readonly people: Readonly<Record<string, string>>;
  /** The numbers of the articles that are pinned to the top of the home page, ascending. */
  readonly pinned: readonly number[];
  /** Whether former addresses can include a query. */
  readonly hasQueryAddresses: boolean;
  /** Removed articles by path, spelled as by `spellPath`, without a trailing slash. */
  readonly tombstones: Readonly<Record<string, Tombstone>>;
  /** Removed articles, newest removal first. */
  readonly removed: readonly RemovedArticle[];
  /** The recordings of the site by their addresses; absent if there are none. */
  readonly recordings?: Readonly<Record<string, Recording>>;
}

/** A recording, which is published in parts. */
export interface Recording {
  /** Media type as registered. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
}

/** A removed article. */
export interface Tombstone {
  readonly removed: Instant;
  /** Undefined if it is unknown. */
  readonly title: string | undefined;
  /** Whether the article expires then. Until then, there is no tombstone. */
  readonly isExpiry?: true;
}

interface RemovedArticle {
  readonly id: string;
  readonly removed: Instant;
}

export interface SiteRecord {
  readonly metadata: SiteMetadata;
  /** Feed envelopes, shared parts of pages, and whole pages: texts with the markers of holes.ts. */
  readonly fragments: Readonly<Record<string, string>>;
}

/** When later renditions take over, ascending, for each article that has several. */
export type RenditionStarts = ReadonlyMap<number, readonly RenditionStart[]>;

/** Numbers of each start, in the layout of format.ts. */
const NUMBERS = 3;

export function encodeRenditions(
  articles: readonly Pick<ArticleMetadata, 'renditionStarts'>[],
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const [article, { renditionStarts }] of articles.entries())
    for (const { from, isPageOnly } of renditionStarts) writer.f64s([article, from, Number(isPageOnly)]);
  return writer.toBytes();
}

export function decodeRenditions(numbers: Float64Array): RenditionStarts {
  const starts = new Map<number, RenditionStart[]>();
  for (let index = 0; index < numbers.length; index += NUMBERS) {
    const [article = 0, from = 0, isPageOnly] = numbers.subarray(index, index + NUMBERS);
    const start = { from, isPageOnly: isPageOnly === 1 };
    const known = starts.get(article);
    if (known === undefined) starts.set(article, [start]);
    else known.push(start);
  }
  return starts;
}

/** Returns a function from articles to their renditions at an instant. */
export function renditionsAt(all: RenditionStarts, now: Instant): (article: number) => Rendition {
  if (all.size === 0) return () => ONLY_RENDITION;
  return (article) => {
    const starts = all.get(article);
    if (starts === undefined) return ONLY_RENDITION;
    return { current: starts.filter(({ from }) => from <= now).length, count: starts.length + 1 };
  };
}

/** When renditions last took over before an instant, and when they do next. */
interface Renewals {
  /** By article, of renditions that differ in more than the page. */
  readonly last: ReadonlyMap<number, Instant>;
  readonly next: ReadonlyMap<number, Instant>;
  /** By article, of all renditions. */
  readonly lastOfPage: ReadonlyMap<number, Instant>;
  /** The latest and the next of all. */
  readonly from: Instant;
  readonly until: Instant;
}

export function renewalsAt(all: RenditionStarts, now: Instant): Renewals {
  const [last, next, lastOfPage] = [
    new Map<number, Instant>(),
    new Map<number, Instant>(),
    new Map<number, Instant>(),
  ];
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [article, starts] of all) {
    // Ascending, so the last to be set is the latest before, and the first to be set is the earliest after.
    for (const start of starts) {
      if (start.from <= now) {
        lastOfPage.set(article, start.from);
        if (!start.isPageOnly) last.set(article, start.from);
        from = Math.max(from, start.from);
      } else {
        if (!start.isPageOnly && !next.has(article)) next.set(article, start.from);
        until = Math.min(until, start.from);
      }
    }
  }
  return { last, next, lastOfPage, from, until };
}
