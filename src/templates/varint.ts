/*
 * Unsigned LEB128: an integer from 0 to 2³² − 1, seven bits per byte, lowest first; all bytes except the last have the
 * highest bit set.
 */
export const MAX_VARINT_BYTES = 5;

/**
 * Writes a number to a buffer with space for `MAX_VARINT_BYTES`.
 *
 * @returns the offset after it
 */
export function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 0x7f) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** A read position in bytes. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Reads the number at the cursor; bytes past the end count as 0. */
export function readVarint(cursor: Cursor): number {
  const { bytes } = cursor;
  let byte = bytes[cursor.at++] ?? 0;
  let value = byte & 0x7f;
  for (let shift = 7; byte > 0x7f && shift < 32; shift += 7) {
    byte = bytes[cursor.at++] ?? 0;
    value |= (byte & 0x7f) << shift;
  }
  return value >>> 0;
}
