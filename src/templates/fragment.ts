import { type Pack, rowCrc, rowDeflatedLength, rowLength } from './pack.ts';
import type { Sink } from './sink.ts';
import type { Hole } from './template.ts';

/** Bytes that are ready to send, alone or in a row: as they are, or as a piece of a gzip stream. */
export interface Literal {
  readonly bytes: Uint8Array;
  /** Of `bytes`. */
  readonly length: number;
  /** Of the same as whole blocks of raw deflate (RFC 1951), not final, that end on a byte boundary. */
  readonly deflatedLength: number;
  /** CRC-32 of `bytes`. */
  readonly crc: number;
  writeTo(sink: Sink): void;
}

/** A text with holes, ready to send once these are filled. */
export type Fragment = readonly (Literal | Hole)[];

/** A literal that is a piece of a pack with others. */
export class PackedLiteral implements Literal {
  readonly #pack: Pack;
  readonly #row: number;
  readonly #bytesAt: number;
  readonly #deflatedAt: number;

  constructor(pack: Pack, row: number, bytesAt: number, deflatedAt: number) {
    this.#pack = pack;
    this.#row = row;
    this.#bytesAt = bytesAt;
    this.#deflatedAt = deflatedAt;
  }

  get bytes(): Uint8Array {
    return this.#pack.bytes.subarray(this.#bytesAt, this.#bytesAt + this.length);
  }

  get length(): number {
    return rowLength(this.#pack, this.#row);
  }

  get deflatedLength(): number {
    return rowDeflatedLength(this.#pack, this.#row);
  }

  get crc(): number {
    return rowCrc(this.#pack, this.#row);
  }

  writeTo(sink: Sink): void {
    sink.packed(this.#pack, this.#row, this.#bytesAt, this.#deflatedAt);
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
