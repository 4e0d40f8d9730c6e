import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * A library that is loaded on first use: most documents need none of them, and loading all takes longer than a small
 * build.
 *
 * @param name of the package
 */
export function later<Library>(name: string): () => Library {
  let library: Library | undefined;
  return () => {
    library ??= require(name) as Library; // the caller says what the package exports
    return library;
  };
}
