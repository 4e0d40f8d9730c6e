import { type ArticleRange, planPartialIndexes } from '../search/index-writer.ts';
import type { SearchParts } from '../store/write-store.ts';
import type { Cache } from './cache.ts';
import type { CachedArticle } from './cache-index.ts';
import { digestOf } from './cache-key.ts';
import { mapOrdered } from './map-ordered.ts';
import type { Output } from './output.ts';
import type { CachedPartialIndex } from './task-requests.ts';
import type { WorkerPool } from './worker-pool.ts';

interface Indexing {
  readonly cache: Cache;
  readonly output: Output;
  readonly pool: WorkerPool;
  /** How many chunks may be under way. */
  readonly ahead: number;
  /** How many articles there are. */
  readonly count: number;
  /** How many of them, the last ones, are not published yet. */
  readonly scheduled: number;
  /** The articles of a range, rendered. */
  readonly articlesOf: (range: ArticleRange) => readonly CachedArticle[];
  /** Renders those articles again of which something was lost. */
  readonly repair: (range: ArticleRange) => Promise<void>;
}

interface Indexed {
  readonly search: SearchParts;
  /** For the next build, by name. */
  readonly memory: ReadonlyMap<string, CachedPartialIndex>;
}

/** Makes the search index of chunks, of which those that are remembered are not made again. */
export async function makeSearchIndex(indexing: Indexing): Promise<Indexed> {
  const { cache, output, pool, ahead, count, scheduled, articlesOf, repair } = indexing;
  const make = async (range: ArticleRange, isRepaired = false): Promise<CachedPartialIndex> => {
    const terms = articlesOf(range).map((article) => article.terms);
    const [chunk] = await pool.ask('chunk', [{ terms }]);
    if (chunk !== undefined) return chunk;
    if (isRepaired) throw new Error('Cannot read back the words of the documents');
    await repair(range);
    return make(range, true);
  };
  const collect = async (
    remembered: ReadonlyMap<string, CachedPartialIndex>,
  ): Promise<Map<string, CachedPartialIndex>> => {
    const work = async (range: ArticleRange): Promise<[string, CachedPartialIndex]> => {
      const name = digestOf(articlesOf(range).map((article) => article.name));
      return [name, remembered.get(name) ?? (await make(range))];
    };
    const chunks = new Map<string, CachedPartialIndex>();
    const ranges = planPartialIndexes(count, scheduled);
    for await (const [name, chunk] of mapOrdered(ranges, work, ahead)) chunks.set(name, chunk);
    return chunks;
  };
  const merge = async (chunks: ReadonlyMap<string, CachedPartialIndex>): Promise<SearchParts | undefined> => {
    const [result] = await pool.ask('index', [{ chunks: [...chunks.values()], scheduled }]);
    for (const digest of result?.published ?? []) output.need(digest);
    return result?.search;
  };

  const memory = await collect(cache.memory.chunks);
  const search = await merge(memory);
  if (search !== undefined) return { search, memory };
  // A chunk that was remembered is damaged.
  const anew = await collect(new Map());
  const again = await merge(anew);
  if (again === undefined) throw new Error('Cannot read back the chunks of the search index');
  return { search: again, memory: anew };
}
