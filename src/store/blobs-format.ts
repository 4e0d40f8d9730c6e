import { ByteWriter, decodeUtf8, encodeUtf8, endsOf } from '../templates/bytes.ts';
import type { Codec } from '../templates/fragment.ts';
import { addBit, emptyBits, hasBit } from './bits.ts';
import { BLOB_BUDGET } from './budget.ts';
import {
  assetOf,
  bytesOfHexadecimal,
  checksum,
  checksumBy,
  DIGEST_BYTES,
  type EmitAsset,
  hexadecimal,
  type StoreCodec,
  StoreError,
} from './integrity.ts';

/*
 * Blobs, of which a request reads only a few: blocks and positions of the search index, slugs of articles, and claims
 * to former addresses. They are bundled with the worker while they are small, and external otherwise. All numbers are
 * little-endian:
 *
 *   u32 blobs (b) · u32 the first with slugs, former addresses, former files · u32 1 if bundled, else 0
 *   u32 end of each [b] · u32 checksum of each [b] · if external, b × 16 bytes digest of each
 *
 * Bundled blobs are stored consecutively in a section of their own.
 */

/** The first blob of each kind; the blobs before all of these belong to the search index. */
export interface BlobKinds {
  readonly firstSlugs: number;
  /** See addresses-format.ts. */
  readonly firstAddresses: number;
  readonly firstFiles: number;
}

const HEADER_NUMBERS = 5;

/** @param blobs either all bundled or none */
export function encodeBlobs(
  blobs: readonly Blob[],
  { firstSlugs, firstAddresses, firstFiles }: BlobKinds,
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  const isBundled = blobs.every((blob) => 'bytes' in blob);
  const writer = new ByteWriter();
  writer.u32s([blobs.length, firstSlugs, firstAddresses, firstFiles, isBundled ? 1 : 0]);
  writer.u32s(endsOf(blobs.map((blob) => ('bytes' in blob ? blob.bytes.length : blob.length))));
  for (const blob of blobs) writer.u32('bytes' in blob ? checksumBy(codec, blob.bytes) : blob.checksum);
  for (const blob of blobs) if ('digest' in blob) writer.bytes(bytesOfHexadecimal(blob.digest));
  return writer.toBytes();
}

export interface BlobLocations extends BlobKinds {
  readonly length: number;
  /**
   * Undefined if the blob is external.
   *
   * @throws StoreError if it is damaged
   */
  bytes(blob: number): Uint8Array | undefined;
  /** Hexadecimal. */
  digest(blob: number): string;
  /** Whether the bytes match the blob's checksum. */
  matches(blob: number, bytes: Uint8Array): boolean;
}

/**
 * @param at their offset in the buffer, a multiple of 4
 * @param heapAt the offset of the bundled blobs
 */
export function decodeBlobs(buffer: ArrayBuffer, at: number, heapAt: number): BlobLocations {
  const header = new Uint32Array(buffer, at, HEADER_NUMBERS);
  const [length = 0, firstSlugs = 0, firstAddresses = 0, firstFiles = 0, isBundled = 0] = header;
  const endsAt = at + 4 * HEADER_NUMBERS;
  const ends = new Uint32Array(buffer, endsAt, length);
  const checksums = new Uint32Array(buffer, endsAt + 4 * length, length);
  const digestsAt = endsAt + 8 * length;
  const checked = emptyBits(length);
  const start = (blob: number): number => ends[blob - 1] ?? 0;
  const size = (blob: number): number => (ends[blob] ?? 0) - start(blob);
  const matches = (blob: number, bytes: Uint8Array): boolean =>
    bytes.length === size(blob) && checksum(bytes) === checksums[blob];
  return {
    length,
    firstSlugs,
    firstAddresses,
    firstFiles,
    matches,
    bytes(blob) {
      if (isBundled === 0) return undefined;
      const bytes = new Uint8Array(buffer, heapAt + start(blob), size(blob));
      if (!hasBit(checked, blob)) {
        if (!matches(blob, bytes))
          throw new StoreError(`Cannot read blob ${blob} of the article store: its checksum is wrong`);
        addBit(checked, blob);
      }
      return bytes;
    },
    digest: (blob) => hexadecimal(new Uint8Array(buffer, digestsAt + DIGEST_BYTES * blob, DIGEST_BYTES)),
  };
}

/**
 * A blob of the store (see blobs-format.ts): its bytes while it may be bundled, or a reference once it is published.
 */
export type Blob = HeldBlob | PublishedBlob;

interface HeldBlob {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface PublishedBlob {
  readonly length: number;
  /** Hexadecimal. */
  readonly digest: string;
  /** See integrity.ts. */
  readonly checksum: number;
}

/** Collects blobs one by one, and holds no more bytes than may be bundled. */
interface BlobWriter {
  add(blob: Blob): void;
  /** All blobs of a kind: either all are held, or all are published. */
  finish(): readonly HeldBlob[] | readonly PublishedBlob[];
}

export function blobWriter(codec: StoreCodec, publish: EmitAsset): BlobWriter {
  const held: HeldBlob[] = [];
  const published: PublishedBlob[] = [];
  let bytes = 0;
  const release = (blob: Blob): PublishedBlob => {
    if ('digest' in blob) return blob;
    const part = assetOf(blob.bytes, codec);
    publish(part);
    return { length: part.bytes.length, digest: part.digest, checksum: checksumBy(codec, part.bytes) };
  };
  return {
    add(blob) {
      bytes += 'digest' in blob ? Number.POSITIVE_INFINITY : blob.bytes.length;
      if (bytes <= BLOB_BUDGET && 'bytes' in blob) held.push(blob);
      else published.push(...held.splice(0).map(release), release(blob));
    },
    finish: () => (published.length > 0 ? published : held),
  };
}

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
