import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Whether a folder is another one or lies in it, links followed; neither need exist. */
export function liesWithin(inner: string, outer: string): boolean {
  const path = relative(realPath(outer), realPath(inner));
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** The real path of as much of a path as exists, and the rest of it. */
function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync.native(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(realPath(parent), basename(absolute));
  }
}
