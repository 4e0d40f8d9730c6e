import { createHash, randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { ReadDocument } from '../../src/documents/reading.ts';
import type { Kept, RenderingResult } from './hand.ts';
import { openPack, type PackReader, writePack } from './pack.ts';

/*
 * What builds remember of a seeds folder, so that the next need not do it again. It may be deleted at any time.
 *
 *   index            CRC-32 of the rest · serialised: the version, and what is remembered of every document
 *   *.pack           rendered articles; a pack is never changed once it has its name
 *   scratch-*        what a running build writes
 *
 * The index says by checksums what it expects of the packs; whatever is not as expected was never there. A build replaces
 * the index as a whole by renaming, so two builds at once do not mix: the last one is remembered.
 */

/** What is remembered of a document. */
export interface Remembered {
  /** The marks of its stamp; absent if they tell nothing. */
  readonly marks?: string;
  readonly digest: string;
  readonly document: ReadDocument;
  /** The same as it was amended, and how. */
  readonly amended?: { readonly amendment: string; readonly document: ReadDocument };
  readonly rendered?: RememberedArticle;
}

export interface RememberedArticle extends RenderingResult {
  /** All that it depends on beside the document's bytes. */
  readonly place: string;
}

export interface Cache {
  /** By the paths of the documents. */
  readonly documents: ReadonlyMap<string, Remembered>;
  /** The folder for what a build writes. */
  readonly scratch: string;
  /** Undefined when the bytes are not there any more, or are not what they were. */
  read(record: Kept): Uint8Array | undefined;
  /** Remembers these documents and no others. */
  save(documents: ReadonlyMap<string, Remembered>): void;
  /** Whatever happens, this comes last. */
  close(): void;
}

/** More packs than these are merged, the smallest first. */
const MAX_PACKS = 4;
/** Younger files may be those of a build that is still running; milliseconds. */
const LONGEST_BUILD = 600_000;
/** What nobody built for so long is forgotten; milliseconds. */
const LONGEST_MEMORY = 30 * 86_400_000;

/**
 * Opens what is remembered of a seeds folder.
 *
 * @param parent the folder of all caches
 * @param version whatever else the results depend on: something remembered by another version is not used
 * @param now milliseconds
 * @returns undefined when the folder cannot be written
 */
export function openCache(parent: string, seeds: string, version: string, now: number): Cache | undefined {
  const folder = join(parent, createHash('sha256').update(realpathSync(seeds)).digest('hex').slice(0, 16));
  const scratch = makeScratch(folder);
  if (scratch === undefined) return undefined;
  const index = join(folder, 'index');
  const documents = readIndex(index, version);
  const packs = new Map<string, PackReader>();
  for (const { rendered } of documents.values()) {
    if (rendered === undefined || packs.has(rendered.record.pack)) continue;
    const pack = openPack(rendered.record.pack);
    if (pack === undefined) continue;
    packs.set(rendered.record.pack, pack);
    utimesSync(rendered.record.pack, now / 1000, now / 1000);
  }
  const read = (record: Kept): Uint8Array | undefined => readRecord(record, packs);
  return {
    documents,
    scratch,
    read,
    save(known) {
      try {
        const settled = settlePacks(known, folder, read);
        writeIndex(settled, version, join(scratch, 'index'), index);
        const used = new Set(Array.from(settled.values(), ({ rendered }) => rendered?.record.pack));
        removeOld(parent, folder, used, now);
      } catch {
        // A full disk, or a folder that is locked: the next build has more to do, and that is all.
      }
    },
    close: () => closeAll(packs, scratch),
  };
}

function writeIndex(
  documents: ReadonlyMap<string, Remembered>,
  version: string,
  draft: string,
  path: string,
): void {
  const payload = serialize({ version, documents: [...documents] });
  const checksum = new Uint8Array(Uint32Array.of(crc32(payload)).buffer);
  writeFileSync(draft, Buffer.concat([checksum, payload]));
  renameSync(draft, path);
}

/** For a build that remembers nothing. */
export function withoutCache(): Cache {
  const scratch = mkdtempSync(join(tmpdir(), 'tidings-build-'));
  const packs = new Map<string, PackReader>();
  return {
    documents: new Map(),
    scratch,
    read: (record) => readRecord(record, packs),
    save() {},
    close: () => closeAll(packs, scratch),
  };
}

function makeScratch(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    return mkdtempSync(join(folder, 'scratch-'));
  } catch {
    return undefined;
  }
}

