import { deserialize, serialize } from 'node:v8';
import type { Site } from '../config/site.ts';
import { includingReader, type ReadFile } from '../corpus/includes.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import type { DocumentContent, ReadDocument } from '../documents/parsed-document.ts';
import { readDocument } from '../documents/read-document.ts';
import { DocumentError, type SourceFile } from '../documents/stated.ts';
import type { DocumentPostings } from '../search/document-postings.ts';
import { writeIndex } from '../search/index-writer.ts';
import { encodePartialIndex } from '../search/partial-index.ts';
import { blobWriter } from '../store/blobs-format.ts';
import type { Asset } from '../store/integrity.ts';
import { type PackedSegment, packSegment } from '../store/plan-segments.ts';
import { openSegment } from '../store/segments-format.ts';
import type { SearchParts } from '../store/write-store.ts';
import { BlobFileError, type BlobFolders, type BlobRef, type BlobStore, fileBlobs } from './blobs.ts';
import { documentKey } from './cache-key.ts';
import { codec } from './compression.ts';
import { type AssetStore, assetFolder, changedDuringBuild } from './files.ts';
import { type ArticleReport, tryRender, type Unrendered } from './render.ts';
import { readIncluded, readSeed } from './scan-sources.ts';

/*
 * The tasks of a build: read a document, render an article, pack articles into a segment, index articles and merge
 * these indexes. Equal requests give equal results, in any thread. Requests and results are messages between threads;
 * what is large in them is a blob. A result is undefined if a blob of the request is missing.
 */

interface ReadRequest {
  readonly path: string;
  /** The key that the document had; absent if there is no result for it. */
  readonly key?: string | undefined;
  readonly boilerplate?: Boilerplate;
}

interface ReadResult {
  /** Empty if the document cannot be read. */
  readonly key: string;
  /** Whether it includes other files, so that its stat does not tell whether it has changed. */
  readonly isComposed?: boolean;
  /** Absent if the key is that of the request. */
  readonly read?: {
    readonly document: ReadDocument;
    /** The same, serialized. */
    readonly blob: BlobRef;
    readonly content?: BlobRef;
  };
}

interface RenderRequest {
  readonly document: ResolvedDocument;
  /** The cache key of the document. */
  readonly key: string;
  /** Absent if it is not in the cache; then the document is read again. */
  readonly content?: BlobRef | undefined;
}

/** The report is needed at once, the rest when articles are packed and indexed. */
export type RenderResult = { readonly report: ArticleReport; readonly blobs: ArticleBlobs } | Unrendered;

export interface ArticleBlobs {
  /** Serialized. */
  readonly report: BlobRef;
  readonly record: BlobRef;
  readonly textFormats: BlobRef;
  /** See `encodePostings`. */
  readonly postings: BlobRef;
}

/** Consecutive articles that share a segment. */
interface PackRequest {
  readonly records: readonly BlobRef[];
  readonly textFormats: readonly BlobRef[];
  readonly mayBeBundled: boolean;
}

export interface PackResult extends Omit<PackedSegment, 'bundled'> {
  /** The stat keys of the assets that were emitted, by digest. */
  readonly statKeys: ReadonlyMap<string, string>;
  /** If the segment is no asset. */
  readonly bundled?: { readonly blob: BlobRef; readonly gzipLength: number };
}

/** The postings of consecutive articles. */
interface IndexRequest {
  readonly postings: readonly BlobRef[];
}

/** A partial index (src/search/partial-index.ts). */
export interface IndexResult {
  readonly articles: number;
  readonly blob: BlobRef;
}

interface MergeRequest {
  readonly partialIndexes: readonly IndexResult[];
  /** How many of the articles, the last ones, are not published yet. */
  readonly scheduled: number;
}

interface MergeResult {
  readonly search: SearchParts;
  /** Digests of assets. */
  readonly emitted: readonly string[];
}

interface Tasks {
  read(request: ReadRequest): ReadResult;
  render(request: RenderRequest): RenderResult;
  pack(request: PackRequest): PackResult | undefined;
  index(request: IndexRequest): IndexResult | undefined;
  merge(request: MergeRequest): MergeResult | undefined;
}

export type TaskName = keyof Tasks;
export type Request<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type Result<Name extends TaskName> = ReturnType<Tasks[Name]>;

export interface TaskBatch {
  readonly task: TaskName;
  readonly requests: readonly unknown[];
}

/** The environment of tasks: names of folders for other threads, and objects for this thread. */
export interface TaskOptions {
  readonly site: Site;
  readonly sources: string | ReadFile;
  readonly assets: string | AssetStore;
  readonly blobs: BlobFolders | BlobStore;
}

/** Returns a function that reads documents below a folder, with the files that they include. */
export function sourceReader(folder: string, site: Site): ReadFile {
  return includingReader(
    (path) => readSeed(folder, path),
    site,
    (path) => readIncluded(folder, path),
  );
}

export interface TaskRunner {
  /** Runs a task for each request; other threads can read the blobs of the results. */
  run(batch: TaskBatch): unknown[];
  close(): void;
}

