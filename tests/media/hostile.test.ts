import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MalformedMediaError } from '../../src/media/edits.ts';
import { stripMetadata } from '../../src/media/strip-metadata.ts';
import {
  box,
  fullBox,
  handlerBox,
  jpegSegment,
  jpegWith,
  latin1,
  movieOf,
  trackBox,
  uint16,
  uint32,
  WITH_METADATA,
  withMetadata,
  withoutMetadata,
} from '../support/media-bytes.ts';

/** The stripped file, or undefined for one that is not understood. */
function attempt(bytes: Buffer): Uint8Array | undefined {
  try {
    return stripMetadata(bytes).bytes;
  } catch (error) {
    if (error instanceof MalformedMediaError) return undefined;
    throw error;
  }
}

/** Where a number stands that says how long something is, most likely. */
const EXTREMES = [0x00, 0x01, 0x7f, 0x80, 0xff];

const change = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('number' as const), at: fc.nat(), value: fc.constantFrom(...EXTREMES) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), value: fc.nat({ max: 40 }) }),
  fc.record({ kind: fc.constant('copy' as const), at: fc.nat(), value: fc.nat() }),
  fc.record({ kind: fc.constant('end' as const), at: fc.nat(), value: fc.constant(0) }),
);

function apply(bytes: Buffer, { kind, at, value }: { kind: string; at: number; value: number }): Buffer {
  const place = at % Math.max(1, bytes.length);
  const rest = bytes.subarray(place);
  if (kind === 'end') return Buffer.from(bytes.subarray(0, place));
  if (kind === 'cut') return Buffer.concat([bytes.subarray(0, place), rest.subarray(value)]);
  if (kind === 'copy') {
    const from = value % Math.max(1, bytes.length);
    return Buffer.concat([bytes.subarray(0, place), bytes.subarray(from, from + 64), rest]);
  }
  return Buffer.from(bytes).fill(value, place, Math.min(bytes.length, place + (kind === 'byte' ? 1 : 4)));
}

