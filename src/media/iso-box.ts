import { type Edits, MalformedMediaError, type MetadataKind } from './edits.ts';

/* The ISO base media file format: boxes of length, type and content (ISO/IEC 14496-12), and QuickTime before it. */

const HEADER_LENGTH = 8;
/** The header size with a 64-bit length. */
const LONG_HEADER_LENGTH = 16;

export interface Box {
  /** Latin-1. */
  readonly type: string;
  readonly start: number;
  /** The range of the content. */
  readonly body: number;
  readonly end: number;
}

/** @throws MalformedMediaError if the range does not consist of boxes */
export function* boxesIn(source: Buffer, from: number, to: number): Generator<Box> {
  let start = from;
  while (start + HEADER_LENGTH <= to) {
    const type = source.toString('latin1', start + 4, start + 8);
    const stated = source.readUInt32BE(start);
    const isLong = stated === 1;
    const body = start + (isLong ? LONG_HEADER_LENGTH : HEADER_LENGTH);
    const length = isLong ? longAt(source, start + 8) : stated;
    // The last box of a file may have no length.
    const end = length === 0 && to === source.length ? to : start + length;
    if (end < body || end > to) throw new MalformedMediaError(`its box at byte ${start} is cut off`);
    yield { type, start, body, end };
    start = end;
  }
}

/** The boxes in a box; empty if it does not consist of boxes. */
export function childBoxes(source: Buffer, { body, end }: Pick<Box, 'body' | 'end'>): Box[] | undefined {
  try {
    return [...boxesIn(source, body, end)];
  } catch (error) {
    if (error instanceof MalformedMediaError) return undefined;
    throw error;
  }
}

/** The nested box at a path of types. */
export function findBox(source: Buffer, box: Box, ...path: readonly string[]): Box | undefined {
  let found: Box | undefined = box;
  for (const type of path) found = found && childBoxes(source, found)?.find((child) => child.type === type);
  return found;
}

/** Turns a box into free space of the same length, since files contain offsets of the data after it. */
export function freeBox({ start, body, end }: Box, edits: Edits, ...removed: MetadataKind[]): void {
  edits.replace(start + 4, start + 8, { bytes: Buffer.from('free', 'latin1'), removed });
  edits.blank(body, end);
}

/** Reads a 64-bit number; no file exceeds the range of exact integers. */
export function longAt(source: Buffer, at: number): number {
  return source.readUInt32BE(at) * 2 ** 32 + source.readUInt32BE(at + 4);
}

/* The locations of a track's samples: tables of chunk offsets, samples per chunk, and sample lengths. */

/** The header of a `FullBox` table: version and flags, then the number of entries. */
const TABLE_HEADER_LENGTH = 8;

/**
 * The bytes of all samples of a track.
 *
 * @throws MalformedMediaError if its tables are inconsistent
 */
export function sampleRanges(source: Buffer, track: Box): ByteRange[] {
  const table = findBox(source, track, 'mdia', 'minf', 'stbl');
  if (table === undefined) return [];
  const find = (...types: string[]): Box | undefined =>
    types.map((type) => findBox(source, table, type)).find((box) => box !== undefined);
  const [places, groups, lengths] = [find('stco', 'co64'), find('stsc'), find('stsz', 'stz2')];
  if (places === undefined || groups === undefined || lengths === undefined) return [];

  const lengthOf = sampleLengths(source, lengths);
  const placeLength = places.type === 'co64' ? 8 : 4;
  const [chunkCount, firstPlace] = rowsOf(source, places, placeLength);
  const [groupCount, firstGroup] = rowsOf(source, groups, 12);
  const ranges: ByteRange[] = [];
  let sample = 0;
  let group = -1;
  let perChunk = 0;
  const nextChunkOf = (index: number): number =>
    index < groupCount ? source.readUInt32BE(firstGroup + index * 12) : Number.POSITIVE_INFINITY;
  for (let chunk = 1; chunk <= chunkCount; chunk++) {
    while (nextChunkOf(group + 1) <= chunk) {
      group += 1;
      perChunk = source.readUInt32BE(firstGroup + group * 12 + 4);
    }
    const at = firstPlace + (chunk - 1) * placeLength;
    const start = placeLength === 8 ? longAt(source, at) : source.readUInt32BE(at);
    const length = lengthOf(sample, perChunk);
    sample += perChunk;
    if (start + length > source.length)
      throw new MalformedMediaError(`it refers to data at byte ${start}, behind its end`);
    ranges.push({ start, end: start + length });
  }
  return union(ranges);
}

/** The total length of consecutive samples; read each only once. */
function sampleLengths(source: Buffer, box: Box): (first: number, count: number) => number {
  const isCompact = box.type === 'stz2';
  const bits = isCompact ? source.readUInt8(box.body + 7) : 32;
  const each = isCompact ? 0 : source.readUInt32BE(box.body + 4);
  const count = source.readUInt32BE(box.body + 8);
  if (each !== 0) return (first, wanted) => each * Math.max(0, Math.min(wanted, count - first));
  const rows = box.body + 12;
  if (![4, 8, 16, 32].includes(bits) || rows + Math.ceil((count * bits) / 8) > box.end)
    throw new MalformedMediaError(`its box at byte ${box.start} is cut off`);
  const read = (index: number): number => {
    const at = rows + Math.floor((index * bits) / 8);
    if (bits === 32) return source.readUInt32BE(at);
    if (bits === 16) return source.readUInt16BE(at);
    const byte = source.readUInt8(at);
    return bits === 8 ? byte : index % 2 === 0 ? byte >> 4 : byte & 15;
  };
  return (first, wanted) => {
    let total = 0;
    for (let index = first; index < Math.min(first + wanted, count); index++) total += read(index);
    return total;
  };
}

function rowsOf(source: Buffer, box: Box, rowLength: number): [count: number, first: number] {
  const count = source.readUInt32BE(box.body + 4);
  const first = box.body + TABLE_HEADER_LENGTH;
  if (first + count * rowLength > box.end)
    throw new MalformedMediaError(`its box at byte ${box.start} is cut off`);
  return [count, first];
}

/** A range of bytes in a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Sorts ranges, and merges those that overlap or touch. */
export function union(ranges: readonly ByteRange[]): ByteRange[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) merged.push({ start, end });
  }
  return merged;
}

/** @throws MalformedMediaError if a range is not inside one of those that `union` made */
export function checkInside(ranges: readonly ByteRange[], outer: readonly ByteRange[]): void {
  let index = 0;
  for (const { start, end } of union(ranges)) {
    while ((outer[index]?.end ?? Number.POSITIVE_INFINITY) < end) index += 1;
    const around = outer[index];
    if (around === undefined || around.start > start)
      throw new MalformedMediaError(`it refers to data at byte ${start}, where it has none`);
  }
}

/** @throws MalformedMediaError if the two have a byte in common */
export function checkApart(ranges: readonly ByteRange[], others: readonly ByteRange[]): void {
  const rest = union(others);
  let index = 0;
  for (const { start, end } of union(ranges)) {
    while ((rest[index]?.end ?? Number.POSITIVE_INFINITY) <= start) index += 1;
    if ((rest[index]?.start ?? Number.POSITIVE_INFINITY) < end)
      throw new MalformedMediaError(`it uses the data at byte ${start} twice`);
  }
}

export function totalLength(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
