import { EVERYTHING, isEverything, type Slice } from '../facets.ts';
import { type FeedFormat, isFeedFormat, type SliceFormat } from '../routes/paths.ts';
import { rank, ranked } from '../search/evaluate.ts';
import { membersByRank } from '../store/bits.ts';
import type { Selection, Store } from '../store/store.ts';
import type { RequestContext, SearchResult } from './request-context.ts';

/** The maximum number of external segments that a feed reads; Cloudflare's free plan allows 50 subrequests. */
const MAX_READS = 20;
/** The maximum number of articles on a page; the minimum is ten. */
const PAGE_LIMIT = 20;
/** The maximum number of pinned articles on the home page. */
const MAX_PINNED = 5;
/** The number of results on the first page of a search, in addition to those on no full page of history. */
const MAX_RESULTS = 10;

/** A slice, or a page of its history, as a page or as a feed. */
export interface SliceRequest {
  readonly slice: Slice;
  readonly format: SliceFormat | 'subscribe' | 'searchForm';
  /** Number of the page of history; absent for the newest articles. */
  readonly archive?: number | undefined;
  /** The format of the feed that the page to subscribe explains. */
  readonly feedFormat?: FeedFormat | undefined;
}

/** The articles that a request selects, and what surrounds them. */
export interface SelectedArticles extends SliceRequest {
  readonly selection: Selection;
  /** In the order in which they are shown. */
  readonly articles: readonly number[];
  /** The number of pinned articles at the beginning of these. */
  readonly pinned?: number;
  /** Number of the page with older articles; 0 if there is none. */
  readonly older: number;
  readonly searchResult: SearchResult | undefined;
}

/** @returns undefined if there is no such page of history */
export function selectArticles(
  context: RequestContext,
  sliceRequest: SliceRequest,
  searchResult: SearchResult | undefined,
): SelectedArticles | undefined {
  const { slice, format, archive } = sliceRequest;
  const { store } = context.snapshot;
  const select = isSearch(slice, format) ? store.selectWithPages : store.select;
  const selection = select(slice, searchResult?.matches.members);
  if (archive !== undefined && archive > fullPages(selection)) return undefined;
  return {
    ...sliceRequest,
    selection,
    searchResult,
    ...articlesOf(context, sliceRequest, selection, searchResult),
  };
}

function articlesOf(
  { site, recordReader, snapshot: { store } }: RequestContext,
  { slice, format, archive }: SliceRequest,
  selection: Selection,
  searchResult: SearchResult | undefined,
): Pick<SelectedArticles, 'articles' | 'pinned' | 'older'> {
  if (archive !== undefined) return { articles: pageOf(store, selection, archive), older: archive - 1 };
  if (format === 'searchForm') return { articles: [], older: 0 };
  if (isSearch(slice, format) && searchResult !== undefined) {
    const { matches } = searchResult;
    const { members, count } = selection;
    const full = count > MAX_RESULTS ? fullPages(selection) : 0;
    const outside = membersByRank(members, full * PAGE_SIZE, count, count);
    const best = rank(matches, MAX_RESULTS, store.isVisible);
    const shown = [...new Set([...best, ...outside.filter(store.isVisible)])];
    return { articles: ranked(matches, shown), older: full };
  }
  const limits = isFeedFormat(format)
    ? { entries: site.feedSize, bytes: site.feedBytes, reads: MAX_READS }
    : { entries: PAGE_LIMIT, bytes: Number.POSITIVE_INFINITY, reads: MAX_READS };
  const { articles, pagesBefore } = newestOf(store, selection, limits, recordReader.externalSegment);
  if (format !== 'page' || !isEverything(slice)) return { articles, older: pagesBefore };
  const pinned = pinnedOf(store);
  const others = articles.filter((article) => !pinned.includes(article));
  return { articles: [...pinned, ...others], pinned: pinned.length, older: pagesBefore };
}

/** The articles at the top of the home page, newest first. */
function pinnedOf({ site, isVisible }: Store): number[] {
  return site.pinned.filter(isVisible).reverse().slice(0, MAX_PINNED);
}

/** Whether a page shows the best matches first, not the newest. */
export function isSearch({ clauses, words }: Slice, format: SliceRequest['format']): boolean {
  return format === 'page' && words !== undefined && clauses.length === 0;
}

/** A search result is valid until any article changes: future matches are unknown. */
export function untilOf({ snapshot }: RequestContext, { selection, searchResult }: SelectedArticles): number {
  return searchResult === undefined ? selection.until : snapshot.store.until;
}

/** For a search, every removal counts, so the date does not reveal whether a removed article matched. */
export function lastModifiedOf(
  { snapshot: { store } }: RequestContext,
  { articles, selection, searchResult }: SelectedArticles,
): number {
  return store.lastModified(articles, searchResult === undefined ? selection : store.select(EVERYTHING));
}

/**
 * The number of articles on a history page. Pages are numbered from the oldest article of a slice, so a full page keeps
 * its articles and number when new ones are published. Expired articles keep their place.
 */
export const PAGE_SIZE = 10;

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
