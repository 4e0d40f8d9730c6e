import ExifReader from 'exifreader';
import { describe, expect, test } from 'vitest';
import { stripMetadata } from '../../src/media/strip-metadata.ts';
import {
  type ExifValue,
  exifLong,
  exifOf,
  exifShort,
  exifText,
  jpegSegment,
  jpegWith,
  latin1,
  strip,
  uint16,
  uint32,
  withMetadata,
  withoutMetadata,
} from '../support/media-bytes.ts';

const EXIF = latin1('Exif\0\0');
const ORIENTATION = exifShort(0x0112, 8);

function exifSegment(values: readonly ExifValue[], next?: number): Buffer {
  return jpegSegment(0xe1, EXIF, exifOf(values, next));
}

describe('a JPEG', () => {
  const plain = withoutMetadata('a.jpg');

  test.each([
    ['a comment', jpegSegment(0xfe, latin1('SECRET')), ['comments']],
    ['a thumbnail in JFIF', jpegSegment(0xe0, latin1('JFXX\0\x10SECRET')), ['thumbnails']],
    ['a list of other pictures', jpegSegment(0xe2, latin1('MPF\0SECRET')), ['thumbnails']],
    [
      'extended XMP',
      jpegSegment(0xe1, latin1('http://ns.adobe.com/xmp/extension/\0SECRET')),
      ['other metadata'],
    ],
    ['signed claims', jpegSegment(0xeb, latin1('JP\0SECRET')), ['other metadata']],
    ['what a program keeps', jpegSegment(0xec, latin1('Ducky SECRET')), ['other metadata']],
    ['Exif that is none', jpegSegment(0xe1, EXIF, latin1('SECRET')), ['other metadata']],
    ['nothing but a camera', exifSegment([exifText(0x010f, 'SECRET')]), ['other metadata']],
  ])('with %s is again what it was', (_, segment, removed) => {
    const result = strip(jpegWith(segment));
    expect(result.bytes).toEqual(plain);
    expect(result.removed).toEqual(removed);
  });

  test.each([
    ['a thumbnail', jpegSegment(0xe0, latin1('JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01SECRET'))],
    ['Exif in front', exifSegment([ORIENTATION, exifText(0x010f, 'SECRET')])],
    [
      'a name of a place',
      jpegSegment(
        0xed,
        latin1('Photoshop 3.0\0'),
        iptc([
          [2, 80, 'Jane'],
          [2, 90, 'SECRET'],
        ]),
      ),
    ],
  ])('keeps the rest of a segment with %s', (_, segment) => {
    const { bytes, text } = strip(jpegWith(segment));
    expect(text).not.toContain('SECRET');
    expect(bytes.length).toBeGreaterThan(plain.length);
  });

  test.each([
    ['how it is turned', exifSegment([ORIENTATION])],
    ['its author', exifSegment([exifText(0x013b, 'Jane Roe')])],
    ['a colour profile', jpegSegment(0xe2, latin1('ICC_PROFILE\0\x01\x01profile'))],
    ['what Adobe says of its colours', jpegSegment(0xee, latin1('Adobe\0d\0\0\0\0\x01'))],
    ['its author in IPTC', jpegSegment(0xed, latin1('Photoshop 3.0\0'), iptc([[2, 80, 'Jane Roe']]))],
  ])('with nothing but %s keeps its bytes', (_, segment) => {
    const bytes = jpegWith(segment);
    expect(stripMetadata(bytes).bytes).toBe(bytes);
  });

  test('loses what follows its end, such as the film of a telephone, but not zeros', () => {
    const moving = Buffer.concat([plain, latin1('\0\0\0\x18ftypmp42 SECRET')]);
    expect(strip(moving).bytes).toEqual(plain);
    const padded = Buffer.concat([plain, Buffer.alloc(9)]);
    expect(stripMetadata(padded).bytes).toBe(padded);
  });

  test('that ends early still loses what stands before', () => {
    const cut = jpegWith(jpegSegment(0xfe, latin1('SECRET'))).subarray(0, -20);
    expect(strip(cut).bytes).toEqual(plain.subarray(0, -20));
  });

  test.each([
    ['a segment that is cut off', jpegWith(latin1('\xff\xe1\xff\xff')), 'its segment at byte 2 is cut off'],
    [
      'no marker',
      jpegWith(jpegSegment(0xee, latin1('Adobe')), latin1('text')),
      'it has no marker at byte 11',
    ],
    ['a segment without a length', jpegWith(latin1('\xff\xe1\0\0')), 'its segment at byte 2 is cut off'],
  ])('with %s is not understood', (_, bytes, message) => {
    expect(() => stripMetadata(bytes)).toThrow(message);
  });
});

