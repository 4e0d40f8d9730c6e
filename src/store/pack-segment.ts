import { type Part, type Publish, partOf, type StoreCodec } from './part.ts';
import { encodeSegment } from './segment-format.ts';

/** A segment as the index needs it, and the one with the other forms of the same articles. */
export interface PackedSegment {
  /** Hexadecimal. */
  readonly digest: string;
  /** Hexadecimal. */
  readonly formsDigest: string;
  /** Present when it may be in the worker; else it is published. */
  readonly hot: HotSegment | undefined;
}

export interface HotSegment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzipLength: number;
}

/**
 * Packs the records of consecutive articles, the oldest first.
 *
 * @param forms the records of their other forms, which are never in the worker
 */
export function packSegment(
  records: readonly Uint8Array[],
  forms: readonly Uint8Array[],
  mayBeHot: boolean,
  codec: StoreCodec,
  publish: Publish,
): PackedSegment {
  const part = partOf(encodeSegment(records, codec.crc32), codec);
  const formsPart = partOf(encodeSegment(forms, codec.crc32), codec);
  publish(formsPart);
  if (!mayBeHot) publish(part);
  return {
    digest: part.digest,
    formsDigest: formsPart.digest,
    hot: mayBeHot ? hotSegment(part, codec) : undefined,
  };
}

function hotSegment({ bytes }: Part, codec: StoreCodec): HotSegment {
  return { bytes, gzipLength: codec.gzipLength(bytes) };
}
