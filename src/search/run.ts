import { ByteWriter } from '../store/byte-writer.ts';
import { BlockWriter } from './block.ts';
import { isBorder } from './border.ts';
import type { ChunkSource } from './chunk.ts';
import { mergeChunks } from './merge.ts';
import { writePostings } from './postings.ts';

/** About what a block and its places come to; with a single term they may come to more. */
const BLOCK_BYTES = 32 * 1024;
const PLACES_BYTES = 64 * 1024;

/** Takes a finished block, and the places of its terms. */
export type TakeBlock = (block: Uint8Array<ArrayBuffer>, places: Uint8Array<ArrayBuffer>) => void;

/** What is to be remembered of a block. */
export interface EncodedBlock {
  /** UTF-8. */
  readonly firstTerm: Uint8Array;
  readonly bytes: number;
  readonly placesBytes: number;
}

/**
 * Indexes the articles of one run.
 *
 * @param isOneBlock whether there is to be one block, whatever its size
 * @returns the blocks that were taken, in their order
 */
export function encodeRun(
  chunks: readonly ChunkSource[],
  isOneBlock: boolean,
  take: TakeBlock,
): readonly EncodedBlock[] {
  const articlesOfRun = chunks.reduce((sum, { articles }) => sum + articles, 0);
  const blocks: EncodedBlock[] = [];
  const block = new BlockWriter();
  const [sparse, postings, places] = [new ByteWriter(), new ByteWriter(), new ByteWriter(PLACES_BYTES)];
  let firstTerm: Uint8Array | undefined;
  let placesAt = 0;

  function finish(): void {
    if (firstTerm === undefined) return;
    const [bytes, placesBytes] = [block.finish(), places.toBytes()];
    blocks.push({ firstTerm, bytes: bytes.length, placesBytes: placesBytes.length });
    take(bytes, placesBytes);
    firstTerm = undefined;
    places.clear();
    placesAt = 0;
  }

  mergeChunks(chunks, sparse, places, (term, articles) => {
    firstTerm ??= term;
    postings.clear();
    writePostings(postings, placesAt, sparse, articles, articlesOfRun);
    block.add(term, postings);
    const share = Math.max(
      (term.length + postings.length) / BLOCK_BYTES,
      (places.length - placesAt) / PLACES_BYTES,
    );
    placesAt = places.length;
    const filled = Math.max(block.length / BLOCK_BYTES, places.length / PLACES_BYTES);
    if (!isOneBlock && isBorder(term, share, filled)) finish();
  });
  finish();
  return blocks;
}
