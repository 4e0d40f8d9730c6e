import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './write-file.ts';

/**
 * The text of a file of Tidings in a folder of documents; undefined if there is none.
 *
 * @param remedy what to do if it is not UTF-8
 * @throws Error in one line if it cannot be read
 */
export function readText(seeds: string, name: string, remedy: string): string | undefined {
  const path = join(seeds, name);
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isFile())
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const reason =
      error instanceof TypeError
        ? `it is not UTF-8 text; ${remedy}`
        : `${errorCode(error)}; expected a file that you may read`;
    throw new Error(`Cannot read seeds/${name}: ${reason}`);
  }
  throw new Error(`Cannot read seeds/${name}: expected a file, not a folder, a link or a device`);
}
