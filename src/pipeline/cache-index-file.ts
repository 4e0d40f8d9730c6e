import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { BlobRef } from './blob-ref.ts';
import {
  ARTICLE_PARTS,
  type CachedArticle,
  type CachedDocument,
  type CacheIndex,
  NOTHING,
  type SavedIndex,
} from './cache-index.ts';
import type { Compacted } from './compact.ts';
import type { CachedPartialIndex, PackingResult } from './task-requests.ts';

/*
 * CRC-32 of the rest, in this machine's order · serialised: a `Payload`.
 *
 * A large memory is read by every build, so its many small objects are laid out in columns: each document is so many
 * strings and so many places in packs, absent ones included.
 */

interface Payload {
  readonly version: string;
  readonly packs: readonly string[];
  /** Path, digest, marks, boilerplate and name of each document; empty: absent. */
  readonly strings: readonly string[];
  /** Its places: of the document, as amended, and of the article's report, record, forms and terms. */
  readonly places: Float64Array;
  readonly segments: readonly (readonly [string, PackingResult])[];
  readonly chunks: readonly (readonly [string, CachedPartialIndex])[];
  readonly media: CacheIndex['media'];
}

const [PLACES, PLACE_NUMBERS] = [2 + ARTICLE_PARTS.length, 4];

/** @param draft where it is written before it takes its place */
export function writeCacheIndex(
  path: string,
  draft: string,
  version: string,
  { memory, names }: Compacted,
): void {
  const { documents } = memory;
  const named = <Placed extends { readonly pack: string }>(kept: Placed): Placed => ({
    ...kept,
    pack: names.get(kept.pack) ?? kept.pack,
  });
  const packs = new Map<string, number>();
  const places = new Float64Array(documents.size * PLACES * PLACE_NUMBERS);
  const strings: string[] = [];
  let at = 0;
  const numberOf = (pack: string): number => {
    const known = packs.get(pack);
    if (known !== undefined) return known;
    packs.set(pack, packs.size);
    return packs.size - 1;
  };
  const put = (kept: BlobRef | undefined): void => {
    places[at] = kept === undefined ? -1 : numberOf(kept.pack);
    places[at + 1] = kept?.at ?? 0;
    places[at + 2] = kept?.length ?? 0;
    places[at + 3] = kept?.checksum ?? 0;
    at += PLACE_NUMBERS;
  };
  for (const [name, { digest, marks = '', document, amended, rendered }] of documents) {
    strings.push(name, digest, marks, amended?.boilerplate ?? '', rendered?.name ?? '');
    put(document);
    put(amended?.document);
    for (const part of ARTICLE_PARTS) put(rendered?.[part]);
  }
  const payload: Payload = {
    version,
    packs: [...packs.keys()].map((pack) => names.get(pack) ?? pack),
    strings,
    places,
    segments: Array.from(memory.segments, ([name, { hot, ...segment }]) => [
      name,
      { ...segment, ...(hot && { hot: { ...hot, bytes: named(hot.bytes) } }) },
    ]),
    chunks: Array.from(memory.chunks, ([name, chunk]) => [name, { ...chunk, bytes: named(chunk.bytes) }]),
    media: memory.media,
  };
  const bytes = serialize(payload);
  writeFileSync(draft, new Uint8Array(Uint32Array.of(crc32(bytes)).buffer));
  writeFileSync(draft, bytes, { flag: 'a' });
  renameSync(draft, path);
}

/** Nothing when there is no such file, or it is damaged or another version's. */
export function readCacheIndex(path: string, version: string): SavedIndex {
  const nothing = { memory: NOTHING, packs: new Set<string>() };
  try {
    const bytes = readFileSync(path);
    const serialized = bytes.subarray(4);
    const [checksum] = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 4));
    if (crc32(serialized) !== checksum) return nothing;
    const payload = deserialize(serialized) as Payload; // by `writeCacheIndex`
    return payload.version === version ? { memory: memoryOf(payload), packs: packsOf(payload) } : nothing;
  } catch {
    return nothing;
  }
}

function packsOf({ packs, segments, chunks }: Payload): Set<string> {
  const others = [...segments.map(([, { hot }]) => hot?.bytes), ...chunks.map(([, { bytes }]) => bytes)];
  return new Set([...packs, ...others.flatMap((kept) => kept?.pack ?? [])]);
}

function memoryOf({ packs, strings, places, segments, chunks, media }: Payload): CacheIndex {
  const documents = new Map<string, CachedDocument>();
  let [string, number] = [0, 0];
  const nextString = (): string => strings[string++] ?? '';
  const nextPlace = (): BlobRef | undefined => {
    const at = number;
    number += PLACE_NUMBERS;
    const pack = packs[places[at] ?? -1];
    if (pack === undefined) return undefined;
    const [start, length, checksum] = [places[at + 1], places[at + 2], places[at + 3]];
    return { pack, at: start ?? 0, length: length ?? 0, checksum: checksum ?? 0 };
  };
  while (string < strings.length) {
    const [path, digest, marks] = [nextString(), nextString(), nextString()];
    const [boilerplate, name] = [nextString(), nextString()];
    const [document, again] = [nextPlace(), nextPlace()];
    const [report, record, forms, terms] = [nextPlace(), nextPlace(), nextPlace(), nextPlace()];
    if (document === undefined) continue;
    const rendered: CachedArticle | undefined = report &&
      record &&
      forms &&
      terms && { name, report, record, forms, terms };
    documents.set(path, {
      digest,
      document,
      ...(marks !== '' && { marks }),
      ...(again && { amended: { boilerplate, document: again } }),
      ...(rendered && { rendered }),
    });
  }
  return { documents, segments: new Map(segments), chunks: new Map(chunks), media };
}
