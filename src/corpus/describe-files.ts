import type { Site } from '../config/site.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import { refusalOf } from '../documents/stated.ts';
import { MalformedMediaError, type MetadataKind } from '../media/edits.ts';
import { describeMedia, isPublishable, type MediaFile } from './media-files.ts';
import { type MetadataRemoval, reportMalformed, reportRemovals } from './media-report.ts';

/** The pictures of a document. */
interface Document {
  readonly path: string;
  readonly parsed: Pick<ParsedDocument, 'stripped'>;
}

/** A file as it is published. */
export interface ExaminedFile {
  readonly file: MediaFile;
  /** The metadata that is removed from it. */
  readonly removed: readonly MetadataKind[];
  /** The reason if nothing could be removed. */
  readonly malformed?: string;
}

/** A published file, and its address. */
export interface PublishedFile extends Pick<MediaFile, 'address' | 'length'> {
  /** Whether metadata is removed from it. */
  readonly isStripped: boolean;
  /** The path of the document in which it is embedded; absent for a file. */
  readonly embeddedIn?: string;
}

/**
 * Examines a file; undefined if there is none.
 *
 * @throws DocumentError when its content is not of the type that its name says
 */
export type Describe = (path: string) => Promise<ExaminedFile | undefined>;

/** Reads the file for that. */
export function describeWith(
  read: (path: string) => Promise<Uint8Array | undefined>,
  { keepMetadata }: Pick<Site, 'keepMetadata'>,
): Describe {
  return async (path) => {
    const bytes = await read(path);
    if (bytes === undefined) return undefined;
    const { bytes: published, ...found } = keepMetadata ? { bytes, removed: [] } : await strip(bytes);
    return { ...found, file: await describeMedia(path, published) };
  };
}

async function strip(
  bytes: Uint8Array,
): Promise<Omit<ExaminedFile, 'file'> & { readonly bytes: Uint8Array }> {
  // Many sites have no such files.
  const { stripMetadata } = await import('../media/strip-metadata.ts');
  try {
    return stripMetadata(bytes);
  } catch (error) {
    if (!(error instanceof MalformedMediaError)) throw error;
    return { bytes, removed: [], malformed: error.message };
  }
}

export interface DescribedFiles {
  /** By their paths. */
  readonly described: ReadonlyMap<string, MediaFile>;
  readonly published: ReadonlyMap<string, PublishedFile>;
  /** Paths of files that exist and cannot be published. */
  readonly faulty: ReadonlySet<string>;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** Examines each file that documents refer to, once. */
export async function describeFiles(
  documents: readonly Document[],
  named: Iterable<string>,
  describe: Describe,
): Promise<DescribedFiles> {
  const examined = new Map<string, ExaminedFile>();
  const warnings: string[] = [];
  const faulty = new Set<string>();
  for (const path of [...new Set(named)].sort()) {
    if (!isPublishable(path)) continue;
    try {
      const file = await describe(path);
      if (file !== undefined) examined.set(path, file);
    } catch (error) {
      faulty.add(path);
      warnings.push(refusalOf(path, error));
    }
  }
  const malformed = [...examined].flatMap(([path, { malformed: reason }]) =>
    reason === undefined ? [] : [{ path, reason }],
  );
  return {
    described: new Map([...examined].map(([path, { file }]) => [path, file])),
    published: new Map([...examined].map(([path, file]) => [path, publishedFile(file)])),
    faulty,
    warnings: [...warnings, ...reportMalformed(malformed)],
    notes: reportRemovals([...documents.flatMap(removalsIn), ...[...examined].flatMap(removalOf)]),
  };
}

function publishedFile({ file: { address, length }, removed }: ExaminedFile): PublishedFile {
  return { address, length, isStripped: removed.length > 0 };
}

function removalOf([path, { file, removed }]: readonly [string, ExaminedFile]): MetadataRemoval[] {
  const what = file.type.startsWith('image/') ? 'picture' : 'recording';
  return removed.length === 0 ? [] : [{ path, what, count: 1, removed }];
}

function removalsIn({ path, parsed: { stripped } }: Document): MetadataRemoval[] {
  return stripped === undefined
    ? []
    : [{ path, what: 'picture', count: stripped.pictures, removed: stripped.removed }];
}
