import { type Edits, isZero, MalformedMediaError } from './edits.ts';
import { cleanExif } from './exif.ts';
import { cleanXmp } from './xmp.ts';

/* RIFF: a form of chunks of four letters, length and data; each begins at an even offset. */

const FORM_HEADER_LENGTH = 12;
const HEADER_LENGTH = 8;

export interface Chunk {
  readonly type: string;
  /** The start of its header. */
  readonly start: number;
  readonly data: number;
  readonly dataEnd: number;
  /** The end, including the padding byte. */
  readonly end: number;
}

/** Edits the chunks of a file, and updates the length in its header. */
export function stripChunks(source: Buffer, edits: Edits, strip: (chunk: Chunk) => void): void {
  const end = HEADER_LENGTH + source.readUInt32LE(4);
  if (end < FORM_HEADER_LENGTH || end > source.length + 1)
    throw new MalformedMediaError(`it has ${source.length} bytes, but says that it has ${end}`);
  // Some files lack the padding byte of the last chunk.
  for (const chunk of chunksIn(source, FORM_HEADER_LENGTH, Math.min(end, source.length))) strip(chunk);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(end - HEADER_LENGTH + edits.growth);
  if (edits.growth !== 0) edits.replace(4, 8, { bytes: length, removed: [] });
  if (!isZero(source, end)) edits.cut(end, source.length, 'other metadata');
}

/** @throws MalformedMediaError if the range does not consist of chunks */
export function* chunksIn(source: Buffer, from: number, to: number): Generator<Chunk> {
  let start = from;
  while (start + HEADER_LENGTH <= to) {
    const data = start + HEADER_LENGTH;
    const dataEnd = data + source.readUInt32LE(start + 4);
    if (dataEnd > to) throw new MalformedMediaError(`its chunk at byte ${start} is cut off`);
    const end = Math.min(dataEnd + (dataEnd % 2), to);
    yield { type: source.toString('latin1', start, start + 4), start, data, dataEnd, end };
    start = end;
  }
  if (start < to) throw new MalformedMediaError(`it has no chunk at byte ${start}`);
}

/** A chunk with the content; empty if there is no content. */
function writeChunk(type: string, content: Buffer): Buffer {
  if (content.length === 0) return content;
  const chunk = Buffer.alloc(HEADER_LENGTH + content.length + (content.length % 2));
  chunk.write(type, 'latin1');
  chunk.writeUInt32LE(content.length, 4);
  content.copy(chunk, HEADER_LENGTH);
  return chunk;
}

/* WebP: RIFF; the flags of its first chunk, VP8X, list the optional chunks (RFC 9649). */

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const EXIF_PREFIX = 'Exif\0\0';
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;

export function stripWebp(source: Buffer, edits: Edits): void {
  let flagsAt: number | undefined;
  let flags = 0;
  stripChunks(source, edits, ({ type, start, data, dataEnd, end }) => {
    if (type === 'VP8X' && dataEnd > data) flagsAt ??= data;
    if (KEPT.has(type)) return;
    const content = source.subarray(data, dataEnd);
    const isExif = type === 'EXIF';
    if (!isExif && type !== 'XMP ') {
      edits.cut(start, end, 'other metadata');
      return;
    }
    const cleaned = isExif ? cleanExif(withoutPrefix(content)) : cleanXmp(content);
    if (cleaned !== undefined)
      edits.replace(start, end, { ...cleaned, bytes: writeChunk(type, cleaned.bytes) });
    if (cleaned === undefined || cleaned.bytes.length > 0) flags |= isExif ? EXIF_FLAG : XMP_FLAG;
  });
  if (flagsAt === undefined) return;
  const before = source[flagsAt] ?? 0;
  const after = (before & ~(EXIF_FLAG | XMP_FLAG)) | flags;
  if (after !== before && edits.removed.size > 0)
    edits.replace(flagsAt, flagsAt + 1, { bytes: Buffer.from([after]), removed: [] });
}

/** Some programs write Exif with the prefix of JPEG. */
function withoutPrefix(exif: Buffer): Buffer {
  const { length } = EXIF_PREFIX;
  return exif.toString('latin1', 0, length) === EXIF_PREFIX ? exif.subarray(length) : exif;
}
