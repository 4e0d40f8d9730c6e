import { EVERYTHING } from '../facets.ts';
import { evaluate, visibleSegments } from '../search/evaluate.ts';
import { planQuery } from '../search/lookup.ts';
import { parseQuery, type Query } from '../search/query.ts';
import type { SearchMatches } from '../search/rank.ts';
import { type BlockIndex, openBlockIndex } from '../search/term-dictionary.ts';
import type { StoreIndex } from '../store/format.ts';
import type { Blobs, RecordReaders } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';

/** The visible articles that match a query. */
export interface SearchResult {
  readonly query: Query;
  readonly matches: SearchMatches;
}

/** Searches for words. Nothing is awaited if the index is in memory. */
export type Search = (words: string, store: Store) => Promise<SearchResult> | SearchResult;

export function createSearch(index: StoreIndex, { openBlobs }: Pick<RecordReaders, 'openBlobs'>): Search {
  let opened: BlockIndex | undefined;
  return (words, store) => {
    const query = parseQuery(words);
    if (query === undefined) throw new RangeError('Cannot search: expected a query with a word');
    opened ??= openBlockIndex(index.search);
    const blockIndex = opened;
    // The blobs of the positions follow those of the blocks.
    const positionsFrom = blockIndex.blocks;
    const visible = store.select(EVERYTHING, undefined, true).members;
    const find = (blobs: Blobs): SearchResult => {
      const read = (blob: number): Uint8Array => blobs.get(blob) ?? new Uint8Array(); // planned, so opened
      const reads = { block: read, positions: (number: number) => read(positionsFrom + number) };
      return { query, matches: evaluate(blockIndex, query, reads, visible) };
    };
    const segments = visibleSegments(blockIndex, visible).map(({ segment }) => segment);
    const plan = planQuery(blockIndex, query, segments);
    const positions = plan.positions.map((number) => positionsFrom + number);
    const blobs = openBlobs([...plan.blocks, ...positions]);
    return blobs instanceof Promise ? blobs.then(find) : find(blobs);
  };
}
