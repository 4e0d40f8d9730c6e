import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addBit,
  countBits,
  emptyBits,
  hasBit,
  keepLargest,
  membersByRank,
  membersWithin,
  nextMember,
  removeBit,
  visitBits,
} from '../../src/store/bits.ts';
import {
  ByteWriter,
  type Cursor,
  fnv1a,
  MAX_VARINT_BYTES,
  partitionPoint,
  readVarint,
  writeVarint,
} from '../../src/templates/bytes.ts';

describe('bits', () => {
  test('are a set', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), fc.nat(201), fc.nat(201), (numbers, a, b) => {
        const bits = emptyBits(201);
        for (const number of numbers) addBit(bits, number);
        const sorted = numbers.toSorted((x, y) => x - y);
        expect(countBits(bits)).toBe(sorted.length);
        expect(hasBit(bits, a)).toBe(numbers.includes(a));
        expect(nextMember(bits, a)).toBe(sorted.find((number) => number >= a));
        const ranks = [Math.min(a, b), Math.max(a, b)] as const;
        expect(membersByRank(bits, ...ranks)).toEqual(sorted.slice(...ranks));
        expect(membersByRank(bits, ...ranks, sorted.length)).toEqual(sorted.slice(...ranks));
        expect(membersWithin(bits, ...ranks)).toEqual(
          sorted.filter((number) => number >= ranks[0] && number < ranks[1]),
        );
        keepLargest(bits, a);
        const largest = a === 0 ? [] : sorted.slice(-a);
        expect(membersByRank(bits, 0, 201)).toEqual(largest);
        removeBit(bits, b);
        const visited: number[] = [];
        visitBits(bits, (member) => visited.push(member));
        expect(visited).toEqual(largest.filter((number) => number !== b));
      }),
    );
  });
});

const u32 = fc.oneof(
  fc.nat(300),
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0x7f, 0x80, 0xffff_ffff),
);

describe('a varint', () => {
  test('gives back the number', () => {
    fc.assert(
      fc.property(fc.array(u32, { maxLength: 20 }), (numbers) => {
        const bytes = new Uint8Array(MAX_VARINT_BYTES * numbers.length);
        const end = numbers.reduce((at, number) => writeVarint(bytes, at, number), 0);
        const cursor: Cursor = { bytes: bytes.subarray(0, end), at: 0 };
        expect(numbers.map(() => readVarint(cursor))).toEqual(numbers);
        expect(cursor.at).toBe(end);
      }),
    );
  });

  test('of any bytes ends, and is a number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const cursor: Cursor = { bytes, at: 0 };
        const number = readVarint(cursor);
        expect(number >>> 0).toBe(number);
        expect(cursor.at).toBeLessThanOrEqual(1 + MAX_VARINT_BYTES);
      }),
    );
  });
});

describe('a byte writer', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('u32' as const), value: u32 }),
    fc.record({ kind: fc.constant('varint' as const), value: u32 }),
    fc.record({ kind: fc.constant('byte' as const), value: fc.nat(255) }),
    fc.record({ kind: fc.constant('f64' as const), value: fc.double() }),
    fc.record({ kind: fc.constant('bytes' as const), value: fc.uint8Array({ maxLength: 50 }) }),
    fc.record({ kind: fc.constant('align' as const), value: fc.constantFrom(4, 8) }),
  );

  test('holds what was written, however often it grew, and again after it was cleared', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(9), (steps, capacity) => {
        const writer = new ByteWriter(capacity);
        for (let round = 0; round < 2; round++) {
          writer.clear();
          const expected: number[] = [];
          for (const { kind, value } of steps) {
            if (kind === 'u32') {
              writer.u32(value);
              expected.push(...new Uint8Array(Uint32Array.of(value).buffer));
            } else if (kind === 'varint') {
              writer.varint(value);
              const varint = new Uint8Array(MAX_VARINT_BYTES);
              expected.push(...varint.subarray(0, writeVarint(varint, 0, value)));
            } else if (kind === 'byte') {
              writer.byte(value);
              expected.push(value);
            } else if (kind === 'f64') {
              writer.f64s([value]);
              expected.push(...new Uint8Array(Float64Array.of(value).buffer));
            } else if (kind === 'bytes') {
              const other = new ByteWriter();
              other.bytes(value);
              writer.bytes(value, 1);
              writer.append(other);
              expected.push(...value.subarray(1), ...value);
            } else {
              writer.align(value);
              while (expected.length % value !== 0) expected.push(0);
            }
          }
          expect(writer.length).toBe(expected.length);
          expect([...writer.toBytes()]).toEqual(expected);
          expect([...writer.view()]).toEqual(expected);
        }
      }),
    );
  });
});

describe('a partition point', () => {
  test('is the first index that is not before', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(120), (start, length, limit) => {
        const end = start + length;
        const expected = Math.min(end, Math.max(start, limit));
        expect(partitionPoint(start, end, (index) => index < limit)).toBe(expected);
      }),
    );
  });
});

describe('FNV-1a', () => {
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('of "%s" is that of the draft', (text, expected) => {
    const bytes = new TextEncoder().encode(`x${text}x`);
    expect(fnv1a(bytes, 1, bytes.length - 1) >>> 0).toBe(expected);
  });
});
