import type { Context } from 'hono';
import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { EVERYTHING } from '../facets.ts';
import type { Representation } from '../http/representation.ts';
import { redirect } from '../http/respond.ts';
import { once } from '../memo.ts';
import { isFeedPath } from '../routes/paths.ts';
import { evaluate, type SearchMatches, visibleSegments } from '../search/evaluate.ts';
import { planQuery } from '../search/lookup.ts';
import { parseQuery, type Query } from '../search/query.ts';
import { openBlockIndex } from '../search/term-dictionary.ts';
import type { StoreIndex } from '../store/format.ts';
import { type LruCache, lruCache } from '../store/lru-cache.ts';
import type { RecordReader, RecordReaders } from '../store/record-reader.ts';
import { openStore, type Store } from '../store/store.ts';

export interface Environment {
  /** Overrides the `url` of the site's settings; empty: links take the origin of each request. */
  readonly SITE_URL?: string;
}

export type AppContext = Context<{ Bindings: Environment }>;

/** A request, and the site at its instant. */
export interface RequestContext {
  readonly hono: AppContext;
  readonly request: Request;
  readonly site: Site;
  /** The URL of the request. Reading it from the request is expensive. */
  readonly url: string;
  /** Such as `https://example.org`. */
  readonly origin: string;
  readonly now: Instant;
  readonly snapshot: Snapshot;
  readonly recordReader: RecordReader;
  readonly openAsset: OpenAsset | undefined;
  readonly search: Search;
}

/** Opens a file beside the worker by its name; undefined if there is none. */
export type OpenAsset = (name: string) => Promise<ReadableStream<Uint8Array> | undefined>;

/**
 * The origin of the site's links. `X-Forwarded-*` is ignored: any client can send it.
 *
 * @param siteUrl the `url` of the site's settings
 */
export function originOf(hono: AppContext, url: string, siteUrl: string | undefined): string {
  const override = hono.env?.SITE_URL;
  if (override) {
    if (/^https?:/i.test(override) && URL.canParse(override)) return new URL(override).origin;
    console.error(`Cannot use SITE_URL "${override}": expected an address such as https://example.org`);
  }
  if (override !== '' && siteUrl !== undefined) return siteUrl;
  return url.slice(0, url.indexOf('/', 'https://'.length));
}

/** A redirect to a path of the site. */
export function redirectTo({ origin, snapshot, now }: RequestContext, path: string): Response {
  // More feed readers follow 301 than 308.
  return redirect(origin + path, isFeedPath(path) ? 301 : 308, snapshot.store.until, now);
}

/** The site between two changes of what is visible, and its cached representations. */
interface Snapshot {
  readonly store: Store;
  readonly recordReader: RecordReader;
  /** The main feeds, for a few origins. */
  readonly feeds: LruCache<string, Representation>;
  /** Everything else that lists articles. */
  readonly lists: LruCache<string, Representation>;
  /** Pages of articles. */
  readonly pages: LruCache<string, Representation>;
  /** Finds the compressed body of a response by its entity tag. */
  readonly precompressed: StoreIndex['precompressed'];
}

const MAX_KEPT_FEEDS = 16;
const MAX_KEPT_LISTS = 24;
const MAX_KEPT_PAGES = 64;

/** Returns the snapshot of an instant, and creates a new one when an article appears or expires. */
export function snapshots(index: StoreIndex, recordReaders: RecordReaders): (now: Instant) => Snapshot {
  let snapshot: Snapshot | undefined;
  return (now) => {
    if (snapshot === undefined || now < snapshot.store.from || now >= snapshot.store.until) {
      snapshot = {
        store: openStore(index, now),
        recordReader: recordReaders.at(now),
        precompressed: index.precompressed,
        feeds: lruCache(MAX_KEPT_FEEDS),
        lists: lruCache(MAX_KEPT_LISTS),
        pages: lruCache(MAX_KEPT_PAGES),
      };
    }
    return snapshot;
  };
}

/** The visible articles that match a query. */
export interface SearchResult {
  readonly query: Query;
  readonly matches: SearchMatches;
}

type Search = (words: string, store: Store) => Promise<SearchResult>;

export function createSearch(index: StoreIndex, { openBlobs }: Pick<RecordReaders, 'openBlobs'>): Search {
  const openedIndex = once(() => openBlockIndex(index.search));
  return async (words, store) => {
    const query = parseQuery(words);
    if (query === undefined) throw new RangeError('Cannot search: expected a query with a word');
    const blockIndex = openedIndex();
    const visible = store.selectWithPages(EVERYTHING).members;
    const segments = visibleSegments(blockIndex, visible).map(({ segment }) => segment);
    const plan = planQuery(blockIndex, query, segments);
    // The blobs of the positions follow those of the blocks.
    const blobOfPositions = (number: number): number => blockIndex.blocks + number;
    const blobs = await openBlobs([...plan.blocks, ...plan.positions.map(blobOfPositions)]);
    const read = (blob: number): Uint8Array => blobs.get(blob) ?? new Uint8Array(); // planned, so opened
    const reads = { block: read, positions: (number: number) => read(blobOfPositions(number)) };
    return { query, matches: evaluate(blockIndex, query, reads, visible) };
  };
}
