import type { Describe } from '../corpus/describe-files.ts';
import type { Memory, RememberedMedia } from './cache-index.ts';
import { isTelling, stampOf } from './file-stat.ts';

interface Describing {
  readonly describe: Describe;
  /** For the next build. */
  readonly memory: ReadonlyMap<string, RememberedMedia>;
}

/**
 * Examines files beside the documents, but those that are known to be what they were: a site may have gigabytes of them.
 *
 * @param examine does it for one that is not known
 * @param began when the build began; milliseconds
 */
export function rememberMedia(
  before: Memory['media'],
  seeds: string,
  examine: Describe,
  began: number,
): Describing {
  const memory = new Map<string, RememberedMedia>();
  return {
    memory,
    async describe(path) {
      const stamp = stampOf(seeds, path);
      if (stamp === undefined || !isTelling(stamp, began)) return examine(path);
      const { marks } = stamp;
      const known = before.get(path);
      const file = known?.marks === marks ? known.file : await examine(path);
      if (file !== undefined) memory.set(path, { marks, file });
      return file;
    },
  };
}
