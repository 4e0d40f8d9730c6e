import { type ChunkSource, chunkOf, encodeChunk } from './chunk.ts';
import type { DocumentTerms } from './document-terms.ts';
import { planChunks } from './plan-chunks.ts';

/**
 * The chunks of documents that are in memory, in the order of their articles' numbers: a new article comes last.
 *
 * @param scheduled how many of the articles, the last ones, are not published yet
 */
export function chunkDocuments(documents: readonly DocumentTerms[], scheduled = 0): ChunkSource[] {
  return planChunks(documents.length, scheduled).map(({ start, end }) =>
    chunkOf(end - start, encodeChunk(documents.slice(start, end))),
  );
}
