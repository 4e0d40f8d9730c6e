import { describeMedia, type MediaFile, mediaTypeOf } from '../articles/media.ts';
import type { Facts } from '../articles/parsed-document.ts';
import { refusalOf } from '../documents/refusal.ts';
import type { Vault } from './find-by-name.ts';
import { filePath, seedPath } from './link-resolver.ts';

/** A document as far as it names files. */
interface Document {
  readonly path: string;
  readonly facts: Pick<Facts, 'references' | 'attached'>;
}

/**
 * Examines a file; undefined if there is none.
 *
 * @throws DocumentError when its content is not of the type that its name says
 */
export type Describe = (path: string) => Promise<MediaFile | undefined>;

/** Reads the file for that. */
export function describeWith(read: (path: string) => Promise<Uint8Array | undefined>): Describe {
  return async (path) => {
    const bytes = await read(path);
    return bytes && describeMedia(path, bytes);
  };
}

/** Examines each file that the documents and the site name, once. */
export async function describeFiles(
  documents: readonly Document[],
  siteFiles: readonly string[],
  vault: Vault,
  describe: Describe,
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
    try {
      const file = await describe(path);
      if (file !== undefined) described.set(path, file);
    } catch (error) {
      warnings.push(refusalOf(path, error));
    }
  }
  return { described, warnings };
}
