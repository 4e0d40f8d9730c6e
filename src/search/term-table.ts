import { compareBytes, fnv1a, MAX_UTF8, writeUtf8 } from '../templates/bytes.ts';

const SPACE = 0x20;

/**
 * The first six bytes of a term as a number that preserves byte order: if two numbers differ, the lower one belongs to
 * the term that sorts first. Terms contain no zero bytes.
 */
export function sortKey(term: Uint8Array): number {
  const high = ((term[0] ?? 0) << 16) | ((term[1] ?? 0) << 8) | (term[2] ?? 0);
  const low = ((term[3] ?? 0) << 16) | ((term[4] ?? 0) << 8) | (term[5] ?? 0);
  return high * 0x1000000 + low;
}

/** A hash table that numbers distinct terms in order of insertion. */
export class TermTable {
  /** The terms, UTF-8, each followed by a space. */
  #bytes = new Uint8Array(1 << 13);
  #length = 0;
  #count = 0;
  /**
   * Open addressing with linear probing: number + 1, or 0. The size is a power of two; at most half of the slots are in
   * use.
   */
  #slots = new Uint32Array(1 << 11);
  #hashes = new Uint32Array(1 << 10);
  /** By number: the start of the term; the last entry is the start of the next term. */
  #starts = new Uint32Array((1 << 10) + 1);

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#length = 0;
    this.#count = 0;
  }

  /** @param term well-formed */
  numberOf(term: string): number {
    this.#reserve(MAX_UTF8 * term.length);
    const bytes = this.#bytes;
    return this.#numberWritten(writeUtf8(term, bytes, this.#length));
  }

  /** The number of a term, UTF-8. ASCII capitals are folded. */
  numberOfBytes(source: Uint8Array, start: number, length: number): number {
    this.#reserve(length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = start; i < start + length; i++) {
      let byte = source[i] ?? 0;
      if (byte >= 0x41 && byte <= 0x5a) byte |= 0x20;
      bytes[at++] = byte;
    }
    return this.#numberWritten(at);
  }

  /** The terms, UTF-8, each followed by a space. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** A term, UTF-8, as a view. */
  term(number: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(this.#starts[number] ?? 0, (this.#starts[number + 1] ?? 0) - 1);
  }

  /** The numbers of all terms, in the byte order of the terms. */
  sorted(): Uint32Array<ArrayBuffer> {
    const numbers = Uint32Array.from({ length: this.#count }, (_, number) => number);
    const keys = Float64Array.from(numbers, (number) => sortKey(this.term(number)));
    return numbers.sort(
      (a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || compareBytes(this.term(a), this.term(b)),
    );
  }

  /** The number of the term written after the others, up to `end`; it stays there if it is new. */
  #numberWritten(end: number): number {
    const slots = this.#slots;
    const plainHash = fnv1a(this.#bytes, this.#length, end);
    // The low bits give the slot, so the high bits are mixed into them.
    const hash = (plainHash ^ (plainHash >>> 15)) >>> 0;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let taken = slots[slot] ?? 0; taken !== 0; taken = slots[slot] ?? 0) {
      if (this.#hashes[taken - 1] === hash && this.#isWritten(taken - 1, end)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    const number = this.#count++;
    slots[slot] = number + 1;
    this.#bytes[end] = SPACE;
    this.#length = end + 1;
    this.#hashes[number] = hash;
    this.#starts[number + 1] = end + 1;
    if (2 * this.#count >= slots.length) this.#grow();
    return number;
  }

  /** Whether a term equals the one written after the others. */
  #isWritten(number: number, end: number): boolean {
    const [bytes, written] = [this.#bytes, this.#length];
    const start = this.#starts[number] ?? 0;
    if ((this.#starts[number + 1] ?? 0) - start !== end - written + 1) return false;
    for (let i = written; i < end; i++) if (bytes[i] !== bytes[start + i - written]) return false;
    return true;
  }

  /** Ensures space for a term of this length and its separator. */
  #reserve(length: number): void {
    if (this.#length + length >= this.#bytes.length)
      this.#bytes = enlarged(this.#bytes, new Uint8Array(2 * (this.#length + length)));
  }

  #grow(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#count; number++) {
      let slot = (this.#hashes[number] ?? 0) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = number + 1;
    }
    this.#slots = slots;
    this.#hashes = enlarged(this.#hashes, new Uint32Array(slots.length / 2));
    this.#starts = enlarged(this.#starts, new Uint32Array(slots.length / 2 + 1));
  }
}

function enlarged<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
