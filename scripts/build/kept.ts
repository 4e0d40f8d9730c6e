import { openPack, type PackReader, type Slot } from './pack.ts';

/** Bytes in one of the packs of a build. */
export interface Kept extends Slot {
  /** Path of the file. */
  readonly pack: string;
}

/** Reads from any pack; each is opened when it is first asked for. */
export interface Packs {
  /** Undefined when the bytes are not there any more, or are not what they were. */
  read(kept: Kept): Uint8Array<ArrayBuffer> | undefined;
  /** Undefined when that holds for any of them. */
  readAll(kept: readonly Kept[]): Uint8Array<ArrayBuffer>[] | undefined;
  close(): void;
}

export function openPacks(): Packs {
  const packs = new Map<string, PackReader>();
  const read: Packs['read'] = (kept) => {
    const reader = packs.get(kept.pack) ?? openPack(kept.pack);
    if (reader !== undefined) packs.set(kept.pack, reader);
    return reader?.read(kept);
  };
  return {
    read,
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
