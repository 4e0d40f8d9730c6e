import { type Dirent, type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** The debounce delay in milliseconds: editors write a file in several steps. */
const QUIET = 20;

/**
 * Reports that something in a folder has changed, but not what. Ignores hidden folders.
 *
 * @returns a function that stops watching
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  // On Linux, Node's recursive watch would watch each file separately.
  const watchers = new Map<string, FSWatcher>();
  const onEvent = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed();
      // Files may have been added to a new folder before it was watched.
      if (watchAll()) changed();
    }, QUIET);
  };
  /** Returns whether there are new folders. */
  const watchAll = (): boolean => {
    const folders = new Set([folder, ...foldersIn(folder)]);
    for (const [path, watcher] of watchers) {
      if (folders.has(path)) continue;
      watcher.close();
      watchers.delete(path);
    }
    const before = watchers.size;
    for (const path of folders) if (!watchers.has(path)) watchOne(path);
    return watchers.size > before;
  };
  const watchOne = (path: string): void => {
    try {
      const watcher = watch(path, onEvent);
      // The folder is gone, and the watch of its parent reports that; here and below.
      watcher.on('error', () => {});
      watchers.set(path, watcher);
    } catch {}
  };
  watchAll();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function foldersIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) => [join(folder, name), ...foldersIn(join(folder, name))]);
}
