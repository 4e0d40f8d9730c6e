import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Loads a library on first use: most documents need none of them, and loading all of them takes longer than a small
 * build.
 *
 * @param name the name of the package
 */
export function lazyRequire<Library>(name: string): () => Library {
  let library: Library | undefined;
  return () => {
    library ??= require(name) as Library; // the caller says what the package exports
    return library;
  };
}
