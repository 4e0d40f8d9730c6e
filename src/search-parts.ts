import { codec } from './codec.ts';
import type { DocumentTerms } from './search/document-terms.ts';
import { encodeDocuments } from './search/encode-documents.ts';
import { blobWriter } from './store/blob.ts';
import type { Publish } from './store/part.ts';
import type { SearchParts } from './store/write-store.ts';

/** Makes the search index of the words of articles, in the order of their numbers. */
export function searchParts(terms: readonly DocumentTerms[], publish: Publish): SearchParts {
  const [blocks, places] = [blobWriter(codec, publish), blobWriter(codec, publish)];
  const index = encodeDocuments(terms);
  for (const bytes of index.blocks) blocks.add({ bytes });
  for (const bytes of index.places) places.add({ bytes });
  return { directory: index.directory, blocks: blocks.finish(), places: places.finish() };
}
