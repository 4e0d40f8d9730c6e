import {
  type DocumentPostings,
  invertDocument,
  type SearchableText,
} from '../../src/search/document-postings.ts';
import { evaluate, rank, ranked, visibleSegments } from '../../src/search/evaluate.ts';
import { planPartialIndexes, writeIndex } from '../../src/search/index-writer.ts';
import { planQuery } from '../../src/search/lookup.ts';
import { encodePartialIndex, type PartialIndex } from '../../src/search/partial-index.ts';
import { parseQuery } from '../../src/search/query.ts';
import { openBlockIndex } from '../../src/search/term-dictionary.ts';
import { addBit, emptyBits, membersByRank } from '../../src/store/bits.ts';

/** An article with only a text. */
export function article(text: string, more: Partial<SearchableText> = {}): SearchableText {
  return { title: '', text, tags: [], authors: [], source: undefined, ...more };
}

export interface Searched {
  /** Ascending. */
  readonly articles: readonly number[];
  /** The score of each. */
  readonly scores: readonly number[];
  /** The best first. */
  readonly ranked: readonly number[];
  /** The best `count` articles for which the predicate holds, the best first. */
  best(count: number, isWanted: (article: number) => boolean): readonly number[];
  /** The number of blocks and of positions of blocks that the query read. */
  readonly reads: number;
}

/** Indexes articles; returns a search, which fails if it reads a block that was not planned. */
export function indexOf(
  articles: readonly SearchableText[],
): (query: string, isVisible?: (article: number) => boolean) => Searched {
  return searchIn(articles.map(invertDocument));
}

export function searchIn(
  documents: readonly DocumentPostings[],
  scheduled = 0,
): (query: string, isVisible?: (article: number) => boolean) => Searched {
  const { blockIndex, blocks, positions } = encodeDocuments(documents, scheduled);
  const opened = openBlockIndex(blockIndex);
  return (text, isVisible = () => true) => {
    const query = parseQuery(text);
    if (query === undefined) return { articles: [], scores: [], ranked: [], best: () => [], reads: 0 };
    const visible = emptyBits(documents.length);
    for (const number of documents.keys()) if (isVisible(number)) addBit(visible, number);
    const segments = visibleSegments(opened, visible).map(({ segment }) => segment);
    const planned = planQuery(opened, query, segments);
    const matches = evaluate(
      opened,
      query,
      { block: reader(planned.blocks, blocks), positions: reader(planned.positions, positions) },
      visible,
    );
    const articles = membersByRank(matches.members, 0, documents.length);
    return {
      articles,
      scores: articles.map((number) => matches.score(number)),
      ranked: ranked(matches, articles),
      best: (count, isWanted) => rank(matches, count, isWanted),
      reads: planned.blocks.length + planned.positions.length,
    };
  };
}

function reader(planned: readonly number[], all: readonly Uint8Array[]): (number: number) => Uint8Array {
  return (number) => {
    const bytes = planned.includes(number) ? all[number] : undefined;
    if (bytes === undefined) throw new Error(`block ${number} was not planned`);
    return bytes;
  };
}

/** A search index in memory. */
export interface SearchIndex {
  readonly blockIndex: Uint8Array<ArrayBuffer>;
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  /** By block: the positions of its terms. */
  readonly positions: readonly Uint8Array<ArrayBuffer>[];
}

/** The partial indexes of documents in memory. */
export function encodePartialIndexes(documents: readonly DocumentPostings[], scheduled = 0): PartialIndex[] {
  return planPartialIndexes(documents.length, scheduled).map(({ start, end }) => {
    const bytes = encodePartialIndex(documents.slice(start, end));
    return { articles: end - start, bytes: bytes.length, read: (from, to) => bytes.subarray(from, to) };
  });
}

/**
 * @param documents in the order of their articles' numbers
 * @param scheduled how many of them, the last ones, are not published yet
 */
export function encodeDocuments(documents: readonly DocumentPostings[], scheduled = 0): SearchIndex {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  const positions: Uint8Array<ArrayBuffer>[] = [];
  const blockIndex = writeIndex(
    encodePartialIndexes(documents, scheduled),
    scheduled,
    (block, positionsOfBlock) => {
      blocks.push(block);
      positions.push(positionsOfBlock);
    },
  );
  return { blockIndex, blocks, positions };
}
