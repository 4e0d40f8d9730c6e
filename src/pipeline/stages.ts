import type { Readers } from '../corpus/collect.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import type { ReadDocument } from '../documents/parsed-document.ts';
import { memoized } from '../memo.ts';
import { type ArticleRange, planPartialIndexes } from '../search/index-writer.ts';
import type { PackedSegment, SegmentPlan } from '../store/plan-segments.ts';
import type { SearchParts } from '../store/write-store.ts';
import type { BlobRef, BlobStore } from './blobs.ts';
import type { WarmCache } from './cache.ts';
import type { CachedDocument, CacheIndex } from './cache-index.ts';
import { amendedName, articleKey, cacheKey } from './cache-key.ts';
import type { ArticleBlobs, RenderResult } from './document-tasks.ts';
import { type AssetStore, changedDuringBuild, type FileStat, isRacy } from './files.ts';
import { type MemoizedTask, runEach } from './memoize.ts';
import type { ArticleReport, Unrendered } from './render.ts';
import type { Sharing } from './sharing.ts';
import type { IndexResult, PackResult } from './store-tasks.ts';
import type { WorkerPool } from './worker-pool.ts';

/** The shared context of the stages of a build. */
export interface StageContext {
  /** Stats of the documents, by path. */
  readonly stats: ReadonlyMap<string, FileStat | undefined>;
  /** Runs the tasks; initialized. */
  readonly pool: WorkerPool;
  readonly output: PipelineOutput;
  /** Milliseconds. */
  readonly startedAt: number;
  readonly cached: CacheIndex;
  readonly blobs: Pick<BlobStore, 'read'>;
  /** Deserialized blobs, in a process that builds repeatedly. */
  readonly values?: WarmCache['values'] | undefined;
  readonly memoize: <Job, Value>(jobs: readonly Job[], task: MemoizedTask<Job, Value>) => Promise<Value[]>;
  /** Deserializes a blob, unless it is known; undefined if it is lost. The cache entry states its type. */
  readonly load: <Value>(ref: BlobRef | undefined) => Value | undefined;
  readonly sharing: Sharing;
}

interface PipelineOutput {
  readonly assets: AssetStore;
  /** Marks an asset as needed by this build. */
  need(digest: string): void;
}

const DOCUMENT_BATCH = 32;
const SEGMENT_BATCH = 4;

/** A document, and how it is to be amended. */
interface Source {
  /** See `amendedName`. */
  readonly name: string;
  readonly path: string;
  readonly boilerplate?: Boilerplate;
}

export interface ReadStage extends Readers {
  /** The `documentKey` of a document that was read. */
  keyOf(path: string): string;
  /** Contents of documents, by `amendedName`, until they are rendered. */
  readonly contents: Map<string, BlobRef>;
  results(): Pick<CacheIndex, 'documents' | 'amended'>;
}

