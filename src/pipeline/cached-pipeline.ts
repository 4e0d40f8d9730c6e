import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Site } from '../config/site.ts';
import type { Describe } from '../corpus/describe-files.ts';
import { type BuildPipeline, openPipeline } from './build-pipeline.ts';
import { openCache, type WarmCache } from './cache.ts';
import { type CacheIndex, EMPTY_INDEX } from './cache-index.ts';
import { fileStat, isRacy } from './files.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';
import type { SourceScan } from './scan-sources.ts';
import { LARGE, type WorkerPool } from './worker-pool.ts';

interface CachedPipelineOptions {
  readonly seeds: string;
  readonly scan: SourceScan;
  readonly site: Site;
  readonly pool: WorkerPool;
  readonly output: Pick<Output, 'folder' | 'assets' | 'need'>;
  /** Examines a file beside the documents. */
  readonly examine: Describe;
  /** The folder of caches. */
  readonly cache: string;
  /** A digest of everything that results depend on besides the documents. */
  readonly version: string;
  /** Milliseconds. */
  readonly startedAt: number;
  readonly progress: Progress;
  readonly warm?: WarmCache | undefined;
}

/**
 * Starting new threads costs less than collecting the garbage of old ones after reading: 7 % of a cold build of 3000.
 */
const RECYCLE_FROM = 20_000_000;

/** Opens a pipeline with the cache of the last build, and saves the cache of this one if `use` succeeds. */
export async function withCachedPipeline<Value>(
  options: CachedPipelineOptions,
  use: (pipeline: BuildPipeline, describe: Describe) => Promise<Value>,
): Promise<Value> {
  const { seeds, scan, site, pool, output, startedAt, progress, warm } = options;
  const isLarge = scan.bytes >= LARGE;
  const collectGarbage = isLarge ? limitHeap() : () => {};
  const cache = openCache({
    parent: options.cache,
    seeds,
    version: options.version,
    now: startedAt,
    index: warm?.index,
  });
  try {
    pool.init({ site, sources: seeds, assets: output.folder, blobs: cache.output });
    const pipeline = openPipeline({
      stats: scan.stats,
      pool,
      cache,
      values: warm?.values,
      output,
      startedAt,
      progress,
    });
    const { describe, media } = memoizeMedia(cache.index.media, seeds, options.examine, startedAt);
    const value = await use(
      {
        ...pipeline,
        async readAll() {
          const documents = await pipeline.readAll();
          // Only reading needs the memory of the language detector and of parsers.
          if (cache.index === EMPTY_INDEX && scan.bytes >= RECYCLE_FROM) await pool.recycle();
          collectGarbage();
          return documents;
        },
        async render(documents) {
          collectGarbage();
          const rendering = await pipeline.render(documents);
          collectGarbage();
          return rendering;
        },
      },
      describe,
    );
    progress.end();
    await (isLarge ? pool.terminate() : pool.drain());
    collectGarbage();
    const saved = cache.save({ ...pipeline.results(), media });
    if (warm !== undefined) warm.index = saved;
    return value;
  } finally {
    try {
      await pool.drain();
    } finally {
      cache.close();
    }
  }
}

/** Examines only files that may have changed: a site may have gigabytes of them. */
export function memoizeMedia(
  before: CacheIndex['media'],
  seeds: string,
  examine: Describe,
  startedAt: number,
): { readonly describe: Describe; readonly media: CacheIndex['media'] } {
  const media = new Map<string, { statKey: string; file: NonNullable<Awaited<ReturnType<Describe>>> }>();
  return {
    media,
    async describe(path) {
      const stat = fileStat(join(seeds, path));
      if (stat === undefined || isRacy(stat, startedAt)) return examine(path);
      const cached = before.get(path);
      const file = cached?.statKey === stat.key ? cached.file : await examine(path);
      if (file !== undefined) media.set(path, { statKey: stat.key, file });
      return file;
    },
  };
}

/**
 * Limits the heap of this thread and of those that it starts, at some cost of time: V8 would use all available memory.
 *
 * @returns a function that collects this thread's garbage
 */
function limitHeap(): () => void {
  for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=20', '--expose-gc'])
    setFlagsFromString(flag);
  return runInNewContext('gc') as () => void; // what --expose-gc exposes
}
