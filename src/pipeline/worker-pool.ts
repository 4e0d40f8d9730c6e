import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { modulePath } from '../package.ts';
import { ensureThreadFlags } from './node-flags.ts';
import {
  openRunner,
  type Request,
  type Result,
  type TaskBatch,
  type TaskName,
  type TaskOptions,
  type TaskRunner,
} from './tasks.ts';
import type { ThreadMessage } from './thread.ts';

/** Runs tasks: in this thread, or in several. */
export interface WorkerPool {
  /** How many tasks can run at once. */
  readonly threads: number;
  /** Sets the options of tasks until `drain`. */
  init(options: TaskOptions): void;
  /** @returns a result for each request */
  run<Name extends TaskName>(task: Name, requests: readonly Request<Name>[]): Promise<Result<Name>[]>;
  /** Replaces the threads, if there are any, to free their memory; no task may be running. */
  recycle(): Promise<void>;
  /** Closes all files. */
  drain(): Promise<void>;
  /** Ends the threads; later requests start new ones. */
  terminate(): Promise<void>;
}

/** Why the requests that a failed build still makes are rejected. */
const POOL_CLOSED = 'Cannot run a task: no build is running';

/** A thread ended while it ran a task: the input takes more memory than the thread has. */
export class WorkerDiedError extends Error {
  override readonly name = 'WorkerDiedError';
  override readonly message = 'Cannot continue the build: one of its threads has ended';
}

/** A thread ended before it started a task. */
class NotStartedError extends Error {
  override readonly name = 'NotStartedError';
  override readonly message = 'Cannot run a task: its thread has ended';
}

/** Runs tasks in this thread: starting another takes as long as a few hundred documents. */
export function inlinePool(): WorkerPool {
  let options: TaskOptions | undefined;
  let runner: TaskRunner | undefined;
  const drain = async (): Promise<void> => {
    runner?.close();
    runner = undefined;
    options = undefined;
  };
  return {
    threads: 1,
    init(own) {
      options = own;
    },
    async run(task, requests) {
      if (options === undefined) throw new Error(POOL_CLOSED);
      runner ??= openRunner(options);
      return (await runner.run({ task, requests })) as Result<typeof task>[]; // of that task
    },
    async recycle() {},
    drain,
    terminate: drain,
  };
}

/** From this number of bytes of documents on, memory matters more than time. */
export const LARGE = 100_000_000;
/**
 * Megabytes, twice what loaded modules and data fill: V8 collects garbage in a smaller heap so often that a build takes
 * 7 % more CPU.
 */
const INITIAL_HEAP = 128;

/** The pools of a process, each of which is created once. */
export interface Pools {
  poolFor(scan: { readonly bytes: number }): WorkerPool;
  terminate(): Promise<void>;
}

const LIMITS = {
  // A thread takes one or two hundred megabytes.
  maxThreads: Math.min(availableParallelism(), 4),
  /** The number of bytes of documents from which threads are worth starting. */
  threadsFrom: 1_500_000,
};

export function createPools({ maxThreads, threadsFrom } = LIMITS): Pools {
  let inline: WorkerPool | undefined;
  let threads: WorkerPool | undefined;
  return {
    poolFor({ bytes }) {
      if (maxThreads > 0 && bytes >= threadsFrom) {
        // A heap takes the flag when it is created; workers have no option for it.
        if (bytes < LARGE) setFlagsFromString(`--initial-old-space-size=${INITIAL_HEAP}`);
        threads ??= createWorkerPool(maxThreads);
        return threads;
      }
      inline ??= inlinePool();
      return inline;
    },
    async terminate() {
      await Promise.all([inline?.terminate(), threads?.terminate()]);
    },
  };
}

/** If every thread has this many tasks waiting, another one is started. */
const MAX_QUEUED = 2;

/** Starts threads when there is work for them; the first at once, since loading its modules takes long. */
export function createWorkerPool(maxThreads: number, script = modulePath('pipeline/thread')): WorkerPool {
  let options: TaskOptions | undefined;
  const spawnOne = (): PoolWorker => {
    const worker = spawn(script);
    if (options !== undefined) worker.init(options);
    return worker;
  };
  let workers = [spawnOne()];
  const leastBusy = (): PoolWorker => {
    workers = workers.filter((worker) => !worker.hasDied());
    const [worker] = workers.toSorted((a, b) => a.queued() - b.queued());
    const isFree = worker !== undefined && worker.queued() < MAX_QUEUED;
    if (worker !== undefined && (isFree || workers.length === maxThreads)) return worker;
    const another = spawnOne();
    workers.push(another);
    return another;
  };
  const terminate = async (): Promise<void> => {
    options = undefined;
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  };
  return {
    threads: maxThreads,
    init(own) {
      options = own;
      for (const worker of workers) worker.init(own);
    },
    async run(task, requests) {
      for (;;) {
        if (options === undefined) throw new Error(POOL_CLOSED);
        try {
          return (await leastBusy().send({ task, requests })) as Result<typeof task>[]; // of that task
        } catch (error) {
          // Each retry has one task fewer: the one that killed the thread.
          if (!(error instanceof NotStartedError)) throw error;
        }
      }
    },
    async recycle() {
      const [count, current] = [workers.length, options];
      await terminate();
      options = current;
      workers = Array.from({ length: count }, spawnOne);
    },
    async drain() {
      options = undefined;
      await Promise.all(workers.filter((worker) => !worker.hasDied()).map((worker) => worker.send('drain')));
    },
    terminate,
  };
}

/** Megabytes: ten times what the largest documents take; with more, garbage would wait to be collected. */
const MAX_HEAP = 600;
const MAX_YOUNG_HEAP = 18;

interface PoolWorker {
  init(options: TaskOptions): void;
  /** How many messages wait for an answer. */
  queued(): number;
  /** Whether it ended by itself. */
  hasDied(): boolean;
  send(message: TaskBatch | 'drain'): Promise<unknown>;
  terminate(): Promise<unknown>;
}

function spawn(script: string): PoolWorker {
  ensureThreadFlags();
  const worker = new Worker(script, {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP, maxYoungGenerationSizeMb: MAX_YOUNG_HEAP },
  });
  const waiting: { resolve: (result: unknown) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  const die = (): void => {
    ended ??= new NotStartedError();
    waiting.shift()?.reject(new WorkerDiedError());
    fail(ended);
  };
  worker.on('message', (result) => waiting.shift()?.resolve(result));
  worker.on('error', (error) => (isOutOfMemory(error) ? die() : fail(error)));
  worker.on('exit', die);
  const send = (message: ThreadMessage): void => worker.postMessage(message);
  return {
    init: send,
    queued: () => waiting.length,
    hasDied: () => ended instanceof NotStartedError,
    send: (message) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        waiting.push({ resolve, reject });
        send(message);
      }),
    terminate: () => worker.terminate(),
  };
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
