import { type BlobFileReader, type BlobRange, openBlobFile } from './blob-file.ts';

/** Bytes in one of the packs of a build. */
export interface BlobRef extends BlobRange {
  /** Path of the file. */
  readonly pack: string;
}

/** Reads from any pack; each is opened when it is first asked for. */
export interface BlobReader {
  /** Undefined when the bytes are not there any more, or are not what they were. */
  read(kept: BlobRef): Uint8Array<ArrayBuffer> | undefined;
  /** Reads pieces of bytes, from `start` to before `end`; undefined when `read` would be. */
  open(kept: BlobRef): ((start: number, end: number) => Uint8Array<ArrayBuffer>) | undefined;
  /** Reads all into a room, one behind the other; tells whether all are what they were. */
  readInto(kept: readonly BlobRef[], room: Uint8Array): boolean;
  /** Undefined when that holds for any of them. */
  readAll(kept: readonly BlobRef[]): Uint8Array<ArrayBuffer>[] | undefined;
  close(): void;
}

export function openBlobs(): BlobReader {
  const packs = new Map<string, BlobFileReader>();
  const packOf = ({ pack }: BlobRef): BlobFileReader | undefined => {
    const reader = packs.get(pack) ?? openBlobFile(pack);
    if (reader !== undefined) packs.set(pack, reader);
    return reader;
  };
  const read: BlobReader['read'] = (kept) => packOf(kept)?.read(kept);
  return {
    read,
    open(kept) {
      const reader = packOf(kept);
      return reader?.check(kept) ? (start, end) => reader.readPiece(kept, start, end) : undefined;
    },
    readInto(kept, room) {
      let at = 0;
      for (const each of kept) {
        if (packOf(each)?.readInto(each, room.subarray(at)) !== true) return false;
        at += each.length;
      }
      return true;
    },
    readAll(kept) {
      const all: Uint8Array<ArrayBuffer>[] = [];
      for (const each of kept) {
        const bytes = read(each);
        if (bytes === undefined) return undefined;
        all.push(bytes);
      }
      return all;
    },
    close() {
      for (const pack of packs.values()) pack.close();
    },
  };
}
