import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSearch } from '../src/search/directory.ts';
import { tokenizeDocument } from '../src/search/document-terms.ts';
import { encodeDocuments, type SearchIndex } from './support/encode-documents.ts';
import { article } from './support/search-index.ts';

const PINNED = join(import.meta.dirname, 'fixtures/search.bin');

function bytesOf({ directory, blocks, places }: SearchIndex): Buffer {
  return Buffer.concat([directory, ...blocks, ...places]);
}

/** Articles of different words; the same number gives the same article. */
function articles(count: number): ReturnType<typeof tokenizeDocument>[] {
  return Array.from({ length: count }, (_, i) =>
    tokenizeDocument(
      article(Array.from({ length: 150 }, (_, j) => `w${(i * 997 + j * j * 31) % 40009}`).join(' '), {
        title: `Number ${i}`,
      }),
    ),
  );
}

describe('the layout', () => {
  test('is the one of the pinned fixture; a change of the layout, or of what is a word, wants a new version', () => {
    const encoded = bytesOf(
      encodeDocuments([
        ...Array.from({ length: 64 }, (_, i) => tokenizeDocument(article(`one of sixty-four, n${i % 9}`))),
        tokenizeDocument(
          article('İstanbul’da ışık. 東京タワー, กาแฟ, C++ & ½: „Größe“ 𐐀', {
            title: 'The title',
            tags: ['Fußball'],
            authors: ['Jane Roe'],
            source: 'Der Spiegel',
          }),
        ),
        tokenizeDocument(article('')),
      ]),
    );
    if (process.env.UPDATE_PINNED === '1') writeFileSync(PINNED, encoded);
    expect(Buffer.compare(encoded, readFileSync(PINNED))).toBe(0);
  });

  test.each([
    ['what is none', Buffer.from('hello'), 'expected what "npm run build" wrote'],
    [
      'another version',
      Buffer.from(encodeDocuments([]).directory).fill(9, 4, 5),
      'version 9: expected version 1',
    ],
    [
      'a directory that was cut off',
      Buffer.from(encodeDocuments(articles(3)).directory).subarray(0, -1),
      'a directory of 41 bytes, got 40',
    ],
    [
      'a directory of which the head is left',
      Buffer.from(encodeDocuments(articles(3)).directory).subarray(0, 20),
      'bytes, got 20',
    ],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => openSearch(bytes)).toThrow(reason);
  });

  test('says where blocks are when they lie one after another', () => {
    const index = encodeDocuments(articles(1100));
    const [all, allPlaces] = [Buffer.concat(index.blocks), Buffer.concat(index.places)];
    const opened = openSearch(index.directory);
    expect(opened.articles).toBe(1100);
    expect(opened.blocks).toBe(index.blocks.length);
    for (const [number, block] of index.blocks.entries()) {
      const { start, end } = opened.blockRange(number);
      expect(Buffer.compare(all.subarray(start, end), block)).toBe(0);
      const places = opened.placesRange(number);
      expect(allPlaces.subarray(places.start, places.end).equals(index.places[number] ?? all)).toBe(true);
    }
  });

  test('depends on nothing but the articles', () => {
    expect(
      Buffer.compare(bytesOf(encodeDocuments(articles(70))), bytesOf(encodeDocuments(articles(70)))),
    ).toBe(0);
  });
});

describe('an article that is added at the end', () => {
  const all = articles(2113);
  const piecesOf = (count: number): readonly string[] => {
    const { directory, blocks, places } = encodeDocuments(all.slice(0, count));
    return [directory, ...blocks, ...places].map((bytes) => Buffer.from(bytes).toString('latin1'));
  };
  const changedShare = (before: number): number => {
    const old = new Set(piecesOf(before));
    const now = piecesOf(before + 1);
    const bytes = (pieces: readonly string[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);
    return bytes(now.filter((piece) => !old.has(piece))) / bytes(now);
  };

  test.each([2048, 2080, 2112])('to %i changes little', (before) => {
    expect(changedShare(before)).toBeLessThan(0.05);
  });

  test('gives three runs at most', () => {
    for (const [count, runs] of [
      [0, 0],
      [1, 1],
      [64, 1],
      [65, 2],
      [1024, 1],
      [1088, 2],
      [2113, 3],
    ] as const) {
      const opened = openSearch(encodeDocuments(all.slice(0, count)).directory);
      expect(opened.runs).toHaveLength(runs);
      expect(opened.articles).toBe(count);
    }
  });
});
