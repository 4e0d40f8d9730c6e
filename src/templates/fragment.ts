import { encodeUtf8 } from './bytes.ts';
import { crcShift } from './crc32.ts';
import { HOLES, type Hole, templateParts } from './holes.ts';

/*
 * A fragment in the store, all numbers little-endian:
 *
 *   fragment             5 bytes fingerprint, ASCII · u32 parts · u32 deflated bytes of all parts · the parts
 *                        the deflated bytes of all parts · the bytes of all parts
 *   part                 its row, see ROW_BYTES
 *     or a hole          u32 0xffffffff · u32 its index in HOLE_NAMES · u32 0 · u32 0
 *
 * The parts of a gzip body are contiguous, for memory locality.
 */
const HOLE_PART = 0xffffffff;
const HOLE_NAMES = Object.keys(HOLES) as Hole[]; // the keys of HOLES are the holes
/** Thirty bits: enough to avoid collisions between entries, and short enough for entity tags that list them. */
export const FINGERPRINT_LENGTH = 5;
/** Shorter texts hardly compress: 9 µs for 34 bytes at 140, for 70 at 230. */
const MIN_COMPRESSED = 160;

/** The platform functions that encoding needs. */
export interface Codec {
  /** Raw deflate ended with a sync flush (RFC 1951 §3.2.4: an empty stored block). */
  deflate(bytes: Uint8Array): Uint8Array;
  /**
   * The same as in crc32.ts.
   *
   * @param before the checksum of the preceding bytes
   */
  crc32(bytes: Uint8Array, before?: number): number;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The fingerprint of a text: `FINGERPRINT_LENGTH` characters of its CRC-32, valid in entity tags.
 *
 * @param text UTF-8
 * @param filling fingerprints of the texts that fill its holes
 */
export function fingerprintOf(text: Uint8Array, filling: string, codec: Codec): string {
  let rest = codec.crc32(encodeUtf8(filling), codec.crc32(text));
  let print = '';
  for (; print.length < FINGERPRINT_LENGTH; rest >>>= 6) print += DIGITS[rest & 63];
  return print;
}

/** A fragment that is not written yet. */
export interface EncodedFragment {
  /** Its encoded length in bytes. */
  readonly length: number;
  readonly fingerprint: string;
  readonly parts: readonly (EncodedLiteral | Hole)[];
  /** The total of all parts. */
  readonly deflatedLength: number;
}

interface EncodedLiteral {
  readonly bytes: Uint8Array;
  /** Absent if it is stored uncompressed. */
  readonly deflated: Uint8Array | undefined;
  readonly deflatedLength: number;
  readonly crc: number;
}

/**
 * @param text UTF-8, with the markers of holes.ts
 * @param fingerprint the result of `fingerprintOf`
 */
export function encodeFragment(text: Uint8Array, fingerprint: string, codec: Codec): EncodedFragment {
  let deflatedLength = 0;
  let bytesLength = 0;
  const parts = templateParts(text).map((part): EncodedLiteral | Hole => {
    if ('hole' in part) return part.hole;
    const literal = encodeLiteral(part.bytes, codec);
    deflatedLength += literal.deflatedLength;
    bytesLength += literal.bytes.length;
    return literal;
  });
  const length = FINGERPRINT_LENGTH + 8 + ROW_BYTES * parts.length + deflatedLength + bytesLength;
  return { length, fingerprint, parts, deflatedLength };
}

/** Compresses a text if that makes it shorter. */
function encodeLiteral(bytes: Uint8Array, codec: Codec): EncodedLiteral {
  const stored = storedLength(bytes.length);
  const compressed = bytes.length < MIN_COMPRESSED ? undefined : codec.deflate(bytes);
  const deflated = compressed !== undefined && compressed.length < stored ? compressed : undefined;
  return { bytes, deflated, deflatedLength: deflated?.length ?? stored, crc: codec.crc32(bytes) };
}

/** Writes a fragment to a buffer with enough space. */
export function writeFragment(
  { fingerprint, parts, deflatedLength }: EncodedFragment,
  { bytes: target, view }: Pack,
  at: number,
): void {
  const partsAt = at + FINGERPRINT_LENGTH + 8;
  let row = partsAt;
  let deflatedAt = partsAt + ROW_BYTES * parts.length;
  let bytesAt = deflatedAt + deflatedLength;
  target.set(encodeUtf8(fingerprint), at);
  view.setUint32(partsAt - 8, parts.length, true);
  view.setUint32(partsAt - 4, deflatedLength, true);
  for (const part of parts) {
    if (typeof part === 'string') {
      writeRow(view, row, [HOLE_PART, HOLE_NAMES.indexOf(part), 0, 0]);
    } else {
      const { bytes, deflated, crc } = part;
      writeRow(view, row, [bytes.length, part.deflatedLength, crc, crcShift(bytes.length)]);
      if (deflated === undefined) writeStoredBlocks(bytes, target, deflatedAt);
      else target.set(deflated, deflatedAt);
      target.set(bytes, bytesAt);
      deflatedAt += part.deflatedLength;
      bytesAt += bytes.length;
    }
    row += ROW_BYTES;
  }
}

function writeRow(view: DataView, at: number, columns: readonly number[]): void {
  for (const [index, column] of columns.entries()) view.setUint32(at + 4 * index, column, true);
}

/** A fragment in the store, decoded on demand. */
export class StoredFragment {
  readonly #pack: Pack;
  readonly #at: number;
  readonly #isBorrowed: boolean;

