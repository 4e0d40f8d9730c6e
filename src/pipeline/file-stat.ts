import { lstatSync, type Stats } from 'node:fs';

/** What a file system says of a file without reading it. */
export interface FileStat {
  readonly size: number;
  /** Device, number, and the instants of the last change of content and of anything, to less than a microsecond. */
  readonly marks: string;
  /** The later of the two instants, in milliseconds. */
  readonly changed: number;
}

/** Some file systems count in steps of two seconds. */
const COARSEST_CLOCK = 3000;

/** Undefined when there is no such file, or it cannot be looked at: whoever reads it finds out why. */
export function fileStat(folder: string, path: string): FileStat | undefined {
  let stat: Stats | undefined;
  try {
    stat = lstatSync(`${folder}/${path}`, { throwIfNoEntry: false });
  } catch {}
  if (stat === undefined) return undefined;
  return {
    size: stat.size,
    marks: `${stat.dev} ${stat.ino} ${stat.mtimeMs} ${stat.ctimeMs}`,
    changed: Math.max(stat.mtimeMs, stat.ctimeMs),
  };
}

/**
 * Whether the file may have changed after its stat was taken without a visible change of the stat (git calls such an entry
 * racy). Programs cannot set `ctime`, so only a change within the clock's resolution can go unnoticed.
 *
 * @param taken when the stat was taken, in milliseconds
 */
export function isRacy({ changed }: FileStat, taken: number): boolean {
  return changed >= taken - COARSEST_CLOCK;
}
