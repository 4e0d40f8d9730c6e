import { createHash } from 'node:crypto';
import { constants, deflateRawSync, gunzipSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatenate, gzip } from '../src/http/gzip.ts';
import { crc32, crcConcat, crcShift } from '../src/store/crc32.ts';
import { type Literal, PackedLiteral } from '../src/store/fragment.ts';
import { storedLiteral, storedLiterals } from '../src/store/stored-literal.ts';

/** Bytes that look random and are always the same. */
function bytesOf(seed: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${seed}${i}`).digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

function deflated(bytes: Uint8Array): Literal {
  const deflated = deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
  const pack = new Uint8Array([...bytes, ...deflated]);
  const { length } = bytes;
  return new PackedLiteral(pack, 0, length, length, deflated.length, crc32(bytes), crcShift(length));
}

const LENGTHS = [0, 1, 2, 7, 8, 31, 32, 255, 256, 65_534, 65_535, 65_536, 200_001];

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

  test('shifts by more bytes than fit in 32 bits of bits', () => {
    // x^(8a) · x^(8b) = x^(8(a+b)): concatenating with zero polynomials composes the shifts.
    const [a, b] = [2 ** 31, 2 ** 30 + 12_345];
    expect(crcConcat(crcShift(a), 0, crcShift(b))).toBe(crcShift(a + b));
  });
});

describe('gzip by concatenation', () => {
  test('decompresses to the concatenation, whatever the pieces', () => {
    const literals = LENGTHS.flatMap((length) => [
      deflated(bytesOf('x', length)),
      deflated(new TextEncoder().encode('the same words again and again. '.repeat(length % 97))),
      storedLiteral('ş'.repeat(length)),
    ]);
    expect(Buffer.compare(gunzipSync(gzip(literals)), concatenate(literals))).toBe(0);
  });

  test('of nothing is an empty gzip member', () => {
    expect(gunzipSync(gzip([])).length).toBe(0);
    expect(concatenate([]).length).toBe(0);
  });
});

describe('texts that share an array', () => {
  test('are what each is alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('é'.repeat(600)))),
        (texts) => {
          const shared = storedLiterals(texts);
          const alone = texts.map(storedLiteral);
          expect(shared.map(({ crc, shift, length }) => [crc, shift, length])).toEqual(
            alone.map(({ crc, shift, length }) => [crc, shift, length]),
          );
          expect(Buffer.compare(concatenate(shared), concatenate(alone))).toBe(0);
          expect(gunzipSync(gzip(shared)).toString()).toBe(texts.map((text) => text.toWellFormed()).join(''));
          for (const [index, { bytes, deflated: packed }] of shared.entries()) {
            expect(Buffer.compare(bytes, alone[index]?.bytes ?? bytes)).toBe(0);
            expect(Buffer.compare(packed, alone[index]?.deflated ?? packed)).toBe(0);
          }
        },
      ),
    );
  });
});
