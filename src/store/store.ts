import type { Instant } from '../article.ts';
import {
  type ArticleFragment,
  type Columns,
  compareBytes,
  type SiteFacts,
  type SiteFragment,
} from './format.ts';
import type { Stored } from './fragment-format.ts';

/**
 * The articles as they stand at one instant. An article whose time has not come, or is over, is not in it, whatever is
 * asked, so a store is right for every instant from `from` to before `until`.
 */
export interface Store {
  /** When the last article before now appeared or went; -Infinity if none did. */
  readonly from: Instant;
  /** When the next article appears or goes; Infinity if none is to. */
  readonly until: Instant;
  readonly site: SiteFacts;
  siteFragment(name: SiteFragment): Stored;
  /** The newest listed articles, newest first. */
  newest(count: number): readonly ArticleNumber[];
  /** @param slug not percent-encoded */
  findBySlug(slug: string): ArticleNumber | undefined;
  /** The slug of the visible article to which a former address leads; the path is percent-encoded. */
  findMoved(path: string): string | undefined;
  /** Whether something was at an address, percent-encoded, and is gone for good. */
  isGone(path: string): boolean;
  articleFragment(article: ArticleNumber, name: ArticleFragment): Stored;
  /** The newest change of any of the articles, or of which there are. Undefined when nothing ever happened. */
  lastModified(articles: readonly ArticleNumber[]): Instant | undefined;
}

/** An article's place in the store, newest first, whether it is visible or not. */
export type ArticleNumber = number & { readonly articleNumber: unique symbol };

/** Opens the store as it stands at an instant. */
export function openStore(columns: Columns, now: Instant): Store {
  const { published, updated, expires, listed, bySlug, length, site } = columns;
  const first = firstWhere(length, (index) => at(published, index) <= now);
  const isVisible = (index: number): boolean => index >= first && at(expires, index) > now;
  let lastExpiry = Number.NEGATIVE_INFINITY;
  let nextExpiry = Number.POSITIVE_INFINITY;
  for (let index = first; index < length; index++) {
    const instant = at(expires, index);
    if (instant <= now) lastExpiry = Math.max(lastExpiry, instant);
    else nextExpiry = Math.min(nextExpiry, instant);
  }

  function findBySlug(slug: string): ArticleNumber | undefined {
    const wanted = new TextEncoder().encode(slug);
    const place = firstWhere(length, (index) => compareBytes(columns.slug(at(bySlug, index)), wanted) >= 0);
    const found = bySlug[place];
    if (found === undefined || !isVisible(found) || compareBytes(columns.slug(found), wanted) !== 0)
      return undefined;
    return found as ArticleNumber; // bySlug holds article numbers
  }

  return {
    from: Math.max(published[first] ?? Number.NEGATIVE_INFINITY, lastExpiry),
    until: Math.min(published[first - 1] ?? Number.POSITIVE_INFINITY, nextExpiry),
    site,
    siteFragment: columns.siteFragment,
    newest(count) {
      const found: ArticleNumber[] = [];
      for (let index = first; index < length && found.length < count; index++) {
        if (isVisible(index) && at(listed, index) === 1) found.push(index as ArticleNumber); // index is one
      }
      return found;
    },
    findBySlug,
    findMoved(path) {
      const slug = Object.hasOwn(site.moved, path) ? site.moved[path] : undefined;
      return slug !== undefined && findBySlug(slug) !== undefined ? slug : undefined;
    },
    isGone: (path) => columns.gone.has(path),
    articleFragment: columns.articleFragment,
    lastModified(articles) {
      const changes = articles.map((article) => at(updated, article));
      const lastRemoval = site.removed[0]?.removed ?? Number.NEGATIVE_INFINITY;
      const newest = Math.max(...changes, lastExpiry, lastRemoval);
      return Number.isFinite(newest) ? newest : undefined;
    },
  };
}

/** The first index below `length` for which `holds`, else `length`; once it holds it holds for all that follow. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function at(column: Float64Array | Uint32Array, index: number): number {
  return column[index] as number; // every caller stays within the column
}
