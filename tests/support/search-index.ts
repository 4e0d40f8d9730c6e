import { openSearch } from '../../src/search/directory.ts';
import {
  type DocumentTerms,
  type SearchableText,
  tokenizeDocument,
} from '../../src/search/document-terms.ts';
import { evaluate } from '../../src/search/evaluate.ts';
import { planQuery } from '../../src/search/plan.ts';
import { parseQuery } from '../../src/search/query.ts';
import { rank, ranked } from '../../src/search/rank.ts';
import { visibleRuns } from '../../src/search/visible-runs.ts';
import { addBit, emptyBits, membersByRank } from '../../src/store/bits.ts';
import { encodeDocuments } from './encode-documents.ts';

/** An article of which only the text is said. */
export function article(text: string, more: Partial<SearchableText> = {}): SearchableText {
  return { title: '', text, tags: [], authors: [], source: undefined, ...more };
}

export interface Searched {
  /** Ascending. */
  readonly articles: readonly number[];
  /** Of each. */
  readonly scores: readonly number[];
  /** The best first. */
  readonly ranked: readonly number[];
  /** So many of those of which something is true, the best first. */
  best(count: number, isWanted: (article: number) => boolean): readonly number[];
  /** How many blocks, and places of blocks, the query read. */
  readonly reads: number;
}

/** Indexes articles; what is returned searches them and reads no block that was not planned. */
export function indexOf(
  articles: readonly SearchableText[],
): (query: string, isVisible?: (article: number) => boolean) => Searched {
  return searchIn(articles.map(tokenizeDocument));
}

export function searchIn(
  documents: readonly DocumentTerms[],
  scheduled = 0,
): (query: string, isVisible?: (article: number) => boolean) => Searched {
  const { directory, blocks, places } = encodeDocuments(documents, scheduled);
  const opened = openSearch(directory);
  return (text, isVisible = () => true) => {
    const query = parseQuery(text);
    if (query === undefined) return { articles: [], scores: [], ranked: [], best: () => [], reads: 0 };
    const visible = emptyBits(documents.length);
    for (const number of documents.keys()) if (isVisible(number)) addBit(visible, number);
    const runs = visibleRuns(opened, visible).map(({ run }) => run);
    const planned = planQuery(opened, query, runs);
    const matches = evaluate(
      opened,
      query,
      { block: reader(planned.blocks, blocks), places: reader(planned.places, places) },
      visible,
    );
    const articles = membersByRank(matches.members, 0, documents.length);
    return {
      articles,
      scores: articles.map((number) => matches.score(number)),
      ranked: ranked(matches, articles),
      best: (count, isWanted) => rank(matches, count, isWanted),
      reads: planned.blocks.length + planned.places.length,
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
