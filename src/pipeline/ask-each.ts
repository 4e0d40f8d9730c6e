import type { Hand } from './task-requests.ts';
import { type Crew, ThreadDied } from './worker-pool.ts';

/** What is done with each document alone. */
type Task = 'read' | 'render';
type Job<Name extends Task> = Parameters<Hand[Name]>[0][number];
type Result<Name extends Task> = ReturnType<Hand[Name]>[number];

/**
 * Asks for one result for each job. When a thread dies of them, they are done one by one, so that only the job which
 * ends its thread even alone has no result.
 *
 * @param instead what that job gets
 */
export async function askEach<Name extends Task, Instead>(
  crew: Crew,
  task: Name,
  jobs: readonly Job<Name>[],
  instead: (job: Job<Name>) => Instead,
): Promise<(Result<Name> | Instead)[]> {
  try {
    return await crew.ask(task, jobs as Parameters<Hand[Name]>[0]);
  } catch (error) {
    if (!(error instanceof ThreadDied)) throw error;
  }
  const [only, ...others] = jobs;
  if (only === undefined) return [];
  if (others.length === 0) return [instead(only)];
  const results: (Result<Name> | Instead)[] = [];
  for (const job of jobs) results.push(...(await askEach(crew, task, [job], instead)));
  return results;
}

/** Why a document of which a thread dies is refused. */
export function tooLarge(path: string): string {
  return `Cannot read seeds/${path}: the build has not enough memory for it; expected a smaller document`;
}
