import { openSearch, type SearchDirectory } from '../search/directory.ts';
import { evaluate } from '../search/evaluate.ts';
import type { Matches } from '../search/matches.ts';
import { planQuery } from '../search/plan.ts';
import { parseQuery, type Query } from '../search/query.ts';
import { visibleRuns } from '../search/visible-runs.ts';
import { EVERYTHING } from '../slice.ts';
import type { StoreIndex } from '../store/format.ts';
import type { Blobs, Shelves } from '../store/shelf.ts';
import type { Store } from '../store/store.ts';

/** The articles with some words, whose time has come. */
export interface Found {
  readonly query: Query;
  readonly matches: Matches;
}

/** Looks up words, canonical or not, that ask for something; nothing is awaited where the index is at hand. */
export type Search = (words: string, store: Store) => Promise<Found> | Found;

export function createSearch(index: StoreIndex, { openBlobs }: Pick<Shelves, 'openBlobs'>): Search {
  let directory: SearchDirectory | undefined;
  return (words, store) => {
    const query = parseQuery(words);
    if (query === undefined) throw new RangeError('Cannot search: expected a query with a word');
    directory ??= openSearch(index.search);
    const opened = directory;
    const placesFrom = opened.blocks;
    const visible = store.select(EVERYTHING).members;
    const find = (blobs: Blobs): Found => {
      const read = (blob: number): Uint8Array => blobs.get(blob) ?? new Uint8Array(); // planned, so opened
      const reads = { block: read, places: (number: number) => read(placesFrom + number) };
      return { query, matches: evaluate(opened, query, reads, visible) };
    };
    const runs = visibleRuns(opened, visible).map(({ run }) => run);
    const plan = planQuery(opened, query, runs);
    const blobs = openBlobs([...plan.blocks, ...plan.places.map((number) => placesFrom + number)]);
    return blobs instanceof Promise ? blobs.then(find) : find(blobs);
  };
}
