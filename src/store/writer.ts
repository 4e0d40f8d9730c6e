import { crc32 } from './crc32.ts';
import type { ArticleFacts, SiteRecord } from './facts.ts';
import { encodeStore, SLUGS_IN_BLOB, type StoreParts } from './format.ts';
import type { Codec } from './fragment-format.ts';
import { hexadecimal } from './hexadecimal.ts';
import { encodeSegment } from './segment-format.ts';
import { DIGEST_BYTES } from './segment-places.ts';
import { encodeUtf8 } from './utf8.ts';

/**
 * What the worker may weigh, compressed; Cloudflare's free plan takes 3 MB. What goes beyond is kept in segments beside
 * it, the oldest articles first.
 */
const WORKER_BUDGET = 2_500_000;
/** What the program itself weighs of that. */
const PROGRAM_ALLOWANCE = 150_000;
/** What blobs may weigh of that, compressed; beyond, they are all beside the worker. */
const BLOB_BUDGET = 600_000;

/**
 * A segment ends after an article whose id says so, one of `MEAN_ARTICLES`, so that a change of one article moves no
 * other border; and where it is full.
 */
const MIN_ARTICLES = 16;
const MEAN_ARTICLES = 16;
const MAX_ARTICLES = 128;
const FULL_BYTES = 512 * 1024;

/** Segments compress to no less than one part in so many, so not more need be held than this many times the budget. */
const MAX_COMPRESSION = 6;

/** What writing a store needs of the platform that it runs on. */
export interface StoreCodec extends Codec {
  /** SHA-256. */
  digest(bytes: Uint8Array): Uint8Array;
  /** Length of the bytes as gzip. */
  gzipLength(bytes: Uint8Array): number;
}

export interface StoreWriter {
  /**
   * In the order of publication, the oldest first.
   *
   * @param forms the record of its other forms, which never is in the worker
   */
  add(article: ArticleFacts, record: Uint8Array, forms: Uint8Array): void;
  /** The part of the store that goes into the worker. */
  finish(site: SiteRecord, search: SearchParts): Uint8Array<ArrayBuffer>;
}

/** A search index over the articles, by their numbers. */
export interface SearchParts {
  readonly directory: Uint8Array;
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
  /** Where the words of phrases stand; read after blocks, and seldom. */
  readonly places: readonly Uint8Array<ArrayBuffer>[];
}

/** A part of the store as it is published beside the worker. */
export interface WrittenPart {
  /** Hexadecimal, of `bytes`. */
  readonly digest: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** @param emit takes what has no place in the worker, segments of each kind in the order of their articles */
export function storeWriter(codec: StoreCodec, emit: (part: WrittenPart) => void): StoreWriter {
  const articles: ArticleFacts[] = [];
  const segments: StoreParts['segments'][number][] = [];
  const hot: { bytes: Uint8Array<ArrayBuffer>; digest: Uint8Array }[] = [];
  let hotBytes = 0;
  let records: Uint8Array[] = [];
  let formRecords: Uint8Array[] = [];
  let recordBytes = 0;
  const digestOf = (bytes: Uint8Array): Uint8Array => codec.digest(bytes).subarray(0, DIGEST_BYTES);

  function closeSegment(): void {
    if (records.length === 0) return;
    const bytes = encodeSegment(records, codec.crc32);
    const digest = digestOf(bytes);
    const forms = encodeSegment(formRecords, codec.crc32);
    const formsDigest = digestOf(forms);
    emit({ digest: hexadecimal(formsDigest), bytes: forms });
    segments.push({ articles: records.length, digest, formsDigest });
    hot.push({ bytes, digest });
    hotBytes += bytes.length;
    records = [];
    formRecords = [];
    recordBytes = 0;
    while (hotBytes > WORKER_BUDGET * MAX_COMPRESSION && hot.length > 1) emitOldest();
  }

  function emitOldest(): void {
    const segment = hot.shift();
    if (segment === undefined) return;
    hotBytes -= segment.bytes.length;
    emit({ digest: hexadecimal(segment.digest), bytes: segment.bytes });
  }

  return {
    add(article, record, forms) {
      articles.push(article);
      records.push(record);
      formRecords.push(forms);
      recordBytes += record.length;
      const isBorder = records.length >= MIN_ARTICLES && crc32(encodeUtf8(article.id)) % MEAN_ARTICLES === 0;
      if (isBorder || records.length === MAX_ARTICLES || recordBytes >= FULL_BYTES) closeSegment();
    },
    finish(site, search) {
      closeSegment();
      const words = [...search.blocks, ...search.places];
      const blobs = [...words, ...slugBlobs(articles)];
      const isHeavy = blobs.reduce((sum, blob) => sum + codec.gzipLength(blob), 0) > BLOB_BUDGET;
      const blobDigests = isHeavy ? blobs.map(digestOf) : undefined;
      for (const [index, digest] of (blobDigests ?? []).entries())
        emit({ digest: hexadecimal(digest), bytes: blobs[index] ?? new Uint8Array() });
      const encode = (): Uint8Array<ArrayBuffer> =>
        encodeStore(
          {
            site,
            articles,
            segments,
            hot: hot.map(({ bytes }) => bytes),
            search: search.directory,
            blobs,
            firstSlugs: words.length,
            blobDigests,
          },
          codec,
        );
      let store = encode();
      let excess = codec.gzipLength(store) + PROGRAM_ALLOWANCE - WORKER_BUDGET;
      while (excess > 0 && hot.length > 0) {
        excess -= codec.gzipLength(hot[0]?.bytes ?? new Uint8Array());
        emitOldest();
        if (excess <= 0) {
          store = encode();
          excess = codec.gzipLength(store) + PROGRAM_ALLOWANCE - WORKER_BUDGET;
        }
      }
      return excess > 0 ? encode() : store;
    },
  };
}

/** The slugs of so many articles each, as lines. */
function slugBlobs(articles: readonly ArticleFacts[]): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil(articles.length / SLUGS_IN_BLOB) }, (_, blob) => {
    const some = articles.slice(blob * SLUGS_IN_BLOB, (blob + 1) * SLUGS_IN_BLOB);
    return new Uint8Array(encodeUtf8(some.map(({ slug }) => slug).join('\n')));
  });
}
