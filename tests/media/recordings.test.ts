import { parseBuffer } from 'music-metadata';
import { describe, expect, test } from 'vitest';
import { stripMetadata } from '../../src/media/strip-metadata.ts';
import { latin1, strip, uint32, withMetadata } from '../support/media-bytes.ts';

function syncsafe(value: number): Buffer {
  return Buffer.from([value >> 21, (value >> 14) & 127, (value >> 7) & 127, value & 127]);
}

function frame(version: number, id: string, content: string): Buffer {
  const length = version === 4 ? syncsafe(content.length) : uint32(content.length);
  if (version === 2) return Buffer.concat([latin1(id), length.subarray(1), latin1(content)]);
  return Buffer.concat([latin1(id), length, Buffer.alloc(2), latin1(content)]);
}

function tag(version: number, flags: number, ...frames: readonly Buffer[]): Buffer {
  const content = Buffer.concat([...frames, Buffer.alloc(20)]);
  return Buffer.concat([latin1('ID3'), Buffer.from([version, 0, flags]), syncsafe(content.length), content]);
}

describe('ID3', () => {
  test.each([
    [2, 'GEO', 'a file of a program'],
    [2, 'POP', 'an address of a listener'],
    [3, 'PRIV', 'data of a program'],
    [3, 'GEOB', 'a file of a program'],
    [4, 'OWNE', 'who bought it'],
    [4, 'POPM', 'an address of a listener'],
  ])('2.%i loses %s, %s, and keeps its length and titles', (version, id, _) => {
    const title = version === 2 ? 'TT2' : 'TIT2';
    const before = tag(version, 0, frame(version, id, 'SECRET'.repeat(40)), frame(version, title, '\0Sea'));
    const { bytes, text, removed } = strip(Buffer.concat([before, latin1('sound')]));
    expect(bytes).toHaveLength(before.length + 5);
    expect(text).not.toContain('SECRET');
    expect(text).toContain(`${title}`);
    expect(text).toMatch(/Sea.*sound$/s);
    expect(removed).toEqual(['other metadata']);
  });

  test.each([
    ['COMM', '\0eng\0at +48.1370+011.5756/', true],
    ['COMM', '\x01eng\xff\xfe\0\0\xff\xfeG\0P\0S\0:\0 \x004\x008\0.\x001\x003\0', true],
    ['COMM', '\0eng\0Recorded at the harbour, with 3 microphones.', false],
    ['USLT', '\0eng\0Latitude 48.137', true],
    ['TXXX', '\0location\0Munich', true],
    ['TXXX', '\x01\xff\xfel\0o\0c\0a\0t\0i\0o\0n\0\0\0\xff\xfex\0', true],
    ['TXXX', '\x02\0g\0p\0s\0\0\0x', true],
    ['TXXX', '\x03com.apple.quicktime.make\0SECRET', true],
    ['TXXX', '\0serial_number\0SECRET', true],
    ['TXXX', '\0allocations\x0048 pages', false],
    ['TIT2', '\0Location', false],
    ['CTOC', 'toc\0\x03\x01ch1\0', false],
  ])('judges %s %j by what it says', (id, content, isRemoved) => {
    const before = tag(3, 0, frame(3, id, content), frame(3, 'TPE1', '\0Jane'));
    const { text, removed } = strip(before);
    expect(removed.length > 0).toBe(isRemoved);
    expect(text.includes(id)).toBe(!isRemoved);
    expect(text).toContain('Jane');
  });

  test('2.3 whose zeros are hidden is read as it was meant', async () => {
    const priv = frame(3, 'PRIV', `SECRET\xff\xe0`).toString('latin1').replaceAll('\xff\xe0', '\xff\0\xe0');
    const content = Buffer.concat([latin1(priv), frame(3, 'TIT2', '\0Sea')]);
    const { bytes, text } = strip(tag(3, 0x80, content));
    expect(text).not.toContain('SECRET');
    expect(bytes.readUInt8(5)).toBe(0);
    expect(text).toContain('Sea');
  });

  test('2.4 may have lengths of eight bits a byte, as iTunes wrote them', () => {
    const long = frame(3, 'PRIV', `${'.'.repeat(300)}SECRET`);
    const { text } = strip(tag(4, 0, long, frame(4, 'TIT2', '\0Sea')));
    expect(text).not.toContain('SECRET');
    expect(text).toContain('Sea');
  });

  test('loses what the picture of a chapter tells', () => {
    const photo = withMetadata('photo.jpg').toString('latin1');
    const picture = frame(3, 'APIC', `\0image/jpeg\0\x03\0${photo}`).toString('latin1');
    const before = tag(3, 0, frame(3, 'CHAP', `ch1\0${'\0'.repeat(8)}${'\xff'.repeat(8)}${picture}`));
    const { bytes, text } = strip(before);
    expect(bytes).toHaveLength(before.length);
    expect(text).not.toContain('SECRET');
    expect(text).toContain('Jane Roe');
  });

  test.each([
    [
      'longer than the file',
      Buffer.concat([latin1('ID3\x03\0\0\0\0\x7f\x7f'), Buffer.alloc(9)]),
      'its ID3 tag is cut off',
    ],
    ['of no known version', tag(9, 0), 'its ID3 tag has the version 9'],
    [
      'with a frame longer than it',
      tag(3, 0, frame(3, 'TIT2', 'x').fill(0xff, 4, 8)),
      'has no frame at byte 10',
    ],
    ['with more before its frames than it has', tag(3, 0x40, uint32(0xfffffff0)), 'its ID3 tag is cut off'],
  ])('%s is not understood', (_, bytes, message) => {
    expect(() => stripMetadata(bytes)).toThrow(message);
  });
});

