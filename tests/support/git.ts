import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../src/documents/stated.ts';
import type { History } from '../../src/identity/history.ts';

/** A repository with documents in `seeds`, independent of the user's git settings. */
export interface Repository {
  readonly path: string;
  readonly seeds: string;
  write(path: string, text: string): void;
  move(from: string, to: string): void;
  remove(path: string): void;
  /** @param instant ISO 8601 */
  commit(instant: string): void;
  git(...args: readonly string[]): string;
  /** @param args of `git clone` */
  clone(target: string, ...args: readonly string[]): Repository;
}

export function createRepository(path: string): Repository {
  mkdirSync(join(path, 'seeds'), { recursive: true });
  run(path, ['init', '--quiet', '--initial-branch=main']);
  return repositoryAt(path);
}

function repositoryAt(path: string): Repository {
  const seeds = join(path, 'seeds');
  const inSeeds = (name: string): string => {
    mkdirSync(dirname(join(seeds, name)), { recursive: true });
    return join(seeds, name);
  };
  return {
    path,
    seeds,
    write: (name, text) => writeFileSync(inSeeds(name), text),
    move: (from, to) => renameSync(join(seeds, from), inSeeds(to)),
    remove: (name) => rmSync(join(seeds, name)),
    commit(instant) {
      run(path, ['add', '--all']);
      run(path, ['commit', '--quiet', '--message', 'change'], instant);
    },
    git: (...args) => run(path, args),
    clone(target, ...args) {
      run(path, ['clone', '--quiet', ...args, `file://${path}`, target]);
      return repositoryAt(target);
    },
  };
}

function run(folder: string, args: readonly string[], instant = '2024-01-01T00:00:00Z'): string {
  const author = { NAME: 'A', EMAIL: 'a@news.example', DATE: instant };
  const identity = Object.entries(author).flatMap(([name, value]) => [
    [`GIT_AUTHOR_${name}`, value],
    [`GIT_COMMITTER_${name}`, value],
  ]);
  return execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      ...Object.fromEntries(identity),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The files of a folder with such an ending. */
export function readFiles(folder: string, ending = '.md'): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
}

/** The history of one document that was committed once. */
export function historyOf(path: string, committed: number): History {
  const version = { path, blob: '1' };
  return {
    tracks: [{ first: version, last: version, added: committed, changed: committed, removed: undefined }],
    isModified: () => false,
    readBlobs: () => new Map(),
  };
}
