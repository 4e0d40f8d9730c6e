import { crc32, crcAppend } from '../templates/crc32.ts';
import type { Codec } from '../templates/fragment.ts';

/** The version of the store format, bundled and external; increment it with every change of the format. */
export const STORE_VERSION = 23;

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

export const DIGEST_BYTES = 16;

/** The platform functions that the store writer needs. */
export interface StoreCodec extends Codec {
  /** SHA-256. */
  digest(bytes: Uint8Array): Uint8Array;
  /** The gzipped length of the bytes. */
  gzipLength(bytes: Uint8Array): number;
}

/** A part of the store that is published outside the worker. */
export interface Asset {
  /** Hexadecimal, of `bytes`. */
  readonly digest: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Receives the parts that do not fit into the worker; may be called twice with the same part. */
export type EmitAsset = (part: Asset) => void;

export function assetOf(bytes: Uint8Array<ArrayBuffer>, codec: StoreCodec): Asset {
  return { digest: hexadecimal(codec.digest(bytes).subarray(0, DIGEST_BYTES)), bytes };
}

export function hexadecimal(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function bytesOfHexadecimal(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}
