import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { invertDocument } from '../../src/search/document-postings.ts';
import { openBlockIndex } from '../../src/search/term-dictionary.ts';
import { article, encodeDocuments, type SearchIndex } from '../support/search-index.ts';

const PINNED = join(import.meta.dirname, '../fixtures/search.bin');

function bytesOf({ blockIndex, blocks, positions }: SearchIndex): Buffer {
  return Buffer.concat([blockIndex, ...blocks, ...positions]);
}

/** Articles of different words; the same number gives the same article. */
function articles(count: number): ReturnType<typeof invertDocument>[] {
  return Array.from({ length: count }, (_, i) =>
    invertDocument(
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
        ...Array.from({ length: 64 }, (_, i) => invertDocument(article(`one of sixty-four, n${i % 9}`))),
        invertDocument(
          article('İstanbul’da ışık. 東京タワー, กาแฟ, C++ & ½: „Größe“ 𐐀', {
            title: 'The title',
            tags: ['Fußball'],
            authors: ['Jane Roe'],
            source: 'Der Spiegel',
          }),
        ),
        invertDocument(article('')),
      ]),
    );
    if (process.env.UPDATE_PINNED === '1') writeFileSync(PINNED, encoded);
    expect(Buffer.compare(encoded, readFileSync(PINNED))).toBe(0);
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
    const { blockIndex, blocks, positions } = encodeDocuments(all.slice(0, count));
    return [blockIndex, ...blocks, ...positions].map((bytes) => Buffer.from(bytes).toString('latin1'));
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

  test('gives three segments at most', () => {
    for (const [count, segments] of [
      [0, 0],
      [1, 1],
      [64, 1],
      [65, 2],
      [1024, 1],
      [1088, 2],
      [2113, 3],
    ] as const) {
      const opened = openBlockIndex(encodeDocuments(all.slice(0, count)).blockIndex);
      expect(opened.segments).toHaveLength(segments);
      expect(opened.articles).toBe(count);
    }
  });
});
