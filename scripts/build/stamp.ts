import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/** What a file system says of a file without reading it. */
export interface Stamp {
  readonly size: number;
  /** Device, number, and the nanoseconds of the last change of content and of anything. */
  readonly marks: string;
  /** The later of the two instants, in milliseconds. */
  readonly changed: number;
}

/** Some file systems count in steps of two seconds. */
const COARSEST_CLOCK = 3000;

/** Undefined when there is no such file. */
export function stampOf(folder: string, path: string): Stamp | undefined {
  const stat = lstatSync(join(folder, path), { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return {
    size: Number(stat.size),
    marks: `${stat.dev} ${stat.ino} ${stat.mtimeNs} ${stat.ctimeNs}`,
    changed: Math.max(Number(stat.mtimeMs), Number(stat.ctimeMs)),
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
