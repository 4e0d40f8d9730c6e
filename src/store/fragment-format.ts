import { ByteWriter } from './byte-writer.ts';
import { crcShift } from './crc32.ts';
import { type Fragment, type Literal, PackedLiteral } from './fragment.ts';
import { storedBlocks, storedLength } from './stored-literal.ts';
import { HOLES, type Hole, templateParts } from './template.ts';
import { encodeUtf8 } from './utf8.ts';

/*
 * A fragment in the store, all numbers little-endian:
 *
 *   fragment             5 bytes fingerprint, ASCII · u32 parts · u32 deflated bytes of all parts · the parts
 *                        the deflated bytes of all parts · the bytes of all parts
 *   part                 u32 bytes · u32 deflated bytes · u32 CRC-32 · u32 CRC shift
 *     or a hole          u32 0xffffffff · u32 its place in HOLE_NAMES · u32 0 · u32 0
 *
 * What a gzip body is made of stands together: memory is slow where one leaps.
 */
const HOLE_PART = 0xffffffff;
const HOLE_NAMES = Object.keys(HOLES) as Hole[]; // the keys of HOLES are the holes
/** Thirty bits: enough that a new entry is not taken for one that a client has, few enough for a tag that lists them. */
export const FINGERPRINT_LENGTH = 5;
const PART_BYTES = 16;
/** Shorter texts hold next to nothing that repeats. */
const MIN_COMPRESSED = 160;

/** What encoding needs of the platform that it runs on. */
export interface Codec {
  /** Raw deflate ended with a sync flush (RFC 1951 §3.2.4: an empty stored block). */
  deflate(bytes: Uint8Array): Uint8Array;
  /** As crc32.ts has it. */
  crc32(bytes: Uint8Array): number;
  /** The first `FINGERPRINT_LENGTH` characters of a base64url digest. */
  fingerprint(text: string): string;
}

/** A fragment and the fingerprint of what it says. */
export interface Stored {
  readonly fingerprint: string;
  readonly fragment: Fragment;
}

/**
 * @param text with the marks of template.ts
 * @param filling what belongs to its fingerprint beside it
 */
export function encodeFragment(text: string, codec: Codec, filling: string): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(encodeUtf8(codec.fingerprint(`${text}\0${filling}`)));
  const parts = templateParts(text).map((part) => {
    if ('hole' in part) return { numbers: [HOLE_PART, HOLE_NAMES.indexOf(part.hole), 0, 0] };
    const bytes = encodeUtf8(part.text);
    const compressed = deflated(bytes, codec);
    const numbers = [bytes.length, compressed.length, codec.crc32(bytes), crcShift(bytes.length)];
    return { numbers, bytes, compressed };
  });
  writer.u32(parts.length);
  writer.u32(parts.reduce((sum, { compressed }) => sum + (compressed?.length ?? 0), 0));
  for (const { numbers } of parts) writer.u32s(numbers);
  for (const { compressed } of parts) if (compressed !== undefined) writer.bytes(compressed);
  for (const { bytes } of parts) if (bytes !== undefined) writer.bytes(bytes);
  return writer.concat();
}

/** Compressed, where that makes it shorter. */
function deflated(bytes: Uint8Array, codec: Codec): Uint8Array {
  if (bytes.length < MIN_COMPRESSED) return storedBlocks(bytes);
  const compressed = codec.deflate(bytes);
  return compressed.length < storedLength(bytes.length) ? compressed : storedBlocks(bytes);
}

/** Looks at the store's own bytes, and only at those that are asked for. */
export function decodeFragment(view: DataView<ArrayBuffer>, fragmentAt: number): Stored {
  const at = fragmentAt + FINGERPRINT_LENGTH;
  let fingerprint = '';
  for (let i = fragmentAt; i < at; i++) fingerprint += String.fromCharCode(view.getUint8(i));
  const parts = view.getUint32(at, true);
  const partsAt = at + 8;
  let deflatedAt = partsAt + PART_BYTES * parts;
  let bytesAt = deflatedAt + view.getUint32(at + 4, true);
  const store = new Uint8Array(view.buffer);
  const fragment: (Literal | Hole)[] = [];
  for (let partAt = partsAt; partAt < partsAt + PART_BYTES * parts; partAt += PART_BYTES) {
    const length = view.getUint32(partAt, true);
    if (length === HOLE_PART) {
      fragment.push(HOLE_NAMES[view.getUint32(partAt + 4, true)] as Hole); // written by encodeFragment
      continue;
    }
    const deflatedLength = view.getUint32(partAt + 4, true);
    const [crc, shift] = [view.getUint32(partAt + 8, true), view.getUint32(partAt + 12, true)];
    fragment.push(new PackedLiteral(store, bytesAt, length, deflatedAt, deflatedLength, crc, shift));
    deflatedAt += deflatedLength;
    bytesAt += length;
  }
  return { fingerprint, fragment };
}
