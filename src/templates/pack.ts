/*
 * A pack has each piece in two forms: uncompressed, and as complete non-final raw deflate blocks (RFC 1951) that end on
 * a byte boundary. A row describes each piece, all numbers little-endian:
 *
 *   u32 bytes · u32 deflated bytes · u32 CRC-32 of the bytes · u32 `crcShift` of the number of bytes
 */
export const ROW_BYTES = 16;

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
  /**
   * Writes a text known only at request time, from `start` up to, but not including, `end`; neither splits a surrogate
   * pair.
   */
  text(text: string, start: number, end: number): void;
}
