import { execFileSync } from 'node:child_process';
import type { Instant } from '../article.ts';

/**
 * Tells when a file below a folder was first committed; undefined when it was not, or when git cannot know: outside a
 * repository, or in a shallow clone, whose first commit is not the first. Git is asked once, and only if a file is.
 */
export function firstCommits(folder: string): (path: string) => Instant | undefined {
  let known: ReadonlyMap<string, Instant> | undefined;
  return (path) => {
    known ??= readHistory(folder);
    return known.get(path);
  };
}

function readHistory(folder: string): Map<string, Instant> {
  const found = new Map<string, Instant>();
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    if (git('rev-parse', '--is-shallow-repository').trim() !== 'false') return found;
    const log = git(
      'log',
      '--reverse',
      '--format=%x00%x01%ct',
      '--name-only',
      '-z',
      '--diff-filter=A',
      '--relative',
      '--',
      '.',
    );
    let committed: Instant = 0;
    for (const item of log.split('\0')) {
      const name = item.replace(/^\n+/, '');
      if (name.startsWith('\x01')) committed = Number(name.slice(1)) * 1000;
      else if (name !== '' && !found.has(name)) found.set(name, committed);
    }
  } catch {
    // No git, or no repository: then nothing is known.
  }
  return found;
}
