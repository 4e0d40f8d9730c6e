import { crc32, crcAppend } from '../templates/crc32.ts';
import type { Codec } from '../templates/fragment.ts';

/** Version of the layout of the store and of the parts outside the worker; whoever changes their bytes raises it. */
export const STORE_VERSION = 13;

/** Every checksum begins with the version, so bytes of another version never pass. */
const SEED = crc32(Uint8Array.of(STORE_VERSION));

/** Checksum of a piece of the store: CRC-32 of the version and the bytes from `start` to before `end`. */
export function checksum(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return crcAppend(SEED, bytes, start, end);
}

/** The same checksum as the build computes it, with the platform's CRC-32. */
export function checksumBy(codec: Codec, bytes: Uint8Array): number {
  return codec.crc32(bytes, SEED);
}

/** Part of the store is missing or is not what the build wrote. The app answers 503. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
