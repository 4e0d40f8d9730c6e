import { type Edits, MalformedMediaError } from './edits.ts';
import { cleanComments, cleanPictureBlock } from './vorbis-comments.ts';

/* FLAC: metadata blocks before the audio (RFC 9639, section 8). */

const PADDING = 1;
const APPLICATION = 2;
const COMMENTS = 4;
const PICTURE = 6;
const LAST = 0x80;

export function stripFlac(source: Buffer, edits: Edits): void {
  let at = 4;
  for (let isLast = false; !isLast; ) {
    const header = source.readUInt8(at);
    const start = at + 4;
    const end = start + source.readUIntBE(at + 1, 3);
    if (end > source.length) throw new MalformedMediaError(`its block at byte ${at} is cut off`);
    isLast = (header & LAST) !== 0;
    const type = header & ~LAST;
    const block = source.subarray(start, end);
    const cleaned =
      type === COMMENTS ? cleanComments(block) : type === PICTURE ? cleanPictureBlock(block) : undefined;
    if (cleaned !== undefined) {
      edits.replace(start, end, cleaned);
    } else if (type === APPLICATION) {
      edits.replace(at, at + 1, {
        bytes: Buffer.from([(header & LAST) | PADDING]),
        removed: ['other metadata'],
      });
      edits.blank(start, end);
    } else if (type === PADDING) {
      edits.blank(start, end, 'other metadata');
    }
    at = end;
  }
}
