import { deserialize } from 'node:v8';
import type { DocumentTerms } from '../../src/search/document-terms.ts';
import { encodeSearch, type SearchIndex } from '../../src/search/encode-search.ts';
import type { Kept } from './hand.ts';
import { openPack, type PackReader } from './pack.ts';

/**
 * Makes the search index of terms that are kept in packs.
 *
 * @param kept in the order of the articles' numbers
 * @returns undefined when some of them are not what they were
 */
export function indexKept(kept: readonly Kept[]): SearchIndex | undefined {
  const packs = new Map<string, PackReader>();
  try {
    const terms: DocumentTerms[] = [];
    for (const { pack, slot } of kept) {
      const reader = packs.get(pack) ?? openPack(pack);
      const bytes = reader?.read(slot);
      if (reader === undefined || bytes === undefined) return undefined;
      packs.set(pack, reader);
      terms.push(deserialize(bytes) as DocumentTerms); // serialised by hand.ts
    }
    return encodeSearch(terms);
  } finally {
    for (const reader of packs.values()) reader.close();
  }
}
