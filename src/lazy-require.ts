import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/**
 * Loads a library on first use: most documents need none of them, and loading all of them takes longer than a small
 * build. The library is the one that `import` would load: builds for older engines are slower.
 *
 * @param name the name of the package
 */
export function lazyRequire<Library>(name: string): () => Library {
  let library: Library | undefined;
  return () => {
    library ??= require(fileURLToPath(import.meta.resolve(name))) as Library; // the caller says what it exports
    return library;
  };
}
