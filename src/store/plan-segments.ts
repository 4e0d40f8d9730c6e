import { encodeUtf8 } from '../templates/bytes.ts';
import { crc32 } from '../templates/crc32.ts';
import { MAX_COMPRESSION, WORKER_BUDGET } from './budget.ts';
import { assetOf, type EmitAsset, type StoreCodec } from './integrity.ts';
import { headChecksum, type SegmentEntry } from './segments-format.ts';

/**
 * A segment ends where it is full, or after an article whose id hashes to a boundary, on average one of
 * `MEAN_ARTICLES`. So a changed article moves no other boundary.
 */
const MIN_ARTICLES = 16;
const MEAN_ARTICLES = 16;
const MAX_ARTICLES = 128;
const FULL_BYTES = 512 * 1024;

/** The articles of a segment: numbers from `start` up to, but not including, `end`. */
export interface SegmentPlan {
  readonly start: number;
  readonly end: number;
  /** Whether it may be bundled; all later segments may be, too. */
  readonly mayBeBundled: boolean;
}

interface StoredArticle {
  readonly id: string;
  /** The length of its record. */
  readonly bytes: number;
}

/** @param articles in order of publication, oldest first */
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
  let budget = WORKER_BUDGET * MAX_COMPRESSION;
  return stretches
    .reverse()
    .map((stretch) => {
      const mayBeBundled = budget > 0;
      budget -= stretch.bytes;
      return { start: stretch.start, end: stretch.end, mayBeBundled };
    })
    .reverse();
}

/** A segment, and the segment with the text formats of the same articles. */
export interface PackedSegment extends SegmentEntry {
  readonly textFormats: SegmentEntry;
  /** Present if it may be bundled; otherwise it is published. */
  readonly bundled: BundledSegment | undefined;
}

export interface BundledSegment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzipLength: number;
}

/**
 * Lays out the records of consecutive articles.
 *
 * @param records a segment
 * @param textFormats the segment of their text formats, which is never bundled
 */
export function packSegment(
  records: Uint8Array<ArrayBuffer>,
  textFormats: Uint8Array<ArrayBuffer>,
  mayBeBundled: boolean,
  codec: StoreCodec,
  publish: EmitAsset,
): PackedSegment {
  const pack = (bytes: Uint8Array<ArrayBuffer>, isPublished: boolean): SegmentEntry => {
    const segment = assetOf(bytes, codec);
    if (isPublished) publish(segment);
    return { digest: segment.digest, checksum: headChecksum(bytes, codec) };
  };
  return {
    ...pack(records, !mayBeBundled),
    textFormats: pack(textFormats, true),
    bundled: mayBeBundled ? { bytes: records, gzipLength: codec.gzipLength(records) } : undefined,
  };
}
