import { writeIndex } from '../search/index-writer.ts';
import type { PartialIndex } from '../search/partial-index.ts';
import type { EmitAsset } from '../store/asset.ts';
import { blobWriter } from '../store/blobs-format.ts';
import type { SearchParts } from '../store/write-store.ts';
import { codec } from './codec.ts';

/**
 * Merges partial indexes, those that planPartialIndexes() names, into the search index.
 *
 * @param scheduled how many of the articles, the last ones, are not published yet
 */
export function searchParts(
  partialIndexes: readonly PartialIndex[],
  scheduled: number,
  publish: EmitAsset,
): SearchParts {
  const [blocks, positions] = [blobWriter(codec, publish), blobWriter(codec, publish)];
  const blockIndex = writeIndex(partialIndexes, scheduled, (block, positionsOfBlock) => {
    blocks.add({ bytes: block });
    positions.add({ bytes: positionsOfBlock });
  });
  return { blockIndex, blocks: blocks.finish(), positions: positions.finish() };
}
