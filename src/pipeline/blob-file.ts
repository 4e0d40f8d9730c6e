import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { errorCode } from './error-code.ts';

/** Where bytes lie in a file of many such, and what they must come to. */
export interface BlobRange {
  readonly at: number;
  readonly length: number;
  readonly checksum: number;
}

/** A pack that cannot be written. */
export class BlobFileError extends Error {
  override readonly name = 'PackError';

  constructor(path: string, error: unknown) {
    super(`Cannot write ${path}: ${errorCode(error)}; expected room for what a build holds meanwhile`);
  }
}

/** A file to which bytes are appended; each method throws BlobFileError if it cannot be written. */
export interface BlobFileWriter {
  readonly path: string;
  /** The bytes as they are now are in the file after the next `flush`. */
  add(bytes: Uint8Array): BlobRange;
  flush(): void;
  /** Flushes, too, unless a write has failed. */
  close(): void;
  /** Closes without flushing: what was added since the last flush is lost. */
  discard(): void;
}

/** So much is written at once. */
const BUFFER_BYTES = 1 << 18;

/** @throws BlobFileError when there is such a file already, or it cannot be made */
export function createBlobFile(path: string): BlobFileWriter {
  const file = createFile(path);
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  let buffered = 0;
  let written = 0;
  let isBroken = false;
  const write = (bytes: Uint8Array, length: number): void => {
    try {
      for (let done = 0; done < length; ) done += writeSync(file, bytes, done, length - done, written + done);
    } catch (error) {
      isBroken = true;
      throw new BlobFileError(path, error);
    }
    written += length;
  };
  const flush = (): void => {
    write(buffer, buffered);
    buffered = 0;
  };
  return {
    path,
    add(bytes) {
      const { length } = bytes;
      if (buffered + length > BUFFER_BYTES) flush();
      const slot = { at: written + buffered, length, checksum: crc32(bytes) };
      if (length > BUFFER_BYTES) write(bytes, length);
      else {
        buffer.set(bytes, buffered);
        buffered += length;
      }
      return slot;
    },
    flush,
    close() {
      try {
        if (!isBroken) flush();
      } finally {
        closeSync(file);
      }
    },
    discard: () => closeSync(file),
  };
}

function createFile(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    throw new BlobFileError(path, error);
  }
}

const PIECE_BYTES = 1 << 20;
/** What is small lies beside what is asked for next, and is read ahead. */
const SMALL_BYTES = 16_384;
const AHEAD_BYTES = 1 << 17;

export interface BlobFileReader {
  /** Undefined when the bytes are not what they were. */
  read(slot: BlobRange): Uint8Array<ArrayBuffer> | undefined;
  /** The same, at the beginning of `room`; tells whether they are what they were. */
  readInto(slot: BlobRange, room: Uint8Array): boolean;
  /** Whether the bytes are what they were; of many, only a few at a time are in memory. */
  check(slot: BlobRange): boolean;
  /** Some of the bytes, which nobody checks. @throws Error when they are not there */
  readPiece(slot: BlobRange, start: number, end: number): Uint8Array<ArrayBuffer>;
  close(): void;
}

/** Undefined when there is no such file; what was opened stays readable when it is deleted. */
export function openBlobFile(path: string): BlobFileReader | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  /** Tells how many bytes there are. */
  const fill = (room: Uint8Array, at: number, length: number): number => {
    let done = 0;
    for (let count = 1; count > 0 && done < length; done += count)
      count = readSync(file, room, done, length - done, at + done);
    return done;
  };
  const readUpTo = (at: number, most: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(most);
    return bytes.subarray(0, fill(bytes, at, most));
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
    readInto({ at, length, checksum }, room) {
      try {
        return fill(room, at, length) === length && crc32(room.subarray(0, length)) === checksum;
      } catch {
        return false;
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