export function readStage({
  stats,
  pool,
  cached,
  values,
  startedAt,
  memoize,
  load,
  sharing,
}: StageContext): ReadStage {
  const documents = new Map<string, CachedDocument>();
  let amended = new Map<string, CachedDocument>();
  const contents = new Map<string, BlobRef>();

  const keyOf = (path: string): string => documents.get(path)?.key ?? '';

  const statKeyOf = (path: string): string | undefined => {
    const stat = stats.get(path);
    return stat === undefined || isRacy(stat, startedAt) ? undefined : stat.key;
  };

  /**
   * @param made receives the results to cache, by `amendedName`
   * @param isCurrent whether a cached document is known to be unchanged
   */
  const read = (
    sources: readonly Source[],
    label: string,
    find: (name: string) => CachedDocument | undefined,
    made: Map<string, CachedDocument>,
    isCurrent: (entry: CachedDocument, path: string) => boolean,
  ): Promise<ReadDocument[]> => {
    const lost = new Set<string>();
    const loadFrom = (name: string, entry = find(name)): ReadDocument | undefined => {
      const document = load<ReadDocument>(entry?.document);
      if (entry !== undefined && document !== undefined) made.set(name, entry);
      return document;
    };
    return memoize(sources, {
      label,
      batchSize: DOCUMENT_BATCH,
      isCached({ name, path }) {
        const entry = find(name);
        // A document that could not be read may be readable now.
        return entry !== undefined && entry.key !== '' && isCurrent(entry, path);
      },
      load: ({ name }) => loadFrom(name),
      async compute(batch) {
        const requests = batch.map(({ name, ...source }) => ({
          ...source,
          key: lost.has(name) ? undefined : find(name)?.key,
        }));
        const results = await runEach(pool, 'read', requests, () => undefined);
        return batch.map(({ name, path, boilerplate }, index): ReadDocument | undefined => {
          const result = results[index];
          // The refusal is not cached: another machine may have more memory.
          if (result === undefined) return { path, status: 'refused', reason: tooLarge(path) };
          const { key, read, isComposed } = result;
          if (boilerplate !== undefined && key !== documents.get(path)?.key) throw changedDuringBuild(path);
          const statKey = boilerplate === undefined && !isComposed ? statKeyOf(path) : undefined;
          const entry = find(name);
          if (read === undefined) return loadFrom(name, entry && { ...entry, statKey });
          const blob = sharing.ref(read.blob);
          made.set(name, { key, statKey, document: blob });
          if (read.content !== undefined) contents.set(name, sharing.ref(read.content));
          values?.set(blob, read.document);
          return read.document;
        });
      },
      async repair({ name }) {
        lost.add(name);
      },
    });
  };

  return {
    readAll() {
      const sources = [...stats.keys()].map((path) => ({ name: path, path }));
      const isCurrent = ({ statKey }: CachedDocument, path: string): boolean =>
        statKey !== undefined && statKey === statKeyOf(path);
      return read(sources, 'Reading', (name) => cached.documents.get(name), documents, isCurrent);
    },
    amend(boilerplates) {
      const before = amended;
      amended = new Map();
      return read(
        Array.from(boilerplates, ([path, boilerplate]) => ({
          name: amendedName(path, boilerplate),
          path,
          boilerplate,
        })),
        'Reading again',
        (name) => before.get(name) ?? cached.amended.get(name),
        amended,
        ({ key }, path) => key === documents.get(path)?.key,
      );
    },
    keyOf,
    contents,
    results: () => ({ documents, amended }),
  };
}

interface Rendering {
  /** In the order of the documents; without those that are refused. */
  readonly reports: readonly ArticleReport[];
  /** Why documents cannot be published, by path. */
  readonly refused: ReadonlyMap<string, string>;
}

export interface RenderStage {
  /** Renders articles of documents that were read. */
  render(documents: readonly ResolvedDocument[]): Promise<Rendering>;
  /** The cache key of an article that was rendered. */
  keyOf(document: ResolvedDocument): string;
  blobsOf(documents: readonly ResolvedDocument[]): ArticleBlobs[];
  /** Renders articles again that cannot be read back. */
  repair(documents: readonly ResolvedDocument[]): Promise<void>;
  results(): CacheIndex['articles'];
}

