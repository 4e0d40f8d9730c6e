import { type Dirent, type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file in several steps; milliseconds. */
const QUIET = 20;

/**
 * Tells when something in a folder has changed, not what: whoever hears of it looks. Hidden folders do not count.
 *
 * @returns ends it
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  // Node's own way to watch all that is in a folder watches, on Linux, each file by itself.
  const watchers = new Map<string, FSWatcher>();
  const hear = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed();
      // Something may have come into a new folder before it was watched.
      if (watchAll()) changed();
    }, QUIET);
  };
  /** Tells whether there are new folders. */
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
      const watcher = watch(path, hear);
      // It is gone, which its parent tells; here and below.
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
