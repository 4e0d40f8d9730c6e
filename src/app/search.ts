import { EVERYTHING } from '../facets.ts';
import { evaluate, type SearchMatches, visibleSegments } from '../search/evaluate.ts';
import { planQuery } from '../search/lookup.ts';
import { parseQuery, type Query } from '../search/query.ts';
import { type BlockIndex, openBlockIndex } from '../search/term-dictionary.ts';
import type { StoreIndex } from '../store/format.ts';
import type { RecordReaders } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';

/** The visible articles that match a query. */
export interface SearchResult {
  readonly query: Query;
  readonly matches: SearchMatches;
}

/** Searches for words. */
export type Search = (words: string, store: Store) => Promise<SearchResult>;

export function createSearch(index: StoreIndex, { openBlobs }: Pick<RecordReaders, 'openBlobs'>): Search {
  let opened: BlockIndex | undefined;
  return async (words, store) => {
    const query = parseQuery(words);
    if (query === undefined) throw new RangeError('Cannot search: expected a query with a word');
    opened ??= openBlockIndex(index.search);
    const blockIndex = opened;
    const visible = store.select(EVERYTHING, undefined, true).members;
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
