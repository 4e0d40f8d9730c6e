import type { Tasks } from './task-requests.ts';
import { WorkerDiedError, type WorkerPool } from './worker-pool.ts';

/** What is done with each document alone. */
type Task = 'read' | 'render';
type Job<Name extends Task> = Parameters<Tasks[Name]>[0][number];
type Result<Name extends Task> = ReturnType<Tasks[Name]>[number];

/**
 * Asks for one result for each job. When a thread dies of them, they are done one by one, so that only the job which
 * ends its thread even alone has no result.
 *
 * @param instead what that job gets
 */
export async function askEach<Name extends Task, Instead>(
  pool: WorkerPool,
  task: Name,
  jobs: readonly Job<Name>[],
  instead: (job: Job<Name>) => Instead,
): Promise<(Result<Name> | Instead)[]> {
  try {
    return await pool.ask(task, jobs as Parameters<Tasks[Name]>[0]);
  } catch (error) {
    if (!(error instanceof WorkerDiedError)) throw error;
  }
  const [only, ...others] = jobs;
  if (only === undefined) return [];
  if (others.length === 0) return [instead(only)];
  const results: (Result<Name> | Instead)[] = [];
  for (const job of jobs) results.push(...(await askEach(pool, task, [job], instead)));
  return results;
}

/** Why a document of which a thread dies is refused. */
export function tooLarge(path: string): string {
  return `Cannot read seeds/${path}: the build has not enough memory for it; expected a smaller document`;
}