/** Datasets of IPTC in a resource of Photoshop. */
function iptc(datasets: readonly (readonly [record: number, dataset: number, text: string])[]): Buffer {
  const content = Buffer.concat(
    datasets.map(([record, dataset, text]) =>
      Buffer.concat([Buffer.from([0x1c, record, dataset]), uint16(text.length), latin1(text)]),
    ),
  );
  const padding = Buffer.alloc(content.length % 2);
  return Buffer.concat([latin1('8BIM\x04\x04\0\0'), uint32(content.length), content, padding]);
}

describe('Exif', () => {
  const read = (bytes: Buffer): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(ExifReader.load(bytes, { expanded: true }).exif ?? {}).map(([name, tag]) => [
        name,
        (tag as { value?: unknown }).value,
      ]),
    );

  test('keeps what says how to show a picture, and whose it is, in its order of bytes', () => {
    const { bytes } = strip(
      jpegWith(
        exifSegment([
          exifText(0x010e, 'SECRET'),
          ORIENTATION,
          exifText(0x0132, '2021:02:03 04:05:06'),
          exifText(0x8298, 'Jane Roe'),
          exifLong(0x8825, 9999),
        ]),
      ),
    );
    expect(read(bytes)).toEqual({ Orientation: 8, Copyright: ['Jane Roe'] });
    expect(bytes.includes('MM\0*')).toBe(true);
  });

  test.each([
    ['a thumbnail', [ORIENTATION], 8, ['thumbnails']],
    ['a value twice', [ORIENTATION, ORIENTATION], 0, ['other metadata']],
    ['itself as another directory', [ORIENTATION, exifLong(0x8769, 8)], 0, ['other metadata']],
    ['a directory that is not there', [ORIENTATION, exifLong(0x8769, 70_000)], 0, ['other metadata']],
    [
      'a value longer than it',
      [ORIENTATION, { ...exifText(0x8298, 'Jane Roe'), count: 0xffffffff }],
      0,
      ['other metadata'],
    ],
    ['a value without a type', [ORIENTATION, { ...exifText(0x8298, 'x'), count: 0 }], 0, ['other metadata']],
  ] satisfies [string, ExifValue[], number, string[]][])(
    'with %s keeps what can be read',
    (_, values, next, removed) => {
      const result = strip(jpegWith(exifSegment(values, next)));
      expect(read(result.bytes).Orientation).toBe(8);
      expect(result.removed).toEqual(removed);
    },
  );

  test('has nothing between its values', () => {
    const bytes = jpegWith(jpegSegment(0xe1, EXIF, exifOf([ORIENTATION]), latin1('SECRET')));
    expect(strip(bytes).text).not.toContain('SECRET');
  });
});

describe('a PNG', () => {
  const picture = withMetadata('photo.png');
  const plain = withoutMetadata('a.png');
  const chunk = (type: string, content: Buffer): Buffer =>
    Buffer.concat([uint32(content.length), latin1(type), content, Buffer.alloc(4)]);
  const withChunk = (type: string, text: string): Buffer =>
    Buffer.concat([plain.subarray(0, 33), chunk(type, latin1(text)), plain.subarray(33)]);

  test.each([
    ['tIME', '\x07\xe5\x02\x03\x04\x05\x06', ['other metadata']],
    ['tEXt', 'Comment\0SECRET', ['comments']],
    ['zTXt', 'Raw profile type exif\0\0SECRET', ['other metadata']],
    ['iTXt', 'GPSLatitude\0\0\0\0\0SECRET', ['location']],
    ['iTXt', 'XML:com.adobe.xmp\0\x01\0\0\0SECRET', ['other metadata']],
    ['prVW', 'SECRET', ['other metadata']],
    ['caBX', 'SECRET', ['other metadata']],
    ['eXIf', 'SECRET', ['other metadata']],
  ])('without its chunk %s %j is again what it was', (type, text, removed) => {
    const result = strip(withChunk(type, text));
    expect(result.bytes).toEqual(plain);
    expect(result.removed).toEqual(removed);
  });

  test.each(['tRNS', 'gAMA', 'pHYs', 'iCCP', 'acTL', 'fdAT', 'cICP'])('keeps its chunk %s', (type) => {
    const bytes = withChunk(type, 'content');
    expect(stripMetadata(bytes).bytes).toBe(bytes);
  });

  test('loses what an editor left behind its end', () => {
    expect(strip(Buffer.concat([plain, latin1('the picture before it was cropped')])).bytes).toEqual(plain);
  });

  test('has checksums that are true', () => {
    const { png, pngText } = ExifReader.load(strip(picture).bytes, { expanded: true });
    expect(png).toHaveProperty('Image Width');
    expect(Object.keys(pngText ?? {})).toContain('Author');
    expect(Object.keys(pngText ?? {})).not.toContain('Comment');
  });

  test.each([
    ['a chunk that is cut off', picture.subarray(0, 600), /^its chunk \w{4} at byte \d+ is cut off$/],
    ['no end', plain.subarray(0, -12), /^it ends early, at byte \d+$/],
    ['no chunk', Buffer.concat([plain.subarray(0, 33), Buffer.alloc(99)]), 'it has no chunk at byte 33'],
  ])('with %s is not understood', (_, bytes, message) => {
    expect(() => stripMetadata(bytes)).toThrow(message);
  });
});

