import type { Instant } from '../article.ts';
import type { StoredFragment } from '../templates/fragment-format.ts';
import { decodeUtf8 } from '../templates/utf8.ts';
import type { StoreIndex } from './format.ts';
import { StoreError } from './integrity.ts';
import {
  ARTICLE_FRAGMENTS,
  type ArticleFragment,
  FORM_FRAGMENTS,
  type FormFragment,
  type Rendition,
} from './record-format.ts';
import { renditionsAt } from './renditions.ts';
import { decodeSegment, type ExpectedSegment, type Segment } from './segment-format.ts';
import type { SegmentPlaces } from './segment-places.ts';

/** Gives the part of the store that has a digest; undefined when there is none. */
export type ReadPart = (digest: string) => Promise<ArrayBuffer | undefined>;

/** The records of the articles for which they were opened. */
export interface Records<Name extends string = ArticleFragment> {
  slug(article: number): string;
  /** @throws StoreError when the record is damaged */
  fragment(article: number, name: Name): StoredFragment;
}

/** The records of the other forms of articles. */
export type FormRecords = Records<FormFragment>;

export type Blobs = ReadonlyMap<number, Uint8Array>;

/**
 * What is in the worker and what is beside it, as one, as it stands at an instant. Where all that is asked for is at hand
 * nothing is awaited; else the promise is rejected with a StoreError when a part is missing or damaged.
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
      throw new StoreError(`Cannot read ${digest} of the store: ${String(error)}`, { cause: error });
    });
    if (bytes === undefined) throw new StoreError(`Cannot read ${digest} of the store: there is none`);
    return bytes;
  }

  const expectedRecords = (segment: number): ExpectedSegment<ArticleFragment> => ({
    digest: segments.digest(segment),
    checksum: segments.checksum(segment),
    records: segments.articles(segment),
    names: ARTICLE_FRAGMENTS,
  });

  const expectedForms = (segment: number): ExpectedSegment<FormFragment> => ({
    digest: segments.formsDigest(segment),
    checksum: segments.formsChecksum(segment),
    records: segments.articles(segment),
    names: FORM_FRAGMENTS,
  });

  function findSegment(segment: number): Segment<ArticleFragment> | undefined {
    const place = segments.place(segment);
    if (place === undefined) return keptSegments.find(segment);
    const known = hot.get(segment) ?? decodeSegment(segments.buffer, expectedRecords(segment), place);
    hot.set(segment, known);
    return known;
  }

  async function loadSegment(segment: number): Promise<Segment<ArticleFragment>> {
    const bytes = await readPart(segments.digest(segment));
    return keptSegments.add(segment, decodeSegment(bytes, expectedRecords(segment)), bytes.byteLength);
  }

  async function loadForms(segment: number): Promise<Segment<FormFragment>> {
    const bytes = await readPart(segments.formsDigest(segment));
    return keptForms.add(segment, decodeSegment(bytes, expectedForms(segment)), bytes.byteLength);
  }

  async function loadBlob(blob: number): Promise<Uint8Array> {
    const digest = blobs.digest(blob);
    const bytes = new Uint8Array(await readPart(digest));
    if (!blobs.matches(blob, bytes))
      throw new StoreError(`Cannot read ${digest} of the store: it is not the blob that was built`);
    return keptBlobs.add(blob, bytes, bytes.length);
  }

  function openRecords<Name extends string>(
    articles: readonly number[],
    kept: Kept<Segment<Name>>,
    find: (segment: number) => Segment<Name> | undefined,
    load: (segment: number) => Promise<Segment<Name>>,
    renditionOf: RenditionOf,
  ): Records<Name> | Promise<Records<Name>> {
    const finish = (opened: ReadonlyMap<number, Segment<Name>>): Records<Name> => {
      const errors: unknown[] = [];
      for (const article of articles) {
        const number = segments.of(article);
        try {
          opened.get(number)?.check(article - segments.start(number));
        } catch (error) {
          // The next request reads it again.
          kept.remove(number);
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
      return recordsOf(segments, (segment) => opened.get(segment), renditionOf);
    };
    const opened = openAll(new Set(articles.map(segments.of)), find, load);
    return opened instanceof Promise ? opened.then(finish) : finish(opened);
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
        articles.every(isHere)
          ? recordsHere
          : openRecords(articles, keptSegments, findSegment, loadSegment, renditionOf),
      formsBeside: segments.of,
      openForms: (articles) => openRecords(articles, keptForms, keptForms.find, loadForms, renditionOf),
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

interface Kept<Part> {
  find(number: number): Part | undefined;
  add(number: number, part: Part, bytes: number): Part;
  remove(number: number): void;
}

/** The last used, up to `MAX_KEPT_BYTES`. */
function keepBytes<Part>(): Kept<Part> {
  const kept = new Map<number, { part: Part; bytes: number }>();
  let total = 0;
  function remove(number: number): void {
    total -= kept.get(number)?.bytes ?? 0;
    kept.delete(number);
  }
  return {
    remove,
    find(number) {
      const found = kept.get(number);
      if (found === undefined) return undefined;
      kept.delete(number);
      kept.set(number, found);
      return found.part;
    },
    add(number, part, bytes) {
      remove(number);
      kept.set(number, { part, bytes });
      total += bytes;
      for (const oldest of kept.keys()) {
        if (total <= MAX_KEPT_BYTES || oldest === number) break;
        remove(oldest);
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
