import { membersByRank } from './bits.ts';
import type { Selection, Store } from './store.ts';

/**
 * How many articles a page of history has. Pages are counted from the oldest article of a slice, so a full one keeps its
 * articles and its number while new ones are published; articles that are over keep their place.
 */
export const PAGE_SIZE = 10;

/** What a feed may hold, and cost. */
export interface FeedLimits {
  readonly entries: number;
  /** Bytes of content. */
  readonly bytes: number;
  /** Reads outside the worker. */
  readonly reads: number;
}

/** What stands in the feed itself: the page that is not yet full, and of the full ones as many as fit, or are needed to have `PAGE_SIZE` articles. */
export interface Window {
  /** The newest first. */
  readonly articles: readonly number[];
  /** How many pages of history are before it. */
  readonly pagesBefore: number;
}

/** How many pages of a slice's history are full. */
export function fullPages({ count }: Selection): number {
  return Math.floor(count / PAGE_SIZE);
}

/** The articles of a full page of history, the newest first. */
export function pageOf(store: Store, { members, count }: Selection, page: number): readonly number[] {
  return membersByRank(members, (page - 1) * PAGE_SIZE, page * PAGE_SIZE, count)
    .filter(store.isVisible)
    .reverse();
}

/** The newest visible articles of a slice, of so many members; the newest first. */
export function latestOf(store: Store, { members, count }: Selection, most: number): number[] {
  return membersByRank(members, Math.max(0, count - most), count, count)
    .filter(store.isVisible)
    .reverse();
}

/**
 * @param readOf what must be read to have an article, if anything
 */
export function newestOf(
  store: Store,
  selection: Selection,
  limits: FeedLimits,
  readOf: (article: number) => number | undefined,
): Window {
  const full = fullPages(selection);
  const { members, count: all } = selection;
  const articles = membersByRank(members, full * PAGE_SIZE, all, all)
    .filter(store.isVisible)
    .reverse();
  const reads = new Set<number>();
  let bytes = 0;
  const count = (added: readonly number[]): void => {
    for (const article of added) {
      bytes += store.size(article);
      const read = readOf(article);
      if (read !== undefined) reads.add(read);
    }
  };
  count(articles);
  let pagesBefore = full;
  while (pagesBefore > 0) {
    const page = pageOf(store, selection, pagesBefore);
    const isEnough = articles.length >= PAGE_SIZE;
    count(page);
    const fits =
      articles.length + page.length <= limits.entries && bytes <= limits.bytes && reads.size <= limits.reads;
    if (isEnough && !fits) break;
    articles.push(...page);
    pagesBefore--;
  }
  return { articles, pagesBefore };
}
