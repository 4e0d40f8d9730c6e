import type { PoolFactory } from './scan-sources.ts';
import { createWorkerPool, inlinePool, type WorkerPool } from './worker-pool.ts';

/** Those who were called for one build, and are there for the next. */
export interface PersistentPool extends PoolFactory {
  /** Lets them go; they can be called again. */
  terminate(): Promise<void>;
}

export function persistentPool(): PersistentPool {
  let threads: WorkerPool | undefined;
  let here: WorkerPool | undefined;
  return {
    createWorkerPool(most) {
      threads ??= createWorkerPool(most);
      return threads;
    },
    inlinePool() {
      here ??= inlinePool();
      return here;
    },
    async terminate() {
      await Promise.all([threads?.terminate(), here?.terminate()]);
    },
  };
}
