import { type Edits, isZero, MalformedMediaError } from './edits.ts';
import { cleanXmp } from './xmp.ts';

/* GIF: blocks, most of them with data in sub-blocks of up to 255 bytes, terminated by an empty one (GIF89a). */

const TRAILER = 0x3b;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
const HEADER_LENGTH = 13;
const APPLICATION_LENGTH = 11;

/** The loop count of an animation, and a colour profile. */
const KEPT = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);
const XMP = 'XMP DataXMP';
/**
 * A reader that takes any byte of XMP for the length of a sub-block gets from here to the end (XMP, part 3, §1.1.2).
 */
const XMP_TRAILER = Buffer.from([1, ...Array.from({ length: 256 }, (_, index) => 255 - index), 0]);

export function stripGif(source: Buffer, edits: Edits): void {
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
  if (KEPT.has(name)) return;
  const xmpEnd = end - XMP_TRAILER.length;
  const cleaned =
    name === XMP && xmpEnd > content ? cleanXmp(source.subarray(content, xmpEnd)) : NOTHING_LEFT;
  if (cleaned === undefined) return;
  const isEmpty = cleaned.bytes.length === 0;
  const parts = isEmpty ? [] : [source.subarray(start, content), cleaned.bytes, XMP_TRAILER];
  edits.replace(start, end, { ...cleaned, bytes: Buffer.concat(parts) });
}

const NOTHING_LEFT = { bytes: Buffer.alloc(0), removed: ['other metadata'] } as const;

function colorsLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function endOfData(source: Buffer, start: number): number {
  let at = start;
  for (let length = source.readUInt8(at); length > 0; length = source.readUInt8(at)) at += length + 1;
  return at + 1;
}
