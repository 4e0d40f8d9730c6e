import type { Instant } from '../article.ts';
import { decodeUtf8 } from '../templates/bytes.ts';
import type { StoredFragment } from '../templates/fragment.ts';
import {
  bucketOf,
  claimsIn,
  fileBlobOf,
  formerFileIn,
  type StoredClaim,
  type StoredFile,
} from './addresses-format.ts';
import type { StoreIndex } from './format.ts';
import { StoreError } from './integrity.ts';
import { type LruCache, lruCache } from './lru-cache.ts';
import { renditionsAt } from './metadata.ts';
import {
  ARTICLE_FRAGMENTS,
  type ArticleFragment,
  type Rendition,
  TEXT_FORMAT_FRAGMENTS,
  type TextFormatFragment,
} from './record-format.ts';
import { decodeSegment, type Segment, type SegmentEntry, type SegmentLocations } from './segments-format.ts';

/** Returns the external part of the store with a digest; undefined if there is none. */
export type ReadAsset = (digest: string) => Promise<ArrayBuffer | undefined>;

/** The records of the opened articles. */
export interface Records<Name extends string = ArticleFragment> {
  slug(article: number): string;
  /** @throws StoreError if the record is damaged */
  fragment(article: number, name: Name): StoredFragment;
}

type TextFormatRecords = Records<TextFormatFragment>;

type Blobs = ReadonlyMap<number, Uint8Array>;

/** Reads bundled and external records at an instant. Rejects with a StoreError if a part is missing or damaged. */
export interface RecordReader {
  /** The external segment of an article; undefined if it is bundled. */
  externalSegment(article: number): number | undefined;
  open(articles: readonly number[]): Promise<Records>;
  /** The segment with the text formats of an article, which is always external. */
  textFormatsSegment(article: number): number;
  openTextFormats(articles: readonly number[]): Promise<TextFormatRecords>;
  /** The slugs of the articles from number `SLUGS_IN_BLOB` × `part` on. */
  openSlugs(part: number): Promise<readonly string[]>;
  /** The claims to each key of a former address, visible or not. */
  openClaims(keys: readonly string[]): Promise<readonly (readonly StoredClaim[])[]>;
  openFormerFile(file: number): Promise<StoredFile>;
}

/** Creates record readers that share one asset cache. */
export interface RecordReaders {
  at(now: Instant): RecordReader;
  openBlobs(blobs: readonly number[]): Promise<Blobs>;
}

/** The maximum bytes of each cache of assets. */
const MAX_CACHED_BYTES = 8 * 1024 * 1024;

