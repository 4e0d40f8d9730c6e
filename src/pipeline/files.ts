import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { attempt } from '../memo.ts';
import type { Asset } from '../store/integrity.ts';

/** The system's name for an error, such as `EACCES`; else the message. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}

/** @throws Error in one line with the path */
export function writeOutput(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw outputError(path, error);
  }
}

/** @throws Error in one line with the path */
export function makeOutputFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw outputError(path, error);
  }
}

/** An error that names the path, unlike Node's write errors. */
export function outputError(path: string, error: unknown): Error {
  const code = errorCode(error);
  const owner = code === 'EACCES' || code === 'EPERM' ? ownerOf(path) : undefined;
  const expected =
    owner === undefined
      ? 'free space in a writable folder'
      : `a writable folder; it belongs to user ${owner}, and this is user ${process.getuid?.()}: change its owner, or name another folder with --out`;
  return new Error(`Cannot write ${path}: ${code}; expected ${expected}`);
}

/** A file of the seeds that differs from what the build has read of it. */
export function changedDuringBuild(path: string): Error {
  return new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
}

/** The user to whom a path belongs, or the nearest folder above it that exists. */
function ownerOf(path: string): number | undefined {
  const { uid } = attempt(() => statSync(path)) ?? {};
  return uid === undefined && path !== dirname(path) ? ownerOf(dirname(path)) : uid;
}

/**
 * Writes a temporary file, syncs it and renames it. After a crash or on a full disk, the file has its former or its new
 * content, never a part of it. Mode and owner stay the same.
 *
 * @throws Error if that fails; the file is unchanged
 */
export function replaceFile(path: string, content: string): void {
  const former = statSync(path, { throwIfNoEntry: false });
  // A build ignores hidden files.
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = openSync(draft, 'wx');
    try {
      if (former !== undefined) copyAccess(former, file);
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function copyAccess({ mode, uid, gid }: Stats, file: number): void {
  // Only root may give a file away, and some file systems know neither modes nor owners.
  attempt(() => {
    fchmodSync(file, mode);
    fchownSync(file, uid, gid);
  });
}

/** Makes a rename durable, where a folder can be synced. */
function syncFolder(path: string): void {
  attempt(() => {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  });
}

/**
 * The text of a file of Tidings in a folder of documents; undefined if there is none.
 *
 * @param remedy what to do if it is not UTF-8
 * @throws Error in one line if it cannot be read
 */
export function readText(seeds: string, name: string, remedy: string): string | undefined {
  const path = join(seeds, name);
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isFile())
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const reason =
      error instanceof TypeError
        ? `it is not UTF-8 text; ${remedy}`
        : `${errorCode(error)}; expected a file that you may read`;
    throw new Error(`Cannot read seeds/${name}: ${reason}`);
  }
  throw new Error(`Cannot read seeds/${name}: expected a file, not a folder, a link or a device`);
}

/** The file system metadata of a file. */
export interface FileStat {
  readonly size: number;
  /** Changes whenever the file does: device, inode, mtime and ctime. */
  readonly key: string;
  /** The later of mtime and ctime, in milliseconds. */
  readonly changed: number;
}

/** Undefined if the file does not exist or cannot be examined; reading it then reports why. */
export function fileStat(path: string): FileStat | undefined {
  const stat = attempt(() => lstatSync(path, { throwIfNoEntry: false }));
  if (stat === undefined) return undefined;
  const { dev, ino, size, mtimeMs, ctimeMs } = stat;
  // V8 keeps a template as the parts that it joins, a joined array as one string.
  const key = [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  return { size, key, changed: Math.max(mtimeMs, ctimeMs) };
}

/** The timestamps of some file systems have a resolution of two seconds. */
const CLOCK_RESOLUTION = 3000;

/**
 * Whether the file may have changed after its stat was taken without a visible change of the stat (git calls such an
 * entry racy). Programs cannot set `ctime`, so only a change within the clock's resolution can go unnoticed.
 *
 * @param taken when the stat was taken, in milliseconds
 */
export function isRacy({ changed }: FileStat, taken: number): boolean {
  return changed >= taken - CLOCK_RESOLUTION;
}

/** A file that was used so recently may belong to a build that is running; milliseconds. */
export const LEASE = 10 * 60_000;

/** Renews the lease of a file. */
export function touch(path: string): void {
  const now = new Date();
  // If it is gone, reading it fails later.
  attempt(() => utimesSync(path, now, now));
}

/** When a file was last written or touched, in milliseconds; `now` if it is gone. */
export function lastUsed(path: string, now: number): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
}

export interface AssetStore {
  /**
   * Writes an asset unless it is there.
   *
   * @returns its stat key
   */
  emit(asset: Asset): string;
  /**
   * Keeps an asset that an earlier build wrote, without reading it.
   *
   * @param key its stat key at that time
   * @returns its current stat key; undefined if the file has changed
   */
  reuse(digest: string, key: string): string | undefined;
  /** Undefined if there is none. */
  read(digest: string): Uint8Array<ArrayBuffer> | undefined;
}

/** The assets in a folder; a touched one is not removed by another build that is running. */
export function assetFolder(folder: string): AssetStore {
  const touched = (path: string): string => {
    touch(path);
    return fileStat(path)?.key ?? '';
  };
  return {
    emit({ digest, bytes }) {
      const path = join(folder, digest);
      if (fileStat(path)?.size !== bytes.length || !readFileSync(path).equals(bytes))
        writeOutput(path, bytes);
      return touched(path);
    },
    reuse(digest, key) {
      const path = join(folder, digest);
      return key !== '' && fileStat(path)?.key === key ? touched(path) : undefined;
    },
    read(digest) {
      const path = join(folder, digest);
      return fileStat(path) && new Uint8Array(readFileSync(path));
    },
  };
}
