import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file in several steps; milliseconds. */
const QUIET = 20;

/**
 * Tells when something in a folder has changed, not what: whoever hears of it looks.
 *
 * @returns ends it
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();
  const hear = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed();
      lookAround();
    }, QUIET);
  };
  // Node's own way to watch all that is in a folder watches, on Linux, each file by itself.
  const lookAround = (): void => {
    const folders = new Set([folder, ...foldersIn(folder)]);
    for (const [path, watcher] of watchers) {
      if (folders.has(path)) continue;
      watcher.close();
      watchers.delete(path);
    }
    for (const path of folders) {
      if (watchers.has(path)) continue;
      try {
        watchers.set(
          path,
          watch(path, hear).on('error', () => {}),
        );
      } catch {
        // It is gone, which its parent tells.
      }
    }
  };
  lookAround();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [];
  }
}
