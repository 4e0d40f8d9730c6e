import { ByteWriter } from './byte-writer.ts';
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
import { encodeUtf8 } from './utf8.ts';

/** RFC 1952 §2.3: no name and no time, so that output is deterministic; operating system unknown. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** RFC 1951 §3.2.3: a final block of fixed codes that holds only the end-of-block code. */
const FINAL_BLOCK = Uint8Array.of(0x03, 0x00);
/** Stored pieces up to this length share a block with their neighbours. */
const MAX_JOINED = 128;
const USUAL_BYTES = 32 * 1024;

/** Writes to a sink. */
type Write = (sink: Sink) => void;

/** The uncompressed bytes. */
export function concatenate(write: Write): Uint8Array<ArrayBuffer> {
  const output = new ByteWriter(USUAL_BYTES);
  write({
    packed: (pack, row, bytesAt) => output.bytes(pack.bytes, bytesAt, bytesAt + rowLength(pack, row)),
    text: (text) => output.bytes(encodeUtf8(text)),
  });
  return output.view();
}

/**
 * A gzip member (RFC 1952 §2.3) that decompresses to the result of `concatenate`. It compresses nothing: it
 * concatenates deflate blocks that end on byte boundaries, and combines the checksums of the pieces.
 */
export function gzip(write: Write): Uint8Array<ArrayBuffer> {
  const sink = new GzipSink();
  write(sink);
  return sink.finish();
}

class GzipSink implements Sink {
  readonly #output = new ByteWriter(USUAL_BYTES);
  /** The offset of the header of the open stored block, to which short pieces are added; 0 if there is none. */
  #blockAt = 0;
  #crc = 0;
  #size = 0;

  constructor() {
    this.#output.bytes(HEADER);
  }

  packed(pack: Pack, row: number, bytesAt: number, deflatedAt: number): void {
    const length = rowLength(pack, row);
    const deflatedLength = rowDeflatedLength(pack, row);
    if (length <= MAX_JOINED && deflatedLength >= length) {
      this.#store(pack.bytes, bytesAt, length);
    } else {
      this.#closeBlock();
      this.#output.bytes(pack.bytes, deflatedAt, deflatedAt + deflatedLength);
    }
    this.#crc = crcConcat(this.#crc, rowCrc(pack, row), rowShift(pack, row));
    this.#size += length;
  }

  text(text: string): void {
    const bytes = encodeUtf8(text);
    for (let start = 0; start < bytes.length; start += MAX_STORED)
      this.#store(bytes, start, Math.min(MAX_STORED, bytes.length - start));
    this.#crc = crcAppend(this.#crc, bytes, 0, bytes.length);
    this.#size += bytes.length;
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#closeBlock();
    this.#output.bytes(FINAL_BLOCK);
    this.#output.u32(this.#crc);
    this.#output.u32(this.#size);
    return this.#output.view();
  }

  /** Adds bytes to a stored block (RFC 1951 §3.2.4); consecutive pieces share one. */
  #store(bytes: Uint8Array, start: number, length: number): void {
    const output = this.#output;
    const end = this.#blockAt + STORED_HEADER_BYTES + MAX_STORED;
    if (this.#blockAt !== 0 && output.length + length > end) this.#closeBlock();
    if (this.#blockAt === 0) {
      this.#blockAt = output.length;
      output.skip(STORED_HEADER_BYTES);
    }
    output.bytes(bytes, start, start + length);
  }

  #closeBlock(): void {
    if (this.#blockAt === 0) return;
    const output = this.#output;
    writeStoredHeader(output.view(), this.#blockAt, output.length - this.#blockAt - STORED_HEADER_BYTES);
    this.#blockAt = 0;
  }
}
