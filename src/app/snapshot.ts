import type { Instant } from '../article.ts';
import { type LruCache, lruCache } from '../http/lru-cache.ts';
import type { Representation } from '../http/representation.ts';
import type { StoreIndex } from '../store/format.ts';
import type { RecordReader, RecordReaders } from '../store/record-reader.ts';
import { openStore, type Store } from '../store/store.ts';

/** The site between two changes of what is visible, and its cached representations. */
export interface Snapshot {
  readonly store: Store;
  readonly recordReader: RecordReader;
  /** The main feeds, for a few origins. */
  readonly feeds: LruCache<Representation>;
  /** Everything else that lists articles. */
  readonly lists: LruCache<Representation>;
  /** Pages of articles. */
  readonly pages: LruCache<Representation>;
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
