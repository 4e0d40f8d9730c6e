import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import {
  brotliCompress,
  constants,
  crc32,
  deflateRawSync,
  gzipSync,
  type ZlibOptions,
  gzip as zlibGzip,
} from 'node:zlib';
import type { Site } from '../config/site.ts';
import { type Facet, keyOf } from '../facets.ts';
import { FEED_FORMATS, feedPath, paths, valuePath } from '../routes/paths.ts';
import type { CompressedBody, PrecompressedBody } from '../store/blobs-format.ts';
import type { StoreCodec } from '../store/integrity.ts';
import type { DraftSite } from './draft-site.ts';

/**
 * Bytes of the main bodies that are compressed whole. Brotli and gzip together take up to 0.6 of it in the worker, and
 * the best brotli takes a second for a megabyte.
 */
const MAIN_BUDGET = 2_000_000;
/** Bytes of these bodies and of those of slices. */
const PRECOMPRESSED_BUDGET = 1_000_000;
/** Slices with fewer articles are seldom requested. */
const MIN_ARTICLES = 5;
const MAX_SLICES = 16;

/** 20 % smaller than gzip -9, 1 ms for each kilobyte. */
const BEST_BROTLI = constants.BROTLI_MAX_QUALITY;
/** 6 % smaller than gzip -9, in a fortieth of the time. */
const FAST_BROTLI = 5;

export type Compress = (body: Uint8Array, quality: number) => Promise<CompressedBody>;

/**
 * The responses that are requested most, compressed whole: the home page, the main feeds unless they are files, then
 * the RSS feeds of podcasts and of the largest collections and tags while the budget lasts. What is chosen depends on
 * visible articles only. Once one of these responses changes, the worker composes it.
 */
export async function precompress(
  site: Site,
  { store, get }: DraftSite,
  compress: Compress,
): Promise<readonly PrecompressedBody[]> {
  const compressing: Promise<PrecompressedBody>[] = [];
  let total = 0;
  const compressPath = async (path: string, quality: number, budget: number): Promise<void> => {
    const response = await get(path);
    const etag = response?.headers.get('etag');
    if (response === undefined || !etag || total + response.body.length > budget) return;
    total += response.body.length;
    compressing.push(compress(response.body, quality).then((compressed) => ({ etag, ...compressed })));
  };
  const feeds = site.mainFeeds === 'static' ? [] : FEED_FORMATS.map((format) => feedPath(format));
  for (const path of [paths.home, ...feeds]) await compressPath(path, BEST_BROTLI, MAIN_BUDGET);
  const valuesOf = (facet: Facet) => store.values(facet).map(({ key, count }) => ({ facet, key, count }));
  const podcasts = new Set(site.podcasts.map(({ collection }) => keyOf(collection)));
  const slices = [...valuesOf('collection'), ...valuesOf('tag')]
    .map((slice) => ({ ...slice, isPodcast: slice.facet === 'collection' && podcasts.has(slice.key) }))
    .filter(({ count, isPodcast }) => isPodcast || count >= MIN_ARTICLES)
    .sort((a, b) => Number(b.isPodcast) - Number(a.isPodcast) || b.count - a.count);
  for (const { facet, key } of slices.slice(0, MAX_SLICES))
    await compressPath(valuePath(facet, key, 'rss'), FAST_BROTLI, PRECOMPRESSED_BUDGET);
  return Promise.all(compressing);
}

const [brotli, gzip] = [promisify(brotliCompress), promisify(zlibGzip)];
/** The offset of the operating system in a gzip member (RFC 1952 §2.3), and the value for an unknown one. */
const [SYSTEM_AT, UNKNOWN_SYSTEM] = [9, 0xff];

/** Compresses outside this thread; the same on every system. */
export async function compressWhole(body: Uint8Array, quality: number): Promise<CompressedBody> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  const [br, member] = await Promise.all([
    brotli(body, { params }),
    gzip(body, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  member[SYSTEM_AT] = UNKNOWN_SYSTEM;
  return { br, gzip: member };
}

/** The smallest buffer that zlib takes. */
const MIN_CHUNK = 64;
/** The part of its window that zlib reserves. */
const MIN_LOOKAHEAD = 262;

/** The functions of Node that the store writer needs. */
export const codec: StoreCodec = {
  deflate: (bytes) => deflateRawSync(bytes, deflateOptions(bytes.length)),
  crc32,
  digest: (bytes) => hash('sha256', bytes, 'buffer'),
  // Slightly more than the upload, in a third of the time.
  gzipLength: (bytes) => gzipSync(bytes, { level: 1 }).length,
};

/** The best compression in little memory: most fragments are short, and initialization takes most of the time. */
function deflateOptions(length: number): ZlibOptions {
  const windowBits = Math.min(15, Math.max(9, Math.ceil(Math.log2(length + MIN_LOOKAHEAD))));
  return {
    level: 9,
    windowBits,
    memLevel: windowBits - 6,
    // A result that is longer than the input is not used.
    chunkSize: length + MIN_CHUNK,
    finishFlush: constants.Z_SYNC_FLUSH,
  };
}
