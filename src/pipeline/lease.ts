import { statSync, utimesSync } from 'node:fs';

/** Another build that is at work may need what was written, or found right, since then; milliseconds. */
export const LEASE = 10 * 60_000;

/** So that no other build that is at work takes a file away. */
export function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // It is gone; whoever reads from it will see.
  }
}

/** Milliseconds; when a file was last written or claimed. Now, when it is gone. */
export function lastUsed(path: string, now: number): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
}
