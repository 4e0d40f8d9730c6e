import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from './memo.ts';

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
  return (JSON.parse(text) as { version: string }).version; // npm requires one
}

const require = createRequire(import.meta.url);

/** The libraries that builds load on demand. In the published package, each is bundled into a file. */
export const LIBRARIES = [
  'chardet',
  'eld/extrasmall',
  'gemoji',
  'hast-util-to-mdast',
  'highlight.js/lib/core',
  'iconv-lite',
  'image-size',
  'js-yaml',
  'mdast-util-gfm',
  'mdast-util-to-markdown',
  'parse5',
  'smol-toml',
  'temml',
  'toml-eslint-parser',
] as const;

type LibraryName = (typeof LIBRARIES)[number] | `highlight.js/lib/languages/${string}`;

/**
 * Loads a library on first use: most documents need none of them, and loading all of them takes longer than a small
 * build. It is resolved as `import` resolves it: the CommonJS builds of some libraries target older engines and are
 * slower.
 */
export function lazyRequire<Library>(name: LibraryName): () => Library {
  return once(() => require(libraryPath(name)) as Library); // the caller states its exports
}

/** @returns the path of the library; in a published package, of its bundle */
function libraryPath(name: string): string {
  return IS_PUBLISHED ? join(MODULES, 'libraries', `${name}.cjs`) : fileURLToPath(import.meta.resolve(name));
}
