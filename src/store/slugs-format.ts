import { ByteWriter } from '../templates/byte-writer.ts';
import { crc32 } from '../templates/crc32.ts';
import { encodeUtf8 } from '../templates/utf8.ts';
import { partitionPoint } from './keys.ts';

/*
 * Which articles may have a slug, all numbers little-endian; only their records know the slugs whole:
 *
 *   u32 CRC-32 of each slug [n], ascending · u32 the article that has it [n]
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
 * @param at where they begin in the buffer, a multiple of 4
 * @returns gives the articles that may have a slug: a few, seldom more than one
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
