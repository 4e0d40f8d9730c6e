import { ByteWriter } from '../templates/byte-writer.ts';
import { crc32 } from '../templates/crc32.ts';
import { encodeUtf8 } from '../templates/utf8.ts';
import { partitionPoint } from './keys.ts';

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
