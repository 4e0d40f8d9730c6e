import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stripMetadata } from '../../src/media/strip-metadata.ts';
import { stripDataUrls } from '../../src/media/svg.ts';
import { file, makeApp, makeSite, markdownOf, NOW, type SiteOptions, seedFiles } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { type CollectedArticles, collectArticles } from '../support/collect.ts';
import { testFolder } from '../support/folder.ts';
import { withMetadata, withoutMetadata } from '../support/media-bytes.ts';

const PHOTO = withMetadata('photo.jpg');
const PLAIN = withoutMetadata('a.jpg');
const SMALL = withMetadata('photo.png');
const CUT = withMetadata('photo.png').subarray(0, 600);

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

function documentWith(body: string): string {
  return markdownOf({ title: 'A walk', date: '2021-02-03', body });
}

function pictures(names: readonly string[]): string {
  return documentWith(names.map((name) => `![](${name})`).join('\n\n'));
}

function collect(
  body: string,
  media: Readonly<Record<string, Uint8Array>>,
  options: SiteOptions = {},
): Promise<CollectedArticles> {
  return collectArticles(seedFiles([file('a.md', documentWith(body))], media), makeSite(options), NOW);
}

describe('a file beside a document', () => {
  test('has the address and the length of what is left of it', async () => {
    const { media, articles } = await collect('![](photo.jpg)', { 'photo.jpg': PHOTO });
    const { bytes } = stripMetadata(PHOTO);
    expect(media.get('photo.jpg')).toEqual({
      address: `/media/${digestOf(bytes)}/photo.jpg`,
      length: bytes.length,
      type: 'image/jpeg',
      isStripped: true,
    });
    expect(articles[0]?.image).toMatchObject({ length: bytes.length, type: 'image/jpeg' });
    // It is shown turned, as it was taken.
    expect(articles[0]?.image).toMatchObject({ width: 16, height: 24 });
  });

  test('without metadata has the address of its own bytes', async () => {
    const { media, notes } = await collect('![](plain.jpg)', { 'plain.jpg': PLAIN });
    const { length } = PLAIN;
    expect(media.get('plain.jpg')).toEqual({
      address: `/media/${digestOf(PLAIN)}/plain.jpg`,
      length,
      type: 'image/jpeg',
      isStripped: false,
    });
    expect(notes).toEqual([]);
  });

  test('keeps its metadata if the site says so', async () => {
    const files = { 'photo.jpg': PHOTO, 'cut.png': CUT };
    const { media, notes, warnings } = await collect('![](photo.jpg) ![](cut.png)', files, {
      keepMetadata: true,
    });
    expect(media.get('photo.jpg')).toMatchObject({ address: `/media/${digestOf(PHOTO)}/photo.jpg` });
    expect([...notes, ...warnings]).toEqual([]);
  });

  test('that is not understood is published as it is, and named', async () => {
    const { media, notes, warnings } = await collect('![](cut.png)', { 'cut.png': CUT });
    expect(media.get('cut.png')).toMatchObject({ address: `/media/${digestOf(CUT)}/cut.png` });
    expect(notes).toEqual([]);
    expect(warnings).toEqual([
      'Cannot remove metadata from seeds/cut.png: its chunk iTXt at byte 531 is cut off; expected a whole file; published it as it is',
    ]);
  });

  test('of many is counted, and the first three are named', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `${String.fromCharCode(97 + index)}.png`);
    const report = async (bytes: Uint8Array): Promise<readonly string[]> => {
      const media = Object.fromEntries(names.map((name) => [name, bytes]));
      const body = names.map((name) => `![](${name})`).join(' ');
      const { notes, warnings } = await collect(body, media);
      return [...notes, ...warnings];
    };
    expect(await report(withMetadata('photo.png'))).toEqual([
      'Removed location, camera serial numbers, comments and other metadata from 12 pictures: seeds/a.png, seeds/b.png, seeds/c.png and 9 more; keepMetadata = true in seeds/site.toml keeps them',
    ]);
    const reason = 'its chunk iTXt at byte 531 is cut off';
    expect(await report(CUT)).toEqual([
      `Cannot remove metadata from 12 files: seeds/a.png (${reason}), seeds/b.png (${reason}), seeds/c.png (${reason}) and 9 more; expected whole files; published them as they are`,
    ]);
  });

  test.each([
    [['photo.jpg'], 'from 1 picture: seeds/photo.jpg;'],
    [
      ['photo.jpg', 'photo.png', 'photo.avif', 'plain.jpg'],
      'from 3 pictures: seeds/photo.avif, seeds/photo.jpg and seeds/photo.png;',
    ],
    [['photo.jpg', 'sound.mp3'], 'from 1 picture and 1 recording: seeds/photo.jpg and seeds/sound.mp3;'],
    [
      ['sound.mp3', 'film.mp4', 'film.webm'],
      'from 3 recordings: seeds/film.mp4, seeds/film.webm and seeds/sound.mp3;',
    ],
  ])('is counted: %j %s', async (names, counts) => {
    const media = Object.fromEntries(
      names.map((name) => [name, name === 'plain.jpg' ? PLAIN : withMetadata(name)]),
    );
    const { notes } = await collect(names.map((name) => `![](${name})`).join('\n\n'), media);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(counts);
  });
});

