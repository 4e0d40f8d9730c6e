import { describe, expect, test } from 'vitest';
import { stripMetadata } from '../../src/media/strip-metadata.ts';
import { box, fullBox, handlerBox, latin1, movieOf, uint32, withMetadata } from '../support/media-bytes.ts';

const VIDEO = ['vide', latin1('picture of the sea')] as const;

function strip(movie: Buffer): { readonly text: string; readonly removed: readonly string[] } {
  const { bytes, removed } = stripMetadata(movie);
  expect(bytes).toHaveLength(movie.length);
  expect(stripMetadata(bytes).bytes).toBe(bytes);
  return { text: Buffer.from(bytes).toString('latin1'), removed };
}

describe('a film', () => {
  test.each([
    ['of where an action camera was', 'meta', 'GPMF SECRET 48.1370'],
    ['to repair files of that camera', 'fdsc', 'SECRET'],
    ['of how a telephone moved', 'camm', 'SECRET'],
  ])('loses the track %s, and the track keeps its place', (_, kind, sample) => {
    const movie = movieOf([VIDEO, [kind, latin1(sample)], ['soun', latin1('the sea')]]);
    const { text, removed } = strip(movie);
    expect(text).not.toContain('SECRET');
    expect(text).not.toContain(kind);
    expect(text).toContain('picture of the sea');
    expect(text).toContain('the sea');
    expect(text.match(/trak/g)).toHaveLength(2);
    expect(removed).toEqual(['other metadata']);
  });

  test.each([
    ['F/2.8, ISO 100, GPS (11.5756, 48.1370, 18)', false],
    ['[latitude: 48.1370] [longitude: 11.5756]', false],
    ['The GPS said 3 miles, so we turned left at 48 Sea Street.', true],
  ])('keeps subtitles %j: %s', (subtitle, isKept) => {
    const { text, removed } = strip(movieOf([VIDEO, ['sbtl', latin1(subtitle)]]));
    expect(text.includes(subtitle)).toBe(isKept);
    expect(removed).toEqual(isKept ? [] : ['location', 'other metadata']);
  });

  test.each([
    ['user data of a camera', box('udta', box('\xa9xyz', latin1('SECRET'))), ['location']],
    ['its model', box('udta', box('\xa9mod', latin1('SECRET')), uint32(0)), ['other metadata']],
    ['a place as telephones write it', box('udta', fullBox('loci', latin1('SECRET'))), ['location']],
    ['user data that is damaged', box('udta', uint32(99), latin1('SECRET')), ['other metadata']],
    [
      'what Sony writes',
      fullBox('meta', handlerBox('nrtm'), box('xml ', latin1('SECRET'))),
      ['other metadata'],
    ],
    ['space that nobody uses', box('free', latin1('GPS SECRET')), ['other metadata']],
    ['boxes of a program', box('gps ', latin1('SECRET')), ['other metadata']],
    ['boxes with a name of their own', box('uuid', latin1('0123456789abcdefSECRET')), ['other metadata']],
    [
      'who bought it',
      box(
        'udta',
        fullBox('meta', handlerBox('mdir'), box('ilst', box('apID', box('data', latin1('SECRET'))))),
      ),
      ['other metadata'],
    ],
    [
      'keys that nobody knows',
      box(
        'meta',
        handlerBox('mdta'),
        fullBox('keys', uint32(1), box('mdta', latin1('com.example.SECRET'))),
        box('ilst', Buffer.concat([uint32(24), uint32(1), box('data', latin1('SECRET__'))])),
      ),
      ['other metadata'],
    ],
  ])('loses %s', (_, more, removed) => {
    const { text, ...found } = strip(movieOf([VIDEO], more));
    expect(text).not.toContain('SECRET');
    expect(found.removed).toEqual(removed);
  });

  test.each([
    ['titles', box('udta', box('\xa9nam', latin1('The sea')), uint32(0))],
    [
      'that it shows all directions',
      box('uuid', Buffer.from('ffcc8263f8554a938814587a02521fdd', 'hex'), latin1('<x>')),
    ],
    [
      'titles with keys',
      box(
        'meta',
        handlerBox('mdta'),
        fullBox('keys', uint32(1), box('mdta', latin1('com.apple.quicktime.title'))),
        box('ilst', Buffer.concat([uint32(24), uint32(1), box('data', latin1('SeaSeaSe'))])),
      ),
    ],
  ])('keeps %s', (_, more) => {
    const movie = movieOf([VIDEO], more);
    expect(stripMetadata(movie).bytes).toBe(movie);
  });

  test.each([
    [
      'a box longer than the file',
      Buffer.concat([movieOf([VIDEO]), uint32(99), latin1('free')]),
      'its box at byte',
    ],
    [
      'a track that has no samples where it says',
      withLastPlace(movieOf([VIDEO, ['meta', latin1('x')]]), 5),
      'it refers to data at byte 5, where it has none',
    ],
    ['two tracks with the same samples', sharedSamples(), 'twice'],
    ['a compressed movie', movieOf([VIDEO], box('cmov')), 'its box cmov is not supported'],
    ['a track without a kind', movieOf([VIDEO], box('trak')), 'has no handler'],
    [
      'metadata in fragments',
      Buffer.concat([movieOf([['meta', latin1('x')]]), box('moof')]),
      'it has a track of metadata in fragments',
    ],
  ])('with %s is not understood', (_, movie, message) => {
    expect(() => stripMetadata(movie)).toThrow(message);
  });
});

/** The second track has the samples of the first. */
function sharedSamples(): Buffer {
  const movie = movieOf([VIDEO, ['meta', latin1('picture of the sea')]]);
  return withLastPlace(movie, movie.indexOf('picture'));
}

/** Says where the samples of the last track lie. */
function withLastPlace(movie: Buffer, place: number): Buffer {
  movie.writeUInt32BE(place, movie.length - 4);
  return movie;
}

describe('a still picture in boxes', () => {
  test.each(['photo.avif', 'photo.heic'])(
    '%s whose metadata lies in its picture is not understood',
    (name) => {
      const picture = withMetadata(name);
      const exif = picture.lastIndexOf('Exif\0');
      expect(exif).toBeGreaterThan(0);
      // The place of each item stands in the box iloc: all are moved to the place of the first.
      const places = picture.indexOf('iloc');
      const end = places - 4 + picture.readUInt32BE(places - 4);
      const rows = picture.subarray(places + 12, end);
      const moved = Buffer.from(picture);
      const rowLength = rows.length / picture.readUInt16BE(places + 10);
      expect(Number.isInteger(rowLength)).toBe(true);
      for (let at = 0; at < rows.length; at += rowLength)
        rows.copy(moved, places + 12 + at + 2, 2, rowLength);
      expect(() => stripMetadata(moved)).toThrow(/twice|overlap/);
    },
  );
});
