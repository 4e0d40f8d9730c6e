import { copyBytes } from './byte-writer.ts';
import { crcAppend, crcConcat } from './crc32.ts';
import {
  MAX_STORED,
  type Pack,
  rowCrc,
  rowDeflatedLength,
  rowLength,
  rowShift,
  type Sink,
  STORED_HEADER_BYTES,
  writeStoredHeader,
} from './fragment.ts';
import { encodeUtf8, MAX_UTF8, writeUtf8 } from './utf8.ts';

/** RFC 1952 §2.3: no name and no time, so that output is deterministic; operating system unknown. */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/** RFC 1951 §3.2.3: a final block of fixed codes that holds only the end-of-block code. */
const FINAL_BLOCK = [0x03, 0x00];
const TRAILER_BYTES = 8;
/** Stored pieces up to this length share a block with their neighbours. */
const MAX_JOINED = 128;
/** `TextEncoder` is faster for longer texts. */
const MAX_TEXT = 1024;

/** Writes to a sink. */
type Write = (sink: Sink) => void;
/** Receives bytes that are overwritten after it returns. */
type Use<Result> = (bytes: Uint8Array<ArrayBuffer>) => Result;

/** The uncompressed bytes. */
export function concatenate<Result>(write: Write, use: Use<Result>): Result {
  const sink = new PlainSink();
  write(sink);
  return sink.finish(use);
}

/**
 * A gzip member (RFC 1952 §2.3) that decompresses to the result of `concatenate`. It compresses nothing: it
 * concatenates deflate blocks that end on byte boundaries, and combines the checksums of the pieces.
 */
export function gzip<Result>(write: Write, use: Use<Result>): Result {
  const sink = new GzipSink();
  write(sink);
  return sink.finish(use);
}

const FIRST_BYTES = 128 * 1024;
/** Larger buffers are not kept. */
const MAX_POOLED_BYTES = 1024 * 1024;

/** The buffer of the last response: reuse is cheaper than allocation. */
let pooled: Uint8Array<ArrayBuffer> | undefined;

/** A growing buffer that reuses the memory of the last response. */
class OutputBuffer {
  bytes = pooled ?? new Uint8Array(FIRST_BYTES);
  at = 0;

  constructor() {
    pooled = undefined;
  }

  /** Ensures space for more bytes. */
  reserve(count: number): void {
    const wanted = this.at + count;
    if (wanted <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, wanted));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }

  copy(source: Uint8Array, start: number, length: number): void {
    this.reserve(length);
    copyBytes(source, start, length, this.bytes, this.at);
    this.at += length;
  }

  /** Writes a range of a text. */
  text(text: string, start: number, end: number): void {
    this.reserve(MAX_UTF8 * (end - start));
    this.at = writeUtf8(text, start, end, this.bytes, this.at);
  }

  finish<Result>(use: Use<Result>): Result {
    const result = use(this.bytes.subarray(0, this.at));
    if (this.bytes.length <= MAX_POOLED_BYTES) pooled = this.bytes;
    return result;
  }
}

class PlainSink implements Sink {
  readonly #output = new OutputBuffer();

  packed(pack: Pack, row: number, bytesAt: number): void {
    this.#output.copy(pack.bytes, bytesAt, rowLength(pack, row));
  }

  text(text: string, start: number, end: number): void {
    if (end - start <= MAX_TEXT) {
      this.#output.text(text, start, end);
    } else {
      const bytes = encodeUtf8(text.slice(start, end));
      this.#output.copy(bytes, 0, bytes.length);
    }
  }

  finish<Result>(use: Use<Result>): Result {
    return this.#output.finish(use);
  }
}

class GzipSink implements Sink {
  readonly #output = new OutputBuffer();
  /** The offset of the header of the open stored block, to which short pieces are added; 0 if there is none. */
  #blockAt = 0;
  #crc = 0;
  #size = 0;

  constructor() {
    this.#output.bytes.set(HEADER);
    this.#output.at = HEADER.length;
  }

  packed(pack: Pack, row: number, bytesAt: number, deflatedAt: number): void {
    const length = rowLength(pack, row);
    const deflatedLength = rowDeflatedLength(pack, row);
    if (length <= MAX_JOINED && deflatedLength >= length) {
      this.#openBlock(length);
      this.#output.copy(pack.bytes, bytesAt, length);
    } else {
      this.#closeBlock();
      this.#output.copy(pack.bytes, deflatedAt, deflatedLength);
    }
    this.#crc = crcConcat(this.#crc, rowCrc(pack, row), rowShift(pack, row));
    this.#size += length;
  }

  text(text: string, start: number, end: number): void {
    const output = this.#output;
    if (start === end) return;
    if (end - start > MAX_TEXT) {
      const bytes = encodeUtf8(text.slice(start, end));
      this.#store(bytes, 0, bytes.length);
      return;
    }
    this.#openBlock(MAX_UTF8 * (end - start));
    const from = output.at;
    output.text(text, start, end);
    this.#crc = crcAppend(this.#crc, output.bytes, from, output.at);
    this.#size += output.at - from;
  }

  finish<Result>(use: Use<Result>): Result {
    this.#closeBlock();
    const output = this.#output;
    output.reserve(FINAL_BLOCK.length + TRAILER_BYTES);
    output.bytes.set(FINAL_BLOCK, output.at);
    const trailer = new DataView(output.bytes.buffer, output.at + FINAL_BLOCK.length);
    trailer.setUint32(0, this.#crc, true);
    trailer.setUint32(4, this.#size >>> 0, true);
    output.at += FINAL_BLOCK.length + TRAILER_BYTES;
    return output.finish(use);
  }

  #store(bytes: Uint8Array, start: number, length: number): void {
    this.#crc = crcAppend(this.#crc, bytes, start, start + length);
    this.#size += length;
    for (let done = 0; done < length; ) {
      const count = Math.min(MAX_STORED, length - done);
      this.#openBlock(count);
      this.#output.copy(bytes, start + done, count);
      done += count;
    }
  }

  /** Ensures a stored block (RFC 1951 §3.2.4) with space for more bytes; consecutive pieces share one. */
  #openBlock(count: number): void {
    const output = this.#output;
    if (this.#blockAt !== 0) {
      if (output.at + count <= this.#blockAt + STORED_HEADER_BYTES + MAX_STORED) return;
      this.#closeBlock();
    }
    this.#blockAt = output.at;
    output.reserve(STORED_HEADER_BYTES);
    output.at += STORED_HEADER_BYTES;
  }

  #closeBlock(): void {
    if (this.#blockAt === 0) return;
    const { bytes, at } = this.#output;
    writeStoredHeader(bytes, this.#blockAt, at - this.#blockAt - STORED_HEADER_BYTES);
    this.#blockAt = 0;
  }
}
