import { assetOf, type EmitAsset, type StoreCodec } from './asset.ts';
import { BLOB_BUDGET } from './budget.ts';
import { checksumBy } from './integrity.ts';

/** A blob of the store (see blobs-format.ts): its bytes while it may be in the worker, or what names it beside it. */
export type Blob = HeldBlob | PublishedBlob;

interface HeldBlob {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface PublishedBlob {
  readonly length: number;
  /** Hexadecimal. */
  readonly digest: string;
  /** See integrity.ts. */
  readonly checksum: number;
}

/** Takes blobs one by one, and holds no more of them than the worker may. */
export interface BlobWriter {
  add(blob: Blob): void;
  /** All of one kind: either all are held, or all are published. */
  finish(): readonly HeldBlob[] | readonly PublishedBlob[];
}

export function blobWriter(codec: StoreCodec, publish: EmitAsset): BlobWriter {
  const held: HeldBlob[] = [];
  const published: PublishedBlob[] = [];
  let bytes = 0;
  const release = (blob: Blob): PublishedBlob => {
    if ('digest' in blob) return blob;
    const part = assetOf(blob.bytes, codec);
    publish(part);
    return { length: part.bytes.length, digest: part.digest, checksum: checksumBy(codec, part.bytes) };
  };
  return {
    add(blob) {
      bytes += 'digest' in blob ? Number.POSITIVE_INFINITY : blob.bytes.length;
      if (bytes <= BLOB_BUDGET && 'bytes' in blob) held.push(blob);
      else published.push(...held.splice(0).map(release), release(blob));
    },
    finish: () => (published.length > 0 ? published : held),
  };
}
