/**
 * CRC-32 as gzip uses it (RFC 1952 §8), and its algebra: polynomials over GF(2) modulo the generator, bit-reflected, so
 * that the checksum of a concatenation follows from the checksums of its parts.
 */
const GENERATOR = 0xedb88320;

const BYTE_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ GENERATOR : remainder >>> 1;
  return remainder;
});

/** `SQUARES[k]` is x^(2^k). */
const SQUARES = squares();

function squares(): Uint32Array {
  const table = new Uint32Array(32);
  let power = 0x40000000;
  for (let k = 0; k < 32; k++) {
    table[k] = power;
    power = multiply(power, power);
  }
  return table;
}

/** The product of two polynomials modulo the generator. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  // Masks in place of branches, which no processor could foresee.
  for (let bits = a | 0; bits !== 0; bits <<= 1) {
    product ^= shifted & (bits >> 31);
    shifted = (shifted >>> 1) ^ (GENERATOR & -(shifted & 1));
  }
  return product >>> 0;
}

/** Of a piece of an array; without a piece, of all. */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return crcAppend(0, bytes, start, end);
}

/**
 * The CRC-32 of a byte string and a piece of an array one after the other.
 *
 * @param before the CRC-32 of the byte string
 */
export function crcAppend(before: number, bytes: Uint8Array, start: number, end: number): number {
  let crc = ~before;
  for (let i = start; i < end; i++) {
    crc = (BYTE_TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8); // both indices are in range
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Tells texts apart: the CRC-32 of their UTF-16 code units, in one byte where that is enough. */
export function crcOfText(text: string): number {
  let crc = ~0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    crc = (BYTE_TABLE[(crc ^ code) & 0xff] as number) ^ (crc >>> 8); // the indices are in range
    if (code > 0xff) crc = (BYTE_TABLE[(crc ^ (code >>> 8)) & 0xff] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** Those of short texts, which are written on request. */
const SHORT_SHIFTS = Uint32Array.from({ length: 256 }, (_, length) => shiftOf(length));

/** x^(8·length): what a checksum is multiplied with when `length` more bytes follow. */
export function crcShift(length: number): number {
  return SHORT_SHIFTS[length] ?? shiftOf(length);
}

function shiftOf(length: number): number {
  let shift = 0x80000000;
  for (let k = 3, bytes = length; bytes > 0; k++, bytes = Math.floor(bytes / 2)) {
    if (bytes % 2 === 1) shift = multiply(SQUARES[k & 31] as number, shift); // k & 31 is in range; x^(2^32) = x
  }
  return shift;
}

/**
 * The CRC-32 of two byte strings one after the other.
 *
 * @param first the CRC-32 of the first
 * @param second the CRC-32 of the second
 * @param shift `crcShift` of the second's length
 */
export function crcConcat(first: number, second: number, shift: number): number {
  return (multiply(first, shift) ^ second) >>> 0;
}
