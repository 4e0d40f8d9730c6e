import type { Codec } from '../templates/fragment.ts';

export const DIGEST_BYTES = 16;

/** What writing a store needs of the platform that it runs on. */
export interface StoreCodec extends Codec {
  /** SHA-256. */
  digest(bytes: Uint8Array): Uint8Array;
  /** Length of the bytes as gzip. */
  gzipLength(bytes: Uint8Array): number;
}

/** A part of the store as it is published outside the worker. */
export interface Asset {
  /** Hexadecimal, of `bytes`. */
  readonly digest: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Takes what has no place in the worker; it may be given the same twice. */
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