function readRecord({ pack, slot }: Kept, packs: Map<string, PackReader>): Uint8Array | undefined {
  const reader = packs.get(pack) ?? openPack(pack);
  if (reader !== undefined) packs.set(pack, reader);
  return reader?.read(slot);
}

function closeAll(packs: ReadonlyMap<string, PackReader>, scratch: string): void {
  for (const pack of packs.values()) pack.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** Empty when there is no index, or it is damaged or another version's. */
function readIndex(path: string, version: string): Map<string, Remembered> {
  try {
    const bytes = readFileSync(path);
    const payload = bytes.subarray(4);
    if (
      bytes.length < 4 ||
      crc32(payload) !== new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 4))[0]
    )
      return new Map();
    const index = deserialize(payload) as { version: string; documents: [string, Remembered][] }; // by `save`
    return index.version === version ? new Map(index.documents) : new Map();
  } catch {
    return new Map();
  }
}

/** Gives the packs of this build their names, and merges those that are small or of which little is used. */
function settlePacks(
  known: ReadonlyMap<string, Remembered>,
  folder: string,
  read: Cache['read'],
): Map<string, Remembered> {
  const used = new Map<string, number>();
  for (const { rendered } of known.values()) {
    if (rendered === undefined) continue;
    for (const { pack, slot } of [rendered.record, rendered.forms, rendered.terms])
      used.set(pack, (used.get(pack) ?? 0) + slot.length);
  }
  const kept = [...used]
    .filter(([pack, bytes]) => 2 * bytes >= sizeOf(pack))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_PACKS);
  const names = new Map(
    kept.map(([pack]) => {
      const isNew = !pack.endsWith('.pack');
      const name = isNew ? join(folder, `${randomUUID()}.pack`) : pack;
      return [pack, name];
    }),
  );
  const merged = names.size < used.size ? writePack(join(folder, `${randomUUID()}.pack`)) : undefined;
  const settle = (kept: Kept): Kept | undefined => {
    const name = names.get(kept.pack);
    if (name !== undefined) return { ...kept, pack: name };
    const bytes = read(kept);
    return bytes && merged && { pack: merged.path, slot: merged.add(bytes) };
  };
  const settled = new Map<string, Remembered>();
  for (const [path, { rendered, ...rest }] of known) {
    settled.set(path, rendered === undefined ? rest : { ...rest, ...settleArticle(rendered, settle) });
  }
  merged?.close();
  for (const [pack, name] of names) if (pack !== name) renameSync(pack, name);
  return settled;
}

/** Nothing, when some of it is damaged. */
function settleArticle(
  rendered: RememberedArticle,
  settle: (kept: Kept) => Kept | undefined,
): { rendered?: RememberedArticle } {
  const record = settle(rendered.record);
  const forms = settle(rendered.forms);
  const terms = settle(rendered.terms);
  if (record === undefined || forms === undefined || terms === undefined) return {};
  return { rendered: { ...rendered, record, forms, terms } };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY;
}

function removeOld(parent: string, folder: string, used: ReadonlySet<string | undefined>, now: number): void {
  const removeUnused = (path: string, age: number): void => {
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    // A file that is open may not be removable; the next build tries again.
    if (now - changed > age) rmSync(path, { recursive: true, force: true, maxRetries: 0 });
  };
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name !== 'index' && !used.has(path)) removeUnused(path, LONGEST_BUILD);
  }
  for (const name of readdirSync(parent)) {
    if (join(parent, name) !== folder) removeUnused(join(parent, name), LONGEST_MEMORY);
  }
}
