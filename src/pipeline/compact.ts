import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createBlobFile } from './blob-file.ts';
import type { BlobReader, BlobRef } from './blob-ref.ts';
import { type CacheIndex, forEachRef, remapRefs, type SavedIndex } from './cache-index.ts';

/** More packs than these are merged, the smallest first. */
const MAX_PACKS = 8;
const SUFFIX = '.pack';

export interface Compacted {
  readonly memory: CacheIndex;
  /** The paths of its packs by those that it knows; one that has none is where it is said to be. */
  readonly names: ReadonlyMap<string, string>;
  /** The paths of its packs. */
  readonly packs: ReadonlySet<string>;
}

/**
 * Gives the packs of a build their names in the folder, and merges those that are small or of which little is used.
 *
 * @throws Error when that is impossible; the folder is as it was
 */
export function compact(memory: CacheIndex, folder: string, packs: BlobReader): Compacted {
  const used = new Map<string, number>();
  forEachRef(memory, ({ pack, length }) => void used.set(pack, (used.get(pack) ?? 0) + length));
  const kept = [...used]
    .filter(([pack, bytes]) => 2 * bytes >= sizeOf(pack))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_PACKS);
  const newPath = (): string => join(folder, `${randomUUID()}${SUFFIX}`);
  const names = new Map(kept.map(([pack]) => [pack, pack.endsWith(SUFFIX) ? pack : newPath()]));
  const merged = names.size < used.size ? newPath() : undefined;
  const all = new Set([...names.values(), ...(merged ? [merged] : [])]);
  try {
    const settled = merged === undefined ? memory : mergeOthers(memory, names, merged, packs);
    for (const [pack, name] of names) if (pack !== name) renameSync(pack, name);
    return { memory: settled, names, packs: all };
  } catch (error) {
    removeBlobFiles(all, names);
    throw error;
  }
}

/** Removes packs but for those that were there before. */
export function removeBlobFiles(paths: Iterable<string>, before: Pick<ReadonlySet<string>, 'has'>): void {
  for (const path of paths) if (!before.has(path)) rmSync(path, { force: true });
}

/** What was settled, by the names of its packs. */
export function remember({ memory, names, packs }: Compacted): SavedIndex {
  const rename = (kept: BlobRef): BlobRef => {
    const pack = names.get(kept.pack);
    return pack === undefined || pack === kept.pack ? kept : { ...kept, pack };
  };
  return { memory: remapRefs(memory, rename), packs };
}

/** The same memory with all that is in packs without names in a new one. */
function mergeOthers(
  memory: CacheIndex,
  names: ReadonlyMap<string, string>,
  path: string,
  packs: BlobReader,
): CacheIndex {
  const merged = createBlobFile(path);
  try {
    return remapRefs(memory, (kept) => {
      if (names.has(kept.pack)) return kept;
      const bytes = packs.read(kept);
      return bytes && { pack: path, ...merged.add(bytes) };
    });
  } finally {
    merged.close();
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY;
}
