import type { Codec } from '../templates/fragment.ts';

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
