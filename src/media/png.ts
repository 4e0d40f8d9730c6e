import { crc32 } from 'node:zlib';
import { type Cleaned, type Edits, isZero, MalformedMediaError, type MetadataKind } from './edits.ts';
import { cleanExif } from './exif.ts';
import { privateMeaning } from './private-names.ts';
import { cleanXmp } from './xmp.ts';

/* PNG: chunks of length, type, data and CRC-32 (W3C, PNG, third edition). */

const SIGNATURE_LENGTH = 8;
/** Length, type and CRC-32. */
const FRAME_LENGTH = 12;
const END = 'IEND';

/** The optional chunks that affect display. */
const KEPT = new Set(
  'acTL bKGD cHRM cICP cLLI cLLi fcTL fdAT gAMA hIST iCCP mDCV mDCv oFFs pCAL pHYs sBIT sCAL sPLT sRGB sTER tRNS'.split(
    ' ',
  ),
);
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);
const KEPT_TEXTS = /^(?:artist|author|copyright|credit|creator|license)$/i;
const XMP_KEYWORD = 'XML:com.adobe.xmp';
const MAX_KEYWORD = 79;

export function stripPng(source: Buffer, edits: Edits): void {
  let at = SIGNATURE_LENGTH;
  for (let type = ''; type !== END; ) {
    if (at + FRAME_LENGTH > source.length) throw new MalformedMediaError(`it ends early, at byte ${at}`);
    const data = at + 8;
    const end = data + source.readUInt32BE(at);
    type = source.toString('latin1', at + 4, data);
    if (!/^[a-z]{4}$/i.test(type)) throw new MalformedMediaError(`it has no chunk at byte ${at}`);
    if (end + 4 > source.length) throw new MalformedMediaError(`its chunk ${type} at byte ${at} is cut off`);
    const isOptional = /^[a-z]/.test(type);
    if (isOptional && !KEPT.has(type)) stripChunk(type, source.subarray(data, end), at, end + 4, edits);
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

const NOTHING_LEFT: Cleaned = { bytes: Buffer.alloc(0), removed: ['other metadata'] };

function chunkOf(type: string, { bytes, removed }: Cleaned): Cleaned {
  if (bytes.length === 0) return { bytes, removed };
  const chunk = Buffer.alloc(bytes.length + FRAME_LENGTH);
  chunk.writeUInt32BE(bytes.length);
  chunk.write(type, 4, 'latin1');
  bytes.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return { bytes: chunk, removed };
}
