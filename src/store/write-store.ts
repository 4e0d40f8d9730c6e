import { encodeUtf8 } from '../templates/bytes.ts';
import { type Blob, blobWriter, type PrecompressedBody } from './blobs-format.ts';
import { PROGRAM_ALLOWANCE, WORKER_BUDGET } from './budget.ts';
import { type LateParts, SLUGS_IN_BLOB, storeEncoder } from './format.ts';
import type { EmitAsset, StoreCodec } from './integrity.ts';
import type { ArticleMetadata, SiteRecord } from './metadata.ts';
import type { BundledSegment, PackedSegment, SegmentPlan } from './plan-segments.ts';

/** A search index over the articles, by their numbers. */
export interface SearchParts {
  /** The index from terms to blocks. */
  readonly blockIndex: Uint8Array;
  readonly blocks: readonly Blob[];
  /** The positions of the terms of each block, for phrases. */
  readonly positions: readonly Blob[];
}

/** The store without its search index. */
export interface StoreContent {
  /** See `encodeAddresses`. */
  readonly formerAddresses?: readonly Uint8Array<ArrayBuffer>[];
  /** See `encodeFormerFiles`. */
  readonly formerFiles?: readonly Uint8Array<ArrayBuffer>[];
  readonly site: SiteRecord;
  /** In order of publication, oldest first. */
  readonly articles: readonly ArticleMetadata[];
  /** In the same order. */
  readonly segments: readonly (PackedSegment & Pick<SegmentPlan, 'start'>)[];
}

/**
 * The bundled part of the store: the index, and as many of the newest segments as fit.
 */
interface WorkerStore {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** An upper bound of its gzipped length. */
  readonly gzipLength: number;
}

export interface StoreWriter {
  /** The store with every segment that may be bundled, but without its search index, for the build itself. */
  draft(): Uint8Array<ArrayBuffer>;
  /** @param publish receives the external parts */
  write(search: SearchParts, precompressed: readonly PrecompressedBody[], publish: EmitAsset): WorkerStore;
}

const NO_SEARCH: SearchParts = { blockIndex: new Uint8Array(), blocks: [], positions: [] };

/** Encodes everything that does not depend on the search index. */
export function storeWriter(
  { site, articles, segments, formerAddresses = [], formerFiles = [] }: StoreContent,
  codec: StoreCodec,
): StoreWriter {
  const encode = storeEncoder({ site, articles, segments }, codec);
  const slugs = slugBlobs(articles);
  const addresses = formerAddresses.map((bytes): Blob => ({ bytes }));
  const files = formerFiles.map((bytes): Blob => ({ bytes }));
  const sectionsWith = (
    search: SearchParts,
    precompressed: readonly PrecompressedBody[],
    publish: EmitAsset,
  ): LateParts => {
    const blobs = blobWriter(codec, publish);
    for (const blob of [...search.blocks, ...search.positions, ...slugs, ...addresses, ...files])
      blobs.add(blob);
    const firstSlugs = search.blocks.length + search.positions.length;
    const firstAddresses = firstSlugs + slugs.length;
    return {
      search: search.blockIndex,
      blobs: blobs.finish(),
      kinds: { firstSlugs, firstAddresses, firstFiles: firstAddresses + addresses.length },
      precompressed,
    };
  };
  const bytesOf = (bundled: readonly BundledSegment[]): Uint8Array[] => bundled.map(({ bytes }) => bytes);
  return {
    draft: () =>
      encode(
        sectionsWith(NO_SEARCH, [], () => {}),
        bytesOf(segments.flatMap(({ bundled }) => bundled ?? [])),
      ),
    write(search, precompressed, publish) {
      const sections = sectionsWith(search, precompressed, publish);
      const indexLength = codec.gzipLength(encode(sections, []));
      const firstBundled = firstWithin(segments, WORKER_BUDGET - PROGRAM_ALLOWANCE - indexLength);
      for (const { digest, bundled } of segments.slice(0, firstBundled))
        if (bundled !== undefined) publish({ digest, bytes: bundled.bytes });
      const bundled = segments.slice(firstBundled).flatMap((segment) => segment.bundled ?? []);
      return {
        bytes: encode(sections, bytesOf(bundled)),
        gzipLength: bundled.reduce((sum, { gzipLength }) => sum + gzipLength, indexLength),
      };
    },
  };
}

/** The first of the newest segments that fit together. */
function firstWithin(segments: readonly PackedSegment[], budget: number): number {
  let [first, left] = [segments.length, budget];
  for (const { bundled } of segments.toReversed()) {
    left -= bundled?.gzipLength ?? Number.POSITIVE_INFINITY;
    if (left < 0) break;
    first--;
  }
  return first;
}

/** The slugs of `SLUGS_IN_BLOB` articles each, one per line. */
function slugBlobs(articles: readonly ArticleMetadata[]): Blob[] {
  return Array.from({ length: Math.ceil(articles.length / SLUGS_IN_BLOB) }, (_, blob) => {
    const some = articles.slice(blob * SLUGS_IN_BLOB, (blob + 1) * SLUGS_IN_BLOB);
    return { bytes: new Uint8Array(encodeUtf8(some.map(({ slug }) => slug).join('\n'))) };
  });
}
