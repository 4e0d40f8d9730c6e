import { codec } from './codec.ts';
import type { ChunkSource } from './search/chunk.ts';
import { encodeSearch } from './search/encode-search.ts';
import { blobWriter } from './store/blob.ts';
import type { Publish } from './store/part.ts';
import type { SearchParts } from './store/write-store.ts';

/**
 * Makes the search index of its chunks, those that planChunks() names.
 *
 * @param scheduled how many of the articles, the last ones, are not published yet
 */
export function searchParts(
  chunks: readonly ChunkSource[],
  scheduled: number,
  publish: Publish,
): SearchParts {
  const [blocks, places] = [blobWriter(codec, publish), blobWriter(codec, publish)];
  const directory = encodeSearch(chunks, scheduled, (block, placesOfBlock) => {
    blocks.add({ bytes: block });
    places.add({ bytes: placesOfBlock });
  });
  return { directory, blocks: blocks.finish(), places: places.finish() };
}
