import { chunkDocuments } from '../../src/search/chunk-documents.ts';
import type { DocumentTerms } from '../../src/search/document-terms.ts';
import { encodeSearch } from '../../src/search/encode-search.ts';

/** A search index that is in memory. */
export interface SearchIndex {
  readonly directory: Uint8Array<ArrayBuffer>;
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  /** By block: where its terms stand in articles. */
  readonly places: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * @param documents in the order of their articles' numbers
 * @param scheduled how many of them, the last ones, are not published yet
 */
export function encodeDocuments(documents: readonly DocumentTerms[], scheduled = 0): SearchIndex {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  const places: Uint8Array<ArrayBuffer>[] = [];
  const directory = encodeSearch(chunkDocuments(documents, scheduled), scheduled, (block, placesOfBlock) => {
    blocks.push(block);
    places.push(placesOfBlock);
  });
  return { directory, blocks, places };
}
