import { copyBytes } from './copy-bytes.ts';
import type { Hole } from './template.ts';

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
  /** Copies `bytes` to a place in another array. */
  copyTo(target: Uint8Array, at: number): void;
  /** Likewise `deflated`. */
  copyDeflatedTo(target: Uint8Array, at: number): void;
}

/** A text with holes, ready to send once these are filled. */
export type Fragment = readonly (Literal | Hole)[];

/** A literal that is a piece of an array with others. */
export class PackedLiteral implements Literal {
  readonly length: number;
  readonly deflatedLength: number;
  readonly crc: number;
  readonly shift: number;
  readonly #pack: Uint8Array;
  readonly #bytesAt: number;
  readonly #deflatedAt: number;

  constructor(
    pack: Uint8Array,
    bytesAt: number,
    length: number,
    deflatedAt: number,
    deflatedLength: number,
    crc: number,
    shift: number,
  ) {
    this.#pack = pack;
    this.#bytesAt = bytesAt;
    this.length = length;
    this.#deflatedAt = deflatedAt;
    this.deflatedLength = deflatedLength;
    this.crc = crc;
    this.shift = shift;
  }

  get bytes(): Uint8Array {
    return this.#pack.subarray(this.#bytesAt, this.#bytesAt + this.length);
  }

  get deflated(): Uint8Array {
    return this.#pack.subarray(this.#deflatedAt, this.#deflatedAt + this.deflatedLength);
  }

  copyTo(target: Uint8Array, at: number): void {
    copyBytes(this.#pack, this.#bytesAt, this.length, target, at);
  }

  copyDeflatedTo(target: Uint8Array, at: number): void {
    copyBytes(this.#pack, this.#deflatedAt, this.deflatedLength, target, at);
  }
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
