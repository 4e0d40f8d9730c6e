import { statSync, utimesSync } from 'node:fs';

/** Another build that is at work may need what was written, or found right, since then; milliseconds. */
export const LONGEST_BUILD = 10 * 60_000;

/** So that no other build that is at work takes a file away. */
export function claim(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // It is gone; whoever reads from it will see.
  }
}

/** Milliseconds; when a file was last written or claimed. Now, when it is gone. */
export function lastUse(path: string, now: number): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
}
