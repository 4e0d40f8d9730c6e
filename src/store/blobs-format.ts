import { ByteWriter } from '../templates/byte-writer.ts';
import type { Blob } from './blob.ts';
import { bytesOfHexadecimal, hexadecimal } from './hexadecimal.ts';
import { DIGEST_BYTES } from './segment-places.ts';

/*
 * Blobs, of which a request needs a few: the blocks and places of the search index, the slugs of the articles. They are in the
 * worker while they are small, else beside it. All numbers little-endian:
 *
 *   u32 blobs (b) · u32 the first that has slugs · u32 1 if they are in here, else 0 · u32 where each ends [b]
 *   the blobs one after another, or b × 16 bytes digest of each
 */

/** @param blobs all of one kind */
export function encodeBlobs(blobs: readonly Blob[], firstSlugs: number): Uint8Array<ArrayBuffer> {
  const isHere = blobs.every((blob) => 'bytes' in blob);
  const writer = new ByteWriter();
  writer.u32s([blobs.length, firstSlugs, isHere ? 1 : 0]);
  let end = 0;
  for (const blob of blobs) {
    end += 'bytes' in blob ? blob.bytes.length : blob.length;
    writer.u32(end);
  }
  for (const blob of blobs) writer.bytes('bytes' in blob ? blob.bytes : bytesOfHexadecimal(blob.digest));
  return writer.concat();
}

/** Where blobs are. */
export interface BlobPlaces {
  /** The blobs from this one on have slugs; those before are of the search index. */
  readonly firstSlugs: number;
  /** Undefined when it is beside the worker. */
  bytes(blob: number): Uint8Array | undefined;
  /** How long it is. */
  size(blob: number): number;
  /** Hexadecimal. */
  digest(blob: number): string;
}

/** @param at where they begin in the buffer, a multiple of 4 */
export function decodeBlobs(buffer: ArrayBuffer, at: number): BlobPlaces {
  const [length = 0, firstSlugs = 0, isHere = 0] = new Uint32Array(buffer, at, 3);
  const ends = new Uint32Array(buffer, at + 12, length);
  const heapAt = at + 12 + 4 * length;
  const start = (blob: number): number => ends[blob - 1] ?? 0;
  const size = (blob: number): number => (ends[blob] ?? 0) - start(blob);
  return {
    firstSlugs,
    size,
    bytes: (blob) => (isHere === 1 ? new Uint8Array(buffer, heapAt + start(blob), size(blob)) : undefined),
    digest: (blob) => hexadecimal(new Uint8Array(buffer, heapAt + DIGEST_BYTES * blob, DIGEST_BYTES)),
  };
}
