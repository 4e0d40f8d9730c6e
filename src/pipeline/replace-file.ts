import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file beside its place, syncs it and renames it. Readers, and whoever comes after a crash or a full disk, find
 * the former content or the new one, never a part of it. Mode and owner stay.
 *
 * @throws Error when that is impossible; the former file is as it was
 */
export function replaceFile(path: string, content: string): void {
  const former = statSync(path, { throwIfNoEntry: false });
  // A build passes over hidden files.
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
  try {
    fchmodSync(file, mode);
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give a file away, and some file systems know neither modes nor owners.
  }
}

/** Makes a rename durable, where a folder can be synced. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {}
}
