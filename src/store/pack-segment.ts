import { type Asset, assetOf, type EmitAsset, type StoreCodec } from './asset.ts';
import { headChecksum } from './segment-format.ts';

/** A segment as the index needs it, and the one with the other forms of the same articles. */
export interface PackedSegment {
  /** Hexadecimal. */
  readonly digest: string;
  /** Hexadecimal. */
  readonly textFormatsDigest: string;
  /** Of its head. */
  readonly checksum: number;
  readonly textFormatsChecksum: number;
  /** Present when it may be in the worker; else it is published. */
  readonly bundled: BundledSegment | undefined;
}

export interface BundledSegment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzipLength: number;
}

/**
 * Finds places for the records of consecutive articles.
 *
 * @param records a segment
 * @param forms the segment of their other forms, which is never in the worker
 */
export function packSegment(
  records: Uint8Array<ArrayBuffer>,
  forms: Uint8Array<ArrayBuffer>,
  mayBeBundled: boolean,
  codec: StoreCodec,
  publish: EmitAsset,
): PackedSegment {
  const part = assetOf(records, codec);
  const textFormatsAsset = assetOf(forms, codec);
  publish(textFormatsAsset);
  if (!mayBeBundled) publish(part);
  return {
    digest: part.digest,
    textFormatsDigest: textFormatsAsset.digest,
    checksum: headChecksum(records, codec),
    textFormatsChecksum: headChecksum(forms, codec),
    bundled: mayBeBundled ? hotSegment(part, codec) : undefined,
  };
}

function hotSegment({ bytes }: Asset, codec: StoreCodec): BundledSegment {
  return { bytes, gzipLength: codec.gzipLength(bytes) };
}
