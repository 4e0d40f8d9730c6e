import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** The folder of the package `tidings`; in the repository, the repository. */
export const PACKAGE_ROOT = join(import.meta.dirname, '..');

/** The ending of our modules: `.ts` in the repository, `.js` in a published package. */
export const MODULE_ENDING = extname(import.meta.filename);

export function packageVersion(): string {
  const text = readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version; // npm wants one
}
