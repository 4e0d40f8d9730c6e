import { type Cleaned, isZero, type MetadataKind } from './edits.ts';

/* Exif: directories of tagged values, laid out as in TIFF (CIPA DC-008, TIFF 6.0). */

/** The allowed tags of a directory: those needed to display the picture correctly, and those that name its author. */
interface AllowedTags {
  readonly tags: ReadonlySet<number>;
  /** Other directories, by the tags that point to them. */
  readonly directories: ReadonlyMap<number, AllowedTags>;
}

const INTEROPERABILITY: AllowedTags = { tags: new Set([0x0001, 0x0002]), directories: new Map() };

const EXIF: AllowedTags = {
  // Versions, components, colour space, width and height, gamma.
  tags: new Set([0x9000, 0x9101, 0xa000, 0xa001, 0xa002, 0xa003, 0xa500]),
  directories: new Map([[0xa005, INTEROPERABILITY]]),
};

const PRIMARY: AllowedTags = {
  tags: new Set([
    // Width, height, bits per sample, compression, photometric interpretation, samples per pixel, planes.
    ...[0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0115, 0x011c],
    0x0112, // orientation
    ...[0x011a, 0x011b, 0x0128], // resolution and its unit
    ...[0x012d, 0x013e, 0x013f, 0x0211, 0x0212, 0x0213, 0x0214], // colour interpretation
    ...[0x013b, 0x8298, 0x9c9d], // artist, copyright; the artist again, as Windows writes it
  ]),
  directories: new Map([[0x8769, EXIF]]),
};

/** The kinds of other tags that reports name. */
const MEANINGS: ReadonlyMap<number, MetadataKind> = new Map([
  [0x8825, 'location'],
  [0xa431, 'camera serial numbers'],
  [0xa435, 'camera serial numbers'],
  [0xc62f, 'camera serial numbers'],
  [0x010e, 'comments'],
  [0x9286, 'comments'],
  [0x9c9b, 'comments'],
  [0x9c9c, 'comments'],
]);

/** The size of a value in bytes, by type. */
const TYPE_LENGTHS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** A longer value is neither a name nor a property of a picture. */
const MAX_VALUE = 16_384;
const HEADER_LENGTH = 8;
const ENTRY_LENGTH = 12;

interface DirectoryEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Buffer;
}

interface Directory {
  readonly entries: readonly DirectoryEntry[];
  readonly directories: ReadonlyMap<number, Directory>;
}

/** A valid empty Exif block, for places that require one. */
const EMPTY_EXIF = Buffer.from('49492a0008000000000000000000', 'hex');

/**
 * Reduces Exif to orientation, resolution, colour, artist and copyright.
 *
 * @param tiff begins with `II` or `MM`
 * @returns undefined if there is nothing else in it. A malformed block is removed completely.
 */
