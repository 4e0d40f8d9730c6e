import { type Part, type Publish, partOf, type StoreCodec } from './part.ts';
import { headChecksum } from './segment-format.ts';

/** A segment as the index needs it, and the one with the other forms of the same articles. */
export interface PackedSegment {
  /** Hexadecimal. */
  readonly digest: string;
  /** Hexadecimal. */
  readonly formsDigest: string;
  /** Of its head. */
  readonly checksum: number;
  readonly formsChecksum: number;
  /** Present when it may be in the worker; else it is published. */
  readonly hot: HotSegment | undefined;
}

export interface HotSegment {
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
  mayBeHot: boolean,
  codec: StoreCodec,
  publish: Publish,
): PackedSegment {
  const part = partOf(records, codec);
  const formsPart = partOf(forms, codec);
  publish(formsPart);
  if (!mayBeHot) publish(part);
  return {
    digest: part.digest,
    formsDigest: formsPart.digest,
    checksum: headChecksum(records, codec),
    formsChecksum: headChecksum(forms, codec),
    hot: mayBeHot ? hotSegment(part, codec) : undefined,
  };
}

function hotSegment({ bytes }: Part, codec: StoreCodec): HotSegment {
  return { bytes, gzipLength: codec.gzipLength(bytes) };
}