export function createRecordReaders(
  { segments, blobs, renditionStarts }: Pick<StoreIndex, 'segments' | 'blobs' | 'renditionStarts'>,
  read: ReadAsset,
): RecordReaders {
  const bundled = new Map<number, Segment<ArticleFragment>>();
  const cachedBlobs = lruCache<number, Uint8Array>(MAX_CACHED_BYTES, ({ length }) => length);

  async function readAsset(digest: string): Promise<ArrayBuffer> {
    const bytes = await read(digest).catch((error: unknown) => {
      throw new StoreError(`Cannot read ${digest} of the store: ${String(error)}`, { cause: error });
    });
    if (bytes === undefined) throw new StoreError(`Cannot read ${digest} of the store: there is none`);
    return bytes;
  }

  /** Reads the external segments with one kind of records. */
  function segmentReader<Name extends string>(
    names: readonly Name[],
    entryOf: (segment: number) => SegmentEntry,
  ): SegmentReader<Name> {
    const cache = lruCache<number, Segment<Name>>(MAX_CACHED_BYTES, ({ bytes }) => bytes);
    const decode: SegmentReader<Name>['decode'] = (segment, buffer, at) =>
      decodeSegment(buffer, { ...entryOf(segment), records: segments.articles(segment), names }, at);
    return {
      cache,
      decode,
      load: async (segment) => cache.add(segment, decode(segment, await readAsset(entryOf(segment).digest))),
    };
  }
  const articleReader = segmentReader(ARTICLE_FRAGMENTS, segments.entry);
  const textFormatsReader = segmentReader(TEXT_FORMAT_FRAGMENTS, segments.textFormats);

  function findSegment(segment: number): Segment<ArticleFragment> | undefined {
    const place = segments.offset(segment);
    if (place === undefined) return articleReader.cache.find(segment);
    const known = bundled.get(segment) ?? articleReader.decode(segment, segments.buffer, place);
    bundled.set(segment, known);
    return known;
  }

  async function loadBlob(blob: number): Promise<Uint8Array> {
    const digest = blobs.digest(blob);
    const bytes = new Uint8Array(await readAsset(digest));
    if (!blobs.matches(blob, bytes))
      throw new StoreError(`Cannot read ${digest} of the store: it is not the blob that was built`);
    return cachedBlobs.add(blob, bytes);
  }

  async function openRecords<Name extends string>(
    articles: readonly number[],
    { cache, load }: SegmentReader<Name>,
    find: (segment: number) => Segment<Name> | undefined,
    renditionOf: RenditionOf,
  ): Promise<Records<Name>> {
    const opened = await openAll(new Set(articles.map(segments.of)), find, load);
    const errors: unknown[] = [];
    for (const article of articles) {
      const number = segments.of(article);
      try {
        opened.get(number)?.check(article - segments.start(number));
      } catch (error) {
        // The next request reads it again.
        cache.remove(number);
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    return recordsOf(segments, (segment) => opened.get(segment), renditionOf);
  }

  const isBundled = (article: number): boolean => article >= segments.firstBundledArticle;
  const openBlobs = (numbers: readonly number[]): Promise<Blobs> =>
    openAll(new Set(numbers), (blob) => blobs.bytes(blob) ?? cachedBlobs.find(blob), loadBlob);

  function readerAt(now: Instant): RecordReader {
    const renditionOf = renditionsAt(renditionStarts, now);
    const bundledRecords = recordsOf(segments, findSegment, renditionOf);
    return {
      async openSlugs(part) {
        const blob = blobs.firstSlugs + part;
        const bytes = (await openBlobs([blob])).get(blob);
        return decodeUtf8(bytes).split('\n');
      },
      async openClaims(keys) {
        const { firstAddresses, firstFiles } = blobs;
        const count = firstFiles - firstAddresses;
        if (count === 0) return keys.map(() => []);
        const numbers = keys.map((key) => firstAddresses + bucketOf(key, count));
        const opened = await openBlobs(numbers);
        return keys.map((key, index) => {
          const bucket = opened.get(numbers[index] ?? -1);
          return bucket === undefined ? [] : claimsIn(bucket, key);
        });
      },
      async openFormerFile(file) {
        const blob = blobs.firstFiles + fileBlobOf(file);
        const bytes = (await openBlobs([blob])).get(blob) ?? new Uint8Array();
        return formerFileIn(bytes, file);
      },
      externalSegment: (article) => (isBundled(article) ? undefined : segments.of(article)),
      open: async (articles) =>
        articles.every(isBundled)
          ? bundledRecords
          : openRecords(articles, articleReader, findSegment, renditionOf),
      textFormatsSegment: segments.of,
      openTextFormats: (articles) =>
        openRecords(articles, textFormatsReader, textFormatsReader.cache.find, renditionOf),
    };
  }

  return { at: readerAt, openBlobs };
}

interface SegmentReader<Name extends string> {
  readonly cache: LruCache<number, Segment<Name>>;
  /** @param at the offset of a bundled segment */
  readonly decode: (segment: number, buffer: ArrayBuffer, at?: number) => Segment<Name>;
  readonly load: (segment: number) => Promise<Segment<Name>>;
}

type RenditionOf = (article: number) => Rendition;

async function openAll<Part>(
  numbers: ReadonlySet<number>,
  find: (number: number) => Part | undefined,
  load: (number: number) => Promise<Part>,
): Promise<Map<number, Part>> {
  const open = async (number: number) => [number, find(number) ?? (await load(number))] as const;
  return new Map(await Promise.all([...numbers].map(open)));
}

function recordsOf<Name extends string>(
  segments: SegmentLocations,
  find: (segment: number) => Segment<Name> | undefined,
  renditionOf: RenditionOf,
): Records<Name> {
  // Consecutive requests for articles often share a segment.
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