describe('a damaged file', () => {
  test.each(WITH_METADATA)('%s is stripped, or not understood', (name) => {
    const whole = withMetadata(name);
    const mutation = fc.array(change, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(mutation, (changes) => {
        const damaged = changes.reduce(apply, whole);
        const before = Buffer.from(damaged);
        const once = attempt(damaged);
        expect(damaged.equals(before)).toBe(true);
        if (once === undefined) return;
        expect(once.length).toBeLessThanOrEqual(damaged.length + 64);
        // What was damaged may be understood otherwise now, but is stripped all the same.
        const twice = attempt(Buffer.from(once));
        if (twice !== undefined)
          expect(Buffer.from(attempt(Buffer.from(twice)) ?? twice).equals(twice)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('is not understood, or is still stripped, wherever it is cut off', () => {
    for (const name of WITH_METADATA) {
      const whole = withMetadata(name);
      const step = Math.ceil(whole.length / 97);
      for (let end = 0; end < whole.length; end += step) attempt(Buffer.from(whole.subarray(0, end)));
    }
  });
});

/*
 * Each of these has a loop or a number that would cost far more than the file is long: all of them together would take
 * hours if anything but the length of the file counted.
 */
describe('a file that is made to cost much', () => {
  const MEGABYTE = 2 ** 20;
  const many = (part: Buffer, bytes = 4 * MEGABYTE): Buffer =>
    Buffer.alloc(Math.floor(bytes / part.length) * part.length, part);
  const VIDEO = ['vide', latin1('x')] as const;
  const png = withoutMetadata('a.png');

  /** `meta` with items of Exif, whose places follow. */
  const still = (items: number, places: Buffer): Buffer => {
    const infos = Array.from({ length: items }, (_, id) =>
      box('infe', Buffer.from([2, 0, 0, 0]), uint16(id), uint16(0), latin1('Exif\0')),
    );
    return Buffer.concat([
      box('ftyp', latin1('avif'), uint32(0)),
      fullBox('meta', handlerBox('pict'), fullBox('iinf', uint16(items), ...infos), box('iloc', places)),
      box('mdat', Buffer.alloc(4 * MEGABYTE, 1)),
    ]);
  };
  const everywhere = (count: number): Buffer =>
    Buffer.concat([
      uint32(0),
      Buffer.from([0x44, 0]),
      uint16(count),
      ...Array.from({ length: count }, (_, id) =>
        Buffer.concat([uint16(id), uint16(0), uint16(1), uint32(count * 40 + 9999), uint32(3 * MEGABYTE)]),
      ),
    ]);

  test.each([
    [
      'chunks without content',
      Buffer.concat([
        png.subarray(0, 33),
        many(box('teSt', Buffer.alloc(4)).fill(0, 0, 4)),
        png.subarray(33),
      ]),
    ],
    ['segments without content', jpegWith(many(jpegSegment(0xfe)))],
    ['markers without end', jpegWith(Buffer.alloc(4 * MEGABYTE, 0xff))],
    [
      'a scan of nothing but restarts',
      Buffer.concat([jpegWith(jpegSegment(0xda)), many(latin1('\xff\xd0'))]),
    ],
    [
      'XMP of nothing but openings',
      jpegWith(
        many(jpegSegment(0xe1, latin1(`http://ns.adobe.com/xap/1.0/\0${'<dc:creator'.repeat(5000)}`))),
      ),
    ],
    ['boxes without content', movieOf([VIDEO], many(box('free')))],
    [
      'tracks that share their subtitles',
      movieOf([VIDEO], many(trackBox('text', { at: 24, length: 2 ** 22 }))),
    ],
    [
      'tracks of metadata that share their samples',
      movieOf(
        [VIDEO, ['soun', Buffer.alloc(MEGABYTE, 1)]],
        many(trackBox('meta', { at: 30, length: MEGABYTE })),
      ),
    ],
    [
      'a table of more samples than the file has bytes',
      movieOf([VIDEO], trackBox('meta', { at: 24, length: 0xffffffff })),
    ],
    ['items that all are the whole file', still(3000, everywhere(3000))],
    [
      'items of pieces that take no bytes',
      still(
        1,
        Buffer.concat([
          Buffer.from([1, 0, 0, 0, 0, 0]),
          uint16(60_000),
          many(Buffer.concat([uint32(0), uint16(0), uint16(0xffff)])),
        ]),
      ),
    ],
    [
      'lists in lists',
      movieOf(
        [VIDEO],
        box(
          'udta',
          fullBox(
            'meta',
            handlerBox('mdir'),
            box('ilst', many(box('covr', box('data', uint32(0), uint32(0))))),
          ),
        ),
      ),
    ],
    [
      'blocks of one byte',
      Buffer.concat([withoutMetadata('a.gif').subarray(0, -1), many(latin1('!\xfe\x01x\0'))]),
    ],
    [
      'frames without content',
      Buffer.concat([latin1('ID3\x03\0\0\x01\0\0\0'), many(latin1('COMM\0\0\0\0\0\0'), 2 ** 21)]),
    ],
    ['pages without content', many(Buffer.concat([latin1('OggS'), Buffer.alloc(23)]))],
    [
      'comments without number',
      Buffer.concat([latin1('fLaC\x84\xff\xff\xf8'), uint32(0), Buffer.alloc(2 ** 24, 0xff)]),
    ],
    [
      'elements in elements',
      Buffer.concat([Buffer.from('1a45dfa380', 'hex'), many(Buffer.from('1853806701ffffffffffffff', 'hex'))]),
    ],
    [
      'elements without content',
      Buffer.concat([Buffer.from('1a45dfa380', 'hex'), many(Buffer.from('1254c36780', 'hex'))]),
    ],
  ])('such as one of %s is done with', (_, bytes) => {
    const stripped = attempt(bytes);
    if (stripped !== undefined) expect(stripped.length).toBeLessThanOrEqual(bytes.length);
  });
});