export function renderStage(
  { pool, cached, blobs, values, memoize, load, sharing }: StageContext,
  reading: ReadStage,
): RenderStage {
  let articles = new Map<string, ArticleBlobs>();
  let keys: ReadonlyMap<string, string> = new Map();

  const keyOf = ({ path }: ResolvedDocument): string => keys.get(path) ?? '';

  const renderBatch = async (
    documents: readonly ResolvedDocument[],
  ): Promise<(ArticleReport | Unrendered)[]> => {
    const requests = documents.map((document) => ({
      document,
      key: reading.keyOf(document.path),
      content: reading.contents.get(amendedName(document.path, document.boilerplate)),
    }));
    const results = await runEach(
      pool,
      'render',
      requests,
      ({ document }): RenderResult => ({ refused: tooLarge(document.path) }),
    );
    return documents.map((document, index) => {
      const result = results[index];
      if (result === undefined) throw cacheLost(document.path);
      if ('refused' in result) return result;
      reading.contents.delete(amendedName(document.path, document.boilerplate));
      const [own, report] = [sharing.blobs(result.blobs), sharing.report(result.report, document)];
      articles.set(keyOf(document), own);
      values?.set(own.report, report);
      return report;
    });
  };

  const blobsOf = (documents: readonly ResolvedDocument[]): ArticleBlobs[] =>
    documents.map((document) => {
      const article = articles.get(keyOf(document));
      if (article === undefined) throw cacheLost(document.path);
      return article;
    });

  return {
    async render(documents) {
      const before = articles;
      articles = new Map();
      keys = new Map(
        documents.map((document) => [document.path, articleKey(reading.keyOf(document.path), document)]),
      );
      const find = (document: ResolvedDocument): ArticleBlobs | undefined =>
        before.get(keyOf(document)) ?? cached.articles.get(keyOf(document));
      const rendered = await memoize<ResolvedDocument, ArticleReport | Unrendered>(documents, {
        label: 'Rendering',
        batchSize: DOCUMENT_BATCH,
        isCached: (document) => find(document) !== undefined,
        load(document) {
          const article = find(document);
          const report = load<ArticleReport>(article?.report);
          if (article === undefined || report === undefined) return undefined;
          articles.set(keyOf(document), article);
          return sharing.report(report, document);
        },
        compute: renderBatch,
      });
      return {
        reports: rendered.flatMap((result) => ('refused' in result ? [] : [result])),
        refused: new Map(
          documents.flatMap(({ path }, index) => {
            const result = rendered[index];
            return result !== undefined && 'refused' in result ? [[path, result.refused]] : [];
          }),
        ),
      };
    },
    keyOf,
    blobsOf,
    async repair(documents) {
      const isLost = ({ record, textFormats, postings }: ArticleBlobs): boolean =>
        [record, textFormats, postings].some((ref) => blobs.read(ref) === undefined);
      const damaged = documents.filter((document) => blobsOf([document]).some(isLost));
      // A deleted blob file that this thread has open is gone for other threads.
      for (const result of await renderBatch(damaged.length > 0 ? damaged : documents))
        if ('refused' in result) throw new Error(result.refused);
    },
    results: () => articles,
  };
}

export interface PackStage {
  /** Packs articles that were rendered; a segment for each plan. */
  pack(
    documents: readonly ResolvedDocument[],
    plans: readonly SegmentPlan[],
  ): Promise<readonly PackedSegment[]>;
  results(): CacheIndex['segments'];
}

export function packStage(
  { pool, cached, blobs, output, memoize }: StageContext,
  rendering: RenderStage,
): PackStage {
  const segments = new Map<string, PackResult>();
  return {
    async pack(documents, plans) {
      const documentsOf = ({ start, end }: SegmentPlan): readonly ResolvedDocument[] =>
        documents.slice(start, end);
      const keyFor = memoized((plan: SegmentPlan) =>
        cacheKey([String(plan.mayBeBundled), ...documentsOf(plan).map(rendering.keyOf)]),
      );
      const take = (plan: SegmentPlan, result: PackResult | undefined): PackedSegment | undefined => {
        if (result === undefined) return undefined;
        const { bundled, statKeys, ...packed } = result;
        const bytes = bundled && blobs.read(bundled.blob);
        if (bundled !== undefined && bytes === undefined) return undefined;
        segments.set(keyFor(plan), result);
        for (const digest of statKeys.keys()) output.need(digest);
        return { ...packed, bundled: bundled && bytes && { bytes, gzipLength: bundled.gzipLength } };
      };
      const find = (plan: SegmentPlan): PackResult | undefined => cached.segments.get(keyFor(plan));
      return memoize(plans, {
        batchSize: SEGMENT_BATCH,
        isCached: (plan) => find(plan) !== undefined,
        load(plan) {
          const result = find(plan);
          return take(plan, result && reuseSegment(result, output.assets));
        },
        async compute(batch) {
          const requests = batch.map((plan) => {
            const own = rendering.blobsOf(documentsOf(plan));
            return {
              mayBeBundled: plan.mayBeBundled,
              records: own.map(({ record }) => record),
              textFormats: own.map(({ textFormats }) => textFormats),
            };
          });
          const results = await pool.run('pack', requests);
          return batch.map((plan, index) => take(plan, results[index]));
        },
        repair: (plan) => rendering.repair(documentsOf(plan)),
      });
    },
    results: () => segments,
  };
}

