import { planChunks, type Stretch } from '../../src/search/plan-chunks.ts';
import type { SearchParts } from '../../src/store/write-store.ts';
import type { Cache } from './cache.ts';
import type { Crew } from './crew.ts';
import { inOrder } from './in-order.ts';
import type { KeptChunk } from './jobs.ts';
import type { RememberedArticle } from './memory.ts';
import { digestOf } from './name.ts';
import type { Output } from './output.ts';

interface Indexing {
  readonly cache: Cache;
  readonly output: Output;
  readonly crew: Crew;
  /** How many chunks may be under way. */
  readonly ahead: number;
  /** How many articles there are. */
  readonly count: number;
  /** How many of them, the last ones, are not published yet. */
  readonly scheduled: number;
  /** The articles of a stretch, rendered. */
  readonly articlesOf: (stretch: Stretch) => readonly RememberedArticle[];
  /** Renders those articles again of which something was lost. */
  readonly repair: (stretch: Stretch) => Promise<void>;
}

interface Indexed {
  readonly search: SearchParts;
  /** For the next build, by name. */
  readonly memory: ReadonlyMap<string, KeptChunk>;
}

/** Makes the search index of chunks, of which those that are remembered are not made again. */
export async function makeSearchIndex(indexing: Indexing): Promise<Indexed> {
  const { cache, output, crew, ahead, count, scheduled, articlesOf, repair } = indexing;
  const make = async (stretch: Stretch, isRepaired = false): Promise<KeptChunk> => {
    const terms = articlesOf(stretch).map((article) => article.terms);
    const [chunk] = await crew.ask('chunk', [{ terms }]);
    if (chunk !== undefined) return chunk;
    if (isRepaired) throw new Error('Cannot read back the words of the documents');
    await repair(stretch);
    return make(stretch, true);
  };
  const collect = async (remembered: ReadonlyMap<string, KeptChunk>): Promise<Map<string, KeptChunk>> => {
    const work = async (stretch: Stretch): Promise<[string, KeptChunk]> => {
      const name = digestOf(articlesOf(stretch).map((article) => article.name));
      return [name, remembered.get(name) ?? (await make(stretch))];
    };
    const chunks = new Map<string, KeptChunk>();
    const stretches = planChunks(count, scheduled);
    for await (const [name, chunk] of inOrder(stretches, work, ahead)) chunks.set(name, chunk);
    return chunks;
  };
  const merge = async (chunks: ReadonlyMap<string, KeptChunk>): Promise<SearchParts | undefined> => {
    const [result] = await crew.ask('index', [{ chunks: [...chunks.values()], scheduled }]);
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
