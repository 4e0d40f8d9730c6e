import { crc32, crcShift } from './crc32.ts';
import type { Hole } from './template.ts';
import { encodeUtf8 } from './utf8.ts';

/** Bytes that are ready to send, alone or in a row: as they are, or as a piece of a gzip stream. */
export interface Literal {
  readonly bytes: Uint8Array;
  /** Of `bytes`. */
  readonly length: number;
  /** Whole blocks of raw deflate (RFC 1951), not final, ending on a byte boundary. */
  readonly deflated: Uint8Array;
  readonly deflatedLength: number;
  /** CRC-32 of `bytes`. */
  readonly crc: number;
  /** `crcShift` of the length of `bytes`. */
  readonly shift: number;
}

/** A text with holes, ready to send once these are filled. */
export type Fragment = readonly (Literal | Hole)[];

const MAX_STORED = 0xffff;
const STORED_HEADER_BYTES = 5;

/** Makes a literal of a text that is known only at request time; nothing is compressed (RFC 1951 §3.2.4). */
export function storedLiteral(text: string): Literal {
  const bytes = encodeUtf8(text);
  return literalOf(bytes, storedBlocks(bytes));
}

/** @param crc CRC-32 of the bytes */
export function literalOf(bytes: Uint8Array, deflated: Uint8Array, crc = crc32(bytes)): Literal {
  const { length } = bytes;
  return {
    bytes,
    length,
    deflated,
    deflatedLength: deflated.length,
    crc,
    shift: crcShift(length),
  };
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
    const at = block * (MAX_STORED + STORED_HEADER_BYTES);
    // The first byte is 0: not the last block, stored.
    out[at + 1] = piece.length & 0xff;
    out[at + 2] = piece.length >> 8;
    out[at + 3] = ~piece.length & 0xff;
    out[at + 4] = (~piece.length >> 8) & 0xff;
    out.set(piece, at + STORED_HEADER_BYTES);
  }
  return out;
}

/** Puts what belongs there into every hole, also into the holes of what is put in. */
export function fill(fragment: Fragment, filling: (hole: Hole) => Fragment): Literal[] {
  const literals: Literal[] = [];
  for (const part of fragment) {
    if (typeof part !== 'string') literals.push(part);
    else for (const literal of fill(filling(part), filling)) literals.push(literal);
  }
  return literals;
}
