import { encodeDirectory } from './directory.ts';
import type { DocumentTerms } from './document-terms.ts';
import { encodeRun } from './run.ts';

/**
 * Where runs end: at the last multiple of each of these numbers of articles. So there are at most three runs, which
 * depend on nothing but the articles in them; an article that is added at the end changes the last one, every 64th the
 * last two, and only every 1024th all of them.
 */
const RUN_BOUNDARIES = [1024, 64, 1];

/** A search index. */
export interface SearchIndex {
  /** What has to be at hand before a query is known (see directory.ts). */
  readonly directory: Uint8Array<ArrayBuffer>;
  /** Of about 32 KB each; a query reads few of them (see plan.ts). Named by their place. */
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  /** By block, of about 64 KB each: where its terms stand in articles, which only phrases need. */
  readonly places: readonly Uint8Array<ArrayBuffer>[];
}

/** @param documents in the order of their articles' numbers: a new article comes last */
export function encodeSearch(documents: readonly DocumentTerms[]): SearchIndex {
  let done = 0;
  const runs = RUN_BOUNDARIES.flatMap((boundary) => {
    const end = documents.length - (documents.length % boundary);
    const articles = documents.slice(done, end);
    if (articles.length === 0) return [];
    done = end;
    // The newest run is read for nearly every word, so it is one block.
    return [{ articles: articles.length, blocks: encodeRun(articles, boundary === 1) }];
  });
  return {
    directory: encodeDirectory(runs),
    blocks: runs.flatMap((run) => run.blocks.map(({ bytes }) => bytes)),
    places: runs.flatMap((run) => run.blocks.map(({ places }) => places)),
  };
}
