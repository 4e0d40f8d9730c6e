import type { Stored } from './fragment-format.ts';
import type { ArticleFragment } from './record-format.ts';
import { decodeSegment, type Segment, SegmentError } from './segment-format.ts';
import type { SegmentPlaces } from './segment-places.ts';

/** Gives the segment of a digest; undefined when there is none. */
export type ReadSegment = (digest: string) => Promise<ArrayBuffer | undefined>;

/** The records of the articles for which they were opened. */
export interface Records {
  slug(article: number): string;
  /** @throws SegmentError when the record is damaged */
  fragment(article: number, name: ArticleFragment): Stored;
}

export interface Shelf {
  /** Whether an article's record must be read from beside the worker; what costs is to read another segment. */
  segmentBeside(article: number): number | undefined;
  /**
   * Opens the records of articles. Nothing is awaited where all are at hand.
   *
   * @throws SegmentError (the promise is rejected with it) when a segment is missing or damaged
   */
  open(articles: readonly number[]): Records | Promise<Records>;
}

/** Of segments that were read, the last used stay at hand, up to so many bytes. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

export function createShelf(index: SegmentPlaces, read: ReadSegment): Shelf {
  const hot = new Map<number, Segment>();
  const kept = new Map<number, Segment>();
  let keptBytes = 0;

  function find(segment: number): Segment | undefined {
    const place = index.place(segment);
    if (place === undefined) return kept.get(segment);
    const known = hot.get(segment) ?? decodeSegment(index.buffer, place, index.articles(segment), true);
    hot.set(segment, known);
    return known;
  }

  function remember(segment: number, content: Segment): void {
    kept.set(segment, content);
    keptBytes += content.bytes;
    for (const [oldest, { bytes }] of kept) {
      if (keptBytes <= MAX_KEPT_BYTES || oldest === segment) break;
      kept.delete(oldest);
      keptBytes -= bytes;
    }
  }

  async function load(segment: number): Promise<Segment> {
    const digest = index.digest(segment);
    const bytes = await read(digest);
    if (bytes === undefined) throw new SegmentError(`Cannot read the segment ${digest}: there is none`);
    const content = decodeSegment(bytes, 0, index.articles(segment), false);
    remember(segment, content);
    return content;
  }

  return {
    segmentBeside(article) {
      const segment = index.of(article);
      return index.place(segment) === undefined ? segment : undefined;
    },
    open(articles) {
      const opened = new Map<number, Segment>();
      const missing: number[] = [];
      for (const segment of new Set(articles.map(index.of))) {
        const found = find(segment);
        if (found === undefined) missing.push(segment);
        else opened.set(segment, found);
      }
      const records = recordsOf(index, opened);
      if (missing.length === 0) return records;
      return Promise.all(
        missing.map(async (segment) => {
          opened.set(segment, await load(segment));
        }),
      ).then(() => records);
    },
  };
}

function recordsOf(index: SegmentPlaces, opened: ReadonlyMap<number, Segment>): Records {
  const place = (article: number): { segment: Segment; record: number } => {
    const number = index.of(article);
    const segment = opened.get(number);
    if (segment === undefined) throw new RangeError(`Cannot read article ${article}: it was not opened`);
    return { segment, record: article - index.start(number) };
  };
  return {
    slug(article) {
      const { segment, record } = place(article);
      return new TextDecoder().decode(segment.slug(record));
    },
    fragment(article, name) {
      const { segment, record } = place(article);
      return segment.fragment(record, name);
    },
  };
}
