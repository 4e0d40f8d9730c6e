import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset } from '../store/asset.ts';
import { touch } from './lease.ts';
import { writeOutput } from './write-output.ts';

/** The folder of what is published outside the worker, each file named by its digest. */
export interface AssetFolder {
  readonly path: string;
}

/** Writes a part unless it is there already. @returns its mark */
export function emitAsset({ path: folder }: AssetFolder, { digest, bytes }: Asset): string {
  const path = join(folder, digest);
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? {};
  if (size !== bytes.length || !readFileSync(path).equals(bytes)) writeOutput(path, bytes);
  touch(path);
  return markOf(path);
}

/**
 * Whether a part is as it was left; it need not be read for that.
 *
 * @param mark empty when it was gone already
 * @returns its new mark, if it is
 */
export function reuseAsset({ path: folder }: AssetFolder, digest: string, mark: string): string | undefined {
  const path = join(folder, digest);
  if (mark === '' || markOf(path) !== mark) return undefined;
  touch(path);
  return markOf(path);
}

/** Changes whenever the file does; empty when there is none. */
function markOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
}
