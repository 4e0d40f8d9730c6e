import type { Progress } from './progress.ts';
import type { Request, Result } from './tasks.ts';
import { WorkerDiedError, type WorkerPool } from './worker-pool.ts';

/** A pure task whose results are cached. */
export interface MemoizedTask<Job, Value> {
  /** The label of the progress; absent if none is shown. */
  readonly label?: string;
  /** How many jobs are computed at once. */
  readonly batchSize: number;
  /** Whether the result of a job is cached; cheap. */
  isCached(job: Job): boolean;
  /** Undefined if the result is lost. */
  load(job: Job): Value | undefined;
  /** A value is undefined if something that the job needs is lost. */
  compute(jobs: readonly Job[]): Promise<readonly (Value | undefined)[]>;
  /** Computes again what a job needs; absent if nothing can be lost. */
  repair?(job: Job): Promise<void>;
}

interface MemoizeOptions {
  readonly progress: Progress;
  /** How many batches may be running, or done and waiting for an earlier one. */
  readonly lookahead: number;
}

/**
 * The value of each job, cached or computed. While missing ones are computed in other threads, this one loads the rest.
 *
 * @throws Error if a value is lost even after a repair
 */
export async function memoize<Job, Value>(
  jobs: readonly Job[],
  { label, batchSize, isCached, load, compute, repair }: MemoizedTask<Job, Value>,
  { progress, lookahead }: MemoizeOptions,
): Promise<Value[]> {
  const values = new Map<Job, Value>();
  const repaired = async (job: Job): Promise<Value> => {
    await repair?.(job);
    const [value] = await compute([job]);
    if (value === undefined) throw new Error('Cannot read back the results of a task; build again');
    return value;
  };
  const computeBatch = async (batch: readonly Job[]): Promise<void> => {
    const computed = await compute(batch);
    for (const [index, job] of batch.entries()) values.set(job, computed[index] ?? (await repaired(job)));
    if (label !== undefined) progress.advance(batch.length);
  };
  const computeAll = async (some: readonly Job[]): Promise<void> => {
    if (label !== undefined && some.length > 0) progress.begin(label, some.length);
    const running: Promise<void>[] = [];
    for (let at = 0; at < some.length; at += batchSize) {
      const computing = computeBatch(some.slice(at, at + batchSize));
      // The failure is thrown where it is awaited.
      computing.catch(() => {});
      running.push(computing);
      if (running.length >= lookahead) await running.shift();
    }
    for (const computing of running) await computing;
  };
  const cached = jobs.filter((job) => isCached(job));
  const computing = computeAll(cached.length === 0 ? jobs : jobs.filter((job) => !isCached(job)));
  // It is awaited below; a failure meanwhile is not unhandled.
  computing.catch(() => {});
  const lost = cached.filter((job) => {
    const value = load(job);
    if (value !== undefined) values.set(job, value);
    return value === undefined;
  });
  await computing;
  await computeAll(lost);
  return jobs.map((job) => values.get(job) as Value); // each is cached, lost or computed
}

/**
 * Runs a task on documents. If their thread dies, they are run one by one: only a document that kills its thread has no
 * result.
 *
 * @param instead the result of that document
 */
export async function runEach<Name extends 'read' | 'render', Instead>(
  pool: WorkerPool,
  task: Name,
  requests: readonly Request<Name>[],
  instead: (request: Request<Name>) => Instead,
): Promise<(Result<Name> | Instead)[]> {
  try {
    return await pool.run(task, requests);
  } catch (error) {
    if (!(error instanceof WorkerDiedError)) throw error;
  }
  if (requests.length === 1) return requests.map(instead);
  const results: (Result<Name> | Instead)[] = [];
  for (const request of requests) results.push(...(await runEach(pool, task, [request], instead)));
  return results;
}
