import { availableParallelism } from 'node:os';
import { type FileStat, fileStat } from './file-stat.ts';
import { createWorkerPool, inlinePool, type WorkerPool } from './worker-pool.ts';

/** What there is to be done, and those who are to do it. */
export interface SourceScan {
  /** By the paths of the documents. */
  readonly stamps: ReadonlyMap<string, FileStat | undefined>;
  /** Of all documents. */
  readonly bytes: number;
  readonly pool: WorkerPool;
  /** How many threads there may be. */
  readonly threads: number;
}

interface Limits {
  /** How many threads there may be. */
  readonly threads: number;
  /** So many bytes of documents are worth threads. */
  readonly threadsFrom: number;
}

/** Those who can be called. */
export interface PoolFactory {
  createWorkerPool(most: number): WorkerPool;
  inlinePool(): WorkerPool;
}

const LIMITS: Limits = {
  // Each takes a hundred megabytes or two.
  threads: Math.min(availableParallelism(), 4),
  threadsFrom: 1_500_000,
};

const POOLS: PoolFactory = { createWorkerPool, inlinePool };

/**
 * Looks at the documents of a folder, without reading any.
 *
 * What is put together of all documents takes a thread of its own even when few of them are to be read. It takes long to
 * get ready, so it is started as soon as there is enough for it to do; whoever scans has to terminate the pool.
 */
export function scanSources(
  folder: string,
  paths: readonly string[],
  { createWorkerPool, inlinePool }: PoolFactory = POOLS,
  limits: Limits = LIMITS,
): SourceScan {
  const { threads, threadsFrom } = limits;
  const stamps = new Map<string, FileStat | undefined>();
  let bytes = 0;
  let hired: WorkerPool | undefined;
  const hireIfWorthIt = (): void => {
    if (threads > 0 && bytes >= threadsFrom) hired ??= createWorkerPool(threads);
  };
  hireIfWorthIt();
  for (const path of paths) {
    const stamp = fileStat(folder, path);
    stamps.set(path, stamp);
    bytes += stamp?.size ?? 0;
    hireIfWorthIt();
  }
  return { stamps, bytes, pool: hired ?? inlinePool(), threads };
}
