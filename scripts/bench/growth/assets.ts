import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What lies beside a worker. */
export interface Assets {
  readonly count: number;
  /** Bytes. */
  readonly total: number;
  readonly largest: number;
}

export async function countAssets(folder: string): Promise<Assets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return {
    count: sizes.length,
    total: sizes.reduce((sum, size) => sum + size, 0),
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
  };
}
