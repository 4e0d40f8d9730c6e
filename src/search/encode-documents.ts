import { chunkOf, encodeChunk } from './chunk.ts';
import type { DocumentTerms } from './document-terms.ts';
import { encodeSearch } from './encode-search.ts';
import { planChunks } from './plan-chunks.ts';

/** A search index that is in memory. */
export interface SearchIndex {
  /** What has to be at hand before a query is known (see directory.ts). */
  readonly directory: Uint8Array<ArrayBuffer>;
  /** Of about 32 KB each; a query reads few of them (see plan.ts). Named by their place. */
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  /** By block, of about 64 KB each: where its terms stand in articles, which only phrases need. */
  readonly places: readonly Uint8Array<ArrayBuffer>[];
}

/** @param documents in the order of their articles' numbers: a new article comes last */
export function encodeDocuments(documents: readonly DocumentTerms[]): SearchIndex {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  const places: Uint8Array<ArrayBuffer>[] = [];
  const chunks = planChunks(documents.length).map(({ start, end }) =>
    chunkOf(end - start, encodeChunk(documents.slice(start, end))),
  );
  const directory = encodeSearch(chunks, (block, placesOfBlock) => {
    blocks.push(block);
    places.push(placesOfBlock);
  });
  return { directory, blocks, places };
}
