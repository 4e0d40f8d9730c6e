import { crc32 } from 'node:zlib';
import {
  type Cleaned,
  Edits,
  isZero,
  MalformedMediaError,
  type MetadataKind,
  privateMeaning,
} from './edits.ts';
import { cleanExif } from './exif.ts';
import { stripJpeg } from './jpeg.ts';
import { stripWebp } from './riff.ts';
import { cleanXmp } from './xmp.ts';

/** A file format: its signature, and the function that removes metadata. */
export interface Container {
  readonly begins: RegExp;
  readonly strip: Strip;
}

/** @throws MalformedMediaError or RangeError if the file is malformed */
type Strip = (source: Buffer, edits: Edits) => void;

/** The length of the longest signature. */
const MAGIC_LENGTH = 16;

export const PICTURES: readonly Container[] = [
  { begins: /^\xff\xd8\xff/, strip: stripJpeg },
  { begins: /^\x89PNG\r\n\x1a\n/, strip: stripPng },
  { begins: /^RIFF[\s\S]{4}WEBP/, strip: stripWebp },
  { begins: /^GIF8[79]a/, strip: stripGif },
];

export function containerOf(source: Buffer, containers: readonly Container[]): Container | undefined {
  const magic = source.toString('latin1', 0, Math.min(MAGIC_LENGTH, source.length));
  return containers.find(({ begins }) => begins.test(magic));
}

/** @throws MalformedMediaError if the file is malformed */
export function applyStrip(strip: Strip, source: Buffer, edits: Edits): Buffer {
  try {
    strip(source, edits);
    return edits.apply();
  } catch (error) {
    // Buffers throw a RangeError for reads past their end.
    if (error instanceof RangeError) throw new MalformedMediaError('it ends early');
    throw error;
  }
}

/**
 * Strips a picture embedded in a recording, such as its cover, and pads it with zeros to keep its length.
 *
 * @returns undefined if there is nothing to remove, or the picture's format is unknown
 */
export function stripEmbeddedPicture(
  picture: Buffer,
): { bytes: Buffer; removed: Edits['removed'] } | undefined {
  const container = containerOf(picture, PICTURES);
  if (container === undefined) return undefined;
  const edits = new Edits(picture);
  try {
    const stripped = applyStrip(container.strip, picture, edits);
    if (stripped === picture || stripped.length > picture.length) return undefined;
    return { bytes: Buffer.concat([stripped], picture.length), removed: edits.removed };
  } catch (error) {
    if (error instanceof MalformedMediaError) return undefined;
    throw error;
  }
}

/** What remains of metadata that is left out whole. */
const NOTHING_LEFT: Cleaned = { bytes: Buffer.alloc(0), removed: ['other metadata'] };

/* GIF: blocks, most of them with data in sub-blocks of up to 255 bytes, terminated by an empty one (GIF89a). */

const TRAILER = 0x3b;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
const HEADER_LENGTH = 13;
const APPLICATION_LENGTH = 11;

/** The loop count of an animation, and a colour profile. */
const KEPT_APPLICATIONS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);
const XMP = 'XMP DataXMP';
/**
 * A reader that takes any byte of XMP for the length of a sub-block gets from here to the end (XMP, part 3, §1.1.2).
 */
const XMP_TRAILER = Buffer.from([1, ...Array.from({ length: 256 }, (_, index) => 255 - index), 0]);

function stripGif(source: Buffer, edits: Edits): void {
  let at = HEADER_LENGTH + colorsLength(source.readUInt8(10));
  // Viewers do not need the trailer.
  while (at < source.length) {
    const start = at;
    const kind = source.readUInt8(at);
    if (kind === TRAILER) break;
    if (kind === IMAGE) {
      // Position, size and flags; colours; one byte before the data.
      at = endOfData(source, at + 10 + colorsLength(source.readUInt8(at + 9)) + 1);
    } else if (kind === EXTENSION) {
      const label = source.readUInt8(at + 1);
      at = endOfData(source, at + 2);
      if (label === COMMENT) edits.cut(start, at, 'comments');
      if (label === APPLICATION) stripApplication(source, start, at, edits);
    } else {
      throw new MalformedMediaError(`it has no block at byte ${at}`);
    }
  }
  if (!isZero(source, at + 1)) edits.cut(at + 1, source.length, 'other metadata');
}

