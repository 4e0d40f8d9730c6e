import { availableParallelism } from 'node:os';
import type { Workshop } from '../../src/workshop.ts';
import { beFrugal } from './be-frugal.ts';
import { type Cache, openCache, withoutCache } from './cache.ts';
import { type CrewOptions, hireThreads, workHere } from './crew.ts';
import type { Desk } from './desk.ts';
import type { HandOptions } from './hand.ts';
import { makeSearchIndex } from './make-search-index.ts';
import { type Memory, NOTHING } from './memory.ts';
import type { Output } from './output.ts';
import { packSegments } from './pack-segments.ts';
import { publishPart } from './parts.ts';
import type { Progress } from './progress.ts';
import { amend, readAll } from './read-documents.ts';
import { render, rendered, repair } from './render-articles.ts';
import { stampOf } from './stamp.ts';

export interface WorkshopOptions extends Pick<HandOptions, 'seeds' | 'site'> {
  readonly output: Output;
  /** The folder for what builds remember. */
  readonly cache: string;
  /** Names what the results depend on beside the documents; asked if anything is remembered. */
  readonly version: () => string;
  /** Milliseconds; when the build began. */
  readonly began: number;
  readonly progress: Progress;
  readonly limits?: Partial<Limits>;
}

interface Limits {
  /** How many threads there may be. */
  readonly threads: number;
  /** So many bytes of documents are worth threads. */
  readonly threadsFrom: number;
  /** So many bytes of documents are worth remembering. */
  readonly cacheFrom: number;
}

const LIMITS: Limits = {
  // Each takes a hundred megabytes or two.
  threads: Math.min(availableParallelism(), 4),
  threadsFrom: 1_500_000,
  cacheFrom: 200_000,
};

/** With so many bytes of documents memory is saved, which takes some time. */
const FRUGAL_FROM = 100_000_000;
/** With so many bytes of documents, new threads cost less than what the old ones hold once they have read. */
const RENEWED_FROM = 20_000_000;

/** How many batches may be under way or done and not yet taken, for each thread. */
const BATCHES_AHEAD = 4;

export interface BuildWorkshop extends Workshop {
  /** Remembers what was done for the next build; after this nothing more can be done. */
  save(): Promise<void>;
  close(): Promise<void>;
}

/** A workshop with a memory: only what was not done before is done, in several threads if there is much. */
export function openWorkshop(paths: readonly string[], options: WorkshopOptions): BuildWorkshop {
  const { seeds, site, output, progress, began } = options;
  const { threads, threadsFrom, cacheFrom } = { ...LIMITS, ...options.limits };
  const stamps = new Map(paths.map((path) => [path, stampOf(seeds, path)]));
  const bytesOf = (some: readonly { path: string }[]): number =>
    some.reduce((sum, { path }) => sum + (stamps.get(path)?.size ?? 0), 0);
  const allBytes = bytesOf(paths.map((path) => ({ path })));
  const collectGarbage = allBytes >= FRUGAL_FROM ? beFrugal() : () => {};
  const room = Promise.withResolvers<CrewOptions>();
  // What is put together of all documents takes a thread of its own even when few of them are to be read.
  const hired = threads > 0 && allBytes >= threadsFrom ? hireThreads(threads, room.promise) : undefined;
  const open = (): Cache =>
    (allBytes >= cacheFrom ? openCache(options.cache, seeds, options.version(), began) : undefined) ??
    withoutCache();
  let cache: Cache;
  try {
    cache = open();
  } catch (error) {
    void hired?.dismiss();
    throw error;
  }
  room.resolve({ seeds, site, scratch: cache.scratch, parts: output.parts });
  const crew = hired ?? workHere(room.promise);
  const ahead = BATCHES_AHEAD * Math.max(1, threads);
  const desk: Desk = { cache, crew, progress, ahead, known: new Map() };
  let segments: Memory['segments'] = new Map();
  let chunks: Memory['chunks'] = new Map();

  let dismissed: Promise<unknown> | undefined;

  function dismiss(): Promise<unknown> {
    dismissed ??= crew.dismiss();
    return dismissed;
  }

  return {
    async readAll() {
      const documents = await readAll(desk, stamps, began);
      // What reading took, such as the detector of languages, nothing else needs.
      if (cache.memory === NOTHING && allBytes >= RENEWED_FROM) await hired?.renew();
      collectGarbage();
      return documents;
    },
    amend: (amendments) => amend(desk, amendments),
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
    async index(places) {
      const indexed = await makeSearchIndex({
        cache,
        output,
        ahead,
        crew,
        count: places.length,
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
      await dismiss();
      collectGarbage();
      cache.save({ documents: desk.known, segments, chunks });
    },
    async close() {
      try {
        await dismiss();
      } finally {
        cache.close();
      }
    },
  };
}
