import type { ChunkSource } from './chunk.ts';
import { encodeDirectory } from './directory.ts';
import { planRuns } from './plan-chunks.ts';
import { encodeRun, type TakeBlock } from './run.ts';

/**
 * Merges chunks into a search index, without having more of them in memory than a piece of each.
 *
 * @param chunks those that planChunks() names, in their order
 * @param scheduled how many of the articles, the last ones, are not published yet
 * @param take gets each block, of about 32 KB, and its places, of about 64 KB, in their order
 * @returns the directory: what has to be at hand before a query is known
 * @throws RangeError when the chunks are others than those
 */
export function encodeSearch(
  chunks: readonly ChunkSource[],
  scheduled: number,
  take: TakeBlock,
): Uint8Array<ArrayBuffer> {
  const articles = chunks.reduce((sum, chunk) => sum + chunk.articles, 0);
  let done = 0;
  const runs = planRuns(articles, scheduled).map((run) => {
    const chunksOfRun = chunks.slice(done, done + run.chunks.length);
    done += run.chunks.length;
    for (const [i, { start, end }] of run.chunks.entries()) {
      const got = chunksOfRun[i]?.articles;
      if (got !== end - start)
        throw new RangeError(
          `Cannot merge chunks of the search index: expected one of ${end - start} articles, got one of ${got}`,
        );
    }
    return {
      articles: run.end - run.start,
      blocks: encodeRun(chunksOfRun, run.isOneBlock, take),
    };
  });
  return encodeDirectory(runs);
}
