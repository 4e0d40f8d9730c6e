import { crc32, crcAppend } from '../templates/crc32.ts';
import type { Codec } from '../templates/fragment.ts';

/** The version of the store format, bundled and external; increment it with every change of the format. */
export const STORE_VERSION = 20;

/** Every checksum includes the version, so data of another version never passes. */
const SEED = crc32(Uint8Array.of(STORE_VERSION));

/**
 * The checksum of a part of the store: CRC-32 of the version and the bytes from `start` up to, but not including,
 * `end`.
 */
export function checksum(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return crcAppend(SEED, bytes, start, end);
}

/** The same checksum as the build computes it, with the platform's CRC-32. */
export function checksumBy(codec: Codec, bytes: Uint8Array): number {
  return codec.crc32(bytes, SEED);
}

/** Part of the store is missing or corrupt. The app responds with 503. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
