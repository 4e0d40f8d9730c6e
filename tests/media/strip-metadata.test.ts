import ExifReader from 'exifreader';
import { parseBuffer } from 'music-metadata';
import { beforeAll, describe, expect, test } from 'vitest';
import { stripMetadata } from '../../src/media/strip-metadata.ts';
import type { Rasterizer } from '../../src/pictures/drawings.ts';
import { openRasterizer } from '../../src/pipeline/rasterizer.ts';
import { WITH_METADATA, withMetadata, withoutMetadata } from '../support/media-bytes.ts';

/** The fixtures have this in all that is to go. */
const SECRET = /SECRET|48\.1370?\b/;

const PICTURES = WITH_METADATA.filter((name) => name.startsWith('photo.'));
const RECORDINGS = WITH_METADATA.filter((name) => !PICTURES.includes(name));

function stripped(name: string): Buffer {
  return Buffer.from(stripMetadata(withMetadata(name)).bytes);
}

/** In every encoding that the formats have. */
function textsOf(bytes: Buffer): string {
  const base64 = [...bytes.toString('latin1').matchAll(/[\w+/]{400,}/g)].map(([text]) =>
    Buffer.from(text, 'base64').toString('latin1'),
  );
  return [bytes.toString('latin1').replaceAll('\0', ''), ...base64].join('\n');
}

function tagsOf(bytes: Buffer): ExifReader.ExpandedTags {
  return ExifReader.load(bytes, { expanded: true });
}

describe('what a camera wrote', () => {
  test.each(WITH_METADATA)('is in %s and is removed', (name) => {
    expect(textsOf(withMetadata(name))).toMatch(SECRET);
    const { bytes, removed } = stripMetadata(withMetadata(name));
    expect(textsOf(Buffer.from(bytes))).not.toMatch(SECRET);
    expect(removed).toContain('location');
  });

  test.each(WITH_METADATA)('is removed from %s once', (name) => {
    const once = stripped(name);
    const again = stripMetadata(once);
    expect(again).toEqual({ bytes: once, removed: [] });
    expect(again.bytes).toBe(once);
  });

  test.each([
    ['photo.jpg', ['location', 'camera serial numbers', 'thumbnails', 'comments', 'other metadata']],
    ['photo.png', ['location', 'camera serial numbers', 'comments', 'other metadata']],
    ['sound.mp3', ['location', 'camera serial numbers', 'thumbnails', 'comments', 'other metadata']],
    ['sound.ogg', ['location']],
  ])('of %s is named', (name, removed) => {
    expect(stripMetadata(withMetadata(name)).removed).toEqual(removed);
  });
});

describe('a picture', () => {
  let rasterizer: Rasterizer;
  beforeAll(async () => {
    rasterizer = await openRasterizer();
  });

  test.each([
    ['photo.jpg', 'image/jpeg'],
    ['photo.png', 'image/png'],
    ['photo.gif', 'image/gif'],
  ])('%s looks as before to another decoder', (name, type) => {
    const draw = (bytes: Buffer): Uint8Array =>
      rasterizer.png(
        `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="16"><image width="24" height="16" href="data:${type};base64,${bytes.toString('base64')}"/></svg>`,
        24,
      );
    const before = draw(withMetadata(name));
    expect(before).not.toEqual(draw(Buffer.alloc(0)));
    expect(draw(stripped(name))).toEqual(before);
  });

  test.each([
    ['photo.webp', 'VP8 '],
    ['photo.webp', 'ICCP'],
  ])('%s has its %s as before', (name, type) => {
    const chunkOf = (bytes: Buffer): Buffer => {
      const at = bytes.indexOf(type);
      return bytes.subarray(at, at + 8 + bytes.readUInt32LE(at + 4));
    };
    expect(chunkOf(stripped(name))).toEqual(chunkOf(withMetadata(name)));
  });

  test.each(['photo.avif', 'photo.heic'])('%s has its picture where it was', (name) => {
    const [before, after] = [withMetadata(name), stripped(name)];
    expect(after).toHaveLength(before.length);
    const changed = [...before.keys()].filter((at) => before[at] !== after[at]);
    // exiftool has appended both.
    expect(Math.min(...changed)).toBeGreaterThan(before.lastIndexOf('mdat'));
    expect(tagsOf(after).file).toEqual(tagsOf(before).file);
  });

  test.each(PICTURES.filter((name) => name !== 'photo.gif'))(
    '%s keeps how it is turned, its resolution, its author and its terms',
    (name) => {
      const { exif, xmp, gps, Thumbnail } = tagsOf(stripped(name));
      expect(gps).toBeUndefined();
      expect(Thumbnail).toBeUndefined();
      expect(exif?.Orientation?.value).toBe(6);
      expect(exif?.XResolution?.description).toBe('300');
      expect(exif?.Artist?.description).toBe('Jane Roe');
      expect(exif?.Copyright?.description).toBe('© Jane Roe');
      expect(exif).not.toHaveProperty('DateTimeOriginal');
      expect(xmp?.creator?.description).toBe('Jane Roe');
      expect(xmp?.rights?.description).toBe('© Jane Roe & Co');
      expect(xmp?.WebStatement?.description).toBe('https://jane.example/licence');
      expect(xmp).not.toHaveProperty('description');
    },
  );

  test('keeps its colour profile and what IPTC says of its author', () => {
    const [before, after] = [withMetadata('photo.jpg'), stripped('photo.jpg')].map(tagsOf);
    expect(after?.icc).toEqual(before?.icc);
    expect(after?.icc).toHaveProperty('ICC Description');
    expect(Object.keys(after?.iptc ?? {})).toEqual(['By-line', 'Copyright Notice', 'Record Version']);
    const profile = withMetadata('photo.png').subarray(37, withMetadata('photo.png').indexOf('IDAT'));
    expect(profile.includes('iCCP')).toBe(true);
    expect(stripped('photo.png').includes(profile.subarray(0, 400))).toBe(true);
  });

  test('in WebP has flags and a length that are true', () => {
    const bytes = stripped('photo.webp');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(tagsOf(bytes).riff).toBeDefined();
    const flags = bytes.readUInt8(20);
    expect([flags & 0x08, flags & 0x04].map((flag) => flag !== 0)).toEqual([true, true]);
    expect(flags & 0x20).not.toBe(0);
  });

  test('in GIF keeps what its XMP says of its author', () => {
    const text = stripped('photo.gif').toString('utf8');
    expect(text).toContain('<dc:creator><rdf:Seq><rdf:li>Jane Roe</rdf:li></rdf:Seq></dc:creator>');
    expect(text).not.toContain('GPSLatitude');
  });
});