describe('Ogg', () => {
  test('that another program checks is whole', async () => {
    const { bytes } = strip(withMetadata('sound.opus'));
    for (let at = 0; at < bytes.length; ) {
      const count = bytes.readUInt8(at + 26);
      const end = bytes
        .subarray(at + 27, at + 27 + count)
        .reduce((sum, length) => sum + length, at + 27 + count);
      const page = Buffer.from(bytes.subarray(at, end));
      const checksum = page.readUInt32LE(22);
      page.writeUInt32LE(0, 22);
      expect(checksumOf(page)).toBe(checksum);
      at = end;
    }
    expect((await parseBuffer(bytes)).common.title).toBe('Fog horns');
  });

  test.each([
    [
      'a page that is cut off',
      withMetadata('sound.ogg').subarray(0, -5),
      /^its page at byte \d+ is cut off$/,
    ],
    ['no page', Buffer.concat([withMetadata('sound.ogg'), latin1('TAG')]), /^it has no page at byte \d+$/],
  ])('with %s is not understood', (_, bytes, message) => {
    expect(() => stripMetadata(bytes)).toThrow(message);
  });
});

/** Bit by bit (RFC 3533, section 6). */
function checksumOf(page: Buffer): number {
  let crc = 0n;
  for (const byte of page) {
    crc ^= BigInt(byte) << 24n;
    for (let bit = 0; bit < 8; bit++)
      crc = ((crc << 1n) ^ ((crc >> 31n) & 1n ? 0x04c11db7n : 0n)) & 0xffffffffn;
  }
  return Number(crc);
}

describe('WebM', () => {
  test('has unused space where tags were, and no checksum of what has changed', () => {
    const [before, { bytes }] = [withMetadata('film.webm'), strip(withMetadata('film.webm'))];
    const idsIn = (webm: Buffer): string[] => [...elementsOf(webm, 0, webm.length)];
    expect(idsIn(before).filter((id) => id === '67c8').length).toBeGreaterThan(
      idsIn(bytes).filter((id) => id === '67c8').length,
    );
    expect(idsIn(bytes)).toHaveLength(idsIn(before).length);
    expect(idsIn(bytes).slice(0, 3)).toEqual(idsIn(before).slice(0, 3));
  });

  test('whose segment and cluster do not know their length is read to its end', () => {
    const element = (id: string, length: string, content: Buffer): Buffer =>
      Buffer.concat([Buffer.from(id + length, 'hex'), content]);
    const simple = element(
      '67c8',
      '92',
      Buffer.concat([element('45a3', '88', latin1('LOCATION')), element('4487', '84', latin1('sea!'))]),
    );
    const tags = element('1254c367', '98', element('7373', '95', simple));
    const cluster = element('1f43b675', '01ffffffffffffff', element('a3', '84', latin1('data')));
    const webm = Buffer.concat([
      element('1a45dfa3', '80', Buffer.alloc(0)),
      element('18538067', '01ffffffffffffff', Buffer.concat([cluster, tags])),
    ]);
    const { bytes, text, removed } = strip(webm);
    expect(removed).toEqual(['location']);
    expect(bytes).toHaveLength(webm.length);
    expect(text).not.toContain('sea!');
    expect(text).toContain('data');
  });

  test.each([
    [
      'an element that is cut off',
      withMetadata('film.webm').subarray(0, -1),
      /^its element at byte \d+ is cut off$/,
    ],
    [
      'no element',
      Buffer.concat([withMetadata('film.webm'), Buffer.alloc(4)]),
      /^it has no element at byte \d+$/,
    ],
  ])('with %s is not understood', (_, bytes, message) => {
    expect(() => stripMetadata(bytes)).toThrow(message);
  });
});

/** The ids of a file's elements, those of its tags among them. */
function* elementsOf(webm: Buffer, from: number, to: number): Generator<string> {
  for (let at = from; at < to; ) {
    const idLength = Math.clz32(webm.readUInt8(at)) - 23;
    const id = webm.toString('hex', at, at + idLength);
    const width = Math.clz32(webm.readUInt8(at + idLength)) - 23;
    const body = at + idLength + width;
    const stated =
      BigInt(`0x${webm.toString('hex', at + idLength, body)}`) & ((1n << BigInt(7 * width)) - 1n);
    yield id;
    if (['18538067', '1254c367', '7373'].includes(id)) yield* elementsOf(webm, body, body + Number(stated));
    at = body + Number(stated);
  }
}

describe('FLAC', () => {
  test('loses blocks of programs, and keeps its sound where it was', () => {
    const flac = withMetadata('sound.flac');
    const application = Buffer.concat([Buffer.from([2, 0, 0, 10]), latin1('riffSECRET')]);
    const before = Buffer.concat([flac.subarray(0, 42), application, flac.subarray(42)]);
    const { bytes, text } = strip(before);
    expect(text).not.toContain('SECRET');
    expect(bytes.subarray(42, 56)).toEqual(Buffer.concat([Buffer.from([1, 0, 0, 10]), Buffer.alloc(10)]));
    expect(bytes.subarray(-9000)).toEqual(flac.subarray(-9000));
  });
});

describe('WAV', () => {
  test('loses what recorders write, and keeps its sound and title', () => {
    const wav = withMetadata('sound.wav');
    const { bytes } = strip(wav);
    const chunks = ['fmt ', 'data', 'INAM'].map((type) => {
      const at = wav.indexOf(type);
      return wav.subarray(at, at + 8 + wav.readUInt32LE(at + 4));
    });
    for (const chunk of chunks) expect(bytes.includes(chunk)).toBe(true);
    expect(bytes.includes('bext')).toBe(false);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  });
});
