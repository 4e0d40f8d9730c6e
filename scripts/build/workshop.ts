import { availableParallelism } from 'node:os';
import type { Place } from '../../src/documents/collect.ts';
import type { ReadDocument } from '../../src/documents/reading.ts';
import type { Amendment } from '../../src/documents/template-claims.ts';
import type { SearchParts } from '../../src/store/write-store.ts';
import type { ArticleReport, Workshop } from '../../src/workshop.ts';
import { openCache, withoutCache } from './cache.ts';
import { type Crew, hireThreads, workHere } from './crew.ts';
import type { HandOptions, PackingResult, RenderingJob } from './hand.ts';
import { batchesOf, inOrder } from './in-order.ts';
import type { Kept } from './kept.ts';
import type { RememberedArticle, RememberedDocument } from './memory.ts';
import { articleName } from './name.ts';
import type { Output } from './output.ts';
import { packSegments } from './pack-segments.ts';
import { publishPart } from './parts.ts';
import type { Progress } from './progress.ts';
import { isTelling, stampOf } from './stamp.ts';

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
interface Known extends RememberedDocument {
  readonly content?: Kept;
}

/** A workshop with a memory: only what was not done before is done, in several threads if there is much. */
export function openWorkshop(paths: readonly string[], options: WorkshopOptions): BuildWorkshop {
  const { seeds, site, output, progress, began } = options;
  const { threads, threadsFrom, cacheFrom } = { ...LIMITS, ...options.limits };
  const stamps = new Map(paths.map((path) => [path, stampOf(seeds, path)]));
  const bytesOf = (some: readonly { path: string }[]): number =>
    some.reduce((sum, { path }) => sum + (stamps.get(path)?.size ?? 0), 0);
  const allBytes = bytesOf(paths.map((path) => ({ path })));
  const cache =
    (allBytes >= cacheFrom ? openCache(options.cache, seeds, options.version(), began) : undefined) ??
    withoutCache();
  const remembered = cache.memory.documents;

  const known = new Map<string, Known>();
  let segments: ReadonlyMap<string, PackingResult> = new Map();
  const room = { seeds, site, scratch: cache.scratch, parts: output.parts };
  const here = workHere(room);
  // What is put together of all documents takes a thread of its own even when few of them are to be read.
  const hired = threads > 0 && allBytes >= threadsFrom ? hireThreads(threads, room) : undefined;
  const crewFor = (jobs: readonly { path: string }[]): Crew =>
    hired !== undefined && bytesOf(jobs) >= threadsFrom ? hired : here;
  const ahead = BATCHES_AHEAD * Math.max(1, threads);

  async function readAll(): Promise<ReadDocument[]> {
    const unsure: { path: string; digest?: string; marks?: string }[] = [];
    for (const [path, stamp] of stamps) {
      const before = remembered.get(path);
      const marks = stamp && isTelling(stamp, began) ? stamp.marks : undefined;
      if (before !== undefined && marks !== undefined && before.marks === marks) known.set(path, before);
      else
        unsure.push({
          path,
          ...(before && { digest: before.digest }),
          ...(marks !== undefined && { marks }),
        });
    }
    progress.begin('Reading', unsure.length);
    const crew = crewFor(unsure);
    const work = async (batch: typeof unsure): Promise<void> => {
      const results = await crew.ask('read', batch);
      for (const [index, { path, marks }] of batch.entries()) {
        const result = results[index];
        const before = remembered.get(path);
        const document = result?.document ?? before?.document;
        if (result === undefined || document === undefined) continue;
        const { digest, content } = result;
        known.set(path, {
          ...(result.document === undefined ? before : {}),
          document,
          digest,
          ...(marks !== undefined && { marks }),
          ...(content && { content }),
        });
      }
      progress.advance(batch.length);
    };
    for await (const _ of inOrder(batchesOf(unsure, BATCH), work, ahead));
    return Array.from(known.values(), ({ document }) => document);
  }

  async function amend(amendments: ReadonlyMap<string, Amendment>): Promise<ReadDocument[]> {
    const missing = Array.from(amendments, ([path, amendment]) => ({ path, amendment })).filter(
      ({ path, amendment }) => known.get(path)?.amended?.amendment !== JSON.stringify(amendment),
    );
    const crew = crewFor(missing);
    const work = async (jobs: typeof missing): Promise<void> => {
      const results = await crew.ask('read', jobs);
      for (const [index, { path, amendment }] of jobs.entries()) {
        const { digest, document, content } = results[index] ?? {};
        const before = known.get(path);
        if (document === undefined || before === undefined) continue;
        if (digest !== before.digest)
          throw new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
        const amended = { amendment: JSON.stringify(amendment), document };
        known.set(path, { ...before, amended, ...(content && { content }) });
      }
    };
    for await (const _ of inOrder(batchesOf(missing, BATCH), work, ahead));
    return [...amendments.keys()].flatMap((path) => known.get(path)?.amended?.document ?? []);
  }

  async function render(places: readonly Place[]): Promise<ArticleReport[]> {
    const missing = places.filter((place) => articleAt(place)?.name !== nameOf(place));
    progress.begin('Rendering', missing.length);
    const crew = crewFor(missing);
    const work = async (batch: readonly Place[]): Promise<void> => {
      await make(batch, crew);
      progress.advance(batch.length);
    };
    for await (const _ of inOrder(batchesOf(missing, BATCH), work, ahead));
    return rendered(places).map(({ facts, warnings, record }) => ({
      facts,
      warnings,
      bytes: record.slot.length,
    }));
  }

  async function make(places: readonly Place[], crew: Crew): Promise<void> {
    const results = await crew.ask('render', places.map(jobOf));
    for (const [index, place] of places.entries()) {
      const document = known.get(place.path);
      const result = results[index];
      if (document === undefined || result === undefined) continue;
      const { content: _, ...rest } = document;
      known.set(place.path, { ...rest, rendered: { name: nameOf(place), ...result } });
    }
  }

  function jobOf(place: Place): RenderingJob {
    const { digest = '', content } = known.get(place.path) ?? {};
    return { place, digest, ...(content && { content }) };
  }

  function nameOf(place: Place): string {
    return articleName(known.get(place.path)?.digest ?? '', place);
  }

  function articleAt({ path }: Place): RememberedArticle | undefined {
    return known.get(path)?.rendered;
  }

  function rendered(places: readonly Place[]): RememberedArticle[] {
    return places.map((place) => {
      const article = articleAt(place);
      if (article === undefined) throw new Error(`Cannot pack seeds/${place.path}: it was not rendered`);
      return article;
    });
  }

  /** Renders again what was lost. */
  async function repair(places: readonly Place[]): Promise<void> {
    const damaged = places.filter((place) => {
      const article = articleAt(place);
      const parts = article && [article.record, article.forms, article.terms];
      return parts?.some((part) => cache.read(part) === undefined) ?? true;
    });
    await make(damaged, here);
  }

  async function index(places: readonly Place[]): Promise<SearchParts> {
    const ask = async () => {
      const terms = rendered(places).map((article) => article.terms);
      const [result] = await (hired ?? here).ask('index', [{ terms }]);
      return result;
    };
    let result = await ask();
    if (result === undefined) {
      await repair(places);
      result = await ask();
    }
    if (result === undefined) throw new Error('Cannot read back the words of the documents');
    for (const digest of result.published) output.need(digest);
    return result.search;
  }

  let dismissed: Promise<unknown> | undefined;

  function dismiss(): Promise<unknown> {
    dismissed ??= Promise.all([here.dismiss(), hired?.dismiss()]);
    return dismissed;
  }

  return {
    readAll,
    amend,
    render,
    async pack(places, plans) {
      const packed = await packSegments(plans, {
        cache,
        output,
        ahead,
        pack: (jobs) => (hired ?? here).ask('pack', jobs),
        articlesOf: ({ start, end }) => rendered(places.slice(start, end)),
        repair: ({ start, end }) => repair(places.slice(start, end)),
      });
      segments = packed.memory;
      return packed.segments;
    },
    index,
    publish(part) {
      output.need(part.digest);
      publishPart(output.parts, part);
    },
    async save() {
      progress.end();
      await dismiss();
      const documents = new Map(
        Array.from(known, ([path, { content: _, ...document }]) => [path, document] as const),
      );
      cache.save({ documents, segments });
    },
    async close() {
      await dismiss();
      cache.close();
    },
  };
}