export function cleanExif(tiff: Buffer): Cleaned | undefined {
  const isLittle = isLittleEndian(tiff);
  if (isLittle === undefined) return { bytes: Buffer.alloc(0), removed: ['other metadata'] };
  const view = viewOf(tiff);
  const uint16 = (at: number): number => view.getUint16(at, isLittle);
  const uint32 = (at: number): number => view.getUint32(at, isLittle);
  const removed = new Set<MetadataKind>();
  const used = new Uint8Array(tiff.length).fill(1, 0, HEADER_LENGTH);

  const read = (at: number, kept: AllowedTags, isPrimary: boolean): Directory => {
    const entries = new Map<number, DirectoryEntry>();
    const directories = new Map<number, Directory>();
    const count = at + 2 <= tiff.length ? uint16(at) : 0;
    const end = at + 2 + count * ENTRY_LENGTH;
    if (at < HEADER_LENGTH || end > tiff.length) {
      removed.add('other metadata');
      return { entries: [], directories };
    }
    used.fill(1, at, end + 4);
    for (let place = at + 2; place < end; place += ENTRY_LENGTH) {
      const tag = uint16(place);
      const type = uint16(place + 2);
      const count = uint32(place + 4);
      const length = count * (TYPE_LENGTHS[type] ?? 0);
      const start = length <= 4 ? place + 8 : uint32(place + 8);
      const inside = kept.directories.get(tag);
      const isKnown = kept.tags.has(tag) && !entries.has(tag);
      if (inside !== undefined && !directories.has(tag)) {
        directories.set(tag, read(uint32(place + 8), inside, false));
      } else if (isKnown && length > 0 && length <= MAX_VALUE && start + length <= tiff.length) {
        used.fill(1, start, start + length);
        entries.set(tag, { tag, type, count, value: tiff.subarray(start, start + length) });
      } else {
        removed.add(MEANINGS.get(tag) ?? 'other metadata');
      }
    }
    // The second directory describes a thumbnail.
    if (isPrimary && end + 4 <= tiff.length && uint32(end) !== 0) removed.add('thumbnails');
    return { entries: [...entries.values()], directories };
  };

  const primary = read(uint32(4), PRIMARY, true);
  if (removed.size === 0 && tiff.every((byte, at) => byte === 0 || used[at] === 1)) return undefined;
  if (removed.size === 0) removed.add('other metadata');
  const start = Buffer.from(tiff.subarray(0, HEADER_LENGTH));
  viewOf(start).setUint32(4, HEADER_LENGTH, isLittle);
  const bytes = isEmpty(primary) ? [] : [start, ...bytesOf(primary, HEADER_LENGTH, isLittle)];
  return { bytes: Buffer.concat(bytes), removed };
}

/**
 * The same for a block that must keep its length.
 *
 * @returns undefined if there is nothing to remove
 */
export function cleanExifInPlace(tiff: Buffer): Cleaned | undefined {
  if (isZero(tiff)) return undefined;
  const cleaned = cleanExif(tiff);
  if (cleaned === undefined) return undefined;
  const bytes = Buffer.alloc(tiff.length);
  for (const remains of [cleaned.bytes, EMPTY_EXIF]) {
    if (remains.length === 0 || remains.length > tiff.length) continue;
    remains.copy(bytes);
    break;
  }
  return { ...cleaned, bytes };
}

/** The byte order; undefined if there is no header. */
function isLittleEndian(tiff: Buffer): boolean | undefined {
  const order = tiff.length < HEADER_LENGTH ? '' : tiff.toString('latin1', 0, 4);
  return order === 'II*\0' ? true : order === 'MM\0*' ? false : undefined;
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function isEmpty({ entries, directories }: Directory): boolean {
  return entries.length === 0 && [...directories.values()].every(isEmpty);
}

/** @param at the offset at which the directory will be */
function bytesOf({ entries, directories }: Directory, at: number, isLittle: boolean): Buffer[] {
  const inside = [...directories].filter(([, directory]) => !isEmpty(directory));
  const table = Buffer.alloc(2 + (entries.length + inside.length) * ENTRY_LENGTH + 4);
  const view = viewOf(table);
  const parts = [table];
  let end = at + table.length;
  const append = (bytes: Buffer): number => {
    const start = end;
    // Values begin at even offsets.
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(padded);
    end += padded.length;
    return start;
  };
  const rows = [
    ...entries,
    ...inside.map(([tag, directory]) => ({ tag, type: 4, count: 1, directory })),
  ].sort((a, b) => a.tag - b.tag);
  view.setUint16(0, rows.length, isLittle);
  for (const [index, row] of rows.entries()) {
    const place = 2 + index * ENTRY_LENGTH;
    view.setUint16(place, row.tag, isLittle);
    view.setUint16(place + 2, row.type, isLittle);
    view.setUint32(place + 4, row.count, isLittle);
    if ('directory' in row)
      view.setUint32(place + 8, append(Buffer.concat(bytesOf(row.directory, end, isLittle))), isLittle);
    else if (row.value.length > 4) view.setUint32(place + 8, append(row.value), isLittle);
    else row.value.copy(table, place + 8);
  }
  return parts;
}
