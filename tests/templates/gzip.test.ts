import { createHash } from 'node:crypto';
import { constants, deflateRawSync, gunzipSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32, crcAppend, crcConcat, crcShift } from '../../src/templates/crc32.ts';
import {
  type Codec,
  encodeFragment,
  packOf,
  type Sink,
  StoredFragment,
  writeFragment,
} from '../../src/templates/fragment.ts';
import { concatenate, gzip } from '../../src/templates/gzip.ts';

/** Bytes that look random and are always the same. */
function bytesOf(seed: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${seed}${i}`).digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

interface Packed {
  readonly bytes: Uint8Array;
  writeTo(sink: Sink): void;
}

function deflated(bytes: Uint8Array): Packed {
  return packed(bytes, (part) => deflateRawSync(part, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }));
}

/** What compression would not make shorter. */
function stored(text: string): Packed {
  return packed(new TextEncoder().encode(text), ({ length }) => new Uint8Array(2 * length));
}

/** A fragment of the store. */
function packed(bytes: Uint8Array, deflate: Codec['deflate']): Packed {
  const encoded = encodeFragment(bytes, 'abcde', { deflate, crc32: zlibCrc32 });
  const pack = packOf(new ArrayBuffer(encoded.length));
  writeFragment(encoded, pack, 0);
  return { bytes, writeTo: (sink) => new StoredFragment(pack, 0).write(sink, () => {}) };
}

type Piece = Packed | string;

function write(pieces: readonly Piece[]): (sink: Sink) => void {
  return (sink) => {
    for (const piece of pieces) {
      if (typeof piece === 'string') sink.text(piece);
      else piece.writeTo(sink);
    }
  };
}

const plain = (pieces: readonly Piece[]): Buffer => Buffer.from(concatenate(write(pieces)));
const zipped = (pieces: readonly Piece[]): Buffer => Buffer.from(gzip(write(pieces)));

const LENGTHS = [0, 1, 2, 7, 8, 31, 32, 63, 64, 65, 71, 72, 255, 256, 65_534, 65_535, 65_536, 200_001];

describe('CRC-32', () => {
  test('has the check value of RFC 1952 implementations', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  test.each(LENGTHS)('agrees with zlib on %i bytes', (length) => {
    expect(crc32(bytesOf('a', length))).toBe(zlibCrc32(bytesOf('a', length)));
  });

  test.each(LENGTHS)('of a concatenation with %i bytes follows from its parts', (length) => {
    const [first, second] = [bytesOf('first', 1000), bytesOf('second', length)];
    const whole = new Uint8Array([...first, ...second]);
    expect(crcConcat(crc32(first), crc32(second), crcShift(length))).toBe(crc32(whole));
  });

  test.each(LENGTHS)('goes on with %i bytes', (length) => {
    const [first, second] = [bytesOf('first', 1000), bytesOf('second', length)];
    const whole = new Uint8Array([...first, ...second]);
    expect(crcAppend(crc32(first), whole, 1000, whole.length)).toBe(crc32(whole));
  });

  test('shifts by more bytes than fit in 32 bits of bits', () => {
    // x^(8a) · x^(8b) = x^(8(a+b)): concatenating with zero polynomials composes the shifts.
    const [a, b] = [2 ** 31, 2 ** 30 + 12_345];
    expect(crcConcat(crcShift(a), 0, crcShift(b))).toBe(crcShift(a + b));
  });
});

describe('gzip by concatenation', () => {
  test('decompresses to the concatenation, whatever the pieces', () => {
    const pieces = LENGTHS.flatMap((length) => [
      deflated(bytesOf('x', length)),
      'x'.repeat(length),
      deflated(new TextEncoder().encode('the same words again and again. '.repeat(length % 97))),
      stored('ş'.repeat(length)),
      `${'y'.repeat(length)}ş`,
    ]);
    const texts = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece.bytes));
    expect(Buffer.compare(plain(pieces), Buffer.concat(texts))).toBe(0);
    expect(Buffer.compare(gunzipSync(zipped(pieces)), plain(pieces))).toBe(0);
  });

  test('of short texts is shorter than a block for each', () => {
    expect(zipped(['a', 'b', stored('c')]).length).toBe(zipped([]).length + 5 + 3);
  });

  test('of nothing is an empty gzip member', () => {
    expect(gunzipSync(zipped([])).length).toBe(0);
    expect(gunzipSync(zipped(['', stored('')])).length).toBe(0);
    expect(plain([]).length).toBe(0);
  });

  test('of texts is what they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('é'.repeat(600)))),
        (texts) => {
          const whole = texts.map((text) => text.toWellFormed()).join('');
          expect(plain(texts).toString()).toBe(whole);
          expect(gunzipSync(zipped(texts)).toString()).toBe(whole);
          expect(gunzipSync(zipped(texts.map(stored))).toString()).toBe(whole);
        },
      ),
    );
  });
});
