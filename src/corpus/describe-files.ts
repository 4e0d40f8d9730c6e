import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { refusalOf } from '../documents/stated.ts';
import { listInMessage } from '../locale.ts';
import { MalformedMediaError, METADATA, type MetadataKind } from '../media/edits.ts';
import { counted } from '../strings.ts';
import {
  describeMedia,
  isPublishable,
  type MakeVariants,
  type MediaFile,
  planVariants,
} from './media-files.ts';
import type { Identified } from './settle-documents.ts';

/** A file as it is published. */
export interface ExaminedFile {
  readonly file: MediaFile;
  readonly removed: readonly MetadataKind[];
  /** The reason if nothing could be removed. */
  readonly malformed?: string;
}

export interface PublishedFile extends Pick<MediaFile, 'address' | 'type' | 'length'> {
  readonly isStripped: boolean;
  /** The path of the document in which it is embedded; absent for a file. */
  readonly embeddedIn?: string;
}

/**
 * Examines a file; undefined if there is none.
 *
 * @throws DocumentError if its content is not of the type of its name
 */
export type Describe = (path: string) => Promise<ExaminedFile | undefined>;

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

export interface PublishedMedia {
  /** By their paths. */
  readonly described: ReadonlyMap<string, MediaFile>;
  readonly published: ReadonlyMap<string, PublishedFile>;
  /** Paths of files that exist and cannot be published. */
  readonly faulty: ReadonlySet<string>;
  /** The addresses of smaller versions of pictures. */
  readonly variants: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

async function describeFiles(
  documents: readonly Identified[],
  named: Iterable<string>,
  describe: Describe,
): Promise<PublishedMedia> {
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
  return {
    described: new Map([...examined].map(([path, { file }]) => [path, file])),
    published: new Map([...examined].map(([path, file]) => [path, publishedFile(file)])),
    faulty,
    variants: [],
    warnings: [...warnings, ...reportMalformed(examined)],
    notes: reportRemovals([...documents.flatMap(removalsIn), ...[...examined].flatMap(removalOf)]),
  };
}

function publishedFile({ file: { address, type, length }, removed }: ExaminedFile): PublishedFile {
  return { address, type, length, isStripped: removed.length > 0 };
}

function removalOf([path, { file, removed }]: readonly [string, ExaminedFile]): MetadataRemoval[] {
  const what = file.type.startsWith('image/') ? 'picture' : 'recording';
  return removed.length === 0 ? [] : [{ path, what, count: 1, removed }];
}

function removalsIn({ path, parsed: { stripped } }: Identified): MetadataRemoval[] {
  return stripped === undefined
    ? []
    : [{ path, what: 'picture', count: stripped.pictures, removed: stripped.removed }];
}

/**
 * Examines the files that documents and settings refer to, and makes smaller versions of pictures.
 *
 * @param siteFiles paths of those that the settings name
 * @param named the files that each document refers to
 */
export async function publishMedia(
  siteFiles: readonly string[],
  named: readonly { readonly document: Identified; readonly path: string }[],
  documents: readonly Identified[],
  {
    describe,
    makeVariants,
  }: { readonly describe: Describe; readonly makeVariants: MakeVariants | undefined },
  now: Instant,
): Promise<PublishedMedia> {
  const newest = new Map(siteFiles.map((path) => [path, Number.POSITIVE_INFINITY]));
  for (const { path, document } of named) {
    const { published } = document.identity;
    const known = newest.get(path);
    if (known === undefined || isNewer(published, known, now)) newest.set(path, published);
  }
  const described = await describeFiles(documents, newest.keys(), describe);
  return withVariants(described, newest, makeVariants, now);
}

/** Whether a publication takes precedence over another: the latest that is not in the future, or else the earliest. */
function isNewer(published: Instant, than: Instant, now: Instant): boolean {
  if (published > now) return than > now && published < than && Number.isFinite(than);
  return Number.isFinite(than) && (than > now || published > than);
}

async function withVariants(
  media: PublishedMedia,
  newest: ReadonlyMap<string, Instant>,
  makeVariants: MakeVariants | undefined,
  now: Instant,
): Promise<PublishedMedia> {
  if (makeVariants === undefined) return media;
  const pictures = Array.from(newest, ([path, published]) => ({ path, newest: published }));
  const { wanted, notes } = planVariants(pictures, media.described, now);
  const made = await makeVariants(wanted);
  const described = new Map(media.described);
  for (const [path, variants] of made.variants) {
    const file = described.get(path);
    if (file !== undefined && variants.length > 0) described.set(path, { ...file, variants });
  }
  return {
    ...media,
    described,
    variants: [...made.variants.values()].flat().map(({ address }) => address),
    notes: [...media.notes, ...notes, ...made.notes],
  };
}

/*
 * The report about removed metadata: one line for each kind, with a count and the first places.
 */

interface MetadataRemoval {
  readonly path: string;
  readonly what: 'picture' | 'recording';
  readonly count: number;
  readonly removed: readonly MetadataKind[];
}

const MAX_PLACES = 3;

function reportRemovals(removals: readonly MetadataRemoval[]): string[] {
  if (removals.length === 0) return [];
  const removed = METADATA.filter((each) => removals.some((removal) => removal.removed.includes(each)));
  const counts = (['picture', 'recording'] as const).flatMap((what) => {
    const count = removals.reduce((sum, removal) => sum + (removal.what === what ? removal.count : 0), 0);
    return count === 0 ? [] : [counted(count, what)];
  });
  const places = listInMessage(
    removals.map(({ path }) => `seeds/${path}`),
    MAX_PLACES,
  );
  return [
    `Removed ${listInMessage(removed)} from ${listInMessage(counts)}: ${places}; keepMetadata = true in seeds/site.toml keeps them`,
  ];
}

function reportMalformed(examined: ReadonlyMap<string, ExaminedFile>): string[] {
  const files = [...examined].flatMap(([path, { malformed: reason }]) =>
    reason === undefined ? [] : [{ path, reason }],
  );
  const [first, ...others] = files;
  if (first === undefined) return [];
  if (others.length === 0)
    return [
      `Cannot remove metadata from seeds/${first.path}: ${first.reason}; expected a whole file; published it as it is`,
    ];
  const places = listInMessage(
    files.map(({ path, reason }) => `seeds/${path} (${reason})`),
    MAX_PLACES,
  );
  return [
    `Cannot remove metadata from ${files.length} files: ${places}; expected whole files; published them as they are`,
  ];
}
