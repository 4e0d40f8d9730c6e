import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from '../workers/bundle.ts';

/** A worker with data that it does not read. */
export interface LoadedWorker {
  readonly made: Bundle;
  /** Bytes of its data; they are in its isolate all the same. */
  readonly load: number;
}

/** A worker of one module, with the data of another worker beside it: it differs from that in its own doing only. */
export async function loadWorker(
  { modules, folder: from }: Bundle,
  empty: Bundle,
  folder: string,
): Promise<LoadedWorker> {
  await mkdir(folder);
  for (const name of empty.modules) await copyFile(join(empty.folder, name), join(folder, name));
  const [, ...data] = modules;
  let load = 0;
  for (const name of data) {
    await copyFile(join(from, name), join(folder, name));
    load += (await stat(join(from, name))).size;
  }
  return { made: { ...empty, folder, modules: [...empty.modules, ...data] }, load };
}