export interface IndexStage {
  /**
   * Indexes articles that were rendered.
   *
   * @param scheduled how many of them, the last ones, are not published yet
   */
  index(documents: readonly ResolvedDocument[], scheduled: number): Promise<SearchParts>;
  results(): CacheIndex['partialIndexes'];
}

export function indexStage(
  { pool, cached, output, memoize }: StageContext,
  rendering: RenderStage,
): IndexStage {
  let partialIndexes = new Map<string, IndexResult>();
  return {
    async index(documents, scheduled) {
      const documentsOf = ({ start, end }: ArticleRange): readonly ResolvedDocument[] =>
        documents.slice(start, end);
      const keyFor = (range: ArticleRange): string => cacheKey(documentsOf(range).map(rendering.keyOf));
      const indexRanges = (before: CacheIndex['partialIndexes']): Promise<IndexResult[]> => {
        partialIndexes = new Map();
        const take = (range: ArticleRange, result: IndexResult | undefined) => {
          if (result !== undefined) partialIndexes.set(keyFor(range), result);
          return result;
        };
        return memoize(planPartialIndexes(documents.length, scheduled), {
          batchSize: 1,
          isCached: (range) => before.has(keyFor(range)),
          load: (range) => take(range, before.get(keyFor(range))),
          async compute(ranges) {
            const requests = ranges.map((range) => ({
              postings: rendering.blobsOf(documentsOf(range)).map(({ postings }) => postings),
            }));
            const results = await pool.run('index', requests);
            return ranges.map((range, index) => take(range, results[index]));
          },
          repair: (range) => rendering.repair(documentsOf(range)),
        });
      };
      const merge = async (parts: readonly IndexResult[]): Promise<SearchParts | undefined> => {
        const [result] = await pool.run('merge', [{ partialIndexes: parts, scheduled }]);
        for (const digest of result?.emitted ?? []) output.need(digest);
        return result?.search;
      };
      const search = await merge(await indexRanges(cached.partialIndexes));
      if (search !== undefined) return search;
      // A cached partial index is damaged.
      const again = await merge(await indexRanges(new Map()));
      if (again === undefined) throw new Error('Cannot read back the search index; build again');
      return again;
    },
    results: () => partialIndexes,
  };
}

/** The reason for refusing a document whose thread died. */
function tooLarge(path: string): string {
  return `Cannot read seeds/${path}: the build has not enough memory for it; expected a smaller document`;
}

function cacheLost(path: string): Error {
  return new Error(`Cannot publish seeds/${path}: its results are lost; build again`);
}

/** The same segment with current stat keys; undefined if one of its assets has changed. */
function reuseSegment(result: PackResult, assets: AssetStore): PackResult | undefined {
  const statKeys = new Map<string, string>();
  for (const [digest, key] of result.statKeys) {
    const statKey = assets.reuse(digest, key);
    if (statKey === undefined) return undefined;
    statKeys.set(digest, statKey);
  }
  return { ...result, statKeys };
}