describe('a recording', () => {
  const parse = (bytes: Uint8Array): ReturnType<typeof parseBuffer> =>
    parseBuffer(bytes, undefined, { duration: true, includeChapters: true });

  test.each(RECORDINGS)('%s sounds as before to another parser, and keeps its title', async (name) => {
    const [before, after] = await Promise.all([withMetadata(name), stripped(name)].map(parse));
    expect(after?.format).toEqual(before?.format);
    expect(after?.common.title).toBe(before?.common.title);
    expect(textsOf(stripped(name))).toContain('Fog horns');
    const texts = JSON.stringify(Object.values(after?.native ?? {}), (key, value) =>
      key === 'data' ? '' : value,
    );
    expect(texts).not.toMatch(SECRET);
  });

  test.each(RECORDINGS.filter((name) => name !== 'sound.wav'))('%s has everything where it was', (name) => {
    expect(stripped(name)).toHaveLength(withMetadata(name).length);
  });

  test.each(['sound.mp3', 'sound.m4a', 'sound.flac'])(
    '%s keeps its cover, without its metadata',
    async (name) => {
      const cover = (await parse(stripped(name))).common.picture?.[0]?.data;
      const { exif, gps, iptc } = tagsOf(Buffer.from(cover ?? []));
      expect(gps).toBeUndefined();
      expect(exif?.Orientation?.value).toBe(6);
      expect(exif?.Copyright?.description).toBe('© Jane Roe');
      expect(iptc).not.toHaveProperty('City');
    },
  );

  test.each(['sound.mp3', 'sound.m4a'])('%s keeps its chapters', async (name) => {
    const [before, after] = [withMetadata(name), stripped(name)].map((bytes) => textsOf(bytes));
    for (const chapter of ['Welcome', 'Horns']) {
      expect(before).toContain(chapter);
      expect(after).toContain(chapter);
    }
    expect(textsOf(stripped(name))).toContain('Jane Roe');
  });
});

describe('a file without metadata', () => {
  test.each(['a.jpg', 'a.png', 'a.gif', 'a.webp', 'a.mp3', 'a.m4a', 'a.ogg', 'a.mp4', 'a.svg'])(
    '%s keeps its bytes',
    (name) => {
      const bytes = withoutMetadata(name);
      expect(stripMetadata(bytes)).toEqual({ bytes, removed: [] });
      expect(stripMetadata(bytes).bytes).toBe(bytes);
    },
  );

  test.each(['', 'GIF89a', 'plain text', '%PDF-1.7', 'RIFF'])('%j is not opened', (text) => {
    const bytes = Buffer.from(text);
    if (text === 'GIF89a') expect(() => stripMetadata(bytes)).toThrow('it ends early');
    else expect(stripMetadata(bytes).bytes).toBe(bytes);
  });
});
