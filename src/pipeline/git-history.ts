import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Instant } from '../article.ts';
import type { History, Track, Version } from '../identity/history.ts';
import { attempt, once } from '../memo.ts';

interface GitFolder {
  /** Undefined outside of a repository, and in a shallow clone, which lacks the first commits. */
  readonly history: () => History | undefined;
  /** False until the history is requested. */
  readonly isFoundShallow: () => boolean;
  readonly isRepository: () => boolean;
}

/** Runs git at most once, on first use. */
export function openGitFolder(folder: string, isDocument: (path: string) => boolean): GitFolder {
  const git = (args: readonly string[], input?: string): Buffer =>
    execFileSync('git', ['-C', folder, ...args], {
      ...(input !== undefined && { input }),
      maxBuffer: 1 << 30,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  let isRead = false;
  const shallow = once(() =>
    mayBeInRepository(folder)
      ? attempt(() => git(['rev-parse', '--is-shallow-repository']).toString().trim())
      : undefined,
  );
  const readHistory = (): History | undefined =>
    attempt(() => {
      const modified = once(
        () => new Set(split(git(['diff', '--name-only', '-z', '--relative', 'HEAD', '--', '.']))),
      );
      return {
        tracks: parseLog(split(git([...LOG, '--', '.']))).filter(({ last }) => isDocument(last.path)),
        isModified: (path) => modified().has(path),
        readBlobs: (blobs) =>
          parseBatch(git(['cat-file', '--batch'], blobs.map((blob) => `${blob}\n`).join(''))),
      };
    });
  return {
    history: once(() => {
      isRead = true;
      return shallow() === 'false' ? readHistory() : undefined;
    }),
    isFoundShallow: () => isRead && shallow() === 'true',
    isRepository: () => shallow() !== undefined,
  };
}

/** Running git takes 3 % of a small build. */
function mayBeInRepository(folder: string): boolean {
  if (process.env.GIT_DIR !== undefined) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (at === dirname(at)) return false;
  }
}

/** The commits in the order in which they were published; a merge is one commit with all of its changes. */
const LOG = [
  '-c',
  'log.showRoot=true',
  'log',
  '--no-show-signature',
  '--reverse',
  '--first-parent',
  '-m',
  '--find-renames',
  // Two files that swapped paths are renames, too.
  '--break-rewrites',
  '--raw',
  '-z',
  '--no-abbrev',
  '--format=%x01%ct',
  '--relative',
];

function split(output: Buffer): string[] {
  return output.toString().split('\0');
}

/** A commit is `\x01` and its instant, then `:modes blobs status`, path and, of a rename, new path of each change. */
function parseLog(items: readonly string[]): Track[] {
  const tracks: MutableTrack[] = [];
  const present = new Map<string, MutableTrack>();
  let changes: Change[] = [];
  let instant: Instant = 0;
  const finishCommit = (): void => {
    apply(changes, instant, tracks, present);
    changes = [];
  };
  for (let at = 0; at < items.length; at++) {
    const item = items[at]?.trimStart() ?? '';
    if (item.startsWith('\x01')) {
      finishCommit();
      instant = Number(item.slice(1)) * 1000;
      continue;
    }
    const [, , before = '', blob = '', status = ''] = item.split(' ');
    if (!item.startsWith(':')) continue;
    const from = items[++at] ?? '';
    const isMove = status.startsWith('R');
    const path = isMove ? (items[++at] ?? '') : from;
    changes.push({ status: status[0] ?? '', from, path, blob, isEdit: before !== blob });
  }
  finishCommit();
  return tracks;
}

interface MutableTrack extends Omit<Track, 'last' | 'changed' | 'removed'> {
  last: Version;
  changed: Instant;
  removed: Instant | undefined;
}

interface Change {
  readonly status: string;
  readonly from: string;
  readonly path: string;
  readonly blob: string;
  readonly isEdit: boolean;
}

/** Two files may swap paths in one commit, so all removals are applied before additions. */
function apply(
  changes: readonly Change[],
  instant: Instant,
  tracks: MutableTrack[],
  present: Map<string, MutableTrack>,
): void {
  const leaving = new Map(
    changes.map((change) => [change, change.status === 'A' ? undefined : present.get(change.from)]),
  );
  for (const { status, from } of changes) if (status === 'D' || status === 'R') present.delete(from);
  for (const [{ status, path, blob, isEdit }, track] of leaving) {
    if (status === 'D') {
      if (track !== undefined) track.removed = instant;
    } else if (track === undefined) {
      const version = { path, blob };
      const added = { first: version, last: version, added: instant, changed: instant, removed: undefined };
      tracks.push(added);
      present.set(path, added);
    } else {
      track.last = { path, blob };
      if (isEdit) track.changed = instant;
      present.set(path, track);
    }
  }
}

/** `blob type size`, a newline, the content and a newline of each. */
function parseBatch(output: Buffer): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0x0a, at);
    const [blob = '', , size] = output.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    contents.set(blob, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
