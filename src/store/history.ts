import { membersByRank } from './bits.ts';
import type { Selection, Store } from './store.ts';

/**
 * The number of articles on a history page. Pages are numbered from the oldest article of a slice, so a full page keeps
 * its articles and number when new ones are published. Expired articles keep their place.
 */
export const PAGE_SIZE = 10;

/** The limits of a feed. */
interface FeedLimits {
  readonly entries: number;
  /** Bytes of content. */
  readonly bytes: number;
  /** External reads. */
  readonly reads: number;
}

/**
 * The content of the feed itself: the incomplete page, then as many full pages as fit or as `PAGE_SIZE` articles need.
 */
interface Window {
  /** Newest first. */
  readonly articles: readonly number[];
  /** The number of earlier history pages. */
  readonly pagesBefore: number;
}

/** The number of full history pages of a slice. */
export function fullPages({ count }: Selection): number {
  return Math.floor(count / PAGE_SIZE);
}

/** The articles of a full history page, newest first. */
export function pageOf(store: Store, { members, count }: Selection, page: number): readonly number[] {
  return membersByRank(members, (page - 1) * PAGE_SIZE, page * PAGE_SIZE, count)
    .filter(store.isVisible)
    .reverse();
}

/** The newest visible articles of a slice, newest first. */
export function latestOf(store: Store, { members, count }: Selection, most: number): number[] {
  return membersByRank(members, Math.max(0, count - most), count, count)
    .filter(store.isVisible)
    .reverse();
}

/**
 * @param readOf the external read that an article needs, if any
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
