import { lstatSync, type Stats } from 'node:fs';

/** What a file system says of a file without reading it. */
export interface Stamp {
  readonly size: number;
  /** Device, number, and the instants of the last change of content and of anything, to less than a microsecond. */
  readonly marks: string;
  /** The later of the two instants, in milliseconds. */
  readonly changed: number;
}

/** Some file systems count in steps of two seconds. */
const COARSEST_CLOCK = 3000;

/** Undefined when there is no such file, or it cannot be looked at: whoever reads it finds out why. */
export function stampOf(folder: string, path: string): Stamp | undefined {
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
 * Whether an equal stamp means equal content. No program can set the instant of a file's last change back, so the only
 * doubt is a change so soon after the stamp was taken that the clock had not moved on: a file that was that new is read
 * again, as git does.
 *
 * @param taken when the stamp was taken, in milliseconds
 */
export function isTelling({ changed }: Stamp, taken: number): boolean {
  return changed < taken - COARSEST_CLOCK;
}
