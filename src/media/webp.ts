import type { Edits } from './edits.ts';
import { cleanExif } from './exif.ts';
import { stripChunks, writeChunk } from './riff.ts';
import { cleanXmp } from './xmp.ts';

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
