import { type Cleaned, type Edits, MalformedMediaError, type MetadataKind } from './edits.ts';
import { cleanExifInPlace } from './exif.ts';
import { cleanXmpInPlace } from './xmp.ts';

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
function longAt(source: Buffer, at: number): number {
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

/* The items of a still picture, AVIF or HEIC: pictures and metadata, each in extents anywhere in the file. */

interface MetadataItem {
  readonly id: number;
  /** Four letters, followed by the media type if they are `mime`. */
  readonly type: string;
}

interface Location {
  readonly id: number;
  /** Whether its extents are in this file, at offsets that do not depend on other items. */
  readonly isHere: boolean;
  readonly ranges: readonly ByteRange[];
}

/**
 * @param children the children of the box `meta`
 * @param data the ranges for items: the contents of all boxes `mdat`
 */
export function stripItems(
  source: Buffer,
  children: readonly Box[],
  data: readonly ByteRange[],
  edits: Edits,
): void {
  const find = (type: string): Box | undefined => children.find((child) => child.type === type);
  const [infos, places, own] = [find('iinf'), find('iloc'), find('idat')];
  if (infos === undefined || places === undefined) return;
  const cleaners = new Map<number, (content: Buffer) => Cleaned | undefined>();
  for (const { id, type } of metadataItems(source, infos)) {
    if (type === 'Exif') cleaners.set(id, cleanItem);
    else if (type === 'mime application/rdf+xml') cleaners.set(id, cleanXmpInPlace);
    else if (/^(?:mime (?:application|text)\/|uri )/.test(type)) cleaners.set(id, blankItem);
  }
  const locations = locationsOf(source, places, own);
  const metadata = locations.filter(({ id }) => cleaners.has(id));
  if (metadata.some(({ isHere }) => !isHere))
    throw new MalformedMediaError('its metadata is not in one place');
  const ranges = metadata.flatMap((location) => location.ranges);
  checkInside(ranges, union(own === undefined ? data : [...data, { start: own.body, end: own.end }]));
  checkApart(
    ranges,
    locations.flatMap(({ id, isHere, ranges }) => (cleaners.has(id) || !isHere ? [] : ranges)),
  );
  if (totalLength(union(ranges)) !== totalLength(ranges))
    throw new MalformedMediaError('it has items that overlap');
  for (const { id, ranges } of metadata) {
    const content = Buffer.concat(ranges.map(({ start, end }) => source.subarray(start, end)));
    const cleaned = cleaners.get(id)?.(content);
    if (cleaned === undefined) continue;
    let at = 0;
    for (const { start, end } of ranges) {
      edits.replace(start, end, { ...cleaned, bytes: cleaned.bytes.subarray(at, at + end - start) });
      at += end - start;
    }
  }
}

/** Exif after a four-byte offset to its start (ISO/IEC 23008-12, A.2.1). */
function cleanItem(content: Buffer): Cleaned | undefined {
  const start = 4 + (content.length < 4 ? 0 : content.readUInt32BE());
  if (start > content.length) return blankItem(content);
  const cleaned = cleanExifInPlace(content.subarray(start));
  return cleaned && { ...cleaned, bytes: Buffer.concat([content.subarray(0, start), cleaned.bytes]) };
}

function blankItem(content: Buffer): Cleaned | undefined {
  const bytes = Buffer.alloc(content.length);
  return bytes.equals(content) ? undefined : { bytes, removed: ['other metadata'] };
}

function metadataItems(source: Buffer, { body, end }: Box): MetadataItem[] {
  const first = body + (source.readUInt8(body) === 0 ? 6 : 8);
  return [...boxesIn(source, first, end)].flatMap(({ type, body, end }): MetadataItem[] => {
    if (type !== 'infe') return [];
    const version = source.readUInt8(body);
    // Only versions 2 and 3 have a type.
    if (version < 2) return [];
    const [id, typeAt] =
      version === 2 ? [source.readUInt16BE(body + 4), body + 8] : [source.readUInt32BE(body + 4), body + 10];
    const itemType = source.toString('latin1', typeAt, typeAt + 4);
    if (itemType !== 'mime') return [{ id, type: itemType }];
    // A name, then the media type, both zero-terminated.
    const [, mediaType = ''] = source.toString('latin1', typeAt + 4, end).split('\0', 2);
    return [{ id, type: `mime ${mediaType}` }];
  });
}

function locationsOf(source: Buffer, { body, end }: Box, own: Box | undefined): Location[] {
  const version = source.readUInt8(body);
  const sizes = source.readUInt16BE(body + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  let at = body + 6;
  const read = (size: number): number => {
    if (at + size > end || ![0, 2, 4, 8].includes(size))
      throw new MalformedMediaError(`its box at byte ${body - 8} is cut off`);
    const value = size === 8 ? longAt(source, at) : size === 0 ? 0 : source.readUIntBE(at, size);
    at += size;
    return value;
  };
  const wide = version < 2 ? 2 : 4;
  const locations: Location[] = [];
  for (let left = read(wide); left > 0; left--) {
    const id = read(wide);
    const method = version === 0 ? 0 : read(2) & 15;
    const isInFile = read(2) === 0;
    const start = read(baseSize) + (method === 1 ? (own?.body ?? 0) : 0);
    const ranges: ByteRange[] = [];
    const extents = read(2);
    // Extents without fields take no bytes, so a malicious file could have any number of them.
    if (extents > 1 && indexSize + offsetSize + lengthSize === 0)
      throw new MalformedMediaError('it has pieces without places');
    for (let left = extents; left > 0; left--) {
      read(indexSize);
      const from = start + read(offsetSize);
      const length = read(lengthSize);
      ranges.push({ start: from, end: length === 0 ? source.length : from + length });
    }
    locations.push({ id, isHere: isInFile && method < 2, ranges });
  }
  return locations;
}
