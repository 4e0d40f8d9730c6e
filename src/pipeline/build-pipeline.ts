import { hash } from 'node:crypto';
import { deserialize } from 'node:v8';
import type { CompressedBody } from '../store/blobs-format.ts';
import type { EmitAsset } from '../store/integrity.ts';
import type { BlobRef } from './blobs.ts';
import type { Cache } from './cache.ts';
import type { CacheIndex } from './cache-index.ts';
import { cacheKey } from './cache-key.ts';
import { type Compress, compressWhole } from './compression.ts';
import type { AssetStore } from './files.ts';
import { memoize } from './memoize.ts';
import type { Progress } from './progress.ts';
import { createSharing } from './sharing.ts';
import {
  type IndexStage,
  indexStage,
  type PackStage,
  packStage,
  type ReadStage,
  type RenderStage,
  readStage,
  renderStage,
  type StageContext,
} from './stages.ts';

/** The tasks of a build. Each runs only if its result is not cached. */
export interface BuildPipeline
  extends Pick<ReadStage, 'readAll' | 'amend'>,
    Pick<RenderStage, 'render'>,
    Pick<PackStage, 'pack'>,
    Pick<IndexStage, 'index'> {
  /** Compresses the body of a response. */
  readonly compress: Compress;
  /** Emits an asset that no task did. */
  readonly publish: EmitAsset;
  /** Reads an asset that was emitted. */
  readonly readAsset: AssetStore['read'];
}

interface PipelineOptions extends Pick<StageContext, 'stats' | 'pool' | 'output' | 'startedAt' | 'values'> {
  readonly cache: Pick<Cache, 'index' | 'blobs'>;
  readonly progress: Progress;
}

/** How many batches may be running, or done and waiting for an earlier one, for each thread. */
const BATCHES_AHEAD = 4;

interface OpenPipeline extends BuildPipeline {
  /** The results of this build for the cache. */
  readonly results: () => Omit<CacheIndex, 'media'>;
}

export function openPipeline(options: PipelineOptions): OpenPipeline {
  const { cache, values, output, pool, progress } = options;
  const { index: cached, blobs } = cache;
  const context: StageContext = {
    ...options,
    cached,
    blobs,
    memoize: (jobs, task) => memoize(jobs, task, { progress, lookahead: BATCHES_AHEAD * pool.threads }),
    load<Value>(ref: BlobRef | undefined): Value | undefined {
      if (ref === undefined) return undefined;
      const known = values?.get(ref);
      if (known !== undefined) return known as Value; // what the cache entry of the blob states
      const bytes = blobs.read(ref);
      if (bytes === undefined) return undefined;
      const value: Value = deserialize(bytes);
      values?.set(ref, value);
      return value;
    },
    sharing: createSharing(),
  };
  const reading = readStage(context);
  const rendering = renderStage(context, reading);
  const packing = packStage(context, rendering);
  const indexing = indexStage(context, rendering);
  const bodies = new Map<string, CompressedBody>();
  return {
    readAll: reading.readAll,
    amend: reading.amend,
    render: rendering.render,
    pack: packing.pack,
    index: indexing.index,
    async compress(body, quality) {
      const key = cacheKey([String(quality), hash('sha256', body)]);
      const compressed = cached.bodies.get(key) ?? (await compressWhole(body, quality));
      bodies.set(key, compressed);
      return compressed;
    },
    readAsset: output.assets.read,
    publish(part) {
      output.need(part.digest);
      output.assets.emit(part);
    },
    results: () => ({
      ...reading.results(),
      articles: rendering.results(),
      segments: packing.results(),
      partialIndexes: indexing.results(),
      bodies,
    }),
  };
}
