import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Where bytes lie in a file of many such, and what they must come to. */
export interface Slot {
  readonly at: number;
  readonly length: number;
  readonly checksum: number;
}

/** A file to which bytes are appended; they are in it as soon as they have a slot. */
export interface PackWriter {
  readonly path: string;
  add(bytes: Uint8Array): Slot;
  close(): void;
}

/** @throws Error when there is such a file already, or it cannot be made */
export function writePack(path: string): PackWriter {
  const file = openSync(path, 'wx');
  let end = 0;
  return {
    path,
    add(bytes) {
      const slot = { at: end, length: bytes.length, checksum: crc32(bytes) };
      for (let done = 0; done < bytes.length; )
        done += writeSync(file, bytes, done, bytes.length - done, end + done);
      end += bytes.length;
      return slot;
    },
    close: () => closeSync(file),
  };
}

const PIECE_BYTES = 1 << 20;
/** What is small lies beside what is asked for next, and is read ahead. */
const SMALL_BYTES = 16_384;
const AHEAD_BYTES = 1 << 17;

export interface PackReader {
  /** Undefined when the bytes are not what they were. */
  read(slot: Slot): Uint8Array<ArrayBuffer> | undefined;
  /** Whether the bytes are what they were; of many, only a few at a time are in memory. */
  check(slot: Slot): boolean;
  /** Some of the bytes, which nobody checks. @throws Error when they are not there */
  readPiece(slot: Slot, start: number, end: number): Uint8Array<ArrayBuffer>;
  close(): void;
}

/** Undefined when there is no such file; what was opened stays readable when it is deleted. */
export function openPack(path: string): PackReader | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  const readUpTo = (at: number, most: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(most);
    let done = 0;
    for (let count = 1; count > 0 && done < most; done += count)
      count = readSync(file, bytes, done, most - done, at + done);
    return bytes.subarray(0, done);
  };
  const readAt = (at: number, length: number): Uint8Array<ArrayBuffer> => {
    const bytes = readUpTo(at, length);
    if (bytes.length < length) throw new Error(`Cannot read ${path}: it ends too soon`);
    return bytes;
  };
  let ahead = { at: 0, bytes: new Uint8Array() };
  const readSmall = (at: number, length: number): Uint8Array<ArrayBuffer> => {
    const isAhead = at >= ahead.at && at + length <= ahead.at + ahead.bytes.length;
    if (!isAhead) ahead = { at, bytes: readUpTo(at, AHEAD_BYTES) };
    if (ahead.bytes.length < length) throw new Error(`Cannot read ${path}: it ends too soon`);
    return ahead.bytes.slice(at - ahead.at, at - ahead.at + length);
  };
  return {
    read({ at, length, checksum }) {
      try {
        const bytes = length <= SMALL_BYTES ? readSmall(at, length) : readAt(at, length);
        return crc32(bytes) === checksum ? bytes : undefined;
      } catch {
        return undefined;
      }
    },
    check({ at, length, checksum }) {
      try {
        let crc = 0;
        for (let start = 0; start < length; start += PIECE_BYTES)
          crc = crc32(readAt(at + start, Math.min(PIECE_BYTES, length - start)), crc);
        return crc === checksum;
      } catch {
        return false;
      }
    },
    readPiece: ({ at }, start, end) => readAt(at + start, end - start),
    close: () => closeSync(file),
  };
}
