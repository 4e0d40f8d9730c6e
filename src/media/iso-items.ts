import { type Cleaned, type Edits, MalformedMediaError } from './edits.ts';
import { cleanExifInPlace } from './exif.ts';
import {
  type Box,
  type ByteRange,
  boxesIn,
  checkApart,
  checkInside,
  longAt,
  totalLength,
  union,
} from './iso-box.ts';
import { cleanXmpInPlace } from './xmp.ts';

/* The items of a still picture, AVIF or HEIC: pictures and metadata, each in extents anywhere in the file. */

interface Item {
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
  for (const { id, type } of itemsOf(source, infos)) {
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

function itemsOf(source: Buffer, { body, end }: Box): Item[] {
  const first = body + (source.readUInt8(body) === 0 ? 6 : 8);
  return [...boxesIn(source, first, end)].flatMap(({ type, body, end }): Item[] => {
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
