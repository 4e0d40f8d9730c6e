import { ByteWriter, MAX_UTF8 } from './bytes.ts';
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

/** RFC 1952 §2.3: no name and no time, so that output is deterministic; operating system unknown. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** RFC 1951 §3.2.3: a final block of fixed codes that holds only the end-of-block code. */
const FINAL_BLOCK = Uint8Array.of(0x03, 0x00);
/** Stored pieces up to this length share a block with their neighbours. */
const MAX_JOINED = 128;
/** A longer text is cut, so that it fits into a block. */
const MAX_TEXT = 16_384;
const USUAL_BYTES = 128 * 1024;

type Write = (sink: Sink) => void;

/** The buffer of the last response. Its reuse saves a quarter of a response that was never asked for before. */
let pooled: ByteWriter | undefined;
/** A larger buffer is not kept. */
const MAX_POOLED_BYTES = 1024 * 1024;

/** @returns what is written, in a buffer that the next call overwrites */
function withBuffer(use: (output: ByteWriter) => void): Uint8Array<ArrayBuffer> {
  const output = pooled ?? new ByteWriter(USUAL_BYTES);
  // It is in use: a write may concatenate other pieces.
  pooled = undefined;
  output.clear();
  use(output);
  if (output.length <= MAX_POOLED_BYTES) pooled = output;
  return output.view();
}

/** The uncompressed bytes, in a buffer that the next call overwrites. */
export function concatenate(write: Write): Uint8Array<ArrayBuffer> {
  return withBuffer((output) =>
    write({
      packed: (pack, row, bytesAt) => output.bytes(pack.bytes, bytesAt, bytesAt + rowLength(pack, row)),
      text: (text) => output.text(text),
    }),
  );
}

/**
 * A gzip member (RFC 1952 §2.3) that decompresses to the result of `concatenate`. It compresses nothing: it
 * concatenates deflate blocks that end on byte boundaries, and combines the checksums of the pieces.
 *
 * @returns a buffer that the next call overwrites
 */
export function gzip(write: Write): Uint8Array<ArrayBuffer> {
  return withBuffer((output) => {
    const sink = new GzipSink(output);
    write(sink);
    sink.finish();
  });
}

class GzipSink implements Sink {
  readonly #output: ByteWriter;
  /** The offset of the header of the open stored block, to which short pieces are added; 0 if there is none. */
  #blockAt = 0;
  #crc = 0;
  #size = 0;

  constructor(output: ByteWriter) {
    this.#output = output;
    output.bytes(HEADER);
  }

  packed(pack: Pack, row: number, bytesAt: number, deflatedAt: number): void {
    const length = rowLength(pack, row);
    const deflatedLength = rowDeflatedLength(pack, row);
    if (length <= MAX_JOINED && deflatedLength >= length) {
      this.#openBlock(length);
      this.#output.bytes(pack.bytes, bytesAt, bytesAt + length);
    } else {
      this.#closeBlock();
      this.#output.bytes(pack.bytes, deflatedAt, deflatedAt + deflatedLength);
    }
    this.#crc = crcConcat(this.#crc, rowCrc(pack, row), rowShift(pack, row));
    this.#size += length;
  }

  text(text: string): void {
    const output = this.#output;
    for (let start = 0; start < text.length; ) {
      // A surrogate pair stays whole.
      const end = start + MAX_TEXT - (isHighSurrogate(text, start + MAX_TEXT - 1) ? 1 : 0);
      const piece = text.slice(start, end);
      this.#openBlock(MAX_UTF8 * piece.length);
      const from = output.length;
      output.text(piece);
      this.#crc = crcAppend(this.#crc, output.buffer, from, output.length);
      this.#size += output.length - from;
      start = end;
    }
  }

  finish(): void {
    this.#closeBlock();
    this.#output.bytes(FINAL_BLOCK);
    this.#output.u32(this.#crc);
    this.#output.u32(this.#size);
  }

  /** Ensures a stored block (RFC 1951 §3.2.4) with space for more bytes; consecutive pieces share one. */
  #openBlock(count: number): void {
    const output = this.#output;
    const end = this.#blockAt + STORED_HEADER_BYTES + MAX_STORED;
    if (this.#blockAt !== 0 && output.length + count > end) this.#closeBlock();
    if (this.#blockAt !== 0) return;
    this.#blockAt = output.length;
    output.skip(STORED_HEADER_BYTES);
  }

  #closeBlock(): void {
    if (this.#blockAt === 0) return;
    const output = this.#output;
    writeStoredHeader(output.buffer, this.#blockAt, output.length - this.#blockAt - STORED_HEADER_BYTES);
    this.#blockAt = 0;
  }
}

function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}
