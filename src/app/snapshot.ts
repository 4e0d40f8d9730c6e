import type { Instant } from '../article.ts';
import { type Kept, keep } from '../http/lru-cache.ts';
import { type Fields, headersOf, type Kind, type Representation } from '../http/representation.ts';
import type { StoreIndex } from '../store/format.ts';
import type { Shelf, Shelves } from '../store/record-reader.ts';
import { openStore, type Store } from '../store/store.ts';

/** The site as it stands for some time, and what was lately asked of it. */
export interface Edition {
  readonly store: Store;
  readonly shelf: Shelf;
  /** The main feeds, for a few origins. */
  readonly feeds: Kept<Representation>;
  /** Everything else that lists articles. */
  readonly lists: Kept<Representation>;
  /** Pages of articles. */
  readonly pages: Kept<Representation>;
  /** The header fields of a kind of representation, by its name. */
  readonly kind: (name: string, make: () => Kind) => Fields;
}

const MAX_KEPT_FEEDS = 16;
const MAX_KEPT_LISTS = 24;
const MAX_KEPT_PAGES = 64;
const MAX_KEPT_KINDS = 16;

/** Gives the edition of an instant: the last one, as long as nothing appears or goes. */
export function editions(index: StoreIndex, shelves: Shelves): (now: Instant) => Edition {
  let edition: Edition | undefined;
  const kinds = keep<Fields>(MAX_KEPT_KINDS);
  return (now) => {
    if (edition === undefined || now < edition.store.from || now >= edition.store.until) {
      edition = {
        store: openStore(index, now),
        shelf: shelves.at(now),
        feeds: keep(MAX_KEPT_FEEDS),
        lists: keep(MAX_KEPT_LISTS),
        pages: keep(MAX_KEPT_PAGES),
        kind: (name, make) => kinds.find(name) ?? kinds.add(name, headersOf(make())),
      };
    }
    return edition;
  };
}
