import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset } from '../store/integrity.ts';
import { fileStat, touch, writeOutput } from './files.ts';

export interface AssetStore {
  /**
   * Writes an asset unless it is there.
   *
   * @returns its stat key
   */
  emit(asset: Asset): string;
  /**
   * Keeps an asset that an earlier build wrote, without reading it.
   *
   * @param key its stat key at that time
   * @returns its current stat key; undefined if the file has changed
   */
  reuse(digest: string, key: string): string | undefined;
  /** Undefined if there is none. */
  read(digest: string): Uint8Array<ArrayBuffer> | undefined;
}

/** The assets in a folder; a touched one is not removed by another build that is running. */
export function assetFolder(folder: string): AssetStore {
  const touched = (path: string): string => {
    touch(path);
    return fileStat(path)?.key ?? '';
  };
  return {
    emit({ digest, bytes }) {
      const path = join(folder, digest);
      if (fileStat(path)?.size !== bytes.length || !readFileSync(path).equals(bytes))
        writeOutput(path, bytes);
      return touched(path);
    },
    reuse(digest, key) {
      const path = join(folder, digest);
      return key !== '' && fileStat(path)?.key === key ? touched(path) : undefined;
    },
    read(digest) {
      const path = join(folder, digest);
      return fileStat(path) && new Uint8Array(readFileSync(path));
    },
  };
}
