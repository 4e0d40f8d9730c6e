import type { Instant } from '../article.ts';
import type { StoreIndex } from './format.ts';
import type { StoredFragment } from './fragment-format.ts';
import {
  ARTICLE_FRAGMENTS,
  type ArticleFragment,
  FORM_FRAGMENTS,
  type FormFragment,
  type Rendition,
} from './record-format.ts';
import { renditionsAt } from './renditions.ts';
import { decodeSegment, type Segment, SegmentError } from './segment-format.ts';
import type { SegmentPlaces } from './segment-places.ts';
import { decodeUtf8 } from './utf8.ts';

/** Gives the part of the store that has a digest; undefined when there is none. */
export type ReadPart = (digest: string) => Promise<ArrayBuffer | undefined>;

/** The records of the articles for which they were opened. */
export interface Records<Name extends string = ArticleFragment> {
  slug(article: number): string;
  /** @throws SegmentError when the record is damaged */
  fragment(article: number, name: Name): StoredFragment;
}

/** The records of the other forms of articles. */
export type FormRecords = Records<FormFragment>;

export type Blobs = ReadonlyMap<number, Uint8Array>;

/**
 * What is in the worker and what is beside it, as one, as it stands at an instant. Where all that is asked for is at hand
 * nothing is awaited; else the promise is rejected with a SegmentError when a part is missing or damaged.
 */
export interface Shelf {
  /** The segment beside the worker that must be read to have an article; undefined if none. */
  segmentBeside(article: number): number | undefined;
  open(articles: readonly number[]): Records | Promise<Records>;
  /** What must be read, always, to have an article's other forms. */
  formsBeside(article: number): number;
  openForms(articles: readonly number[]): FormRecords | Promise<FormRecords>;
  /** The slugs of the articles from `SLUGS_IN_BLOB` times `part` on, by number. */
  openSlugs(part: number): Promise<readonly string[]>;
}

/** Where shelves come from; all that was read is kept for all of them. */
export interface Shelves {
  at(now: Instant): Shelf;
  /** By number; as a shelf opens articles. */
  openBlobs(blobs: readonly number[]): Blobs | Promise<Blobs>;
}

