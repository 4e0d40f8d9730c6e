import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './crc32.ts';
import type { StoredFragment } from './fragment-format.ts';
import { packOf } from './pack.ts';
import { copiedFragment, type Rendition, recordFragment, recordHead } from './record-format.ts';

/*
 * A segment: the records of consecutive articles, the oldest first, all numbers little-endian. It does not know which
 * articles they are, so it stays what it is when others come before it.
 *
 *   u32 magic "TDSG" · u32 records (m) · u32 where each record begins [m + 1], the last: where the segment ends
 *   u32 CRC-32 of each record [m] · the records
 */
const MAGIC = 0x47534454;

/** What a segment says of a record beside its bytes. */
interface RecordSummary {
  readonly length: number;
  /** CRC-32. */
  readonly checksum: number;
}

/** A segment but for its records. */
interface OpenSegment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in `bytes` the records are to be put, one after another. */
  readonly room: Uint8Array<ArrayBuffer>;
}

export function openSegment(records: readonly RecordSummary[]): OpenSegment {
  const recordsAt = 4 * (3 + 2 * records.length);
  const head = new ByteWriter(recordsAt);
  head.u32(MAGIC);
  head.u32(records.length);
  let end = recordsAt;
  for (const { length } of records) {
    head.u32(end);
    end += length;
  }
  head.u32(end);
  for (const { checksum } of records) head.u32(checksum);
  const bytes = new Uint8Array(end);
  bytes.set(head.concat());
  return { bytes, room: bytes.subarray(recordsAt) };
}

/** @param checksum CRC-32 */
export function encodeSegment(
  records: readonly Uint8Array[],
  checksum: (bytes: Uint8Array) => number,
): Uint8Array<ArrayBuffer> {
  const summaries = records.map((record) => ({ length: record.length, checksum: checksum(record) }));
  const { bytes, room } = openSegment(summaries);
  let at = 0;
  for (const record of records) {
    room.set(record, at);
    at += record.length;
  }
  return bytes;
}

/** The records of a segment, each decoded when it is asked for. */
export interface Segment<Name extends string> {
  readonly bytes: number;
  slug(record: number, rendition: Rendition): Uint8Array;
  /** @param rendition of the record, which does not know how many it has */
  fragment(record: number, name: Name, rendition: Rendition): StoredFragment;
}

/** A segment that is damaged, or that is not there. */
export class SegmentError extends Error {
  override readonly name = 'SegmentError';
}

/**
 * @param segmentAt where the segment begins in the buffer
 * @param records how many it must hold
 * @param names of the fragments of each
 * @param isTrusted whether it came with the program, so that nobody need look at checksums, and it stays in memory anyway
 * @throws SegmentError when the bytes are not such a segment; `slug` and `fragment` do when their record is damaged
 */
export function decodeSegment<Name extends string>(
  buffer: ArrayBuffer,
  segmentAt: number,
  records: number,
  names: readonly Name[],
  isTrusted: boolean,
): Segment<Name> {
  const pack = packOf(buffer);
  const number = (index: number): number => pack.view.getUint32(segmentAt + 4 * index, true);
  const isWhole =
    buffer.byteLength >= segmentAt + 4 * (3 + 2 * records) &&
    number(0) === MAGIC &&
    number(1) === records &&
    buffer.byteLength >= segmentAt + number(2 + records);
  if (!isWhole) throw new SegmentError(`Cannot read a segment of the store: expected ${records} records`);

  const checked = new Set<number>();
  const recordAt = (record: number): number => {
    const at = segmentAt + number(2 + record);
    if (!isTrusted && !checked.has(record)) {
      const end = segmentAt + number(3 + record);
      const isWithin = at <= end && end <= buffer.byteLength;
      if (!isWithin || crc32(new Uint8Array(buffer, at, end - at)) !== number(3 + records + record))
        throw new SegmentError(`Cannot read record ${record} of a segment: its checksum is another`);
      checked.add(record);
    }
    return at;
  };
  return {
    bytes: number(2 + records),
    slug: (record, { count }) => recordHead(pack, recordAt(record), names.length * count),
    fragment(record, name, { current, count }) {
      const position = names.length * current + names.indexOf(name);
      if (isTrusted) return recordFragment(pack, recordAt(record), position);
      const end = segmentAt + number(3 + record);
      return copiedFragment(pack, recordAt(record), end, position, names.length * count);
    },
  };
}
