import type { Circumstances } from '../corpus/collect.ts';
import { type Describe, describeWith } from '../corpus/describe-files.ts';
import { emitAsset } from './assets.ts';
import type { BuildContext } from './build-context.ts';
import { openCache, withoutCache } from './cache.ts';
import { type CacheIndex, NOTHING } from './cache-index.ts';
import { remember } from './compact.ts';
import type { BuildPipeline } from './inline-pipeline.ts';
import { limitHeap } from './limit-heap.ts';
import { makeSearchIndex } from './make-search-index.ts';
import type { Output } from './output.ts';
import { packSegments } from './pack-segments.ts';
import type { Progress } from './progress.ts';
import { amend, readAll } from './read-documents.ts';
import { rememberMedia } from './remember-media.ts';
import { recallReports, render, rendered, repair } from './render-articles.ts';
import type { SourceScan } from './scan-sources.ts';
import type { TaskOptions } from './tasks.ts';
import type { WarmCache } from './warm-cache.ts';

export interface PipelineOptions extends Pick<TaskOptions, 'seeds' | 'site'> {
  /** Any file beside the documents. */
  readonly read: Circumstances['read'];
  readonly output: Output;
  /** The folder for what builds remember. */
  readonly cache: string;
  /** Names what the results depend on beside the documents; asked if anything is remembered. */
  readonly version: () => string;
  /** Milliseconds; when the build began. */
  readonly startedAt: number;
  readonly progress: Progress;
  /** So many bytes of documents are worth remembering. */
  readonly cacheFrom?: number;
  /** What is known of the last build, and is to be known of this one. */
  readonly warm?: WarmCache | undefined;
}

const CACHE_FROM = 200_000;

/** With so many bytes of documents memory is saved, which takes some time. */
const FRUGAL_FROM = 100_000_000;
/** With so many bytes of documents, new threads cost less than what the old ones hold once they have read. */
const RENEWED_FROM = 20_000_000;

/** How many batches may be under way or done and not yet taken, for each thread. */
const BATCHES_AHEAD = 4;

export interface OpenPipeline extends BuildPipeline {
  /** Examines a file beside the documents. */
  readonly describe: Describe;
  /** Remembers what was done for the next build; after this nothing more can be done. */
  save(): Promise<void>;
  close(): Promise<void>;
}

/** A pipeline with a memory: only what was not done before is done, in several threads if there is much. */
export function openPipeline(scan: SourceScan, options: PipelineOptions): OpenPipeline {
  const { stamps, bytes, pool, threads } = scan;
  const { seeds, site, read, output, progress, startedAt, cacheFrom = CACHE_FROM, warm } = options;
  const collectGarbage = bytes >= FRUGAL_FROM ? limitHeap() : () => {};
  const { remembered } = warm ?? {};
  const cache =
    (bytes >= cacheFrom
      ? openCache(options.cache, seeds, options.version(), startedAt, remembered)
      : undefined) ?? withoutCache();
  const { scratch, fallback } = cache;
  pool.init({ seeds, site, scratch, fallback, parts: output.parts });
  const ahead = BATCHES_AHEAD * Math.max(1, threads);
  const context: BuildContext = {
    cache,
    pool,
    progress,
    ahead,
    known: new Map(),
    reports: new Map(),
    ...(warm && { warm }),
  };
  const media = rememberMedia(cache.memory.media, seeds, describeWith(read, site), startedAt);
  let segments: CacheIndex['segments'] = new Map();
  let chunks: CacheIndex['chunks'] = new Map();

  return {
    async readAll() {
      const reading = readAll(context, stamps, startedAt);
      const [documents] = await Promise.all([reading, bytes < FRUGAL_FROM && recallReports(context)]);
      // What reading took, such as the detector of languages, nothing else needs.
      if (cache.memory === NOTHING && bytes >= RENEWED_FROM) await pool.recycle();
      collectGarbage();
      return documents;
    },
    amend: (boilerplates) => amend(context, boilerplates),
    describe: media.describe,
    async render(places) {
      collectGarbage();
      const reports = await render(context, places);
      collectGarbage();
      return reports;
    },
    async pack(places, plans) {
      const packed = await packSegments(plans, {
        cache,
        output,
        ahead,
        pack: (jobs) => pool.ask('pack', jobs),
        articlesOf: ({ start, end }) => rendered(context, places.slice(start, end)),
        repair: ({ start, end }) => repair(context, places.slice(start, end)),
      });
      segments = packed.memory;
      return packed.segments;
    },
    async index(places, scheduled) {
      const indexed = await makeSearchIndex({
        cache,
        output,
        ahead,
        pool,
        count: places.length,
        scheduled,
        articlesOf: ({ start, end }) => rendered(context, places.slice(start, end)),
        repair: ({ start, end }) => repair(context, places.slice(start, end)),
      });
      chunks = indexed.memory;
      return indexed.search;
    },
    publish(part) {
      output.need(part.digest);
      emitAsset(output.parts, part);
    },
    async save() {
      progress.end();
      // What the threads hold is worth more than starting them again, unless there is very much of it.
      await (bytes < FRUGAL_FROM ? pool.drain() : pool.terminate());
      collectGarbage();
      const settled = cache.save({ documents: context.known, segments, chunks, media: media.memory });
      if (warm !== undefined) warm.remembered = settled && remember(settled);
    },
    async close() {
      try {
        await pool.drain();
      } finally {
        cache.close();
      }
    },
  };
}
