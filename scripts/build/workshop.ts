import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Place } from '../../src/documents/collect.ts';
import type { ReadDocument } from '../../src/documents/reading.ts';
import type { Amendment } from '../../src/documents/template-claims.ts';
import type { SearchIndex } from '../../src/search/encode-search.ts';
import type { StoredArticle, Workshop } from '../../src/workshop.ts';
import { openCache, type Remembered, withoutCache } from './cache.ts';
import { type Crew, hireThreads, workHere } from './crew.ts';
import type { HandOptions, Kept, RenderingJob } from './hand.ts';
import type { Progress } from './progress.ts';
import { indexKept } from './search-index.ts';
import { isTelling, stampOf } from './stamp.ts';

export interface WorkshopOptions extends Pick<HandOptions, 'seeds' | 'site'> {
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

/** How many documents are handed over at once. */
const BATCH = 32;
/** How many batches may be under way or done and not yet taken, for each thread. */
const BATCHES_AHEAD = 4;

export interface BuildWorkshop extends Workshop {
  /** Remembers what was done for the next build; after this nothing more can be done. */
  save(): Promise<void>;
  close(): Promise<void>;
}

/** What is known of a document in this build. */
interface Known extends Remembered {
  readonly content?: Kept;
}

/** A workshop with a memory: only what was not done before is done, in several threads if there is much. */
export function openWorkshop(paths: readonly string[], options: WorkshopOptions): BuildWorkshop {
  const { seeds, site, progress, began } = options;
  const { threads, threadsFrom, cacheFrom } = { ...LIMITS, ...options.limits };
  const stamps = new Map(paths.map((path) => [path, stampOf(seeds, path)]));
  const sizeOf = (path: string): number => stamps.get(path)?.size ?? 0;
  const bytesOf = (some: readonly { path: string }[]): number =>
    some.reduce((sum, { path }) => sum + sizeOf(path), 0);
  const isWorthIt = bytesOf(paths.map((path) => ({ path }))) >= cacheFrom;
  const cache =
    (isWorthIt ? openCache(options.cache, seeds, options.version(), began) : undefined) ?? withoutCache();

  const known = new Map<string, Known>();
  const room = { seeds, site, scratch: cache.scratch };
  let here: Crew | undefined;
  let hired: Crew | undefined;
  const crewFor = (jobs: readonly { path: string }[]): Crew => {
    if (hired === undefined && threads > 0 && bytesOf(jobs) >= threadsFrom)
      hired = hireThreads(threads, room);
    here ??= hired ?? workHere(room);
    return hired ?? here;
  };
  const ahead = BATCHES_AHEAD * Math.max(1, threads);

  async function readAll(): Promise<ReadDocument[]> {
    const unsure: { path: string; digest?: string; marks?: string }[] = [];
    for (const [path, stamp] of stamps) {
      const remembered = cache.documents.get(path);
      const marks = stamp && isTelling(stamp, began) ? stamp.marks : undefined;
      if (remembered !== undefined && marks !== undefined && remembered.marks === marks)
        known.set(path, remembered);
      else
        unsure.push({
          path,
          ...(remembered && { digest: remembered.digest }),
          ...(marks !== undefined && { marks }),
        });
    }
    progress.begin('Reading', unsure.length);
    const crew = crewFor(unsure);
    const work = async (batch: typeof unsure): Promise<void> => {
      const results = await crew.read(batch);
      for (const [index, { path, marks }] of batch.entries()) {
        const result = results[index];
        const remembered = cache.documents.get(path);
        const document = result?.document ?? remembered?.document;
        if (result === undefined || document === undefined) continue;
        const { digest, content } = result;
        known.set(path, {
          ...(result.document === undefined ? remembered : {}),
          document,
          digest,
          ...(marks !== undefined && { marks }),
          ...(content && { content }),
        });
      }
      progress.advance(batch.length);
    };
    for await (const _ of inOrder(batchesOf(unsure), work, ahead));
    return Array.from(known.values(), ({ document }) => document);
  }

  async function amend(amendments: ReadonlyMap<string, Amendment>): Promise<ReadDocument[]> {
    const missing = Array.from(amendments, ([path, amendment]) => ({ path, amendment })).filter(
      ({ path, amendment }) => known.get(path)?.amended?.amendment !== JSON.stringify(amendment),
    );
    if (missing.length > 0) {
      const crew = crewFor(missing);
      for await (const results of inOrder(batchesOf(missing), (batch) => readAmended(batch, crew), ahead)) {
        for (const [path, document] of results) known.set(path, document);
      }
    }
    return [...amendments.keys()].flatMap((path) => known.get(path)?.amended?.document ?? []);
  }

  async function readAmended(
    jobs: readonly { path: string; amendment: Amendment }[],
    crew: Crew,
  ): Promise<[string, Known][]> {
    const results = await crew.read(jobs);
    return jobs.flatMap(({ path, amendment }, index): [string, Known][] => {
      const { digest, document, content } = results[index] ?? {};
      const before = known.get(path);
      if (document === undefined || before === undefined) return [];
      if (digest !== before.digest)
        throw new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
      const amended = { amendment: JSON.stringify(amendment), document };
      return [[path, { ...before, amended, ...(content && { content }) }]];
    });
  }

  async function* render(places: readonly Place[]): AsyncIterable<StoredArticle> {
    const missing = places.filter((place) => known.get(place.path)?.rendered?.place !== nameOf(place));
    progress.begin('Rendering', missing.length);
    const crew = crewFor(missing);
    if (missing.length <= BATCH) {
      await make(missing, crew);
      indexInThread(places);
    }
    const work = async (batch: readonly Place[]): Promise<StoredArticle[]> => {
      await make(
        batch.filter((place) => recall(place) === undefined),
        crew,
      );
      return batch.map((place) => {
        const article = recall(place);
        if (article === undefined) throw new Error(`Cannot read back what was made of seeds/${place.path}`);
        return article;
      });
    };
    for await (const batch of inOrder(batchesOf(places), work, ahead)) yield* batch;
  }

  async function make(places: readonly Place[], crew: Crew): Promise<void> {
    if (places.length === 0) return;
    const results = await crew.render(places.map(jobOf));
    for (const [index, place] of places.entries()) {
      const document = known.get(place.path);
      const result = results[index];
      if (document === undefined || result === undefined) continue;
      const { content: _, ...rest } = document;
      known.set(place.path, { ...rest, rendered: { place: nameOf(place), ...result } });
    }
    progress.advance(places.length);
  }

  /** What was made of the same document at the same place. */
  function recall(place: Place): StoredArticle | undefined {
    const rendered = known.get(place.path)?.rendered;
    if (rendered?.place !== nameOf(place)) return undefined;
    const record = cache.read(rendered.record);
    const forms = cache.read(rendered.forms);
    if (record === undefined || forms === undefined) return undefined;
    return { facts: rendered.facts, warnings: rendered.warnings, record, forms };
  }

  function termsOf(places: readonly Place[]): Kept[] {
    return places.flatMap(({ path }) => known.get(path)?.rendered?.terms ?? []);
  }

  let indexed: Promise<SearchIndex | undefined> | undefined;

  /** So that the search index is made while the store is put together. */
  function indexInThread(places: readonly Place[]): void {
    if (threads === 0 || bytesOf(places) < threadsFrom) return;
    const thread = new Worker(join(import.meta.dirname, 'search-thread.ts'), { workerData: termsOf(places) });
    // Without its answer the index is made here.
    const gone = once(thread, 'exit').then(() => undefined);
    indexed = Promise.race([once(thread, 'message').then(([index]) => index as SearchIndex), gone]) // see search-thread.ts
      .catch(() => undefined);
  }

  async function index(places: readonly Place[]): Promise<SearchIndex> {
    const made = (await indexed) ?? indexKept(termsOf(places));
    if (made !== undefined) return made;
    const damaged = places.filter(({ path }) => {
      const terms = known.get(path)?.rendered?.terms;
      return terms === undefined || cache.read(terms) === undefined;
    });
    await make(damaged, crewFor(damaged));
    const repaired = indexKept(termsOf(places));
    if (repaired === undefined) throw new Error('Cannot read back the terms of the search index');
    return repaired;
  }

  function jobOf(place: Place): RenderingJob {
    const { digest = '', content } = known.get(place.path) ?? {};
    return { place, digest, ...(content && { content }) };
  }

  async function dismiss(): Promise<void> {
    await Promise.all([here?.dismiss(), hired?.dismiss()]);
    here = hired = undefined;
  }

  return {
    readAll,
    amend,
    render,
    index,
    async save() {
      progress.end();
      await dismiss();
      cache.save(new Map(Array.from(known, ([path, { content: _, ...remembered }]) => [path, remembered])));
    },
    async close() {
      await dismiss();
      cache.close();
    },
  };
}

/** All that an article depends on beside its document. */
function nameOf({ identity: { redirects: _, ...identity }, neighbourhood, ...rest }: Place): string {
  const { links, files, pages, people } = neighbourhood;
  const maps = [links, files, pages, people].map((map: ReadonlyMap<string, unknown>) => [...map]);
  return JSON.stringify([identity, rest, maps]);
}

function* batchesOf<Item>(items: readonly Item[]): Iterable<Item[]> {
  for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH);
}

/** Works on several at once; what comes of them comes in order. */
async function* inOrder<Job, Result>(
  jobs: Iterable<Job>,
  work: (job: Job) => Promise<Result>,
  ahead: number,
): AsyncIterable<Result> {
  const running: Promise<Result>[] = [];
  for (const job of jobs) {
    const result = work(job);
    // Whoever waits for it hears of a failure; until then nobody does.
    result.catch(() => {});
    running.push(result);
    if (running.length >= ahead) yield (await running.shift()) as Result; // there is one
  }
  for (const result of running) yield await result;
}
