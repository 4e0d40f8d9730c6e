import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { attempt } from '../memo.ts';
import {
  BLOB_SUFFIX,
  type BlobFolders,
  type BlobReader,
  type BlobRef,
  blobReader,
  createBlobFile,
} from './blobs.ts';
import {
  type CacheIndex,
  EMPTY_INDEX,
  forEachRef,
  readCacheIndex,
  remapRefs,
  writeCacheIndex,
} from './cache-index.ts';
import { LEASE, lastUsed, touch } from './files.ts';

/*
 * The results of a build, for the next build of the same seeds folder. The cache may be deleted at any time.
 *
 *   index      see cache-index.ts
 *   *.blobs    results of tasks; each build writes files of its own
 *
 * The index has the checksums of the blobs: a blob that differs counts as missing. A build replaces the index as a
 * whole by renaming, so of two builds at once the last one wins.
 */

export interface Cache {
  /** The index of the last build. */
  readonly index: CacheIndex;
  /** The blob output of tasks. */
  readonly output: BlobFolders;
  readonly blobs: BlobReader;
  /**
   * Saves an index, and removes all blobs that it does not refer to.
   *
   * @returns the index with its current blob references; undefined if it cannot be saved
   */
  save(index: CacheIndex): CacheIndex | undefined;
  /** Removes blob files that were not saved. */
  close(): void;
}

/** The in-memory cache of a process that builds repeatedly. */
export interface WarmCache {
  /** The index of the last build. */
  index?: CacheIndex | undefined;
  /** Deserialized blobs. */
  readonly values: WeakMap<BlobRef, unknown>;
}

interface CacheOptions {
  /** The folder of all caches. */
  readonly parent: string;
  readonly seeds: string;
  /** A digest of everything else that results depend on: an index of another version is not used. */
  readonly version: string;
  /** Milliseconds. */
  readonly now: number;
  /** The index of the last build, if it is in memory. */
  readonly index?: CacheIndex | undefined;
}

/** Opens the cache of a seeds folder. If it cannot be written, the build goes on without it. */
export function openCache({ parent, seeds, version, now, index: known }: CacheOptions): Cache {
  const folder = join(parent, createHash('sha256').update(realpathSync(seeds)).digest('hex').slice(0, 16));
  const prefix = randomUUID();
  const fallback = join(tmpdir(), `tidings-build-${prefix}`);
  const indexPath = join(folder, 'index');
  attempt(() => mkdirSync(folder, { recursive: true }));
  const index = known ?? readCacheIndex(indexPath, version);
  const used = filesOf(index);
  for (const file of used.keys()) touch(file);
  const blobs = blobReader();
  let saved: CacheIndex | undefined;
  return {
    index,
    output: { prefix, folder, fallback },
    blobs,
    save(made) {
      saved = attempt(() => {
        const compacted = compact(made, join(folder, `${prefix}-merged${BLOB_SUFFIX}`), blobs);
        writeCacheIndex(indexPath, join(folder, `${prefix}-index`), version, compacted);
        return compacted;
      });
      // On a full disk, this frees space for the next build.
      attempt(() => removeUnused(folder, saved ? filesOf(saved) : used, now));
      attempt(() => removeOldCaches(parent, folder, now));
      return saved;
    },
    close() {
      blobs.close();
      rmSync(fallback, { recursive: true, force: true });
      const kept = filesOf(saved ?? EMPTY_INDEX);
      for (const name of attempt(() => readdirSync(folder)) ?? []) {
        const path = join(folder, name);
        if (name.startsWith(prefix) && !kept.has(path)) rmSync(path, { force: true });
      }
    },
  };
}

/** How many bytes of each file an index refers to. */
function filesOf(index: CacheIndex): Map<string, number> {
  const files = new Map<string, number>();
  forEachRef(index, ({ file, length }) => void files.set(file, (files.get(file) ?? 0) + length));
  return files;
}

/** The maximum number of blob files; if there are more, the smallest are merged. */
const MAX_FILES = 8;

/**
 * Merges blob files that are mostly unused, too many, or in another folder.
 *
 * @throws Error if the merged file cannot be written
 */
function compact(index: CacheIndex, merged: string, blobs: BlobReader): CacheIndex {
  const isDense = (file: string, used: number): boolean =>
    2 * used >= (statSync(file, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY);
  const files = filesOf(index);
  const kept = new Set(
    [...files]
      .filter(([file, used]) => dirname(file) === dirname(merged) && isDense(file, used))
      .sort(([, a], [, b]) => b - a)
      .slice(0, MAX_FILES)
      .map(([file]) => file),
  );
  if (kept.size === files.size) return index;
  const output = createBlobFile(merged);
  try {
    const remapped = remapRefs(index, (ref) => {
      if (kept.has(ref.file)) return ref;
      const bytes = blobs.read(ref);
      return bytes && output.write(bytes);
    });
    output.flush();
    return remapped;
  } finally {
    output.close();
  }
}

function removeUnused(folder: string, used: ReadonlyMap<string, number>, now: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name !== 'index' && !used.has(path) && now - lastUsed(path, now) > LEASE) remove(path);
  }
}

/** The age at which an unused cache is removed; milliseconds. */
const MAX_AGE = 30 * 86_400_000;

function removeOldCaches(parent: string, folder: string, now: number): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    const built = lastUsed(join(path, 'index'), lastUsed(path, now));
    if (path !== folder && now - built > MAX_AGE) remove(path);
  }
}

/** A file that is open may not be removable; the next build tries again. */
function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 0 });
}
