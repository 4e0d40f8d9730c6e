import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

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

/** An error that names the path, which Node's errors of writes do not. */
export function outputError(path: string, error: unknown): Error {
  return new Error(`Cannot write ${path}: ${errorCode(error)}; expected room in a folder that you may write`);
}

/**
 * Writes a file beside its place, syncs it and renames it: after a crash or a full disk the file has the former content
 * or the new one, never a part of it. Mode and owner stay.
 *
 * @throws Error if that is impossible; the former file is as it was
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
