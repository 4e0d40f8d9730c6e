import { crcConcat } from '../store/crc32.ts';
import type { Literal } from '../store/fragment.ts';

/** RFC 1952 §2.3: no name, no time, so that the same content gives the same bytes; operating system unknown. */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/** RFC 1951 §3.2.3: a final block of fixed codes that holds only the end-of-block code. */
const FINAL_BLOCK = [0x03, 0x00];
const TRAILER_BYTES = 8;

/** The literals one after the other. */
export function concatenate(literals: readonly Literal[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const literal of literals) length += literal.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const literal of literals) {
    literal.copyTo(out, at);
    at += literal.length;
  }
  return out;
}

/**
 * A gzip member (RFC 1952 §2.3) that decompresses to `concatenate(literals)`. Nothing is compressed: deflate blocks that
 * end on byte boundaries may follow each other, and the checksum of the whole follows from those of the pieces.
 */
export function gzip(literals: readonly Literal[]): Uint8Array<ArrayBuffer> {
  let length = HEADER.length + FINAL_BLOCK.length + TRAILER_BYTES;
  for (const literal of literals) length += literal.deflatedLength;
  const out = new Uint8Array(length);
  out.set(HEADER);
  let at = HEADER.length;
  let crc = 0;
  let size = 0;
  for (const literal of literals) {
    literal.copyDeflatedTo(out, at);
    at += literal.deflatedLength;
    crc = crcConcat(crc, literal.crc, literal.shift);
    size += literal.length;
  }
  out.set(FINAL_BLOCK, at);
  const trailer = new DataView(out.buffer, at + FINAL_BLOCK.length);
  trailer.setUint32(0, crc, true);
  trailer.setUint32(4, size >>> 0, true);
  return out;
}
