import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeMedia } from '../../src/corpus/media-files.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/media');
const contentOf = (name: string): Uint8Array => readFileSync(join(FIXTURES, name));

describe('a file beside a document', () => {
  test.each([
    ['a.png', { type: 'image/png', width: 40, height: 30, isStill: true }],
    ['a.jpg', { type: 'image/jpeg', width: 40, height: 30, isStill: true }],
    ['a.gif', { type: 'image/gif', width: 40, height: 30 }],
    ['a.webp', { type: 'image/webp', width: 40, height: 30, isStill: true }],
    ['a.svg', { type: 'image/svg+xml' }],
    ['a.mp3', { type: 'audio/mpeg', duration: 3 }],
    ['a.m4a', { type: 'audio/mp4', duration: 3 }],
    ['a.ogg', { type: 'audio/ogg', duration: 3 }],
    ['a.mp4', { type: 'video/mp4' }],
  ])('%s has its type, length and size in its description', async (name, facts) => {
    const { address, ...described } = await describeMedia(`some/where/${name}`, contentOf(name));
    expect(described).toEqual({ ...facts, length: contentOf(name).length });
    expect(address).toMatch(new RegExp(`^/media/[0-9a-f]{16}/${name}$`));
  });

  test.each([
    ['<svg xmlns="http://www.w3.org/2000/svg" width="20.4px" height=\'10\'/>', { width: 20, height: 10 }],
    ['<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" viewBox="0 0 20 10"/>', {}],
  ])('is as large as it says: %s', async (svg, size) => {
    const { address: _, type: __, length: ___, ...rest } = await describeMedia('a.svg', Buffer.from(svg));
    expect(rest).toEqual(size);
  });

  test('may be a drawing with much before its root and in it, or no size', async () => {
    const svg = (attributes: string, before = '') =>
      describeMedia(
        'a.svg',
        Buffer.from(`${before}<svg xmlns="http://www.w3.org/2000/svg"${attributes}></svg>`),
      );
    const long = 'x'.repeat(2000);
    const sized = { type: 'image/svg+xml', width: 40, height: 31 };
    expect(await svg(` content="${long} > y" width="40px" height='30.6'`)).toMatchObject(sized);
    expect(await svg(' width="40" height="31"', `<?xml version="1.0"?>\n<!-- ${long} -->\n`)).toMatchObject(
      sized,
    );
    expect(await svg('')).not.toHaveProperty('width');
    await expect(describeMedia('a.svg', Buffer.from('<p>None</p>'))).rejects.toThrow('image/svg+xml');
  });

  test('has another address when its content is another', async () => {
    const [one, other] = await Promise.all(
      ['a.png', 'a.jpg'].map((name) => describeMedia(name, contentOf(name))),
    );
    expect(one?.address).not.toBe(other?.address);
    expect((await describeMedia('b/a.png', contentOf('a.png'))).address).toBe(one?.address);
  });

  test.each([
    ['fake.png', 'Cannot publish seeds/fake.png: expected a picture of the type image/png; left it out'],
    ['fake.mp3', 'Cannot publish seeds/fake.mp3: expected a recording of the type audio/mpeg; left it out'],
  ])('%s is no such thing', async (name, message) => {
    await expect(describeMedia(name, contentOf(name))).rejects.toThrow(message);
  });

  test('whose name says another type is published as what it is, if both are pictures', async () => {
    for (const name of readdirSync(FIXTURES).filter((each) => !/\.(?:svg|png)$/.test(each))) {
      const described = describeMedia('x.png', contentOf(name));
      const { type } = await describeMedia(name, contentOf(name)).catch(() => ({ type: 'none' }));
      if (type.startsWith('image/')) {
        const ending = name.slice(name.lastIndexOf('.'));
        expect(await described, name).toMatchObject({
          type,
          address: expect.stringContaining(`/x${ending}`),
        });
      } else await expect(described, name).rejects.toThrow('expected a picture of the type image/png');
    }
  });
});