  /** @param isBorrowed whether what stays in memory must be copied, so that it does not retain the whole buffer */
  constructor(pack: Pack, at: number, isBorrowed = false) {
    this.#pack = pack;
    this.#at = at;
    this.#isBorrowed = isBorrowed;
  }

  get fingerprint(): string {
    const { bytes } = this.#pack;
    const at = this.#at;
    // All FINGERPRINT_LENGTH bytes exist, here and below.
    return String.fromCharCode(
      bytes[at] as number,
      bytes[at + 1] as number,
      bytes[at + 2] as number,
      bytes[at + 3] as number,
      bytes[at + 4] as number,
    );
  }

  /** The fragment in a buffer that may stay in memory. */
  detach(): StoredFragment {
    if (!this.#isBorrowed) return this;
    const pack = this.#pack;
    let end = this.#bytesAt;
    for (let row = this.#partsAt; row < this.#partsEnd; row += ROW_BYTES)
      if (rowLength(pack, row) !== HOLE_PART) end += rowLength(pack, row);
    return new StoredFragment(packOf(pack.view.buffer.slice(this.#at, end)), 0);
  }

  get #partsAt(): number {
    return this.#at + FINGERPRINT_LENGTH + 8;
  }

  get #partsEnd(): number {
    return this.#partsAt + ROW_BYTES * this.#pack.view.getUint32(this.#partsAt - 8, true);
  }

  /** Of the uncompressed parts, after the deflated ones. */
  get #bytesAt(): number {
    return this.#partsEnd + this.#pack.view.getUint32(this.#partsAt - 4, true);
  }

  /**
   * Writes the fragment.
   *
   * @param fill writes the content of a hole
   */
  write(sink: Sink, fill: (hole: Hole) => void): void {
    const pack = this.#pack;
    const partsEnd = this.#partsEnd;
    let deflatedAt = partsEnd;
    let bytesAt = this.#bytesAt;
    for (let row = this.#partsAt; row < partsEnd; row += ROW_BYTES) {
      if (rowLength(pack, row) === HOLE_PART) {
        fill(HOLE_NAMES[rowDeflatedLength(pack, row)] as Hole); // written by writeFragment
      } else {
        sink.packed(pack, row, bytesAt, deflatedAt);
        deflatedAt += rowDeflatedLength(pack, row);
        bytesAt += rowLength(pack, row);
      }
    }
  }
}

export const MAX_STORED = 0xffff;
export const STORED_HEADER_BYTES = 5;

/**
 * Writes the header of a non-final stored block: a zero byte, the length and its complement. Returns the offset after
 * it.
 */
export function writeStoredHeader(target: Uint8Array, at: number, length: number): number {
  target[at] = 0;
  target[at + 1] = length & 0xff;
  target[at + 2] = length >> 8;
  target[at + 3] = ~length & 0xff;
  target[at + 4] = (~length >> 8) & 0xff;
  return at + STORED_HEADER_BYTES;
}

/** The length of the stored blocks for a number of bytes. */
function storedLength(length: number): number {
  return length + STORED_HEADER_BYTES * Math.ceil(length / MAX_STORED);
}

/** Writes bytes as non-final stored deflate blocks to a buffer with space for `storedLength`. */
function writeStoredBlocks(bytes: Uint8Array, target: Uint8Array, at: number): void {
  let next = at;
  for (let start = 0; start < bytes.length; start += MAX_STORED) {
    const piece = bytes.length <= MAX_STORED ? bytes : bytes.subarray(start, start + MAX_STORED);
    next = writeStoredHeader(target, next, piece.length);
    target.set(piece, next);
    next += piece.length;
  }
}

/*
 * A pack has each piece in two forms: uncompressed, and as complete non-final raw deflate blocks (RFC 1951) that end on
 * a byte boundary. A row describes each piece, all numbers little-endian:
 *
 *   u32 bytes · u32 deflated bytes · u32 CRC-32 of the bytes · u32 `crcShift` of the number of bytes
 */
const ROW_BYTES = 16;

/** A buffer of pieces, and the rows that describe them. */
export interface Pack {
  readonly view: DataView<ArrayBuffer>;
  /** The same bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function packOf(buffer: ArrayBuffer): Pack {
  return { view: new DataView(buffer), bytes: new Uint8Array(buffer) };
}

export function rowLength({ view }: Pack, row: number): number {
  return view.getUint32(row, true);
}

export function rowDeflatedLength({ view }: Pack, row: number): number {
  return view.getUint32(row + 4, true);
}

export function rowCrc({ view }: Pack, row: number): number {
  return view.getUint32(row + 8, true);
}

export function rowShift({ view }: Pack, row: number): number {
  return view.getUint32(row + 12, true);
}

/** Receives a response piece by piece. */
export interface Sink {
  /** Writes a piece of a pack, given its row and the offsets of its bytes and its deflated bytes. */
  packed(pack: Pack, row: number, bytesAt: number, deflatedAt: number): void;
  /** Writes a text known only at request time. */
  text(text: string): void;
}
