import { lstatSync, type Stats, statSync, utimesSync } from 'node:fs';

/** The file system metadata of a file. */
export interface FileStat {
  readonly size: number;
  /** Changes whenever the file does: device, inode, mtime and ctime. */
  readonly key: string;
  /** The later of mtime and ctime, in milliseconds. */
  readonly changed: number;
}

/** Undefined if there is no such file, or it cannot be looked at: reading it says why. */
export function fileStat(path: string): FileStat | undefined {
  let stat: Stats | undefined;
  try {
    stat = lstatSync(path, { throwIfNoEntry: false });
  } catch {}
  if (stat === undefined) return undefined;
  const { dev, ino, size, mtimeMs, ctimeMs } = stat;
  return { size, key: `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`, changed: Math.max(mtimeMs, ctimeMs) };
}

/** Some file systems count in steps of two seconds. */
const CLOCK_RESOLUTION = 3000;

/**
 * Whether the file may have changed after its stat was taken without a visible change of the stat (git calls such an entry
 * racy). Programs cannot set `ctime`, so only a change within the clock's resolution can go unnoticed.
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
  try {
    utimesSync(path, now, now);
  } catch {
    // It is gone; reading it fails later.
  }
}

/** When a file was last written or touched, in milliseconds; `now` if it is gone. */
export function lastUsed(path: string, now: number): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
}
