import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether `cpuTime` can tell; only Linux keeps such an account. */
export const hasCpuTime = existsSync('/proc/self/schedstat');
export const CANNOT_TELL = 'Skipped: there is no `/proc/PID/schedstat` to read CPU time from.';

/** CPU time that all threads of a process have used, in nanoseconds. */
export function cpuTime(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce(
    (sum, task) => sum + Number.parseInt(readFileSync(`${tasks}/${task}/schedstat`, 'latin1'), 10),
    0,
  );
}
