import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * Keeps this process on the first core, so that the command returned can keep what it runs on the last one. Empty where
 * there is no `taskset` or only one core.
 */
export function pin(): readonly string[] {
  const last = availableParallelism() - 1;
  if (last === 0) return [];
  try {
    execFileSync('taskset', ['-a', '-p', '-c', '0', String(process.pid)]);
    return ['taskset', '-c', String(last)];
  } catch {
    return [];
  }
}
