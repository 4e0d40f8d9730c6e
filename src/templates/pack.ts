/*
 * Pieces in a pack lie there in two forms: as they are, and as whole blocks of raw deflate (RFC 1951), not final, that end
 * on a byte boundary. A row tells of each, all numbers little-endian:
 *
 *   u32 bytes · u32 deflated bytes · u32 CRC-32 of the bytes · u32 `crcShift` of their number
 */
export const ROW_BYTES = 16;

/** Bytes in which pieces lie, and rows that tell of them. */
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

/** Takes a response piece by piece. */
export interface Sink {
  /** A piece of a pack, by its row and by where its bytes and its deflated bytes begin. */
  packed(pack: Pack, row: number, bytesAt: number, deflatedAt: number): void;
  /** A text that is known only on request, from `start` to before `end`, neither within a surrogate pair. */
  text(text: string, start: number, end: number): void;
}
