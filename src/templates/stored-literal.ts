import { crc32, crcShift } from './crc32.ts';
import { type Literal, PackedLiteral } from './fragment.ts';
import { packOf, ROW_BYTES } from './pack.ts';
import { encodeUtf8 } from './utf8.ts';

export const MAX_STORED = 0xffff;
export const STORED_HEADER_BYTES = 5;

/** Makes a literal of a text that is known only at request time; nothing is compressed (RFC 1951 §3.2.4). */
export function storedLiteral(text: string): Literal {
  const bytes = encodeUtf8(text);
  const { length } = bytes;
  const stored = storedLength(length);
  // One block has the bytes as they are.
  const isOne = length <= MAX_STORED;
  const end = ROW_BYTES + stored;
  const pack = packOf(new ArrayBuffer(end + (isOne ? 0 : length)));
  writeStoredBlocks(bytes, pack.bytes, ROW_BYTES);
  if (!isOne) pack.bytes.set(bytes, end);
  const numbers = [length, stored, crc32(bytes), crcShift(length)];
  for (const [index, number] of numbers.entries()) pack.view.setUint32(4 * index, number, true);
  return new PackedLiteral(pack, 0, isOne ? end - length : end, ROW_BYTES);
}

/** One of stored blocks, not the last: a byte 0, the length and its complement. Gives the place behind it. */
export function writeStoredHeader(target: Uint8Array, at: number, length: number): number {
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

/** Writes bytes as stored deflate blocks, none of them final, where there is room for `storedLength`. */
export function writeStoredBlocks(bytes: Uint8Array, target: Uint8Array, at: number): void {
  let next = at;
  for (let start = 0; start < bytes.length; start += MAX_STORED) {
    const piece = bytes.length <= MAX_STORED ? bytes : bytes.subarray(start, start + MAX_STORED);
    next = writeStoredHeader(target, next, piece.length);
    target.set(piece, next);
    next += piece.length;
  }
}
