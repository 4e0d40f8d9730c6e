import type { DocumentPostings } from '../search/document-postings.ts';
import { writeIndex } from '../search/index-writer.ts';
import { decodePostings, encodePartialIndex } from '../search/partial-index.ts';
import { blobWriter } from '../store/blobs-format.ts';
import type { Asset } from '../store/integrity.ts';
import { type PackedSegment, packSegment } from '../store/plan-segments.ts';
import { openSegment } from '../store/segments-format.ts';
import type { SearchParts } from '../store/write-store.ts';
import type { BlobRef, BlobStore } from './blobs.ts';
import { codec } from './compression.ts';
import { type AssetStore, assetFolder } from './files.ts';

/*
 * The tasks that pack articles into a segment, index articles and merge these indexes.
 */

/** Consecutive articles that share a segment. */
interface PackRequest {
  readonly records: readonly BlobRef[];
  readonly textFormats: readonly BlobRef[];
  readonly mayBeBundled: boolean;
}

export interface PackResult extends Omit<PackedSegment, 'bundled'> {
  /** The stat keys of the assets that were emitted, by digest. */
  readonly statKeys: ReadonlyMap<string, string>;
  /** If the segment is no asset. */
  readonly bundled?: { readonly blob: BlobRef; readonly gzipLength: number };
}

/** The postings of consecutive articles. */
interface IndexRequest {
  readonly postings: readonly BlobRef[];
}

/** A partial index (src/search/partial-index.ts). */
export interface IndexResult {
  readonly articles: number;
  readonly blob: BlobRef;
}

interface MergeRequest {
  readonly partialIndexes: readonly IndexResult[];
  /** How many of the articles, the last ones, are not published yet. */
  readonly scheduled: number;
}

interface MergeResult {
  readonly search: SearchParts;
  /** Digests of assets. */
  readonly emitted: readonly string[];
}

export interface StoreTasks {
  pack(request: PackRequest): PackResult | undefined;
  index(request: IndexRequest): IndexResult | undefined;
  merge(request: MergeRequest): MergeResult | undefined;
}

/** @param folder the folder of assets, or what writes them */
export function storeTasks(folder: string | AssetStore, blobs: BlobStore): StoreTasks {
  const assets = typeof folder === 'string' ? assetFolder(folder) : folder;
  const segmentOf = (records: readonly BlobRef[]): Uint8Array<ArrayBuffer> | undefined => {
    // Blobs and records have the same checksum.
    const { bytes, room } = openSegment(records);
    return blobs.readInto(records, room) ? bytes : undefined;
  };
  return {
    pack({ records, textFormats, mayBeBundled }) {
      const segment = segmentOf(records);
      const textFormatsSegment = segmentOf(textFormats);
      if (segment === undefined || textFormatsSegment === undefined) return undefined;
      const statKeys = new Map<string, string>();
      const emit = (asset: Asset): void => void statKeys.set(asset.digest, assets.emit(asset));
      const { bundled, ...packed } = packSegment(segment, textFormatsSegment, mayBeBundled, codec, emit);
      if (bundled === undefined) return { ...packed, statKeys };
      const blob = blobs.write('records', bundled.bytes);
      return { ...packed, statKeys, bundled: { blob, gzipLength: bundled.gzipLength } };
    },
    index({ postings }) {
      const documents: DocumentPostings[] = [];
      for (const ref of postings) {
        const bytes = blobs.read(ref);
        if (bytes === undefined) return undefined;
        documents.push(decodePostings(bytes));
      }
      return { articles: documents.length, blob: blobs.write('records', encodePartialIndex(documents)) };
    },
    merge({ partialIndexes, scheduled }) {
      const emitted: string[] = [];
      const emit = (asset: Asset): void => {
        assets.emit(asset);
        emitted.push(asset.digest);
      };
      const opened = partialIndexes.map(({ articles, blob }) => {
        const read = blobs.open(blob);
        return read && { articles, bytes: blob.length, read };
      });
      if (!opened.every((each) => each !== undefined)) return undefined;
      const [blocks, positions] = [blobWriter(codec, emit), blobWriter(codec, emit)];
      const blockIndex = writeIndex(opened, scheduled, (block, positionsOfBlock) => {
        blocks.add({ bytes: block });
        positions.add({ bytes: positionsOfBlock });
      });
      return { search: { blockIndex, blocks: blocks.finish(), positions: positions.finish() }, emitted };
    },
  };
}
