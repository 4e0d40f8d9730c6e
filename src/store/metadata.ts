import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { Facet, FacetValue } from '../facets.ts';

/** When a later rendition of an article takes over. */
export interface RenditionStart {
  readonly from: Instant;
  /** Whether it differs in its page only: its feed entries stay. */
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
  /** Whether it stands at the top of the home page; absent for most. */
  readonly isPinned?: true;
  /** BCP 47 of the interface of its page; absent if that is the site's. */
  readonly interfaceLanguage?: string;
  /** Bytes of content. */
  readonly size: number;
  /** When each later rendition takes over, ascending; nearly all articles have a single rendition. */
  readonly renditionStarts: readonly RenditionStart[];
  /** The facet values. */
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
  /** What stands above the articles of people who are described, as HTML, by their keys. */
  readonly people: Readonly<Record<string, string>>;
  /** The numbers of the articles that stand at the top of the home page, ascending. */
  readonly pinned: readonly number[];
  /** Whether former addresses can include a query. */
  readonly hasQueryAddresses: boolean;
  /** Removed articles by path, spelled as by `spellPath`, without a trailing slash. */
  readonly tombstones: Readonly<Record<string, Tombstone>>;
  /** Removed articles, newest removal first. */
  readonly removed: readonly RemovedArticle[];
}

/** A removed article. */
export interface Tombstone {
  readonly removed: Instant;
  /** Undefined if it is unknown. */
  readonly title: string | undefined;
}

export interface RemovedArticle {
  readonly id: string;
  readonly removed: Instant;
}

export interface SiteRecord {
  readonly facts: SiteMetadata;
  /** Feed envelopes, shared parts of pages, and whole pages: texts with the markers of holes.ts. */
  readonly fragments: Readonly<Record<string, string>>;
}
