import { hexadecimal } from './hexadecimal.ts';
import { partitionPoint } from './partition-point.ts';

export const DIGEST_BYTES = 16;

/** Where the records of articles are: consecutive articles share a segment. */
export interface SegmentPlaces {
  /** The segment that holds an article. */
  of(article: number): number;
  /** Number of the first article that a segment holds. */
  start(segment: number): number;
  /** How many articles a segment holds. */
  articles(segment: number): number;
  /** Hexadecimal. */
  digest(segment: number): string;
  /** Hexadecimal, of the segment with the other forms of the same articles, which is always beside the worker. */
  textFormatsDigest(segment: number): string;
  /** Of the segment's head. */
  checksum(segment: number): number;
  /** Of the head of the segment with the other forms. */
  textFormatsChecksum(segment: number): number;
  /** The first article from which on all segments are in the worker. */
  readonly firstBundledArticle: number;
  /** Where a segment begins in `buffer`; undefined for one that is not in the worker. */
  place(segment: number): number | undefined;
  readonly buffer: ArrayBuffer;
}

interface SegmentColumns {
  readonly buffer: ArrayBuffer;
  /** The first article of each segment; the last: how many articles there are. */
  readonly starts: Uint32Array;
  readonly digests: Uint8Array;
  readonly textFormatsDigests: Uint8Array;
  /** Two for each segment: of its head, and of the head of the other forms. */
  readonly checksums: Uint32Array;
  /** The first segment that is in `buffer`. */
  readonly firstBundled: number;
  /** Where each of these begins there. */
  readonly bundled: readonly number[];
}

export function decodeSegmentPlaces({
  buffer,
  starts,
  digests,
  textFormatsDigests,
  checksums,
  firstBundled,
  bundled,
}: SegmentColumns): SegmentPlaces {
  const start = (segment: number): number => starts[segment] ?? 0;
  const digestIn = (column: Uint8Array, segment: number): string =>
    hexadecimal(column.subarray(segment * DIGEST_BYTES, (segment + 1) * DIGEST_BYTES));
  return {
    buffer,
    firstBundledArticle: start(firstBundled),
    start,
    of: (article) => partitionPoint(1, starts.length - 1, (segment) => start(segment) <= article) - 1,
    articles: (segment) => start(segment + 1) - start(segment),
    digest: (segment) => digestIn(digests, segment),
    textFormatsDigest: (segment) => digestIn(textFormatsDigests, segment),
    checksum: (segment) => checksums[2 * segment] ?? 0,
    textFormatsChecksum: (segment) => checksums[2 * segment + 1] ?? 0,
    place: (segment) => bundled[segment - firstBundled],
  };
}
