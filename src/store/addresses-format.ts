import {
  ByteWriter,
  decodeUtf8,
  encodeAllUtf8,
  encodeUtf8,
  fnv1a,
  partitionPoint,
} from '../templates/bytes.ts';
import { crc32 } from '../templates/crc32.ts';

/*
 * An index from the hashes of a former address's key (routes/former-addresses.ts) to the articles and files that claim
 * it. Keys with the same last segment share a bucket, so nearly every lookup reads one bucket. All numbers are
 * little-endian:
 *
 *   u32 rows (n) · u32 CRC-32 of each key [n], ascending · u32 FNV-1a of each key [n]
 *   u32 claim [n]: bits 30–31 rank, bit 29 whether it is a file, bits 0–28 number of the article or file
 */

/** A claim of an article or file to a key. */
export interface StoredClaim {
  readonly rank: number;
  readonly isFile: boolean;
  /** The number of the article or file. */
  readonly number: number;
}

export interface AddressRow extends StoredClaim {
  readonly key: string;
}

const ROWS_IN_BUCKET = 2000;
const SLASH = 0x2f;
const IS_FILE = 1 << 29;
const NUMBER = IS_FILE - 1;

export function encodeAddresses(rows: readonly AddressRow[]): Uint8Array<ArrayBuffer>[] {
  if (rows.length === 0) return [];
  const count = Math.ceil(rows.length / ROWS_IN_BUCKET);
  const buckets = Array.from({ length: count }, (): (readonly [number, number, number])[] => []);
  const keys = encodeAllUtf8(rows.map(({ key }) => key));
  for (const [index, { rank, isFile, number }] of rows.entries()) {
    const key = keys[index] as Uint8Array; // as many as rows
    const claim = ((rank << 30) | (isFile ? IS_FILE : 0) | number) >>> 0;
    buckets[bucketOfBytes(key, count)]?.push([...hashesOf(key), claim]);
  }
  return buckets.map((bucket) => {
    bucket.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    const writer = new ByteWriter();
    writer.u32s([bucket.length]);
    for (const column of [0, 1, 2] as const) writer.u32s(bucket.map((row) => row[column]));
    return writer.toBytes();
  });
}

/** The bucket of a key, given the number of buckets. */
export function bucketOf(key: string, count: number): number {
  return bucketOfBytes(encodeUtf8(key), count);
}

function bucketOfBytes(key: Uint8Array, count: number): number {
  return crc32(key, key.lastIndexOf(SLASH) + 1) % count;
}

/** The claims to a key in its bucket, best first. */
export function claimsIn(bucket: Uint8Array, key: string): StoredClaim[] {
  const view = new DataView(bucket.buffer, bucket.byteOffset, bucket.length);
  const length = view.getUint32(0, true);
  const at = (column: number, row: number): number => view.getUint32(4 * (1 + column * length + row), true);
  const [first, second] = hashesOf(encodeUtf8(key));
  const claims: StoredClaim[] = [];
  const start = partitionPoint(0, length, (row) => at(0, row) < first);
  for (let row = start; row < length && at(0, row) === first; row++) {
    if (at(1, row) !== second) continue;
    const claim = at(2, row);
    claims.push({ rank: claim >>> 30, isFile: (claim & IS_FILE) !== 0, number: claim & NUMBER });
  }
  return claims;
}

/** A file with a former address. */
export interface StoredFile {
  /** The current path. */
  readonly address: string;
  /** Articles that refer to it; it is visible if one of them is. Empty if the site itself refers to it. */
  readonly articles: readonly number[];
}

const FILES_IN_BLOB = 500;

/** Files by number, one per line: the articles, then the address. */
export function encodeFormerFiles(files: readonly StoredFile[]): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil(files.length / FILES_IN_BLOB) }, (_, blob) => {
    const some = files.slice(blob * FILES_IN_BLOB, (blob + 1) * FILES_IN_BLOB);
    const lines = some.map(({ address, articles }) => `${articles.join(',')} ${address}`);
    return new Uint8Array(encodeUtf8(lines.join('\n')));
  });
}

/** The blob of a file, among the blobs of files. */
export function fileBlobOf(file: number): number {
  return Math.floor(file / FILES_IN_BLOB);
}

export function formerFileIn(blob: Uint8Array, file: number): StoredFile {
  const line = decodeUtf8(blob).split('\n')[file % FILES_IN_BLOB] ?? '';
  const space = line.indexOf(' ');
  const articles = line.slice(0, space);
  return {
    address: line.slice(space + 1),
    articles: articles === '' ? [] : articles.split(',').map(Number),
  };
}

function hashesOf(key: Uint8Array): readonly [number, number] {
  return [crc32(key), fnv1a(key) >>> 0];
}

/*
 * An index from the hashes of slugs to articles, all numbers little-endian; the slugs themselves are in the records:
 *
 *   u32 CRC-32 of each slug [n], ascending · u32 its article [n]
 */

/** @param slugs by article number */
export function encodeSlugs(slugs: readonly string[]): Uint8Array<ArrayBuffer> {
  const rows = slugs
    .map((slug, number) => ({ hash: hashOf(slug), number }))
    .sort((a, b) => a.hash - b.hash || a.number - b.number);
  const writer = new ByteWriter();
  writer.u32s(rows.map(({ hash }) => hash));
  writer.u32s(rows.map(({ number }) => number));
  return writer.toBytes();
}

/**
 * @param at the offset in the buffer, a multiple of 4
 * @returns a function from a slug to the candidate articles, seldom more than one
 */
export function decodeSlugs(buffer: ArrayBuffer, at: number, length: number): (slug: string) => number[] {
  const hashes = new Uint32Array(buffer, at, length);
  const articles = new Uint32Array(buffer, at + 4 * length, length);
  return (slug) => {
    const wanted = hashOf(slug);
    const first = partitionPoint(0, length, (place) => (hashes[place] ?? 0) < wanted);
    const found: number[] = [];
    for (let place = first; hashes[place] === wanted; place++) found.push(articles[place] ?? 0);
    return found;
  };
}

function hashOf(slug: string): number {
  return crc32(encodeUtf8(slug));
}
