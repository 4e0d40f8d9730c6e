import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { Facet, FacetValue } from '../facets.ts';

/** What the store's index knows of an article. */
export interface ArticleMetadata {
  readonly id: string;
  readonly slug: string;
  readonly published: Instant;
  /** When it last changed, or came; never before `published`. */
  readonly changed: Instant;
  readonly expires: Instant;
  readonly listed: boolean;
  /** Whether search engines may index it. */
  readonly indexed: boolean;
  /** Bytes of content. */
  readonly size: number;
  /** When each of its later renditions takes over, ascending; nearly all have one only. */
  readonly renditionStarts: readonly Instant[];
  /** What it can be chosen by. */
  readonly values: Readonly<Record<Facet, readonly FacetValue[]>>;
}

/** What the worker knows of the site. */
export interface SiteMetadata {
  readonly settings: Site;
  /** CSP source expression of the stylesheet inside every page, `'sha256-…'`. */
  readonly styleSource: string;
  /** The same of the scripts, a space between them. */
  readonly scriptSource: string;
  /** The main feeds' permanent id. */
  readonly feedId: string;
  /** What people call the facets, in the plural, in the site's language. */
  readonly facetNames: Readonly<Record<Facet, string>>;
  /** Whether former addresses are told by a query. */
  readonly hasQueryAddresses: boolean;
  /** What was published at an address and is gone; paths as `spellPath` spells them, without a slash at the end. */
  readonly tombstones: Readonly<Record<string, Tombstone>>;
  /** What was published and is gone, the newest removal first. */
  readonly removed: readonly RemovedArticle[];
}

/** What was at an address. */
export interface Tombstone {
  readonly removed: Instant;
  /** Undefined where nobody knows it any more. */
  readonly title: string | undefined;
}

export interface RemovedArticle {
  readonly id: string;
  readonly removed: Instant;
}

export interface SiteRecord {
  readonly facts: SiteMetadata;
  /** The envelopes of feeds, what all pages share, whole pages: texts with the marks of holes.ts. */
  readonly fragments: Readonly<Record<string, string>>;
}
