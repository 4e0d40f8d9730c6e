const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Encodes several texts at once, which is much faster than separate calls of `encodeUtf8`. */
export function encodeAllUtf8(texts: readonly string[]): Uint8Array[] {
  const units = texts.reduce((sum, { length }) => sum + length, 0);
  const room = new Uint8Array(MAX_UTF8 * units);
  let end = 0;
  return texts.map((text) => {
    const start = end;
    end += encoder.encodeInto(text, room.subarray(start)).written;
    return room.subarray(start, end);
  });
}

export function decodeUtf8(bytes: Uint8Array | undefined): string {
  return decoder.decode(bytes);
}

/** The maximum UTF-8 bytes per UTF-16 code unit. */
export const MAX_UTF8 = 3;

/** For longer texts, the platform's encoder is faster. */
const SHORT_TEXT = 1024;

/**
 * Writes a text, as `encodeUtf8` encodes it, to a buffer with space for its maximum length. The loop saves a fifth of
 * the indexing of Chinese texts.
 *
 * @returns the offset after it
 */
export function writeUtf8(text: string, target: Uint8Array, place: number): number {
  if (text.length > SHORT_TEXT) return place + encoder.encodeInto(text, target.subarray(place)).written;
  let at = place;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      target[at++] = code;
      continue;
    }
    if (code < 0x800) {
      target[at++] = 0xc0 | (code >> 6);
    } else {
      if (code >= 0xd800 && code <= 0xdfff) code = text.codePointAt(i) ?? code;
      if (code > 0xffff) {
        i++;
        target[at++] = 0xf0 | (code >> 18);
        target[at++] = 0x80 | ((code >> 12) & 0x3f);
      } else {
        // A lone surrogate becomes U+FFFD.
        if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
        target[at++] = 0xe0 | (code >> 12);
      }
      target[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    target[at++] = 0x80 | (code & 0x3f);
  }
  return at;
}

/** Up to this length, a loop is faster than creating a view. */
const FEW_BYTES = 256;

/** A growing buffer for bytes and little-endian numbers. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  /** @param capacity the expected number of bytes */
  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** The number of bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** The buffer, which the next write may replace. */
  get buffer(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  u32s(values: readonly number[]): void {
    this.#reserve(4 * values.length);
    for (const value of values) this.u32(value);
  }

  f64s(values: readonly number[]): void {
    this.#reserve(8 * values.length);
    for (const value of values) {
      this.#view.setFloat64(this.#length, value, true);
      this.#length += 8;
    }
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** See `writeVarint`. */
  varint(value: number): void {
    this.#reserve(MAX_VARINT_BYTES);
    this.#length = writeVarint(this.#bytes, this.#length, value);
  }

  /** Writes the bytes from `start` up to, but not including, `end`. */
  bytes(source: Uint8Array, start = 0, end = source.length): void {
    this.#reserve(end - start);
    const target = this.#bytes;
    let at = this.#length;
    if (end - start > FEW_BYTES) {
      target.set(source.subarray(start, end), at);
      at += end - start;
    } else {
      for (let i = start; i < end; i++) target[at++] = source[i] as number; // within the array
    }
    this.#length = at;
  }

  /** Writes a text in UTF-8. */
  text(text: string): void {
    this.#reserve(MAX_UTF8 * text.length);
    this.#length = writeUtf8(text, this.#bytes, this.#length);
  }

  /** Leaves space for a number of bytes that are written later. */
  skip(count: number): void {
    this.#reserve(count);
    this.#length += count;
  }

  append(other: ByteWriter): void {
    this.bytes(other.#bytes, 0, other.#length);
  }

  /** Pads with zeros to the next multiple of the alignment, as typed arrays require. */
  align(bytes: number): void {
    const start = this.#length;
    const end = Math.ceil(start / bytes) * bytes;
    this.#reserve(end - start);
    this.#bytes.fill(0, start, end);
    this.#length = end;
  }

  clear(): void {
    this.#length = 0;
  }

  /** A view of the written bytes; the next change may overwrite it. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A copy of the written bytes. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, needed));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

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
  if (byte < 0x80) return byte;
  let value = byte & 0x7f;
  for (let shift = 7; byte > 0x7f && shift < 32; shift += 7) {
    byte = bytes[cursor.at++] ?? 0;
    value |= (byte & 0x7f) << shift;
  }
  return value >>> 0;
}

/** Byte order, the order of UTF-8 code points. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return comparePiece(a, 0, a.length, b);
}

/** Compares a range of an array with another array, without creating a view. */
export function comparePiece(bytes: Uint8Array, start: number, end: number, other: Uint8Array): number {
  const shared = Math.min(end - start, other.length);
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] as number) - (other[i] as number); // i is within both
    if (difference !== 0) return difference;
  }
  return end - start - other.length;
}

/**
 * Binary search: the first index from `start` up to `end` for which `isBefore` is false, or `end` if there is none.
 *
 * @param isBefore monotonic: true up to some index, false from there on
 */
export function partitionPoint(start: number, end: number, isBefore: (index: number) => boolean): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ends of consecutive items, given their lengths. */
export function endsOf(lengths: readonly number[]): number[] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return end;
  });
}

/** The FNV-1a hash of bytes, as a signed 32-bit number. */
export function fnv1a(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash;
}