describe('a picture in a document', () => {
  const url = (bytes: Uint8Array, type = 'jpeg'): string =>
    `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
  const secrets = (text: string): string[] =>
    [...text.matchAll(/base64,([\w+/=]+)/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString('latin1'),
    );

  test('is published without its metadata, as a page, in feeds and as the words of its author', async () => {
    const { read } = await makeApp([
      file('a-walk.md', documentWith(`![](${url(SMALL, 'png')}) and ![](${url(PLAIN)})`)),
    ]);
    for (const path of ['/articles/a-walk', '/feed.json', '/rss.xml', '/articles/a-walk.md']) {
      const data = secrets(await read(path));
      expect(data.length, path).toBeGreaterThanOrEqual(2);
      expect(data.some((each) => each.includes('SECRET'))).toBe(false);
    }
  });

  test('is counted with the others', async () => {
    const { notes } = await collect(`![](${url(PHOTO)}) ![](photo.png)`, {
      'photo.png': withMetadata('photo.png'),
    });
    expect(notes[0]).toContain('from 2 pictures: seeds/a.md and seeds/photo.png;');
  });

  test.each(['\n', '\r\n    '])('may have its base64 in lines, with %j between them', (lineBreak) => {
    const lines = PHOTO.toString('base64').replace(/.{76}/g, `$&${lineBreak}`);
    const before = Buffer.from(`<p>Words</p><img src="data:image/jpeg;base64,${lines}">`);
    const after = stripDataUrls(before)?.bytes ?? before;
    expect(after).toHaveLength(before.length);
    const [, data = ''] = Buffer.from(after).toString('latin1').split('base64,');
    const picture = Buffer.from(data, 'base64').toString('latin1');
    expect(picture).toContain('Jane Roe');
    expect(picture).not.toContain('SECRET');
  });

  test.each([
    ['words behind it', `${url(PHOTO)} are words`, 'are words'],
    ['a word on the next line', `${url(PHOTO)}\nword`, 'word'],
    ['nothing that is base64', 'data:image/png;base64,???', '???'],
    ['no encoding', 'data:image/svg+xml,%3Csvg/%3E is no photograph', '%3Csvg/%3E is no photograph'],
  ])('with %s leaves the rest of the document as it is', async (_, text, rest) => {
    const { articles } = await collectArticles(
      seedFiles([file('a.txt', `A walk\n\n3.2.2021\n\n${text}\n`)]),
      makeSite(),
      NOW,
    );
    expect(articles[0]?.contentHtml).toContain(rest);
    expect(secrets(articles[0]?.contentHtml ?? '').join()).not.toContain('SECRET');
  });

  test('may have any number of lines', () => {
    const lines = `${'A'.repeat(76)}\n`.repeat(600_000);
    expect(stripDataUrls(Buffer.from(`<image href="data:image/png;base64,${lines}"/>`))).toBeUndefined();
  });

  test('keeps its metadata if the site says so', async () => {
    const { articles } = await collect(`![](${url(SMALL, 'png')})`, {}, { keepMetadata: true });
    expect(secrets(articles[0]?.contentHtml ?? '')[0]).toContain('SECRET');
  });
});

describe('npm run build', () => {
  test('writes what is left of pictures, says so once, and again when it remembers', async () => {
    const names = ['photo.jpg', 'photo.webp', 'sound.m4a'];
    // As much as is worth remembering.
    const words = 'Words of a walk along the harbour. '.repeat(7000);
    const seeds = await testFolder({
      'a.md': pictures(names),
      'b.md': markdownOf({ title: 'A long walk', date: '2021-02-03', body: words }),
      ...Object.fromEntries(names.map((name) => [name, withMetadata(name)])),
    });
    const [out, cache] = [await testFolder(), await testFolder()];
    for (const _ of ['first', 'second']) {
      const { code, stdout, stderr } = await runBuild(['--seeds', seeds, '--out', out, '--cache', cache]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.match(/^Removed .*$/gm)).toEqual([
        'Removed location, camera serial numbers, thumbnails, comments and other metadata from 2 pictures and 1 recording: seeds/photo.jpg, seeds/photo.webp and seeds/sound.m4a; keepMetadata = true in seeds/site.toml keeps them',
      ]);
      const media = readdirSync(join(out, 'assets/media'), { recursive: true, withFileTypes: true });
      const files = media.filter((entry) => entry.isFile());
      expect(files.map(({ name }) => name).sort()).toEqual(['photo.jpg', 'photo.webp']);
      const { bytes: sound } = stripMetadata(withMetadata('sound.m4a'));
      expect(readFileSync(join(out, 'assets/store', `${digestOf(sound)}-0`)).equals(sound)).toBe(true);
      for (const { parentPath, name } of files) {
        const bytes = readFileSync(join(parentPath, name));
        expect(bytes.equals(stripMetadata(withMetadata(name)).bytes)).toBe(true);
        expect(parentPath.endsWith(digestOf(bytes))).toBe(true);
      }
    }
  });

  test('writes the pictures that documents hold themselves, again when they are gone', async () => {
    const large = `data:image/jpeg;base64,${Buffer.concat([PLAIN, Buffer.alloc(5000)]).toString('base64')}`;
    const drawing = '<svg width="80" height="40"><title>The tides</title><path/></svg>';
    const words = 'Words of a walk along the harbour. '.repeat(7000);
    const seeds = await testFolder({ 'a.md': documentWith(`![](${large})\n\n${drawing}\n\n${words}`) });
    const cache = await testFolder();
    for (const out of [await testFolder(), await testFolder()]) {
      const { code, stderr } = await runBuild(['--seeds', seeds, '--out', out, '--cache', cache]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const media = readdirSync(join(out, 'assets/media'), { recursive: true, withFileTypes: true });
      const files = media.filter((entry) => entry.isFile());
      expect(files.map(({ name }) => name).sort()).toEqual(['picture.jpg', 'the-tides.svg']);
      for (const { parentPath, name } of files)
        expect(parentPath.endsWith(digestOf(readFileSync(join(parentPath, name))))).toBe(true);
    }
  });
});
