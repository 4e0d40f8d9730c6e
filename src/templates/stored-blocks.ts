export const MAX_STORED = 0xffff;
export const STORED_HEADER_BYTES = 5;

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
