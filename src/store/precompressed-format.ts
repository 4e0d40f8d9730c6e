import { ByteWriter, decodeUtf8, encodeUtf8 } from '../templates/bytes.ts';
import type { Codec } from '../templates/fragment.ts';
import { checksum, checksumBy, StoreError } from './integrity.ts';

/*
 * Bodies of responses, compressed as a whole, by entity tag. All numbers are little-endian:
 *
 *   u32 bodies (b) · u32 end of each in each coding [2 × b] · u32 checksum of each [2 × b] · the entity tags, UTF-8, as lines
 *
 * The bytes are stored consecutively in a section of their own.
 */

/** The content codings of a stored body, in the order in which they are stored. */
const STORED_CODINGS = ['br', 'gzip'] as const;
type StoredCoding = (typeof STORED_CODINGS)[number];

/** A body in each coding. */
export type CompressedBody = Readonly<Record<StoredCoding, Uint8Array>>;

export interface PrecompressedBody extends CompressedBody {
  /** The entity tag of the response. An equal tag means equal content. */
  readonly etag: string;
}

/** @returns the sections: the table, and the bytes */
export function encodePrecompressed(
  bodies: readonly PrecompressedBody[],
  codec: Codec,
): { table: Uint8Array; bytes: Uint8Array } {
  const all = bodies.flatMap((body) => STORED_CODINGS.map((coding) => body[coding]));
  const table = new ByteWriter();
  const bytes = new ByteWriter();
  table.u32(bodies.length);
  for (const one of all) {
    bytes.bytes(one);
    table.u32(bytes.length);
  }
  for (const one of all) table.u32(checksumBy(codec, one));
  table.bytes(encodeUtf8(bodies.map(({ etag }) => etag).join('\n')));
  return { table: table.toBytes(), bytes: bytes.toBytes() };
}

/**
 * Reads a body in a coding.
 *
 * @throws StoreError if it is damaged
 */
export type ReadBody = (coding: StoredCoding) => Uint8Array<ArrayBuffer>;

/**
 * @param tableAt the offset of the table, a multiple of 4
 * @param tableEnd its end; padding may follow the tags
 * @param bytesAt the offset of the bytes
 * @returns finds the body of a response by its entity tag
 */
export function decodePrecompressed(
  buffer: ArrayBuffer,
  tableAt: number,
  tableEnd: number,
  bytesAt: number,
): (etag: string) => ReadBody | undefined {
  const [count = 0] = new Uint32Array(buffer, tableAt, 1);
  if (count === 0) return () => undefined;
  const pieces = STORED_CODINGS.length * count;
  const ends = new Uint32Array(buffer, tableAt + 4, pieces);
  const checksums = new Uint32Array(buffer, tableAt + 4 * (1 + pieces), pieces);
  const tagsAt = tableAt + 4 * (1 + 2 * pieces);
  const tags = decodeUtf8(new Uint8Array(buffer, tagsAt, tableEnd - tagsAt));
  // Padding follows the last one.
  const lines = tags.split(/[\n\0]/, count);
  const numbers = new Map(lines.map((etag, number) => [etag, number]));
  return (etag) => {
    const number = numbers.get(etag);
    if (number === undefined) return undefined;
    return (coding) => {
      const piece = STORED_CODINGS.length * number + STORED_CODINGS.indexOf(coding);
      const start = ends[piece - 1] ?? 0;
      const bytes = new Uint8Array(buffer, bytesAt + start, (ends[piece] ?? 0) - start);
      if (checksum(bytes) !== checksums[piece])
        throw new StoreError(`Cannot read a compressed body of the article store: its checksum is wrong`);
      return bytes;
    };
  };
}
