import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BlobReader, type BlobRef, openBlobs } from './blob-ref.ts';
import { type CacheIndex, NOTHING, type SavedIndex } from './cache-index.ts';
import { readCacheIndex, writeCacheIndex } from './cache-index-file.ts';
import { type Compacted, compact, removeBlobFiles } from './compact.ts';
import { LEASE, lastUsed, touch } from './lease.ts';

/*
 * What builds remember of a seeds folder, so that the next need not do it again. It may be deleted at any time.
 *
 *   index            see memory-file.ts
 *   *.pack           what was made of documents; a pack is never changed once it has its name
 *   scratch-*        what a running build writes
 *
 * The index says by checksums what it expects of the packs; whatever is not as expected was never there. A build replaces
 * the index as a whole by renaming, so two builds at once do not mix: the last one is remembered.
 */

export interface Cache {
  readonly memory: CacheIndex;
  /** The folder for what a build writes. */
  readonly scratch: string;
  /** A second folder, for when `scratch` is full; nothing in it is remembered. */
  readonly fallback: string | undefined;
  /** Undefined when the bytes are not there any more, or are not what they were. */
  read(kept: BlobRef): Uint8Array<ArrayBuffer> | undefined;
  /** Remembers this and nothing else; undefined when that cannot be. */
  save(memory: CacheIndex): Compacted | undefined;
  /** Whatever happens, this comes last. */
  close(): void;
}

/** What nobody built for so long is forgotten; milliseconds. */
const MAX_AGE = 30 * 86_400_000;

/**
 * Opens what is remembered of a seeds folder.
 *
 * @param parent the folder of all caches
 * @param version whatever else the results depend on: something remembered by another version is not used
 * @param now milliseconds
 * @param known what was saved last, where that is known; it need not be read then
 * @returns undefined when the folder cannot be written
 */
export function openCache(
  parent: string,
  seeds: string,
  version: string,
  now: number,
  known?: SavedIndex,
): Cache | undefined {
  const folder = join(parent, createHash('sha256').update(realpathSync(seeds)).digest('hex').slice(0, 16));
  const scratch = makeScratch(folder);
  if (scratch === undefined) return undefined;
  const index = join(folder, 'index');
  const { memory, packs: claimed } = known ?? readCacheIndex(index, version);
  for (const pack of claimed) touch(pack);
  const packs = openBlobs();
  const saveMemory = (made: CacheIndex): Compacted => {
    const settled = compact(made, folder, packs);
    try {
      writeCacheIndex(index, join(scratch, 'index'), version, settled);
    } catch (error) {
      removeBlobFiles(settled.packs, claimed);
      throw error;
    }
    return settled;
  };
  return cacheOf(memory, { scratch, fallback: makeTemporary() }, packs, (made) => {
    // If the disk is full or the folder locked, the next build repeats the work; removing what is old makes room for it.
    const settled = attempt(() => saveMemory(made));
    attempt(() => removeOld(parent, folder, settled?.packs ?? claimed, now));
    return settled;
  });
}

/** For a build that remembers nothing. */
export function withoutCache(): Cache {
  const scratch = makeTemporary();
  if (scratch === undefined)
    throw new Error(`Cannot write ${tmpdir()}: expected room for a folder of temporary files`);
  return cacheOf(NOTHING, { scratch, fallback: undefined }, openBlobs(), () => undefined);
}

function cacheOf(
  memory: CacheIndex,
  folders: Pick<Cache, 'scratch' | 'fallback'>,
  packs: BlobReader,
  save: Cache['save'],
): Cache {
  return {
    memory,
    ...folders,
    read: packs.read,
    save,
    close() {
      packs.close();
      for (const folder of [folders.scratch, folders.fallback])
        if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeScratch(folder: string): string | undefined {
  return attempt(() => {
    mkdirSync(folder, { recursive: true });
    return mkdtempSync(join(folder, 'scratch-'));
  });
}

function makeTemporary(): string | undefined {
  return attempt(() => mkdtempSync(join(tmpdir(), 'tidings-build-')));
}

/** Undefined when that fails. */
function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function removeOld(parent: string, folder: string, used: ReadonlySet<string>, now: number): void {
  const removeUnused = (path: string, age: number): void => {
    // A file that is open may not be removable; the next build tries again.
    if (now - lastChange(path, now) > age) rmSync(path, { recursive: true, force: true, maxRetries: 0 });
  };
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name !== 'index' && !used.has(path)) removeUnused(path, LEASE);
  }
  for (const name of readdirSync(parent)) {
    if (join(parent, name) !== folder) removeUnused(join(parent, name), MAX_AGE);
  }
}

/** Of a file, or of any file in a folder: a build that is at work writes into one. */
function lastChange(path: string, now: number): number {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const inside = isFolder ? readdirSync(path).map((name) => lastChange(join(path, name), now)) : [];
  return Math.max(lastUsed(path, now), ...inside);
}
