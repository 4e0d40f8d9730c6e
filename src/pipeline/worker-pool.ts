import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MODULE_ENDING } from '../package.ts';
import { lazy } from './lazy.ts';
import type { Drain, Task, TaskRequest, Tasks } from './task-requests.ts';
import type { TaskOptions } from './tasks.ts';
import type { Message } from './thread.ts';

type Jobs<Name extends Task> = Parameters<Tasks[Name]>[0];
type Results<Name extends Task> = ReturnType<Tasks[Name]>;

/** Those who do the work; results come in the order of the jobs. */
export interface WorkerPool {
  /** Tells where the work is, before any of it is asked for; again, when there is other work. */
  init(options: PoolOptions): void;
  ask<Name extends Task>(task: Name, jobs: Jobs<Name>): Promise<Results<Name>>;
  /** Gives back the memory that their work took, where others can take their places; nothing may be under way. */
  recycle(): Promise<void>;
  /** The work is done: what they have written may be moved. They stay for what is begun next. */
  drain(): Promise<void>;
  /** Lets them go; for what is begun after this there are others. */
  terminate(): Promise<void>;
}

export type PoolOptions = Omit<TaskOptions, 'name'>;

/** For what is still asked when a build has failed: nobody waits for it. */
class PoolClosedError extends Error {
  override readonly name = 'OffWork';
  override readonly message = 'Cannot work on documents: no build has begun';
}

/** A thread ended while it worked on this: what it works on takes more memory than it has. */
export class WorkerDiedError extends Error {
  override readonly name = 'ThreadDied';
  override readonly message = 'Cannot go on: a thread of the build has ended';
}

/** A thread ended before it came to this. */
class NotStartedError extends Error {
  override readonly name = 'NotBegun';
  override readonly message = 'Cannot work on documents: their thread has ended';
}

/** Works in this thread: no other has to be started, which takes as long as a few hundred documents do. */
export function inlinePool(): WorkerPool {
  // With it come all parsers.
  const tools = lazy(() => import('./tasks.ts'));
  let options: PoolOptions | undefined;
  let tasks: Tasks | undefined;
  const drain = async (): Promise<void> => {
    tasks?.close();
    tasks = undefined;
    options = undefined;
  };
  return {
    init(own) {
      options = own;
    },
    async ask(task, jobs) {
      const { createTasks, runTask } = await tools();
      if (options === undefined) throw new PoolClosedError();
      tasks ??= createTasks({ ...options, name: 'here' });
      return runTask(tasks, { task, jobs }) as Results<typeof task>; // as the task says
    },
    async recycle() {},
    drain,
    terminate: drain,
  };
}

/** Works in as many threads as there is work for. The first is started at once, since it takes long to get ready. */
export function createWorkerPool(
  most: number,
  script = join(import.meta.dirname, `thread${MODULE_ENDING}`),
): WorkerPool {
  let spawned = 0;
  let options: PoolOptions | undefined;
  const spawnOne = (): PoolWorker => {
    const worker = spawn(`thread-${spawned++}`, script);
    if (options !== undefined) worker.init(options);
    return worker;
  };
  let workers = [spawnOne()];
  const leastBusy = (): PoolWorker => {
    workers = workers.filter((worker) => !worker.hasDied());
    const [worker] = workers.toSorted((a, b) => a.load() - b.load());
    const isFree = worker !== undefined && worker.load() < MAX_QUEUED;
    if (worker !== undefined && (isFree || workers.length === most)) return worker;
    const another = spawnOne();
    workers.push(another);
    return another;
  };
  const terminate = async (): Promise<void> => {
    options = undefined;
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  };
  return {
    init(own) {
      options = own;
      for (const worker of workers) worker.init(own);
    },
    async ask(task, jobs) {
      for (;;) {
        if (options === undefined) throw new PoolClosedError();
        try {
          return await leastBusy().ask({ task, jobs });
        } catch (error) {
          // Each time one order fewer waits: that of which the thread died.
          if (!(error instanceof NotStartedError)) throw error;
        }
      }
    },
    async drain() {
      options = undefined;
      await Promise.all(workers.filter((worker) => !worker.hasDied()).map((worker) => worker.drain()));
    },
    terminate,
    async recycle() {
      const [count, current] = [workers.length, options];
      await terminate();
      options = current;
      workers = Array.from({ length: count }, spawnOne);
    },
  };
}

/** So many orders that wait are worth another thread. */
const MAX_QUEUED = 2;
/** Megabytes: ten times what the largest documents take; with more, garbage would wait to be collected. */
const MAX_HEAP = 600;
const MAX_NEW = 18;

interface PoolWorker {
  init(options: PoolOptions): void;
  /** How many orders wait for an answer. */
  load(): number;
  /** Whether it ended although nobody let it go. */
  hasDied(): boolean;
  /** @returns what the tasks returns for that task */
  ask<Results>(order: TaskRequest): Promise<Results>;
  drain(): Promise<void>;
  terminate(): Promise<unknown>;
}

function spawn(name: string, script: string): PoolWorker {
  const worker = new Worker(script, {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP, maxYoungGenerationSizeMb: MAX_NEW },
  });
  const waiting: { resolve: (results: never) => void; reject: (error: Error) => void }[] = [];
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
  worker.on('message', (results) => waiting.shift()?.resolve(results as never)); // of the order that is the first of those waiting
  worker.on('error', (error) => (isOutOfMemory(error) ? die() : fail(error)));
  worker.on('exit', die);
  const tell = (message: Message): void => worker.postMessage(message);
  const ask = <Results>(message: TaskRequest | Drain): Promise<Results> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ resolve, reject });
      tell(message);
    });
  return {
    init: (options) => tell({ ...options, name }),
    load: () => waiting.length,
    hasDied: () => ended instanceof NotStartedError,
    ask,
    drain: () => ask('drain'),
    terminate: () => worker.terminate(),
  };
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
