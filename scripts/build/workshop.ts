import { availableParallelism } from 'node:os';
import { deserialize } from 'node:v8';
import type { Place } from '../../src/documents/collect.ts';
import type { ReadDocument } from '../../src/documents/reading.ts';
import type { Amendment } from '../../src/documents/template-claims.ts';
import type { ArticleReport, Workshop } from '../../src/workshop.ts';
import { openCache, withoutCache } from './cache.ts';
import { type CrewOptions, hireThreads, workHere } from './crew.ts';
import type { HandOptions, RenderingJob } from './hand.ts';
import { batchesOf, inOrder } from './in-order.ts';
import type { Kept } from './kept.ts';
import { makeSearchIndex } from './make-search-index.ts';
import type { Memory, RememberedArticle, RememberedDocument } from './memory.ts';
import { articleName } from './name.ts';
import type { Output } from './output.ts';
import { packSegments } from './pack-segments.ts';
import { publishPart } from './parts.ts';
import type { Progress } from './progress.ts';
import { valueSharer } from './share-values.ts';
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

/** So many bytes of documents are worth new threads with less in their memory. */
const RENEWED_FROM = 20_000_000;

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

function lost(path: string): Error {
  return new Error(`Cannot publish seeds/${path}: what was made of it is lost; build again`);
}