export function openRunner({ site, sources, assets, blobs: folders }: TaskOptions): TaskRunner {
  const blobs = 'folder' in folders ? fileBlobs(folders) : folders;
  const tasks = createTasks(
    site,
    typeof sources === 'string' ? sourceReader(sources, site) : includingReader(sources, site),
    typeof assets === 'string' ? assetFolder(assets) : assets,
    blobs,
  );
  const run = ({ task, requests }: TaskBatch): unknown[] => {
    const results = requests.map((request) => tasks[task](request as never)); // of that task
    blobs.flush();
    return results;
  };
  return {
    run(batch) {
      try {
        return run(batch);
      } catch (error) {
        // The disk is full. Blobs that were flushed stay readable, and the same requests give the same results again.
        if (!(error instanceof BlobFileError) || !blobs.fallBack()) throw error;
        return run(batch);
      }
    },
    close: blobs.close,
  };
}

function createTasks(site: Site, readSource: ReadFile, assets: AssetStore, blobs: BlobStore): Tasks {
  const contentOf = ({ document: { path, boilerplate }, key, content }: RenderRequest): DocumentContent => {
    const bytes = content && blobs.read(content);
    if (bytes !== undefined) return deserialize(bytes) as DocumentContent; // written by `read`
    const file = readSource(path);
    const reading = documentKey(file) === key ? readDocument(file, site, boilerplate) : undefined;
    if (reading?.status === 'read') return reading.content;
    throw changedDuringBuild(path);
  };
  const segmentOf = (records: readonly BlobRef[]): Uint8Array<ArrayBuffer> | undefined => {
    // Blobs and records have the same checksum.
    const { bytes, room } = openSegment(records);
    return blobs.readInto(records, room) ? bytes : undefined;
  };
  return {
    read({ path, key: known, boilerplate }) {
      const take = (key: string, document: ReadDocument, content?: DocumentContent): ReadResult => {
        const blob = blobs.write('reports', serialize(document));
        const contentBlob = content && { content: blobs.write('contents', serialize(content)) };
        return { key, isComposed: file?.includes !== undefined, read: { document, blob, ...contentBlob } };
      };
      let file: SourceFile | undefined;
      try {
        file = readSource(path);
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        return take('', { path, status: 'refused', reason: error.message });
      }
      const key = documentKey(file);
      if (key === known) return { key, isComposed: file.includes !== undefined };
      const reading = readDocument(file, site, boilerplate);
      if (reading.status !== 'read') return take(key, { path, ...reading });
      return take(key, { path, status: 'read', parsed: reading.parsed }, reading.content);
    },
    render(request) {
      const article = tryRender(contentOf(request), request.document, site);
      if ('refused' in article) return article;
      const { record, textFormats, terms, metadata, warnings } = article;
      const report: ArticleReport = { metadata, warnings, bytes: record.length };
      return {
        report,
        blobs: {
          report: blobs.write('reports', serialize(report)),
          record: blobs.write('records', record),
          textFormats: blobs.write('records', textFormats),
          postings: blobs.write('records', encodePostings(terms)),
        },
      };
    },
    pack({ records, textFormats, mayBeBundled }) {
      const segment = segmentOf(records);
      const textFormatsSegment = segmentOf(textFormats);
      if (segment === undefined || textFormatsSegment === undefined) return undefined;
      const statKeys = new Map<string, string>();
      const emit = (asset: Asset): void => void statKeys.set(asset.digest, assets.emit(asset));
      const { bundled, ...packed } = packSegment(segment, textFormatsSegment, mayBeBundled, codec, emit);
      if (bundled === undefined) return { ...packed, statKeys };
      const blob = blobs.write('records', bundled.bytes);
      return { ...packed, statKeys, bundled: { blob, gzipLength: bundled.gzipLength } };
    },
    index({ postings }) {
      const documents: DocumentPostings[] = [];
      for (const ref of postings) {
        const bytes = blobs.read(ref);
        if (bytes === undefined) return undefined;
        documents.push(decodePostings(bytes));
      }
      return { articles: documents.length, blob: blobs.write('records', encodePartialIndex(documents)) };
    },
    merge({ partialIndexes, scheduled }) {
      const emitted: string[] = [];
      const emit = (asset: Asset): void => {
        assets.emit(asset);
        emitted.push(asset.digest);
      };
      const opened = partialIndexes.map(({ articles, blob }) => {
        const read = blobs.open(blob);
        return read && { articles, bytes: blob.length, read };
      });
      if (!opened.every((each) => each !== undefined)) return undefined;
      const [blocks, positions] = [blobWriter(codec, emit), blobWriter(codec, emit)];
      const blockIndex = writeIndex(opened, scheduled, (block, positionsOfBlock) => {
        blocks.add({ bytes: block });
        positions.add({ bytes: positionsOfBlock });
      });
      return { search: { blockIndex, blocks: blocks.finish(), positions: positions.finish() }, emitted };
    },
  };
}

/*
 * The postings of an article: u32 bytes of its terms, little-endian · its terms · its postings. `serialize` would leave
 * more garbage than it writes bytes.
 */
const HEAD_BYTES = 4;

function encodePostings({ terms, postings }: DocumentPostings): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + terms.length + postings.length);
  new DataView(bytes.buffer).setUint32(0, terms.length, true);
  bytes.set(terms, HEAD_BYTES);
  bytes.set(postings, HEAD_BYTES + terms.length);
  return bytes;
}

function decodePostings(bytes: Uint8Array<ArrayBuffer>): DocumentPostings {
  const postingsAt = HEAD_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return { terms: bytes.subarray(HEAD_BYTES, postingsAt), postings: bytes.subarray(postingsAt) };
}
