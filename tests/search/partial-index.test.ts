import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invertDocument } from '../../src/search/document-postings.ts';
import { planPartialIndexes, writeIndex } from '../../src/search/index-writer.ts';
import type { PartialIndex } from '../../src/search/partial-index.ts';
import { openBlockIndex } from '../../src/search/term-dictionary.ts';
import { article, encodeDocuments, encodePartialIndexes, searchIn } from '../support/search-index.ts';

/** 150 words, of which few are in many articles and most in few; the same number gives the same ones. */
function wordsOf(number: number): string[] {
  return Array.from(
    { length: 150 },
    (_, i) => `w${(number * 997 + i * i * 31) % (i % 3 === 0 ? 53 : 40009)}`,
  );
}

const texts = Array.from({ length: 3000 }, (_, number) => wordsOf(number).join(' '));
const documents = texts.map((text) => invertDocument(article(text)));

describe('partial indexes', () => {
  test.each([
    [0, []],
    [1, [1]],
    [64, [64]],
    [130, [128, 2]],
    [1024, [1024]],
    [3000, [1024, 1024, 896, 56]],
    [4096, [1024, 1024, 1024, 1024]],
  ])('of %i articles are full ones first, which stay as they are', (articles, sizes) => {
    const parts = planPartialIndexes(articles);
    expect(parts.map(({ start, end }) => end - start)).toEqual(sizes);
    expect(parts.map(({ start }) => start)).toEqual(
      sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0)),
    );
  });

  test('are merged in small pieces, from the first byte to the last', () => {
    const whole = encodeDocuments(documents);
    let largest = 0;
    const streamed = encodePartialIndexes(documents).map((part): PartialIndex => {
      const piece = new Uint8Array(256 * 1024);
      let reached = 0;
      return {
        ...part,
        read(start, end) {
          expect(start).toBeGreaterThan(reached - 4096);
          expect(end).toBeGreaterThan(reached);
          reached = end;
          largest = Math.max(largest, end - start);
          // What the read before returned is overwritten.
          piece.fill(0xff);
          piece.set(part.read(start, end));
          return piece.subarray(0, end - start);
        },
      };
    });
    const pieces: Buffer[] = [];
    const blockIndex = writeIndex(streamed, 0, (block, positions) =>
      pieces.push(Buffer.from(block), Buffer.from(positions)),
    );
    expect(Math.max(...streamed.map(({ bytes }) => bytes))).toBeGreaterThan(2 * largest);
    expect(Buffer.compare(blockIndex, whole.blockIndex)).toBe(0);
    const expected = whole.blocks.flatMap((block, i) => [block, whole.positions[i] ?? new Uint8Array()]);
    expect(Buffer.compare(Buffer.concat(pieces), Buffer.concat(expected))).toBe(0);
  });

  test('other than those that were planned, or cut off, are refused', () => {
    const few = documents.slice(0, 70);
    const [first, second] = encodePartialIndexes(few);
    if (first === undefined || second === undefined) throw new Error('expected two partial indexes');
    expect(() => writeIndex([second, first], 0, () => {})).toThrow(
      'expected one of 64 articles, got one of 6',
    );
    const half = { ...first, read: (start: number, end: number) => first.read(start, end).subarray(0, 1000) };
    expect(() => writeIndex([half, second], 0, () => {})).toThrow(RangeError);
  });

  test('answer as other partial indexes of the same articles do', () => {
    // An article scores the same wherever it stands.
    const turn = 700;
    const turned = searchIn([...documents.slice(turn), ...documents.slice(0, turn)]);
    const search = searchIn(documents);
    const scoresOf = ({ articles, scores }: ReturnType<typeof search>, shift: number): [number, number][] =>
      articles
        .map((number, i): [number, number] => [(number + shift) % texts.length, scores[i] ?? 0])
        .sort(([a], [b]) => a - b);
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(148), (number, at) => {
        const [word = '', next = ''] = wordsOf(number).slice(at);
        for (const query of [word, `"${word} ${next}"`, `${word} -${next}`]) {
          const found = scoresOf(search(query), 0);
          expect(scoresOf(turned(query), turn)).toEqual(found);
          if (!query.includes('-')) expect(found.map(([article]) => article)).toContain(number);
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

describe('scheduled articles', () => {
  test.each([
    [62, 3],
    [64, 64],
    [1020, 10],
    [1500, 1100],
  ])('change nothing that %i others answer until they appear: %i of them', (published, scheduled) => {
    const all = documents.slice(0, published + scheduled);
    const [alone, hiding, mixed] = [
      searchIn(all.slice(0, published)),
      searchIn(all, scheduled),
      searchIn(all),
    ];
    const isOut = (article: number): boolean => article < published;
    fc.assert(
      fc.property(fc.nat(published + scheduled - 1), fc.nat(147), (number, at) => {
        const [word = '', next = '', third = ''] = wordsOf(number).slice(at);
        const queries = [word, `"${word} ${next}"`, `${word} -${next}`, `${word} ${third}`];
        for (const query of [...queries, 'w1*', 'w30*', `${word.slice(0, 3)}* ${next}`]) {
          const [expected, found] = [alone(query), hiding(query, isOut)];
          expect({ ...found, best: found.best(10, isOut) }).toEqual({
            ...expected,
            best: expected.best(10, isOut),
          });
        }
        for (const query of queries) {
          const { articles, scores } = mixed(query);
          expect(hiding(query)).toMatchObject({ articles, scores });
        }
      }),
      { numRuns: 15, seed: 1 },
    );
  });
});

describe('an article in which one word is another', () => {
  test('changes the blocks of the two words, and moves no boundary', () => {
    const index = encodeDocuments(documents);
    const opened = openBlockIndex(index.blockIndex);
    const boundaries = ({ blockIndex }: typeof index): string[] => {
      const { blocks, firstTerm } = openBlockIndex(blockIndex);
      return Array.from({ length: blocks }, (_, number) => Buffer.from(firstTerm(number)).toString());
    };
    const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
      a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
    fc.assert(
      fc.property(fc.nat(2047), fc.nat(149), fc.nat(40_008), (number, at, other) => {
        const words = wordsOf(number);
        const [before = '', after] = [words[at], `w${other}x`];
        const edited = [...documents];
        edited[number] = invertDocument(article(words.with(at, after).join(' ')));
        const now = encodeDocuments(edited);
        expect(boundaries(now)).toEqual(boundaries(index));
        const changed = index.blocks.flatMap((block, i) =>
          isSame(block, now.blocks[i]) && isSame(index.positions[i], now.positions[i]) ? [] : [i],
        );
        const holding = [before, after].flatMap((word) =>
          opened.segments.slice(0, 1).map((segment) => opened.findBlock(segment, Buffer.from(word))),
        );
        expect(changed).toEqual([...new Set(holding)].sort((a = 0, b = 0) => a - b));
      }),
      { numRuns: 5, seed: 1 },
    );
    expect(opened.blocks).toBeGreaterThan(20);
  });
});
