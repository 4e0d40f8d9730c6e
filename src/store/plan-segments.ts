import { crc32 } from '../templates/crc32.ts';
import { encodeUtf8 } from '../templates/utf8.ts';
import { type Asset, assetOf, type EmitAsset, type StoreCodec } from './asset.ts';
import { MAX_COMPRESSION, WORKER_BUDGET } from './budget.ts';
import { headChecksum } from './segments-format.ts';

/**
 * A segment ends after an article whose id says so, one of `MEAN_ARTICLES`, so that a change of one article moves no
 * other boundary; and where it is full.
 */
const MIN_ARTICLES = 16;
const MEAN_ARTICLES = 16;
const MAX_ARTICLES = 128;
const FULL_BYTES = 512 * 1024;

/** Which articles share a segment: those from `start` to before `end`, by number. */
export interface SegmentPlan {
  readonly start: number;
  readonly end: number;
  /** Whether it may have a place in the worker; all that come after it may, too. */
  readonly mayBeBundled: boolean;
}

interface StoredArticle {
  readonly id: string;
  /** Of its record. */
  readonly bytes: number;
}

/** @param articles in the order of publication, the oldest first */
export function planSegments(articles: readonly StoredArticle[]): SegmentPlan[] {
  const stretches: { start: number; end: number; bytes: number }[] = [];
  let start = 0;
  let bytes = 0;
  for (const [number, article] of articles.entries()) {
    const count = number + 1 - start;
    bytes += article.bytes;
    const isBoundary = count >= MIN_ARTICLES && crc32(encodeUtf8(article.id)) % MEAN_ARTICLES === 0;
    const isFull = count === MAX_ARTICLES || bytes >= FULL_BYTES;
    if (!isBoundary && !isFull && number + 1 < articles.length) continue;
    stretches.push({ start, end: number + 1, bytes });
    start = number + 1;
    bytes = 0;
  }
  let room = WORKER_BUDGET * MAX_COMPRESSION;
  return stretches
    .reverse()
    .map((stretch) => {
      const mayBeBundled = room > 0;
      room -= stretch.bytes;
      return { start: stretch.start, end: stretch.end, mayBeBundled };
    })
    .reverse();
}

/** A segment as the index needs it, and the one with the text formats of the same articles. */
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
 * @param forms the segment of their text formats, which is never in the worker
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
