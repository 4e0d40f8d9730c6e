import type { ExaminedFile } from '../corpus/describe-files.ts';
import type { BlobRef } from './blob-ref.ts';
import type { ArticleBlobs, CachedPartialIndex, PackingResult } from './task-requests.ts';

/** A memory and the files that hold its blobs. */
export interface SavedIndex {
  readonly memory: CacheIndex;
  /** Paths of the files. */
  readonly packs: ReadonlySet<string>;
}

/** What a build knows, and the next may make use of. */
export interface CacheIndex {
  /** By the paths of the documents. */
  readonly documents: ReadonlyMap<string, CachedDocument>;
  /** By all that they depend on. */
  readonly segments: ReadonlyMap<string, PackingResult>;
  /** Of the search index, by all that they depend on. */
  readonly chunks: ReadonlyMap<string, CachedPartialIndex>;
  /** Files beside the documents, by their paths. */
  readonly media: ReadonlyMap<string, CachedMedia>;
}

export interface CachedMedia {
  /** Those of its stamp. */
  readonly marks: string;
  readonly file: ExaminedFile;
}

export interface CachedDocument {
  /** The marks of its stamp; absent if they tell nothing. */
  readonly marks?: string;
  readonly digest: string;
  /** A `ReadDocument`, serialised. */
  readonly document: BlobRef;
  /** The same as it was amended, and how. */
  readonly amended?: { readonly boilerplate: string; readonly document: BlobRef };
  readonly rendered?: CachedArticle;
}

export interface CachedArticle extends ArticleBlobs {
  /** Tells all that it depends on. */
  readonly name: string;
}

/** What is kept of an article. */
export const ARTICLE_PARTS = ['report', 'record', 'forms', 'terms'] as const satisfies (keyof ArticleBlobs)[];

export const NOTHING: CacheIndex = {
  documents: new Map(),
  segments: new Map(),
  chunks: new Map(),
  media: new Map(),
};

/** Visits all that is kept in packs. */
export function forEachRef(
  { documents, segments, chunks }: CacheIndex,
  visit: (kept: BlobRef) => void,
): void {
  for (const { document, amended, rendered } of documents.values()) {
    visit(document);
    if (amended !== undefined) visit(amended.document);
    if (rendered !== undefined) for (const part of ARTICLE_PARTS) visit(rendered[part]);
  }
  for (const { hot } of segments.values()) if (hot !== undefined) visit(hot.bytes);
  for (const { bytes } of chunks.values()) visit(bytes);
}

type Move = (kept: BlobRef) => BlobRef | undefined;

/** The same memory with its bytes in other places; what has none any more is forgotten. */
export function remapRefs(memory: CacheIndex, move: Move): CacheIndex {
  const documents = new Map<string, CachedDocument>();
  for (const [path, document] of memory.documents) {
    const moved = moveDocument(document, move);
    if (moved !== undefined) documents.set(path, moved);
  }
  const segments = [...memory.segments].flatMap(([name, segment]): [string, PackingResult][] => {
    if (segment.hot === undefined) return [[name, segment]];
    const bytes = move(segment.hot.bytes);
    return bytes === undefined ? [] : [[name, { ...segment, hot: { ...segment.hot, bytes } }]];
  });
  const chunks = [...memory.chunks].flatMap(([name, chunk]): [string, CachedPartialIndex][] => {
    const bytes = move(chunk.bytes);
    return bytes === undefined ? [] : [[name, { ...chunk, bytes }]];
  });
  return { documents, segments: new Map(segments), chunks: new Map(chunks), media: memory.media };
}

/** Most stay where they are. */
function moveDocument(remembered: CachedDocument, move: Move): CachedDocument | undefined {
  const { document, amended, rendered, ...rest } = remembered;
  const read = move(document);
  if (read === undefined) return undefined;
  const again = amended && move(amended.document);
  const article = rendered && moveArticle(rendered, move);
  if (read === document && again === amended?.document && article === rendered) return remembered;
  return {
    ...rest,
    document: read,
    ...(amended && again && { amended: { ...amended, document: again } }),
    ...(article && { rendered: article }),
  };
}

function moveArticle(article: CachedArticle, move: Move): CachedArticle | undefined {
  const [report, record, forms, terms] = ARTICLE_PARTS.map((part) => move(article[part]));
  if (!(report && record && forms && terms)) return undefined;
  const isThere = report === article.report && record === article.record;
  if (isThere && forms === article.forms && terms === article.terms) return article;
  return { name: article.name, report, record, forms, terms };
}
