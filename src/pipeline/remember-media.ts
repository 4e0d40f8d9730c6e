import type { Describe } from '../corpus/describe-files.ts';
import type { CachedMedia, CacheIndex } from './cache-index.ts';
import { fileStat, isRacy } from './file-stat.ts';

interface Describing {
  readonly describe: Describe;
  /** For the next build. */
  readonly memory: ReadonlyMap<string, CachedMedia>;
}

/**
 * Examines files beside the documents, but those that are known to be what they were: a site may have gigabytes of them.
 *
 * @param examine does it for one that is not known
 * @param startedAt when the build began; milliseconds
 */
export function rememberMedia(
  before: CacheIndex['media'],
  seeds: string,
  examine: Describe,
  startedAt: number,
): Describing {
  const memory = new Map<string, CachedMedia>();
  return {
    memory,
    async describe(path) {
      const stamp = fileStat(seeds, path);
      if (stamp === undefined || isRacy(stamp, startedAt)) return examine(path);
      const { marks } = stamp;
      const known = before.get(path);
      const file = known?.marks === marks ? known.file : await examine(path);
      if (file !== undefined) memory.set(path, { marks, file });
      return file;
    },
  };
}
