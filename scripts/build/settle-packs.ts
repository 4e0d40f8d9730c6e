import { randomUUID } from 'node:crypto';
import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Kept, Packs } from './kept.ts';
import { keptIn, type Memory, moveKept } from './memory.ts';
import { writePack } from './pack.ts';

/** More packs than these are merged, the smallest first. */
const MAX_PACKS = 4;
const SUFFIX = '.pack';

/** Gives the packs of a build their names in the folder, and merges those that are small or of which little is used. */
export function settlePacks(memory: Memory, folder: string, packs: Packs): Memory {
  const used = new Map<string, number>();
  for (const { pack, length } of keptIn(memory)) used.set(pack, (used.get(pack) ?? 0) + length);
  const kept = [...used]
    .filter(([pack, bytes]) => 2 * bytes >= sizeOf(pack))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_PACKS);
  const newPath = (): string => join(folder, `${randomUUID()}${SUFFIX}`);
  const names = new Map(kept.map(([pack]) => [pack, pack.endsWith(SUFFIX) ? pack : newPath()]));
  if (names.size === used.size && kept.every(([pack]) => names.get(pack) === pack)) return memory;
  const merged = names.size < used.size ? writePack(newPath()) : undefined;
  const settled = moveKept(memory, (each: Kept): Kept | undefined => {
    const name = names.get(each.pack);
    if (name !== undefined) return { ...each, pack: name };
    const bytes = packs.read(each);
    return bytes && merged && { pack: merged.path, ...merged.add(bytes) };
  });
  merged?.close();
  for (const [pack, name] of names) if (pack !== name) renameSync(pack, name);
  return settled;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY;
}
