import { crc32, crcShift } from './crc32.ts';
import { type Literal, PackedLiteral } from './fragment.ts';
import { encodeUtf8 } from './utf8.ts';

const MAX_STORED = 0xffff;
const STORED_HEADER_BYTES = 5;

/** Makes a literal of a text that is known only at request time; nothing is compressed (RFC 1951 §3.2.4). */
export function storedLiteral(text: string): Literal {
  const bytes = encodeUtf8(text);
  const { length } = bytes;
  const pack = storedBlocks(bytes);
  if (length <= MAX_STORED)
    return new PackedLiteral(
      pack,
      pack.length - length,
      length,
      0,
      pack.length,
      crc32(bytes),
      crcShift(length),
    );
  const both = new Uint8Array(length + pack.length);
  both.set(bytes);
  both.set(pack, length);
  return new PackedLiteral(both, 0, length, length, pack.length, crc32(bytes), crcShift(length));
}

/** Longer texts are worth an array of their own. */
const MAX_PACKED = 512;
const IS_ASCII = /^[\0-\x7f]*$/;

/** A literal for each of some texts, which share an array: arrays cost more than what is in them. */
export function storedLiterals(texts: readonly string[]): Literal[] {
  const isPacked = (text: string): boolean => text !== '' && text.length <= MAX_PACKED && IS_ASCII.test(text);
  let space = 0;
  for (const text of texts) space += text.length + STORED_HEADER_BYTES;
  const pack = new Uint8Array(space);
  let at = 0;
  return texts.map((text) => {
    if (!isPacked(text)) return storedLiteral(text);
    const start = at;
    const { length } = text;
    at = writeStoredHeader(pack, at, length);
    for (let i = 0; i < length; i++) pack[at + i] = text.charCodeAt(i);
    const bytesAt = at;
    at += length;
    const crc = crc32(pack, bytesAt, at);
    return new PackedLiteral(pack, bytesAt, length, start, at - start, crc, crcShift(length));
  });
}

/** One of stored blocks, not the last: a byte 0, the length and its complement. Gives the place behind it. */
function writeStoredHeader(target: Uint8Array, at: number, length: number): number {
  target[at] = 0;
  target[at + 1] = length & 0xff;
  target[at + 2] = length >> 8;
  target[at + 3] = ~length & 0xff;
  target[at + 4] = (~length >> 8) & 0xff;
  return at + STORED_HEADER_BYTES;
}

/** Bytes of the stored blocks of so many bytes. */
export function storedLength(length: number): number {
  return length + STORED_HEADER_BYTES * Math.ceil(length / MAX_STORED);
}

/** Stored deflate blocks, none of them final. */
export function storedBlocks(bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil(bytes.length / MAX_STORED);
  const out = new Uint8Array(storedLength(bytes.length));
  for (let block = 0; block < blocks; block++) {
    const start = block * MAX_STORED;
    const piece = bytes.length <= MAX_STORED ? bytes : bytes.subarray(start, start + MAX_STORED);
    out.set(piece, writeStoredHeader(out, start + block * STORED_HEADER_BYTES, piece.length));
  }
  return out;
}
