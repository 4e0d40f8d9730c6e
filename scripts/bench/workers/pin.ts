import { execFileSync } from 'node:child_process';

export interface Pinning {
  /** A command that keeps what it runs on the last core, such as `taskset -c 1`; empty where that cannot be had. */
  readonly launcher: readonly string[];
  /** Lets this process, and all that it starts, use every core again. */
  readonly release: () => void;
}

/** Keeps this process on its first core. Does nothing where there is no `taskset`, or only one core. */
export function pin(): Pinning {
  try {
    const before = affinity();
    const cores = coresOf(before);
    const [first, last] = [cores[0], cores.at(-1)];
    if (first === last) return { launcher: [], release: () => {} };
    keepOn(String(first));
    return { launcher: ['taskset', '-c', String(last)], release: () => keepOn(before) };
  } catch {
    return { launcher: [], release: () => {} };
  }
}

/** The cores that this process may use, such as `0,2-3`. */
function affinity(): string {
  const said = execFileSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' });
  return said.slice(said.lastIndexOf(':') + 1).trim();
}

function coresOf(list: string): number[] {
  return list.split(',').flatMap((range) => range.split('-').map(Number));
}

function keepOn(list: string): void {
  execFileSync('taskset', ['-a', '-p', '-c', list, String(process.pid)]);
}
