import { deserialize, serialize } from 'node:v8';
import type { Site } from '../config/site.ts';
import { includingReader, type ReadFile } from '../corpus/includes.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import type { DocumentContent, ReadDocument } from '../documents/parsed-document.ts';
import { readDocument } from '../documents/read-document.ts';
import { DocumentError, type SourceFile } from '../documents/stated.ts';
import { encodePostings } from '../search/partial-index.ts';
import type { BlobRef, BlobStore } from './blobs.ts';
import { documentKey } from './cache-key.ts';
import { changedDuringBuild } from './files.ts';
import { type ArticleReport, tryRender, type Unrendered } from './render.ts';
import { readIncluded, readSeed } from './scan-sources.ts';

/*
 * The tasks that read a document and render an article.
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

export interface DocumentTasks {
  read(request: ReadRequest): ReadResult;
  render(request: RenderRequest): RenderResult;
}

/** Returns a function that reads documents below a folder, with the files that they include. */
export function sourceReader(folder: string, site: Site): ReadFile {
  return includingReader(
    (path) => readSeed(folder, path),
    site,
    (path) => readIncluded(folder, path),
  );
}

/** @param sources a folder, or what reads its files */
export function documentTasks(site: Site, sources: string | ReadFile, blobs: BlobStore): DocumentTasks {
  const readSource =
    typeof sources === 'string' ? sourceReader(sources, site) : includingReader(sources, site);
  const contentOf = ({ document: { path, boilerplate }, key, content }: RenderRequest): DocumentContent => {
    const bytes = content && blobs.read(content);
    if (bytes !== undefined) return deserialize(bytes) as DocumentContent; // written by `read`
    const file = readSource(path);
    const reading = documentKey(file) === key ? readDocument(file, site, boilerplate) : undefined;
    if (reading?.status === 'read') return reading.content;
    throw changedDuringBuild(path);
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
  };
}
