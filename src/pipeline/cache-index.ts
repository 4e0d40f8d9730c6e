import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { ExaminedFile } from '../corpus/describe-files.ts';
import type { CompressedBody } from '../store/blobs-format.ts';
import type { BlobRef } from './blobs.ts';
import type { ArticleBlobs } from './document-tasks.ts';
import type { IndexResult, PackResult } from './store-tasks.ts';

/** The results of a build's tasks, for the next build; all but documents and media by their cache keys. */
export interface CacheIndex {
  /** By path. */
  readonly documents: ReadonlyMap<string, CachedDocument>;
  /** Documents that were amended, by `amendedName`. */
  readonly amended: ReadonlyMap<string, CachedDocument>;
  readonly articles: ReadonlyMap<string, ArticleBlobs>;
  readonly segments: ReadonlyMap<string, PackResult>;
  readonly partialIndexes: ReadonlyMap<string, IndexResult>;
  /** Bodies of responses: a few, so they need no blobs. */
  readonly bodies: ReadonlyMap<string, CompressedBody>;
  /** Files beside the documents, by path. */
  readonly media: ReadonlyMap<string, CachedMedia>;
}

export interface CachedDocument {
  /** Absent if it was racy. */
  readonly statKey?: string | undefined;
  /** See `documentKey`; empty if the document could not be read. */
  readonly key: string;
  /** A `ReadDocument`, serialized. */
  readonly document: BlobRef;
}

interface CachedMedia {
  readonly statKey: string;
  readonly file: ExaminedFile;
}

export const EMPTY_INDEX: CacheIndex = {
  documents: new Map(),
  amended: new Map(),
  articles: new Map(),
  segments: new Map(),
  partialIndexes: new Map(),
  bodies: new Map(),
  media: new Map(),
};

/** Maps every blob reference, and drops entries with a blob that has no new reference. */
export function remapRefs(index: CacheIndex, remap: (ref: BlobRef) => BlobRef | undefined): CacheIndex {
  const remapDocument = (entry: CachedDocument): CachedDocument | undefined => {
    const document = remap(entry.document);
    return document && { ...entry, document };
  };
  return {
    documents: mapEntries(index.documents, remapDocument),
    amended: mapEntries(index.amended, remapDocument),
    articles: mapEntries(index.articles, (entry) => {
      const [report, record, textFormats, postings] = ARTICLE_BLOBS.map((name) => remap(entry[name]));
      return report && record && textFormats && postings && { report, record, textFormats, postings };
    }),
    segments: mapEntries(index.segments, (entry) => {
      if (entry.bundled === undefined) return entry;
      const blob = remap(entry.bundled.blob);
      return blob && { ...entry, bundled: { ...entry.bundled, blob } };
    }),
    partialIndexes: mapEntries(index.partialIndexes, (entry) => {
      const blob = remap(entry.blob);
      return blob && { ...entry, blob };
    }),
    bodies: index.bodies,
    media: index.media,
  };
}

const ARTICLE_BLOBS = [
  'report',
  'record',
  'textFormats',
  'postings',
] as const satisfies (keyof ArticleBlobs)[];

function mapEntries<Entry>(
  entries: ReadonlyMap<string, Entry>,
  map: (entry: Entry) => Entry | undefined,
): ReadonlyMap<string, Entry> {
  const mapped = new Map<string, Entry>();
  for (const [key, entry] of entries) {
    const value = map(entry);
    if (value !== undefined) mapped.set(key, value);
  }
  return mapped;
}

export function forEachRef(index: CacheIndex, visit: (ref: BlobRef) => void): void {
  for (const { document } of [...index.documents.values(), ...index.amended.values()]) visit(document);
  for (const article of index.articles.values()) for (const name of ARTICLE_BLOBS) visit(article[name]);
  for (const { bundled } of index.segments.values()) if (bundled !== undefined) visit(bundled.blob);
  for (const { blob } of index.partialIndexes.values()) visit(blob);
}

/* The file: CRC-32 of the rest, in this machine's byte order · a `SerializedIndex`. */
interface SerializedIndex {
  readonly version: string;
  /** Paths of the files of blobs. References have their indexes. */
  readonly files: readonly string[];
  readonly index: CacheIndex;
}

/** @param draft the path of the temporary file that is renamed to `path` */
export function writeCacheIndex(path: string, draft: string, version: string, index: CacheIndex): void {
  const names = new Map<string, string>();
  const short = remapRefs(index, (ref) => {
    const file = names.get(ref.file) ?? String(names.size);
    names.set(ref.file, file);
    return { ...ref, file };
  });
  const bytes = serialize({ version, files: [...names.keys()], index: short } satisfies SerializedIndex);
  writeFileSync(draft, new Uint8Array(Uint32Array.of(crc32(bytes)).buffer));
  writeFileSync(draft, bytes, { flag: 'a' });
  renameSync(draft, path);
}

/** Empty if there is no such file, or it is damaged or of another version. */
export function readCacheIndex(path: string, version: string): CacheIndex {
  try {
    const bytes = readFileSync(path);
    const serialized = bytes.subarray(4);
    const [checksum] = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 4));
    if (crc32(serialized) !== checksum) return EMPTY_INDEX;
    const { version: made, files, index }: SerializedIndex = deserialize(serialized);
    if (made !== version) return EMPTY_INDEX;
    forEachRef(index, (ref: { file: string }) => {
      ref.file = files[Number(ref.file)] ?? '';
    });
    return index;
  } catch {
    return EMPTY_INDEX;
  }
}
