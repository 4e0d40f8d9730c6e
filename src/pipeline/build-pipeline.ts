import type { Circumstances } from '../corpus/collect.ts';
import { type Describe, describeWith } from '../corpus/describe-files.ts';
import { publishPart } from './assets.ts';
import type { Desk } from './build-context.ts';
import { openCache, withoutCache } from './cache.ts';
import { type Memory, NOTHING } from './cache-index.ts';
import { remember } from './compact.ts';
import type { Workshop } from './inline-pipeline.ts';
import { beFrugal } from './limit-heap.ts';
import { makeSearchIndex } from './make-search-index.ts';
import type { Output } from './output.ts';
import { packSegments } from './pack-segments.ts';
import type { Progress } from './progress.ts';
import { amend, readAll } from './read-documents.ts';
import { rememberMedia } from './remember-media.ts';
import { recallReports, render, rendered, repair } from './render-articles.ts';
import type { Stock } from './scan-sources.ts';
import type { HandOptions } from './tasks.ts';
import type { Recollection } from './warm-cache.ts';

export interface WorkshopOptions extends Pick<HandOptions, 'seeds' | 'site'> {
  /** Any file beside the documents. */
  readonly read: Circumstances['read'];
  readonly output: Output;
  /** The folder for what builds remember. */
  readonly cache: string;
  /** Names what the results depend on beside the documents; asked if anything is remembered. */
  readonly version: () => string;
  /** Milliseconds; when the build began. */
  readonly began: number;
  readonly progress: Progress;
  /** So many bytes of documents are worth remembering. */
  readonly cacheFrom?: number;
  /** What is known of the last build, and is to be known of this one. */
  readonly recollection?: Recollection | undefined;
}

const CACHE_FROM = 200_000;

/** With so many bytes of documents memory is saved, which takes some time. */
const FRUGAL_FROM = 100_000_000;
/** With so many bytes of documents, new threads cost less than what the old ones hold once they have read. */
const RENEWED_FROM = 20_000_000;

/** How many batches may be under way or done and not yet taken, for each thread. */
const BATCHES_AHEAD = 4;

export interface BuildWorkshop extends Workshop {
  /** Examines a file beside the documents. */
  readonly describe: Describe;
  /** Remembers what was done for the next build; after this nothing more can be done. */
  save(): Promise<void>;
  close(): Promise<void>;
}

/** A workshop with a memory: only what was not done before is done, in several threads if there is much. */
export function openWorkshop(stock: Stock, options: WorkshopOptions): BuildWorkshop {
  const { stamps, bytes, crew, threads } = stock;
  const { seeds, site, read, output, progress, began, cacheFrom = CACHE_FROM, recollection } = options;
  const collectGarbage = bytes >= FRUGAL_FROM ? beFrugal() : () => {};
  const { remembered } = recollection ?? {};
  const cache =
    (bytes >= cacheFrom
      ? openCache(options.cache, seeds, options.version(), began, remembered)
      : undefined) ?? withoutCache();
  const { scratch, fallback } = cache;
  crew.begin({ seeds, site, scratch, fallback, parts: output.parts });
  const ahead = BATCHES_AHEAD * Math.max(1, threads);
  const desk: Desk = {
    cache,
    crew,
    progress,
    ahead,
    known: new Map(),
    reports: new Map(),
    ...(recollection && { recollection }),
  };
  const media = rememberMedia(cache.memory.media, seeds, describeWith(read, site), began);
  let segments: Memory['segments'] = new Map();
  let chunks: Memory['chunks'] = new Map();

  return {
    async readAll() {
      const reading = readAll(desk, stamps, began);
      const [documents] = await Promise.all([reading, bytes < FRUGAL_FROM && recallReports(desk)]);
      // What reading took, such as the detector of languages, nothing else needs.
      if (cache.memory === NOTHING && bytes >= RENEWED_FROM) await crew.renew();
      collectGarbage();
      return documents;
    },
    amend: (amendments) => amend(desk, amendments),
    describe: media.describe,
    async render(places) {
      collectGarbage();
      const reports = await render(desk, places);
      collectGarbage();
      return reports;
    },
    async pack(places, plans) {
      const packed = await packSegments(plans, {
        cache,
        output,
        ahead,
        pack: (jobs) => crew.ask('pack', jobs),
        articlesOf: ({ start, end }) => rendered(desk, places.slice(start, end)),
        repair: ({ start, end }) => repair(desk, places.slice(start, end)),
      });
      segments = packed.memory;
      return packed.segments;
    },
    async index(places, scheduled) {
      const indexed = await makeSearchIndex({
        cache,
        output,
        ahead,
        crew,
        count: places.length,
        scheduled,
        articlesOf: ({ start, end }) => rendered(desk, places.slice(start, end)),
        repair: ({ start, end }) => repair(desk, places.slice(start, end)),
      });
      chunks = indexed.memory;
      return indexed.search;
    },
    publish(part) {
      output.need(part.digest);
      publishPart(output.parts, part);
    },
    async save() {
      progress.end();
      // What the threads hold is worth more than starting them again, unless there is very much of it.
      await (bytes < FRUGAL_FROM ? crew.rest() : crew.dismiss());
      collectGarbage();
      const settled = cache.save({ documents: desk.known, segments, chunks, media: media.memory });
      if (recollection !== undefined) recollection.remembered = settled && remember(settled);
    },
    async close() {
      try {
        await crew.rest();
      } finally {
        cache.close();
      }
    },
  };
}