function stripApplication(source: Buffer, start: number, end: number, edits: Edits): void {
  const content = start + 3 + APPLICATION_LENGTH;
  const name = source.toString('latin1', start + 3, Math.min(content, end));
  if (KEPT_APPLICATIONS.has(name)) return;
  const xmpEnd = end - XMP_TRAILER.length;
  const cleaned =
    name === XMP && xmpEnd > content ? cleanXmp(source.subarray(content, xmpEnd)) : NOTHING_LEFT;
  if (cleaned === undefined) return;
  const isEmpty = cleaned.bytes.length === 0;
  const parts = isEmpty ? [] : [source.subarray(start, content), cleaned.bytes, XMP_TRAILER];
  edits.replace(start, end, { ...cleaned, bytes: Buffer.concat(parts) });
}

function colorsLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function endOfData(source: Buffer, start: number): number {
  let at = start;
  for (let length = source.readUInt8(at); length > 0; length = source.readUInt8(at)) at += length + 1;
  return at + 1;
}

/* PNG: chunks of length, type, data and CRC-32 (W3C, PNG, third edition). */

const SIGNATURE_LENGTH = 8;
/** Length, type and CRC-32. */
const FRAME_LENGTH = 12;
const END = 'IEND';

/** The optional chunks that affect display. */
const KEPT_CHUNKS = new Set(
  'acTL bKGD cHRM cICP cLLI cLLi fcTL fdAT gAMA hIST iCCP mDCV mDCv oFFs pCAL pHYs sBIT sCAL sPLT sRGB sTER tRNS'.split(
    ' ',
  ),
);
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);
const KEPT_TEXTS = /^(?:artist|author|copyright|credit|creator|license)$/i;
const XMP_KEYWORD = 'XML:com.adobe.xmp';
const MAX_KEYWORD = 79;

function stripPng(source: Buffer, edits: Edits): void {
  let at = SIGNATURE_LENGTH;
  for (let type = ''; type !== END; ) {
    if (at + FRAME_LENGTH > source.length) throw new MalformedMediaError(`it ends early, at byte ${at}`);
    const data = at + 8;
    const end = data + source.readUInt32BE(at);
    type = source.toString('latin1', at + 4, data);
    if (!/^[a-z]{4}$/i.test(type)) throw new MalformedMediaError(`it has no chunk at byte ${at}`);
    if (end + 4 > source.length) throw new MalformedMediaError(`its chunk ${type} at byte ${at} is cut off`);
    const isOptional = /^[a-z]/.test(type);
    if (isOptional && !KEPT_CHUNKS.has(type))
      stripChunk(type, source.subarray(data, end), at, end + 4, edits);
    at = end + 4;
  }
  // Editors that overwrite a longer file leave the end of the old one.
  if (!isZero(source, at)) edits.cut(at, source.length, 'other metadata');
}

function stripChunk(type: string, data: Buffer, start: number, end: number, edits: Edits): void {
  if (type === 'eXIf') {
    const cleaned = cleanExif(data);
    if (cleaned !== undefined) edits.replace(start, end, chunkOf(type, cleaned));
  } else if (TEXTS.has(type)) {
    const keyword = keywordOf(data);
    if (type === 'iTXt' && keyword === XMP_KEYWORD) {
      const cleaned = cleanInternationalText(data);
      if (cleaned !== undefined) edits.replace(start, end, chunkOf(type, cleaned));
    } else if (!KEPT_TEXTS.test(keyword)) {
      edits.cut(start, end, meaningOf(keyword));
    }
  } else {
    edits.cut(start, end, 'other metadata');
  }
}

function keywordOf(data: Buffer): string {
  const end = data.subarray(0, MAX_KEYWORD + 1).indexOf(0);
  return end < 0 ? '' : data.toString('latin1', 0, end);
}

function meaningOf(keyword: string): MetadataKind {
  return (
    privateMeaning(keyword) ?? (/comment|description|title/i.test(keyword) ? 'comments' : 'other metadata')
  );
}

/** XMP after a keyword, two bytes about compression, and an empty language and translation, all zero-terminated. */
function cleanInternationalText(data: Buffer): Cleaned | undefined {
  const prefix = Buffer.from(`${XMP_KEYWORD}\0\0\0\0\0`, 'latin1');
  const isPlain = data.subarray(0, prefix.length).equals(prefix);
  const cleaned = isPlain ? cleanXmp(data.subarray(prefix.length)) : NOTHING_LEFT;
  if (cleaned === undefined || cleaned.bytes.length === 0) return cleaned;
  return { ...cleaned, bytes: Buffer.concat([prefix, cleaned.bytes]) };
}

function chunkOf(type: string, { bytes, removed }: Cleaned): Cleaned {
  if (bytes.length === 0) return { bytes, removed };
  const chunk = Buffer.alloc(bytes.length + FRAME_LENGTH);
  chunk.writeUInt32BE(bytes.length);
  chunk.write(type, 4, 'latin1');
  bytes.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return { bytes: chunk, removed };
}