describe('a WebP', () => {
  const plain = withoutMetadata('a.webp');
  const chunk = (type: string, text: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    return Buffer.concat([latin1(type), length, latin1(text), Buffer.alloc(text.length % 2)]);
  };
  const form = (...chunks: readonly Buffer[]): Buffer => {
    const content = Buffer.concat([latin1('WEBP'), ...chunks]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(content.length);
    return Buffer.concat([latin1('RIFF'), length, content]);
  };
  const coded = plain.subarray(12);

  test('without metadata has no flag that says there is some', () => {
    const flagged = (flags: number): Buffer =>
      chunk('VP8X', String.fromCharCode(flags, 0, 0, 0, 39, 0, 0, 29, 0, 0));
    const exif = chunk('EXIF', `Exif\0\0${exifOf([exifText(0x010f, 'SECRET')]).toString('latin1')}`);
    const before = form(flagged(0x3c), coded, exif, chunk('XMP ', '<x>SECRET</x>'), chunk('odd ', 'SECRET!'));
    expect(strip(before).bytes).toEqual(form(flagged(0x30), coded));
  });

  test('loses what follows its end', () => {
    expect(strip(Buffer.concat([plain, latin1('SECRET')])).bytes).toEqual(plain);
  });

  test.each([
    [
      'a length that lies',
      Buffer.concat([plain.subarray(0, 4), uint32(0xffffff7f), plain.subarray(8)]),
      'it has 132 bytes, but says',
    ],
    ['a chunk that is cut off', form(coded, latin1('EXIF\xff\xff\0\0')), 'is cut off'],
    ['half a chunk', form(coded, latin1('EXI')), 'it has no chunk at byte'],
  ])('with %s is not understood', (_, bytes, message) => {
    expect(() => stripMetadata(bytes)).toThrow(message);
  });
});

describe('a GIF', () => {
  const plain = withoutMetadata('a.gif');
  const start = 13 + 3 * 2 ** ((plain.readUInt8(10) & 7) + 1);
  const withBlock = (text: string): Buffer =>
    Buffer.concat([plain.subarray(0, start), latin1(text), plain.subarray(start)]);

  test.each([
    ['a comment', '!\xfe\x06SECRET\x00', ['comments']],
    ['what ImageMagick keeps', '!\xff\x0bMGKIPTC0000\x06SECRET\x00', ['other metadata']],
    ['XMP that is cut off', '!\xff\x0bXMP DataXMP\x06SECRET\x00', ['other metadata']],
  ])('without %s is again what it was', (_, block, removed) => {
    const result = strip(withBlock(block));
    expect(result.bytes).toEqual(plain);
    expect(result.removed).toEqual(removed);
  });

  test('keeps how often it runs', () => {
    const bytes = withBlock('!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0');
    expect(stripMetadata(bytes).bytes).toBe(bytes);
  });

  test('may lack its trailer, and loses what follows it', () => {
    expect(stripMetadata(plain.subarray(0, -1)).removed).toEqual([]);
    expect(strip(Buffer.concat([plain, latin1('SECRET')])).bytes).toEqual(plain);
  });

  test.each([
    ['a block that is cut off', plain.subarray(0, -3), 'it ends early'],
    ['no block', withBlock('text'), `it has no block at byte ${start}`],
  ])('with %s is not understood', (_, bytes, message) => {
    expect(() => stripMetadata(bytes)).toThrow(message);
  });
});

describe('an SVG', () => {
  const photo = withMetadata('photo.jpg').toString('base64');
  const svg = (content: string): Buffer =>
    latin1(`<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${content}</svg>`);

  test('loses what its photographs tell', () => {
    const before = svg(`><image href="data:image/jpeg;base64,${photo}"/><text>SECRET of the sea</text>`);
    const { bytes, text, removed } = strip(before);
    expect(bytes).toHaveLength(before.length);
    const [, data = ''] = /base64,([^"]*)/.exec(text) ?? [];
    expect(Buffer.from(data, 'base64').toString('latin1')).not.toContain('SECRET');
    expect(text).toContain('<text>SECRET of the sea</text></svg>');
    expect(removed).toContain('location');
  });

  test.each([
    'inkscape:export-filename="C:\\Users\\SECRET\\sea.png"',
    "sodipodi:absref='/home/SECRET/sea.jpg'",
  ])('loses where it was on a disk: %s', (attribute) => {
    const { text, removed } = strip(svg(`${attribute}><path d="M0 0"/>`));
    expect(text).not.toContain('SECRET');
    expect(text).toContain('<path d="M0 0"/></svg>');
    expect(removed).toEqual(['other metadata']);
  });

  test('keeps what else is in it', () => {
    const bytes = svg('><!-- Licence of Jane Roe --><metadata>Jane Roe</metadata>');
    expect(stripMetadata(bytes).bytes).toBe(bytes);
  });
});
