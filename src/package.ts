import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package `tidings`; in the repository, the repository. */
export const PACKAGE_ROOT = dirname(fileURLToPath(import.meta.resolve('tidings/package.json')));

/** Whether these are the bundles of a published package, not the sources of the repository. */
export const IS_PUBLISHED = !import.meta.filename.endsWith('.ts');

/** The folder of our modules. */
export const MODULES = join(PACKAGE_ROOT, IS_PUBLISHED ? 'lib' : 'src');

/** @param name the path of a module in `src` without its ending, such as `pipeline/thread` */
export function modulePath(name: string): string {
  return join(MODULES, IS_PUBLISHED ? `${name}.js` : `${name}.ts`);
}

/** @param name the path of a file in a library, such as `@resvg/resvg-wasm/index_bg.wasm` */
export function libraryFile(name: string): string {
  return IS_PUBLISHED ? join(MODULES, 'files', basename(name)) : createRequire(import.meta.url).resolve(name);
}

export function packageVersion(): string {
  const text = readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version; // npm wants one
}
