import type { Instant } from '../article.ts';
import { ByteWriter } from '../templates/byte-writer.ts';
import type { ArticleMetadata, RenditionStart } from './metadata.ts';
import { ONLY_RENDITION, type Rendition } from './record-format.ts';

/** When later renditions take over, ascending, for each article that has several. */
export type RenditionStarts = ReadonlyMap<number, readonly RenditionStart[]>;

/** Numbers of each start, in the layout of format.ts. */
const NUMBERS = 3;

export function encodeRenditions(
  articles: readonly Pick<ArticleMetadata, 'renditionStarts'>[],
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const [article, { renditionStarts }] of articles.entries())
    for (const { from, isPageOnly } of renditionStarts) writer.f64s([article, from, Number(isPageOnly)]);
  return writer.toBytes();
}

export function decodeRenditions(numbers: Float64Array): RenditionStarts {
  const starts = new Map<number, RenditionStart[]>();
  for (let index = 0; index < numbers.length; index += NUMBERS) {
    const [article = 0, from = 0, isPageOnly] = numbers.subarray(index, index + NUMBERS);
    const start = { from, isPageOnly: isPageOnly === 1 };
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
    return { current: starts.filter(({ from }) => from <= now).length, count: starts.length + 1 };
  };
}

/** When renditions last took over before an instant, and when they do next. */
export interface Renewals {
  /** By article, of renditions that differ in more than the page. */
  readonly last: ReadonlyMap<number, Instant>;
  readonly next: ReadonlyMap<number, Instant>;
  /** By article, of all renditions. */
  readonly lastOfPage: ReadonlyMap<number, Instant>;
  /** The latest and the next of all. */
  readonly from: Instant;
  readonly until: Instant;
}

export function renewalsAround(all: RenditionStarts, now: Instant): Renewals {
  const [last, next, lastOfPage] = [
    new Map<number, Instant>(),
    new Map<number, Instant>(),
    new Map<number, Instant>(),
  ];
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [article, starts] of all) {
    // Ascending, so the last to be set is the latest before, and the first to be set is the earliest after.
    for (const start of starts) {
      if (start.from <= now) {
        lastOfPage.set(article, start.from);
        if (!start.isPageOnly) last.set(article, start.from);
        from = Math.max(from, start.from);
      } else {
        if (!start.isPageOnly && !next.has(article)) next.set(article, start.from);
        until = Math.min(until, start.from);
      }
    }
  }
  return { last, next, lastOfPage, from, until };
}
