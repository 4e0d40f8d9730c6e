import { ByteWriter, endsOf, partitionPoint } from '../templates/bytes.ts';
import { crc32 } from '../templates/crc32.ts';
import { type Codec, packOf, type StoredFragment } from '../templates/fragment.ts';
import { checksum, checksumBy, DIGEST_BYTES, hexadecimal, StoreError } from './integrity.ts';
import { type Rendition, recordFragment, recordHead } from './record-format.ts';

/*
 * A segment: the records of consecutive articles, oldest first, all numbers little-endian. It does not contain article
 * numbers, so it stays the same when articles are inserted before it.
 *
 *   head: u32 magic "TDSG" · u32 records (m) · u32 offset of each record [m + 1], the last: the end of the segment
 *         u32 CRC-32 of each record [m]
 *   the records
 *
 * The store's index has the checksum of the head, which has those of the records, so each can be verified separately.
 */
const MAGIC = 0x47534454;

/** The head's entry for a record. */
interface RecordSummary {
  readonly length: number;
  /** CRC-32. */
  readonly checksum: number;
}

/** A segment without its records. */
interface OpenSegment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The part of `bytes` for the consecutive records. */
  readonly room: Uint8Array<ArrayBuffer>;
}

export function openSegment(records: readonly RecordSummary[]): OpenSegment {
  const recordsAt = headBytes(records.length);
  const starts = [recordsAt, ...endsOf(records.map(({ length }) => length)).map((end) => recordsAt + end)];
  const head = new ByteWriter(recordsAt);
  head.u32s([MAGIC, records.length, ...starts, ...records.map(({ checksum }) => checksum)]);
  const bytes = new Uint8Array(starts.at(-1) ?? recordsAt);
  bytes.set(head.view());
  return { bytes, room: bytes.subarray(recordsAt) };
}

function headBytes(records: number): number {
  return 4 * (3 + 2 * records);
}

/** The checksum of a segment's head. */
export function headChecksum(segment: Uint8Array<ArrayBuffer>, codec: Codec): number {
  const records = new DataView(segment.buffer, segment.byteOffset).getUint32(4, true);
  return checksumBy(codec, segment.subarray(0, headBytes(records)));
}

/** The records of a segment, each verified on first access. */
export interface Segment<Name extends string> {
  readonly bytes: number;
  /** @throws StoreError if the record is damaged, like the other methods */
  check(record: number): void;
  slug(record: number, rendition: Rendition): Uint8Array;
  /** @param rendition the record's rendition; the record does not contain the number of renditions */
  fragment(record: number, name: Name, rendition: Rendition): StoredFragment;
}

export interface SegmentEntry {
  /** Hexadecimal. */
  readonly digest: string;
  /** The checksum of its head. */
  readonly checksum: number;
}

interface ExpectedSegment<Name extends string> extends SegmentEntry {
  readonly records: number;
  /** The number of fragments of each record. */
  readonly names: readonly Name[];
}

/**
 * @param segmentAt its offset in the buffer, if that is the whole store; otherwise the buffer is the segment, which
 *   nothing that stays in memory may retain
 * @throws StoreError if the bytes are not that segment
 */
export function decodeSegment<Name extends string>(
  buffer: ArrayBuffer,
  { digest, checksum: expected, records, names }: ExpectedSegment<Name>,
  segmentAt?: number,
): Segment<Name> {
  const pack = packOf(buffer);
  const at = segmentAt ?? 0;
  const number = (index: number): number => pack.view.getUint32(at + 4 * index, true);
  const headEnd = at + headBytes(records);
  const isWhole =
    headEnd <= buffer.byteLength &&
    checksum(pack.bytes, at, headEnd) === expected &&
    (segmentAt === undefined
      ? number(2 + records) === buffer.byteLength
      : at + number(2 + records) <= buffer.byteLength);
  if (!isWhole)
    throw new StoreError(`Cannot read ${digest} of the store: it is not the segment that was built`);

  const checked = new Uint8Array(records);
  function check(record: number): void {
    if (checked[record] === 1) return;
    if (crc32(pack.bytes, at + number(2 + record), at + number(3 + record)) !== number(3 + records + record))
      throw new StoreError(`Cannot read record ${record} in ${digest} of the store: its checksum is wrong`);
    checked[record] = 1;
  }
  const recordAt = (record: number): number => {
    check(record);
    return at + number(2 + record);
  };
  return {
    bytes: number(2 + records),
    check,
    slug: (record, { count }) => recordHead(pack, recordAt(record), names.length * count),
    fragment(record, name, { current }) {
      const position = names.length * current + names.indexOf(name);
      return recordFragment(pack, recordAt(record), position, segmentAt === undefined);
    },
  };
}

/** The locations of article records; consecutive articles share a segment. */
export interface SegmentLocations {
  /** The segment of an article. */
  of(article: number): number;
  /** The number of the first article in a segment. */
  start(segment: number): number;
  /** The number of articles in a segment. */
  articles(segment: number): number;
  entry(segment: number): SegmentEntry;
  /** The entry of the segment with the text formats of the same articles, which is always external. */
  textFormats(segment: number): SegmentEntry;
  /** The first article whose segment and all later ones are bundled. */
  readonly firstBundledArticle: number;
  /** The offset of a segment in `buffer`; undefined if it is external. */
  offset(segment: number): number | undefined;
  readonly buffer: ArrayBuffer;
}

interface SegmentColumns {
  readonly buffer: ArrayBuffer;
  /** The first article of each segment; the last entry is the number of articles. */
  readonly starts: Uint32Array;
  readonly digests: Uint8Array;
  readonly textFormatsDigests: Uint8Array;
  /** Two for each segment: of its head, and of the head of its text formats. */
  readonly checksums: Uint32Array;
  /** The first segment in `buffer`. */
  readonly firstBundled: number;
  /** The offset of each bundled segment in `buffer`. */
  readonly bundled: readonly number[];
}

export function decodeSegmentLocations(columns: SegmentColumns): SegmentLocations {
  const { buffer, starts, checksums, firstBundled, bundled } = columns;
  const start = (segment: number): number => starts[segment] ?? 0;
  const entryOf = (digests: Uint8Array, segment: number, checksum: number): SegmentEntry => ({
    digest: hexadecimal(digests.subarray(segment * DIGEST_BYTES, (segment + 1) * DIGEST_BYTES)),
    checksum: checksums[checksum] ?? 0,
  });
  return {
    buffer,
    firstBundledArticle: start(firstBundled),
    start,
    of: (article) => partitionPoint(1, starts.length - 1, (segment) => start(segment) <= article) - 1,
    articles: (segment) => start(segment + 1) - start(segment),
    entry: (segment) => entryOf(columns.digests, segment, 2 * segment),
    textFormats: (segment) => entryOf(columns.textFormatsDigests, segment, 2 * segment + 1),
    offset: (segment) => bundled[segment - firstBundled],
  };
}
