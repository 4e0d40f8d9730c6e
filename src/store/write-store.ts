import { encodeUtf8 } from '../templates/utf8.ts';
import { type Blob, blobWriter } from './blob.ts';
import { PROGRAM_ALLOWANCE, WORKER_BUDGET } from './budget.ts';
import { SLUGS_IN_BLOB, storeEncoder } from './format.ts';
import type { ArticleFacts, SiteRecord } from './metadata.ts';
import type { PackedSegment } from './pack-segment.ts';
import type { Publish, StoreCodec } from './part.ts';
import type { SegmentPlan } from './plan-segments.ts';

/** A search index over the articles, by their numbers. */
export interface SearchParts {
  /** Which block a term is in. */
  readonly blockIndex: Uint8Array;
  readonly blocks: readonly Blob[];
  /** The positions of the terms of each block, for phrases. */
  readonly positions: readonly Blob[];
}

/** The store but for its search index. */
export interface StoreContent {
  readonly site: SiteRecord;
  /** In the order of publication, the oldest first. */
  readonly articles: readonly ArticleFacts[];
  /** In the same order. */
  readonly segments: readonly (PackedSegment & Pick<SegmentPlan, 'start'>)[];
}

/**
 * The part of the store that goes into the worker: the index, and as many of the newest segments as there is room for.
 */
export interface WorkerStore {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its length as gzip, estimated from above. */
  readonly gzipLength: number;
}

/** @param publish takes what has no room in the worker */
export type StoreWriter = (search: SearchParts, publish: Publish) => WorkerStore;

/** Does what can be done before the search index is there. */
export function storeWriter({ site, articles, segments }: StoreContent, codec: StoreCodec): StoreWriter {
  const encode = storeEncoder({ site, articles, segments }, codec);
  const slugs = slugBlobs(articles);
  return (search, publish) => {
    const blobs = blobWriter(codec, publish);
    for (const blob of [...search.blocks, ...search.positions, ...slugs]) blobs.add(blob);
    const sections = {
      search: search.blockIndex,
      blobs: blobs.finish(),
      firstSlugs: search.blocks.length + search.positions.length,
    };
    const indexLength = codec.gzipLength(encode(sections, []));
    const firstHot = firstWithin(segments, WORKER_BUDGET - PROGRAM_ALLOWANCE - indexLength);
    for (const { digest, hot } of segments.slice(0, firstHot))
      if (hot !== undefined) publish({ digest, bytes: hot.bytes });
    const hot = segments.slice(firstHot).flatMap((segment) => segment.hot ?? []);
    return {
      bytes: encode(
        sections,
        hot.map(({ bytes }) => bytes),
      ),
      gzipLength: hot.reduce((sum, { gzipLength }) => sum + gzipLength, indexLength),
    };
  };
}

/** The first of the newest segments that have room together. */
function firstWithin(segments: readonly PackedSegment[], room: number): number {
  let [first, left] = [segments.length, room];
  for (const { hot } of segments.toReversed()) {
    left -= hot?.gzipLength ?? Number.POSITIVE_INFINITY;
    if (left < 0) break;
    first--;
  }
  return first;
}

/** The slugs of so many articles each, as lines. */
function slugBlobs(articles: readonly ArticleFacts[]): Blob[] {
  return Array.from({ length: Math.ceil(articles.length / SLUGS_IN_BLOB) }, (_, blob) => {
    const some = articles.slice(blob * SLUGS_IN_BLOB, (blob + 1) * SLUGS_IN_BLOB);
    return { bytes: new Uint8Array(encodeUtf8(some.map(({ slug }) => slug).join('\n'))) };
  });
}
