import type { ReadDocument } from '../../src/documents/reading.ts';
import type { PackingResult, RenderingResult } from './hand.ts';
import type { Kept } from './kept.ts';

/** What a build knows, and the next may make use of. */
export interface Memory {
  /** By the paths of the documents. */
  readonly documents: ReadonlyMap<string, RememberedDocument>;
  /** By all that they depend on. */
  readonly segments: ReadonlyMap<string, PackingResult>;
}

export interface RememberedDocument {
  /** The marks of its stamp; absent if they tell nothing. */
  readonly marks?: string;
  readonly digest: string;
  readonly document: ReadDocument;
  /** The same as it was amended, and how. */
  readonly amended?: { readonly amendment: string; readonly document: ReadDocument };
  readonly rendered?: RememberedArticle;
}

export interface RememberedArticle extends RenderingResult {
  /** Tells all that it depends on. */
  readonly name: string;
}

export const NOTHING: Memory = { documents: new Map(), segments: new Map() };

/** All that is kept in packs. */
export function* keptIn({ documents, segments }: Memory): Iterable<Kept> {
  for (const { rendered } of documents.values())
    if (rendered !== undefined) yield* [rendered.record, rendered.forms, rendered.terms];
  for (const { hot } of segments.values()) if (hot !== undefined) yield hot.bytes;
}

/** The same memory with its bytes in other places; what has none any more is forgotten. */
export function moveKept(memory: Memory, move: (kept: Kept) => Kept | undefined): Memory {
  const documents = Array.from(
    memory.documents,
    ([path, { rendered, ...document }]): [string, RememberedDocument] => {
      const moved = rendered && moveArticle(rendered, move);
      return [path, moved === undefined ? document : { ...document, rendered: moved }];
    },
  );
  const segments = [...memory.segments].flatMap(([name, segment]): [string, PackingResult][] => {
    if (segment.hot === undefined) return [[name, segment]];
    const bytes = move(segment.hot.bytes);
    return bytes === undefined ? [] : [[name, { ...segment, hot: { ...segment.hot, bytes } }]];
  });
  return { documents: new Map(documents), segments: new Map(segments) };
}

function moveArticle(
  article: RememberedArticle,
  move: (kept: Kept) => Kept | undefined,
): RememberedArticle | undefined {
  const [record, forms, terms] = [move(article.record), move(article.forms), move(article.terms)];
  if (record === undefined || forms === undefined || terms === undefined) return undefined;
  return { ...article, record, forms, terms };
}
