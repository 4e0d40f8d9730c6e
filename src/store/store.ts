import type { Instant } from '../article.ts';
import {
  type ArticleFragment,
  type Columns,
  compareBytes,
  type SiteFacts,
  type SiteFragment,
  type Stored,
} from './format.ts';

/**
 * The articles as they stand at one instant. An article whose time has not come is not in it, whatever is asked, so a
 * store is right for every instant from `from` to before `until`.
 */
export interface Store {
  /** When the newest visible article appeared; -Infinity without one. */
  readonly from: Instant;
  /** When the next article appears; Infinity if none is scheduled. */
  readonly until: Instant;
  readonly site: SiteFacts;
  siteFragment(name: SiteFragment): Stored;
  /** The newest articles, newest first. */
  newest(count: number): readonly ArticleNumber[];
  /** @param slug not percent-encoded */
  findBySlug(slug: string): ArticleNumber | undefined;
  articleFragment(article: ArticleNumber, name: ArticleFragment): Stored;
  /** The newest change among the articles, be it that one appeared. Undefined without any. */
  lastModified(articles: readonly ArticleNumber[]): Instant | undefined;
}

/** An article's place in the store, newest first, the scheduled ones included. */
export type ArticleNumber = number & { readonly articleNumber: unique symbol };

/** Opens the store as it stands at an instant; costs a binary search. */
export function openStore(columns: Columns, now: Instant): Store {
  const { published, updated, bySlug, length } = columns;
  const first = firstWhere(length, (index) => at(published, index) <= now);
  return {
    from: published[first] ?? Number.NEGATIVE_INFINITY,
    until: published[first - 1] ?? Number.POSITIVE_INFINITY,
    site: columns.site,
    siteFragment: columns.siteFragment,
    newest: (count) =>
      Array.from(
        { length: Math.min(count, length - first) },
        (_, offset) => (first + offset) as ArticleNumber,
      ), // in range
    findBySlug(slug) {
      const wanted = new TextEncoder().encode(slug);
      const place = firstWhere(length, (index) => compareBytes(columns.slug(at(bySlug, index)), wanted) >= 0);
      const found = bySlug[place];
      if (found === undefined || found < first || compareBytes(columns.slug(found), wanted) !== 0)
        return undefined;
      return found as ArticleNumber; // bySlug holds article numbers
    },
    articleFragment: columns.articleFragment,
    lastModified(articles) {
      if (articles.length === 0) return undefined;
      return Math.max(...articles.map((article) => at(updated, article)));
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