/** A workshop with a memory: only what was not done before is done, in several threads if there is much. */
export function openWorkshop(paths: readonly string[], options: WorkshopOptions): BuildWorkshop {
  const { seeds, site, output, progress, began } = options;
  const { threads, threadsFrom, cacheFrom } = { ...LIMITS, ...options.limits };
  const stamps = new Map(paths.map((path) => [path, stampOf(seeds, path)]));
  const bytesOf = (some: readonly { path: string }[]): number =>
    some.reduce((sum, { path }) => sum + (stamps.get(path)?.size ?? 0), 0);
  const allBytes = bytesOf(paths.map((path) => ({ path })));
  const room = Promise.withResolvers<CrewOptions>();
  // What is put together of all documents takes a thread of its own even when few of them are to be read.
  const hired = threads > 0 && allBytes >= threadsFrom ? hireThreads(threads, room.promise) : undefined;
  const cache =
    (allBytes >= cacheFrom ? openCache(options.cache, seeds, options.version(), began) : undefined) ??
    withoutCache();
  room.resolve({ seeds, site, scratch: cache.scratch, parts: output.parts });
  const crew = hired ?? workHere(room.promise);
  const remembered = cache.memory.documents;
  const known = new Map<string, Known>();
  let segments: Memory['segments'] = new Map();
  let chunks: Memory['chunks'] = new Map();
  const ahead = BATCHES_AHEAD * Math.max(1, threads);

  /** What was kept; undefined when it is not as it was. */
  function recall<Value>(kept: Kept | undefined): Value | undefined {
    const bytes = kept && cache.read(kept);
    return bytes === undefined ? undefined : (deserialize(bytes) as Value); // as memory.ts says
  }

  async function readAll(): Promise<ReadDocument[]> {
    const documents: ReadDocument[] = [];
    const unsure: { path: string; digest?: string; marks?: string }[] = [];
    for (const [path, stamp] of stamps) {
      const before = remembered.get(path);
      const document = recall<ReadDocument>(before?.document);
      const marks = stamp && isTelling(stamp, began) ? stamp.marks : undefined;
      if (before !== undefined && document !== undefined && marks !== undefined && before.marks === marks) {
        known.set(path, before);
        documents.push(document);
      } else
        unsure.push({
          path,
          ...(before !== undefined && document !== undefined && { digest: before.digest }),
          ...(marks !== undefined && { marks }),
        });
    }
    progress.begin('Reading', unsure.length);
    const work = async (batch: typeof unsure): Promise<void> => {
      const results = await crew.ask('read', batch);
      for (const [index, { path, marks }] of batch.entries()) {
        const { digest = '', read } = results[index] ?? {};
        const before = read === undefined ? remembered.get(path) : undefined;
        const document = read?.document ?? recall<ReadDocument>(before?.document);
        const kept = read?.kept ?? before?.document;
        if (document === undefined || kept === undefined) throw lost(path);
        documents.push(document);
        known.set(path, {
          ...before,
          document: kept,
          digest,
          ...(marks !== undefined && { marks }),
          ...(read?.content && { content: read.content }),
        });
      }
      progress.advance(batch.length);
    };
    for await (const _ of inOrder(batchesOf(unsure, BATCH), work, ahead));
    return documents;
  }

  async function amend(amendments: ReadonlyMap<string, Amendment>): Promise<ReadDocument[]> {
    const documents: ReadDocument[] = [];
    const missing: { path: string; amendment: Amendment }[] = [];
    for (const [path, amendment] of amendments) {
      const amended = known.get(path)?.amended;
      const isSame = amended?.amendment === JSON.stringify(amendment);
      const document = isSame ? recall<ReadDocument>(amended.document) : undefined;
      if (document === undefined) missing.push({ path, amendment });
      else documents.push(document);
    }
    const work = async (jobs: typeof missing): Promise<void> => {
      const results = await crew.ask('read', jobs);
      for (const [index, { path, amendment }] of jobs.entries()) {
        const { digest, read } = results[index] ?? {};
        const before = known.get(path);
        if (read === undefined || before === undefined) throw lost(path);
        if (digest !== before.digest)
          throw new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
        documents.push(read.document);
        const amended = { amendment: JSON.stringify(amendment), document: read.kept };
        known.set(path, { ...before, amended, ...(read.content && { content: read.content }) });
      }
    };
    for await (const _ of inOrder(batchesOf(missing, BATCH), work, ahead));
    return documents;
  }

  async function render(places: readonly Place[]): Promise<ArticleReport[]> {
    const reports = new Map<Place, ArticleReport>();
    const shareValues = valueSharer();
    for (const place of places) {
      const article = known.get(place.path)?.rendered;
      const report = article?.name === nameOf(place) ? recall<ArticleReport>(article.report) : undefined;
      if (report !== undefined) reports.set(place, shareValues(report));
    }
    const missing = places.filter((place) => !reports.has(place));
    progress.begin('Rendering', missing.length);
    // What reading took, such as the detector of languages, rendering does not need.
    if (bytesOf(missing) >= RENEWED_FROM) await hired?.renew();
    const work = async (batch: readonly Place[]): Promise<void> => {
      for (const [place, report] of await make(batch)) reports.set(place, shareValues(report));
      progress.advance(batch.length);
    };
    for await (const _ of inOrder(batchesOf(missing, BATCH), work, ahead));
    return places.flatMap((place) => reports.get(place) ?? []);
  }

  async function make(places: readonly Place[]): Promise<[Place, ArticleReport][]> {
    const results = await crew.ask('render', places.map(jobOf));
    return places.map((place, index) => {
      const document = known.get(place.path);
      const result = results[index];
      if (document === undefined || result === undefined) throw lost(place.path);
      const { content: _, ...rest } = document;
      known.set(place.path, { ...rest, rendered: { name: nameOf(place), ...result.kept } });
      return [place, result.report];
    });
  }

  function jobOf(place: Place): RenderingJob {
    const { digest = '', content } = known.get(place.path) ?? {};
    return { place, digest, ...(content && { content }) };
  }

  function nameOf(place: Place): string {
    return articleName(known.get(place.path)?.digest ?? '', place);
  }

  function rendered(places: readonly Place[]): RememberedArticle[] {
    return places.map((place) => {
      const article = known.get(place.path)?.rendered;
      if (article === undefined) throw lost(place.path);
      return article;
    });
  }

  /** Renders again what was lost. */
  async function repair(places: readonly Place[]): Promise<void> {
    const damaged = places.filter((place) => {
      const { record, forms, terms } = known.get(place.path)?.rendered ?? {};
      return [record, forms, terms].some((part) => part === undefined || cache.read(part) === undefined);
    });
    await make(damaged);
  }

  let dismissed: Promise<unknown> | undefined;

  function dismiss(): Promise<unknown> {
    dismissed ??= crew.dismiss();
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
        pack: (jobs) => crew.ask('pack', jobs),
        articlesOf: ({ start, end }) => rendered(places.slice(start, end)),
        repair: ({ start, end }) => repair(places.slice(start, end)),
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
        articlesOf: ({ start, end }) => rendered(places.slice(start, end)),
        repair: ({ start, end }) => repair(places.slice(start, end)),
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
      const documents = new Map(
        Array.from(known, ([path, { content: _, ...document }]) => [path, document] as const),
      );
      cache.save({ documents, segments, chunks });
    },
    async close() {
      await dismiss();
      cache.close();
    },
  };
}
