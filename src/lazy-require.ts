import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IS_PUBLISHED, MODULES } from './package.ts';

const require = createRequire(import.meta.url);

/** What a publication may need; the bundle of each is a file of the published package. */
export const LIBRARIES = [
  'chardet',
  'eld/extrasmall',
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
 * build. The library is the one that `import` would load: builds for older engines are slower.
 */
export function lazyRequire<Library>(name: LibraryName): () => Library {
  let library: Library | undefined;
  return () => {
    library ??= require(libraryPath(name)) as Library; // the caller says what it exports
    return library;
  };
}

/** @returns the path of the library; in a published package, of its bundle */
function libraryPath(name: string): string {
  return IS_PUBLISHED ? join(MODULES, 'libraries', `${name}.cjs`) : fileURLToPath(import.meta.resolve(name));
}