/** Of what was read, the last used stays at hand, up to so many bytes. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

export function createShelves(
  { segments, blobs, renditionStarts }: Pick<StoreIndex, 'segments' | 'blobs' | 'renditionStarts'>,
  read: ReadPart,
): Shelves {
  const hot = new Map<number, Segment<ArticleFragment>>();
  const keptSegments = keepBytes<Segment<ArticleFragment>>();
  const keptForms = keepBytes<Segment<FormFragment>>();
  const keptBlobs = keepBytes<Uint8Array>();

  async function readPart(digest: string): Promise<ArrayBuffer> {
    const bytes = await read(digest).catch((error: unknown) => {
      throw new SegmentError(`Cannot read ${digest} of the store: ${String(error)}`, { cause: error });
    });
    if (bytes === undefined) throw new SegmentError(`Cannot read ${digest} of the store: there is none`);
    return bytes;
  }

  function findSegment(segment: number): Segment<ArticleFragment> | undefined {
    const place = segments.place(segment);
    if (place === undefined) return keptSegments.find(segment);
    const known =
      hot.get(segment) ??
      decodeSegment(segments.buffer, place, segments.articles(segment), ARTICLE_FRAGMENTS, true);
    hot.set(segment, known);
    return known;
  }

  async function loadSegment(segment: number): Promise<Segment<ArticleFragment>> {
    const bytes = await readPart(segments.digest(segment));
    const content = decodeSegment(bytes, 0, segments.articles(segment), ARTICLE_FRAGMENTS, false);
    return keptSegments.add(segment, content, bytes.byteLength);
  }

  async function loadForms(segment: number): Promise<Segment<FormFragment>> {
    const bytes = await readPart(segments.formsDigest(segment));
    const content = decodeSegment(bytes, 0, segments.articles(segment), FORM_FRAGMENTS, false);
    return keptForms.add(segment, content, bytes.byteLength);
  }

  async function loadBlob(blob: number): Promise<Uint8Array> {
    const digest = blobs.digest(blob);
    const bytes = await readPart(digest);
    if (bytes.byteLength !== blobs.size(blob))
      throw new SegmentError(`Cannot read ${digest} of the store: expected ${blobs.size(blob)} bytes`);
    return keptBlobs.add(blob, new Uint8Array(bytes), bytes.byteLength);
  }

  function openRecords<Name extends string>(
    articles: readonly number[],
    find: (segment: number) => Segment<Name> | undefined,
    load: (segment: number) => Promise<Segment<Name>>,
    renditionOf: RenditionOf,
  ): Records<Name> | Promise<Records<Name>> {
    const opened = openAll(new Set(articles.map(segments.of)), find, load);
    return opened instanceof Promise
      ? opened.then((all) => recordsOf(segments, (segment) => all.get(segment), renditionOf))
      : recordsOf(segments, (segment) => opened.get(segment), renditionOf);
  }

  const isHere = (article: number): boolean => article >= segments.firstHere;
  const openBlobs = (numbers: readonly number[]): Blobs | Promise<Blobs> =>
    openAll(new Set(numbers), (blob) => blobs.bytes(blob) ?? keptBlobs.find(blob), loadBlob);

  function shelfAt(now: Instant): Shelf {
    const renditionOf = renditionsAt(renditionStarts, now);
    const recordsHere = recordsOf(segments, findSegment, renditionOf);
    return {
      async openSlugs(part) {
        const blob = blobs.firstSlugs + part;
        const bytes = (await openBlobs([blob])).get(blob);
        return decodeUtf8(bytes).split('\n');
      },
      segmentBeside: (article) => (isHere(article) ? undefined : segments.of(article)),
      open: (articles) =>
        articles.every(isHere) ? recordsHere : openRecords(articles, findSegment, loadSegment, renditionOf),
      formsBeside: segments.of,
      openForms: (articles) => openRecords(articles, keptForms.find, loadForms, renditionOf),
    };
  }

  return { at: shelfAt, openBlobs };
}

type RenditionOf = (article: number) => Rendition;

function openAll<Part>(
  numbers: ReadonlySet<number>,
  find: (number: number) => Part | undefined,
  load: (number: number) => Promise<Part>,
): Map<number, Part> | Promise<Map<number, Part>> {
  const opened = new Map<number, Part>();
  const missing: number[] = [];
  for (const number of numbers) {
    const found = find(number);
    if (found === undefined) missing.push(number);
    else opened.set(number, found);
  }
  if (missing.length === 0) return opened;
  const loading = missing.map(async (number) => opened.set(number, await load(number)));
  return Promise.all(loading).then(() => opened);
}

/** The last used, up to `MAX_KEPT_BYTES`. */
function keepBytes<Part>(): {
  find(number: number): Part | undefined;
  add(number: number, part: Part, bytes: number): Part;
} {
  const kept = new Map<number, { part: Part; bytes: number }>();
  let total = 0;
  return {
    find(number) {
      const found = kept.get(number);
      if (found === undefined) return undefined;
      kept.delete(number);
      kept.set(number, found);
      return found.part;
    },
    add(number, part, bytes) {
      total += bytes - (kept.get(number)?.bytes ?? 0);
      kept.delete(number);
      kept.set(number, { part, bytes });
      for (const [oldest, { bytes: freed }] of kept) {
        if (total <= MAX_KEPT_BYTES || oldest === number) break;
        kept.delete(oldest);
        total -= freed;
      }
      return part;
    },
  };
}

function recordsOf<Name extends string>(
  segments: SegmentPlaces,
  find: (segment: number) => Segment<Name> | undefined,
  renditionOf: RenditionOf,
): Records<Name> {
  // Articles that are asked for one after the other often share a segment.
  let [first, end] = [0, 0];
  let last: Segment<Name> | undefined;
  const segmentOf = (article: number): Segment<Name> => {
    if (last !== undefined && article >= first && article < end) return last;
    const number = segments.of(article);
    last = find(number);
    if (last === undefined) throw new RangeError(`Cannot read article ${article}: it was not opened`);
    first = segments.start(number);
    end = first + segments.articles(number);
    return last;
  };
  return {
    slug: (article) => decodeUtf8(segmentOf(article).slug(article - first, renditionOf(article))),
    fragment: (article, name) => segmentOf(article).fragment(article - first, name, renditionOf(article)),
  };
}
