import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { type MediaFile, planVariants } from '../../src/corpus/media-files.ts';
import { variantMaker } from '../../src/pipeline/picture-variants.ts';
import { decodeStore } from '../../src/store/format.ts';
import { NOW } from '../support/app.ts';
import { runBuild, SETTINGS } from '../support/build.ts';
import { testFolder } from '../support/folder.ts';

/** A picture that is no single colour, turned a quarter by its metadata, taken somewhere. */
async function photo(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width: height, height: width, channels: 3, background: '#888', noise } })
    .withExif({ IFD0: { Artist: 'Jane Roe' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 90 })
    .toBuffer();
}

let files: Readonly<Record<string, string | Uint8Array>>;

beforeAll(async () => {
  const square = { width: 900, height: 900, channels: 3, background: '#246' } as const;
  files = {
    ...SETTINGS,
    'a.md': `---\ntitle: A\ndate: 2026-01-02\nimage: lead.jpg\n---\n\nText.\n\n![](large.jpg)\n\n![](small.jpg)\n\n![](moving.gif)\n\n![](drawing.svg)\n\n![](broken.png)\n`,
    'lead.jpg': await photo(1000, 500),
    'large.jpg': await photo(2000, 1000),
    'small.jpg': await photo(300, 200),
    'moving.gif': await sharp({ create: square }).gif().toBuffer(),
    'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>',
    // Its head is right, and the rest is missing.
    'broken.png': (await sharp({ create: square }).png().toBuffer()).subarray(0, 100),
  };
});

interface Built {
  readonly media: readonly string[];
  readonly read: (path: string) => Promise<string>;
  readonly stdout: string;
  readonly out: string;
}

async function build(seeds: string, cache?: string): Promise<Built> {
  const out = await testFolder();
  const { code, stdout, stderr } = await runBuild([
    ...['--seeds', seeds, '--out', out, '--cache', cache ?? join(out, 'cache')],
    ...['--now', new Date(NOW).toISOString()],
  ]);
  expect(code, stdout + stderr).toBe(0);
  const store = new Uint8Array(readFileSync(join(out, 'store.bin')));
  const app = createApp(decodeStore(store.buffer), { clock: () => NOW, readAsset: async () => undefined });
  const entries = readdirSync(join(out, 'assets/media'), { recursive: true, withFileTypes: true });
  return {
    out,
    stdout,
    media: entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(out, 'assets').length))
      .sort(),
    read: async (path) => (await app.fetch(new Request(`https://news.example${path}`))).text(),
  };
}

const namesOf = ({ media }: Built): string[] => media.map((path) => path.split('/').at(-1) ?? '').sort();

describe('smaller versions of pictures', () => {
  test('are made of photographs only, turned as these are, without metadata', async () => {
    const built = await build(await testFolder(files));
    expect(namesOf(built)).toEqual([
      ...['broken.png', 'drawing.svg', 'large-1400.webp', 'large-400.webp', 'large-800.webp', 'large.jpg'],
      ...['lead-400.webp', 'lead-800.webp', 'lead.jpg', 'moving.gif', 'small.jpg'],
    ]);
    const path = built.media.find((each) => each.endsWith('large-800.webp')) ?? '';
    const bytes = readFileSync(join(built.out, 'assets', path));
    const { width, height, format, exif, icc, xmp } = await sharp(bytes).metadata();
    expect({ width, height, format, exif, icc, xmp }).toEqual({ width: 800, height: 400, format: 'webp' });
  });

  test('are choices on pages, and feeds have one address of a sensible width', async () => {
    const built = await build(await testFolder(files));
    const page = await built.read('/articles/a');
    expect(page).toMatch(
      /<img class="u-featured" src="[^"]*\/lead-800\.webp" srcset="[^"]*\/lead-400\.webp 400w, [^"]*\/lead-800\.webp 800w, [^"]*\/lead\.jpg 1000w" sizes="[^"]+" width="1000" height="500"/,
    );
    expect(page).toMatch(
      /<img src='[^']*\/large-1400\.webp' alt='' width='2000' height='1000' srcset='[^']*\/large-400\.webp 400w, [^']*800w, [^']*1400w' sizes='[^']+'>/,
    );
    expect(page).toMatch(/<img src='[^']*\/small\.jpg' alt='' width='300' height='200'>/);
    const { items } = JSON.parse(await built.read('/feed.json')) as { items: { content_html: string }[] };
    expect(items[0]?.content_html).not.toContain('srcset');
    expect(items[0]?.content_html).toMatch(
      /<img src='[^']*\/large-1400\.webp' alt='' width='2000' height='1000'>/,
    );
    expect(await built.read('/')).toMatch(
      /<a class="picture"[^>]*><img class="u-photo" src="[^"]*\/lead-800\.webp" srcset=/,
    );
  });

  test('are the same in every build, with a cache and without', async () => {
    const [seeds, cache] = [await testFolder(files), await testFolder()];
    const builds = [
      await build(seeds, cache),
      await build(seeds, cache),
      await build(await testFolder(files)),
    ];
    const contents = builds.map(({ out, media }) =>
      media.map((path) => [path, readFileSync(join(out, 'assets', path)).toString('base64')]),
    );
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]).toEqual(contents[0]);
  });

  test('are not made without sharp, which the build says in a line', async () => {
    const make = variantMaker(
      async () => undefined,
      { cache: '', assets: '' },
      NOW,
      () => Promise.reject(new Error()),
    );
    const file: MediaFile = {
      address: '/media/0/a.jpg',
      type: 'image/jpeg',
      length: 1,
      width: 900,
      isStill: true,
    };
    expect(await make([{ path: 'a.jpg', file, widths: [400] }])).toEqual({
      variants: new Map(),
      notes: ['Published 1 picture at full size only: "npm install sharp" makes smaller versions'],
    });
  });

  test('are left out of the oldest articles once there are too many, whatever is scheduled', () => {
    const pictureOf = (width: number): MediaFile => {
      return { address: '/media/0/a.jpg', type: 'image/jpeg', length: 1, width, height: 1, isStill: true };
    };
    const published = { cover: Number.POSITIVE_INFINITY, new: NOW - 1, old: NOW - 3, next: NOW + 1 };
    const names = Object.entries(published).map(([path, newest]) => ({ path, newest }));
    const described = new Map(names.map(({ path }) => [path, pictureOf(2000)]));
    const plan = (most: number, some = names): unknown =>
      planVariants(some, described, NOW, most).wanted.map(({ path, widths }) => [path, widths.length]);
    expect(plan(12)).toEqual([
      ['cover', 3],
      ['new', 3],
      ['old', 3],
      ['next', 3],
    ]);
    expect(plan(8)).toEqual([
      ['cover', 3],
      ['new', 3],
      ['old', 2],
    ]);
    expect(plan(8, names.slice(0, 3))).toEqual(plan(8));
    expect(planVariants(names, described, NOW, 8).notes).toEqual([
      "Made no smaller versions of the oldest 2 pictures: expected at most 8 such files, as Cloudflare's free plan takes 20000 in all",
    ]);
  });
});
