import type { Instant } from '../article.ts';
import { ByteWriter } from '../templates/byte-writer.ts';
import type { ArticleMetadata } from './metadata.ts';
import { ONLY_RENDITION, type Rendition } from './record-format.ts';

/** The instants at which later renditions take over, ascending, for each article that has several. */
export type RenditionStarts = ReadonlyMap<number, readonly Instant[]>;

/** Pairs of numbers in the layout of format.ts. */
export function encodeRenditions(
  articles: readonly Pick<ArticleMetadata, 'renditionStarts'>[],
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const [article, { renditionStarts }] of articles.entries())
    for (const start of renditionStarts) writer.f64s([article, start]);
  return writer.toBytes();
}

export function decodeRenditions(pairs: Float64Array): RenditionStarts {
  const starts = new Map<number, Instant[]>();
  for (let index = 0; index < pairs.length; index += 2) {
    const [article = 0, start = 0] = pairs.subarray(index, index + 2);
    const known = starts.get(article);
    if (known === undefined) starts.set(article, [start]);
    else known.push(start);
  }
  return starts;
}

/** Returns a function from articles to their renditions at an instant. */
export function renditionsAt(all: RenditionStarts, now: Instant): (article: number) => Rendition {
  if (all.size === 0) return () => ONLY_RENDITION;
  return (article) => {
    const starts = all.get(article);
    if (starts === undefined) return ONLY_RENDITION;
    return { current: starts.filter((start) => start <= now).length, count: starts.length + 1 };
  };
}
