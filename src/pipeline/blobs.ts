import { closeSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { attempt, memoized } from '../memo.ts';
import { errorCode } from './files.ts';

/** Bytes in an append-only file of many blobs, and their checksum. */
export interface BlobRef {
  readonly file: string;
  readonly at: number;
  readonly length: number;
  /** CRC-32. */
  readonly checksum: number;
}

/** Every method treats a blob as absent if it is missing or its checksum differs. */
export interface BlobReader {
  read(ref: BlobRef): Uint8Array<ArrayBuffer> | undefined;
  /** Reads blobs into a buffer, one after another; false if one of them is missing. */
  readInto(refs: readonly BlobRef[], buffer: Uint8Array): boolean;
  /** Checks a blob and returns a function that reads from `start` to before `end` of it: it need not fit in memory. */
  open(ref: BlobRef): ((start: number, end: number) => Uint8Array<ArrayBuffer>) | undefined;
  close(): void;
}

/** The content of a blob file. Each kind has its own file, so that blobs that are read together are stored together. */
type BlobKind = 'contents' | 'reports' | 'records';

export interface BlobStore extends BlobReader {
  /** The blob can be read after the next `flush`. */
  write(kind: BlobKind, bytes: Uint8Array): BlobRef;
  /** @throws BlobFileError if a file cannot be written */
  flush(): void;
  /**
   * Switches to the fallback folder and drops unflushed blobs; false if there is no fallback or it is in use already.
   */
  fallBack(): boolean;
}

/** A file of blobs that cannot be written. */
export class BlobFileError extends Error {
  override readonly name = 'BlobFileError';

  constructor(path: string, error: unknown) {
    super(`Cannot write ${path}: ${errorCode(error)}; expected space for the temporary files of a build`);
  }
}

interface BlobFile {
  write(bytes: Uint8Array): BlobRef;
  flush(): void;
  close(): void;
}

const BUFFER_BYTES = 1 << 18;

/** @throws BlobFileError if the file exists or cannot be created */
export function createBlobFile(path: string): BlobFile {
  const checked = <Value>(action: () => Value): Value => {
    try {
      return action();
    } catch (error) {
      throw new BlobFileError(path, error);
    }
  };
  const file = checked(() => openSync(path, 'wx'));
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  let buffered = 0;
  let flushed = 0;
  const append = (bytes: Uint8Array, length: number): void => {
    for (let done = 0; done < length; )
      done += checked(() => writeSync(file, bytes, done, length - done, flushed + done));
    flushed += length;
  };
  const flush = (): void => {
    append(buffer, buffered);
    buffered = 0;
  };
  return {
    write(bytes) {
      const { length } = bytes;
      if (buffered + length > BUFFER_BYTES) flush();
      const ref = { file: path, at: flushed + buffered, length, checksum: crc32(bytes) };
      if (length > BUFFER_BYTES) append(bytes, length);
      else {
        buffer.set(bytes, buffered);
        buffered += length;
      }
      return ref;
    },
    flush,
    close: () => closeSync(file),
  };
}

/** The location of a thread's blob files. */
export interface BlobFolders {
  /** The prefix of the file names, unique to the build. */
  readonly prefix: string;
  readonly folder: string;
  /** Used when `folder` is full. */
  readonly fallback: string;
}

export function fileBlobs({ prefix, folder, fallback }: BlobFolders): BlobStore {
  const folders = [folder, fallback];
  const files = new Map<BlobKind, BlobFile>();
  const reader = blobReader();
  const closeFiles = (): void => {
    for (const file of files.values()) file.close();
    files.clear();
  };
  return {
    ...reader,
    write(kind, bytes) {
      const file =
        files.get(kind) ??
        createBlobFile(join(folders[0] ?? '', `${prefix}-${threadId}-${kind}${BLOB_SUFFIX}`));
      files.set(kind, file);
      return file.write(bytes);
    },
    flush() {
      for (const file of files.values()) file.flush();
    },
    fallBack() {
      if (folders.length === 1) return false;
      closeFiles();
      folders.shift();
      // If this fails, so does the next write.
      attempt(() => mkdirSync(fallback, { recursive: true, mode: 0o700 }));
      return true;
    },
    close() {
      reader.close();
      closeFiles();
    },
  };
}

export const BLOB_SUFFIX = '.blobs';
const CHUNK_BYTES = 1 << 20;

/** Bytes to read ahead if blobs are read in order: a system call for each takes 5 % of a build after an edit. */
const READ_AHEAD = 1 << 17;

/** A file that is being read. */
interface OpenFile {
  readonly file: number;
  /** Where the last read ended. */
  end: number;
  /** Bytes of the file, from `start`. */
  ahead: Uint8Array;
  start: number;
}

/** @returns the number of bytes read */
function readFully(file: number, bytes: Uint8Array, at: number): number {
  let done = 0;
  for (let count = 1; count > 0 && done < bytes.length; done += count)
    count = readSync(file, bytes, done, bytes.length - done, at + done);
  return done;
}

/** Opens each file on first use; an open file stays readable after it is deleted. */
export function blobReader(): BlobReader {
  const files = new Map<string, OpenFile>();
  const open = memoized(
    (path: string): OpenFile => ({ file: openSync(path, 'r'), end: 0, ahead: new Uint8Array(), start: 0 }),
    files,
  );
  const fill = (ref: BlobRef, start: number, bytes: Uint8Array): boolean => {
    const file = open(ref.file);
    const at = ref.at + start;
    const isNext = at === file.end;
    file.end = at + bytes.length;
    const isAhead = (): boolean => at >= file.start && file.end <= file.start + file.ahead.length;
    if (isNext && !isAhead() && bytes.length < READ_AHEAD) {
      const room = new Uint8Array(READ_AHEAD);
      file.ahead = room.subarray(0, readFully(file.file, room, at));
      file.start = at;
    }
    if (!isAhead()) return readFully(file.file, bytes, at) === bytes.length;
    bytes.set(file.ahead.subarray(at - file.start, file.end - file.start));
    return true;
  };
  const readInto = (ref: BlobRef, bytes: Uint8Array): boolean =>
    attempt(() => fill(ref, 0, bytes) && crc32(bytes) === ref.checksum) === true;
  const isIntact = (ref: BlobRef): boolean => {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, ref.length));
    let checksum = 0;
    for (let start = 0; start < ref.length; start += chunk.length) {
      const bytes = chunk.subarray(0, ref.length - start);
      if (attempt(() => fill(ref, start, bytes)) !== true) return false;
      checksum = crc32(bytes, checksum);
    }
    return checksum === ref.checksum;
  };
  return {
    read(ref) {
      const bytes = new Uint8Array(ref.length);
      return readInto(ref, bytes) ? bytes : undefined;
    },
    readInto(refs, buffer) {
      let at = 0;
      return refs.every((ref) => {
        const bytes = buffer.subarray(at, at + ref.length);
        at += ref.length;
        return readInto(ref, bytes);
      });
    },
    open(ref) {
      if (!isIntact(ref)) return undefined;
      return (start, end) => {
        const bytes = new Uint8Array(end - start);
        if (!fill(ref, start, bytes)) throw new Error(`Cannot read ${ref.file}: it ends too soon`);
        return bytes;
      };
    },
    close() {
      for (const { file } of files.values()) closeSync(file);
      files.clear();
    },
  };
}
