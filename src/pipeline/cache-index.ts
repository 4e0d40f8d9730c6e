import type { ExaminedFile } from '../corpus/describe-files.ts';
import type { Kept } from './blob-ref.ts';
import type { KeptArticle, KeptChunk, PackingResult } from './task-requests.ts';

/** A memory and the files that hold its blobs. */
export interface Remembered {
  readonly memory: Memory;
  /** Paths of the files. */
  readonly packs: ReadonlySet<string>;
}

/** What a build knows, and the next may make use of. */
export interface Memory {
  /** By the paths of the documents. */
  readonly documents: ReadonlyMap<string, RememberedDocument>;
  /** By all that they depend on. */
  readonly segments: ReadonlyMap<string, PackingResult>;
  /** Of the search index, by all that they depend on. */
  readonly chunks: ReadonlyMap<string, KeptChunk>;
  /** Files beside the documents, by their paths. */
  readonly media: ReadonlyMap<string, RememberedMedia>;
}

export interface RememberedMedia {
  /** Those of its stamp. */
  readonly marks: string;
  readonly file: ExaminedFile;
}

export interface RememberedDocument {
  /** The marks of its stamp; absent if they tell nothing. */
  readonly marks?: string;
  readonly digest: string;
  /** A `ReadDocument`, serialised. */
  readonly document: Kept;
  /** The same as it was amended, and how. */
  readonly amended?: { readonly amendment: string; readonly document: Kept };
  readonly rendered?: RememberedArticle;
}

export interface RememberedArticle extends KeptArticle {
  /** Tells all that it depends on. */
  readonly name: string;
}

/** What is kept of an article. */
export const ARTICLE_PARTS = ['report', 'record', 'forms', 'terms'] as const satisfies (keyof KeptArticle)[];

export const NOTHING: Memory = {
  documents: new Map(),
  segments: new Map(),
  chunks: new Map(),
  media: new Map(),
};

/** Visits all that is kept in packs. */
export function visitKept({ documents, segments, chunks }: Memory, visit: (kept: Kept) => void): void {
  for (const { document, amended, rendered } of documents.values()) {
    visit(document);
    if (amended !== undefined) visit(amended.document);
    if (rendered !== undefined) for (const part of ARTICLE_PARTS) visit(rendered[part]);
  }
  for (const { hot } of segments.values()) if (hot !== undefined) visit(hot.bytes);
  for (const { bytes } of chunks.values()) visit(bytes);
}

type Move = (kept: Kept) => Kept | undefined;

/** The same memory with its bytes in other places; what has none any more is forgotten. */
export function moveKept(memory: Memory, move: Move): Memory {
  const documents = new Map<string, RememberedDocument>();
  for (const [path, document] of memory.documents) {
    const moved = moveDocument(document, move);
    if (moved !== undefined) documents.set(path, moved);
  }
  const segments = [...memory.segments].flatMap(([name, segment]): [string, PackingResult][] => {
    if (segment.hot === undefined) return [[name, segment]];
    const bytes = move(segment.hot.bytes);
    return bytes === undefined ? [] : [[name, { ...segment, hot: { ...segment.hot, bytes } }]];
  });
  const chunks = [...memory.chunks].flatMap(([name, chunk]): [string, KeptChunk][] => {
    const bytes = move(chunk.bytes);
    return bytes === undefined ? [] : [[name, { ...chunk, bytes }]];
  });
  return { documents, segments: new Map(segments), chunks: new Map(chunks), media: memory.media };
}

/** Most stay where they are. */
function moveDocument(remembered: RememberedDocument, move: Move): RememberedDocument | undefined {
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

function moveArticle(article: RememberedArticle, move: Move): RememberedArticle | undefined {
  const [report, record, forms, terms] = ARTICLE_PARTS.map((part) => move(article[part]));
  if (!(report && record && forms && terms)) return undefined;
  const isThere = report === article.report && record === article.record;
  if (isThere && forms === article.forms && terms === article.terms) return article;
  return { name: article.name, report, record, forms, terms };
}
