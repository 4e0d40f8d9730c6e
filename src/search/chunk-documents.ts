import { type ChunkSource, chunkOf, encodeChunk } from './chunk.ts';
import type { DocumentTerms } from './document-terms.ts';
import { planChunks } from './plan-chunks.ts';

/** The chunks of documents that are in memory, in the order of their articles' numbers: a new article comes last. */
export function chunkDocuments(documents: readonly DocumentTerms[]): ChunkSource[] {
  return planChunks(documents.length).map(({ start, end }) =>
    chunkOf(end - start, encodeChunk(documents.slice(start, end))),
  );
}
