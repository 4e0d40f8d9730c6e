import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT as ROOT } from '../../../src/package.ts';

/**
 * Builds documents into `store`, in a folder of its own; `dist` and what other builds remember are left alone.
 *
 * @throws Error when a document is refused
 */
export async function buildStore(seeds: string, folder: string): Promise<string> {
  const store = join(folder, 'store');
  const args = ['--seeds', seeds, '--out', store, '--cache', join(folder, 'cache')];
  await promisify(execFile)(process.execPath, [join(ROOT, 'src/bin.js'), 'build', ...args], { cwd: ROOT });
  return store;
}
