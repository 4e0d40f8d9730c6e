import { createHash } from 'node:crypto';
import { constants, deflateRawSync, gunzipSync, crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { concatenate, gzip } from '../src/http/gzip.ts';
import { crc32, crcConcat, crcShift } from '../src/store/crc32.ts';
import { type Literal, literalOf, storedLiteral } from '../src/store/fragment.ts';

/** Bytes that look random and are always the same. */
function bytesOf(seed: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${seed}${i}`).digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

function deflated(bytes: Uint8Array): Literal {
  return literalOf(bytes, deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }));
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
