/** Bytes that grow: numbers in the order of LEB128 (seven bits a byte, the lowest first), and what is copied. */
export class GrowingBytes {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  /** @param value an integer from 0 to 2³² − 1 */
  varint(value: number): void {
    this.#reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  copy(source: Uint8Array, start = 0, end = source.length): void {
    this.#reserve(end - start);
    if (end - start < 16) {
      // Cheaper than a view for the few bytes of most postings.
      for (let at = start; at < end; at++) this.#bytes[this.length++] = source[at] ?? 0;
    } else {
      this.#bytes.set(source.subarray(start, end), this.length);
      this.length += end - start;
    }
  }

  clear(): void {
    this.length = 0;
  }

  append(other: GrowingBytes): void {
    this.copy(other.#bytes, 0, other.length);
  }

  /** What was written, as a view that the next change spoils. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  /** What was written, for keeps. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length);
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** A place in bytes that moves on as numbers are read. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Reads what `GrowingBytes.varint` wrote. */
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
