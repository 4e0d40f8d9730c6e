import { writeIndex } from '../search/index-writer.ts';
import type { PartialIndex } from '../search/partial-index.ts';
import { blobWriter } from '../store/blob.ts';
import type { Publish } from '../store/part.ts';
import type { SearchParts } from '../store/write-store.ts';
import { codec } from './codec.ts';

/** Merges partial indexes, those that planPartialIndexes() names, into the search index. */
export function searchParts(partialIndexes: readonly PartialIndex[], publish: Publish): SearchParts {
  const [blocks, positions] = [blobWriter(codec, publish), blobWriter(codec, publish)];
  const blockIndex = writeIndex(partialIndexes, (block, positionsOfBlock) => {
    blocks.add({ bytes: block });
    positions.add({ bytes: positionsOfBlock });
  });
  return { blockIndex, blocks: blocks.finish(), positions: positions.finish() };
}
