import { DocumentError } from './document.ts';
import { filePath, seedPath } from './library.ts';
import { describeMedia, type MediaFile, mediaTypeOf } from './media.ts';
import type { Facts } from './reading.ts';
import type { Vault } from './vault.ts';

/** A document as far as it names files. */
interface Document {
  readonly path: string;
  readonly facts: Pick<Facts, 'references' | 'attached'>;
}

/** Examines each file that the documents and the site name, once. */
export async function describeFiles(
  documents: readonly Document[],
  siteFiles: readonly string[],
  vault: Vault,
  read: (path: string) => Promise<Uint8Array | undefined>,
): Promise<{ described: Map<string, MediaFile>; warnings: string[] }> {
  const named = [
    ...siteFiles.map((url) => seedPath(url, '')),
    ...documents.flatMap(({ path, facts }) =>
      [...facts.references, ...facts.attached].map((url) => filePath(url, path, vault)),
    ),
  ];
  const described = new Map<string, MediaFile>();
  const warnings: string[] = [];
  for (const path of [...new Set(named)].sort()) {
    if (path === undefined || mediaTypeOf(path) === undefined) continue;
    const bytes = await read(path);
    if (bytes === undefined) continue;
    try {
      described.set(path, await describeMedia(path, bytes));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      warnings.push(error.message);
    }
  }
  return { described, warnings };
}
