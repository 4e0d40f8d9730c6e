import { existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rasterizer } from '../../src/pictures/drawings.ts';
import { makePictures } from '../../src/pictures/make-pictures.ts';
import { openRasterizer } from '../../src/pipeline/rasterizer.ts';
import { makeSite } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { testFolder } from '../support/folder.ts';

const MEDIA = join(import.meta.dirname, '../fixtures/media');
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">';

let rasterizer: Rasterizer;
beforeAll(async () => {
  rasterizer = await openRasterizer();
});

function pictureSizes(pictures: ReadonlyMap<string, Uint8Array | string>): Record<string, string> {
  return Object.fromEntries(
    [...pictures]
      .filter(([path]) => path.endsWith('.png'))
      .map(([path, bytes]) => {
        const { width, height, type } = imageSize(Buffer.from(bytes));
        return [path, `${type} ${width}×${height}`];
      }),
  );
}

const SIZES = {
  '/icon-192.png': 'png 192×192',
  '/icon.png': 'png 512×512',
  '/icon-maskable.png': 'png 512×512',
  '/apple-touch-icon.png': 'png 180×180',
  '/card.png': 'png 1200×630',
};

describe('the pictures of a site', () => {
  test('are made from the initial of its title, the same every time', () => {
    const site = makeSite({ title: 'ışık', language: 'tr', theme: { accent: '#800000' } });
    const pictures = makePictures(site, undefined, rasterizer);
    expect(pictureSizes(pictures)).toEqual(SIZES);
    const icon = String(pictures.get('/icon.svg'));
    expect(icon).toContain('fill="#800000"');
    expect(icon).not.toContain('<text');
    expect(makePictures(site, undefined, rasterizer)).toEqual(pictures);
    const other = makePictures(
      makeSite({ title: 'Other', theme: { accent: '#800000' } }),
      undefined,
      rasterizer,
    );
    expect(other.get('/icon.svg')).not.toBe(icon);
  });

  test.each(['جريدة', '新聞', '…'])('are made without letters for %s', (title) => {
    const pictures = makePictures(makeSite({ title }), undefined, rasterizer);
    expect(pictureSizes(pictures)).toEqual(SIZES);
  });

  test.each(['a.png', 'a.jpg', 'a.svg'])('are made from %s', (name) => {
    const own = name === 'a.svg' ? Buffer.from(DRAWING) : readFileSync(join(MEDIA, name));
    const pictures = makePictures(makeSite({ icon: name }), own, rasterizer);
    expect(pictureSizes(pictures)).toEqual(SIZES);
    expect(pictures.has('/icon.svg')).toBe(name === 'a.svg');
  });

  test.each([
    [undefined, 'Cannot use icon "x.png" in seeds/site.toml: expected a file in seeds/'],
    ['GIF89a', 'expected a PNG, JPEG or SVG in seeds/'],
    ['<svg><rect width="1"', 'an SVG that can be drawn, but the root node was opened but never closed'],
    ['<svg><rect width="8" height="8"/></svg>', 'an SVG that can be drawn, but'],
    [`${SVG}<x:rect/></svg>`, "an SVG that can be drawn, but an unknown namespace prefix 'x'"],
    [`${SVG}<g></svg>`, 'an SVG that can be drawn, but'],
    [`${SVG}</svg>`, 'expected a picture of which something can be seen'],
    [`${SVG}<image href="https://a.example/b.png" width="8" height="8"/></svg>`, 'something can be seen'],
    [readFileSync(join(MEDIA, 'a.png')).subarray(0, 40), 'something can be seen'],
    [readFileSync(join(MEDIA, 'a.jpg')).subarray(0, 40), 'something can be seen'],
  ])('are not made from %j', (content, message) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    expect(() => makePictures(makeSite({ icon: 'x.png' }), bytes, rasterizer)).toThrow(message);
  });

  test('are listed for systems that install sites', () => {
    const pictures = makePictures(makeSite({ language: 'ar' }), undefined, rasterizer);
    const manifest = JSON.parse(String(pictures.get('/manifest.webmanifest')));
    expect(manifest).toMatchObject({ name: 'Example News', lang: 'ar', start_url: '/' });
    for (const { src, sizes } of manifest.icons)
      expect(pictureSizes(pictures)[src]?.replace('png ', '').replace('×', 'x')).toBe(sizes);
  });

  test('have an icon in three sizes for old browsers', () => {
    const ico = Buffer.from(makePictures(makeSite(), undefined, rasterizer).get('/favicon.ico') ?? '');
    expect(imageSize(ico).images?.map(({ width }) => width)).toEqual([16, 32, 48]);
  });
});

test('a build publishes the pictures, and leaves them when nothing about them changed', async () => {
  const folder = await testFolder({ 'seeds/a.txt': 'A\n\n- 1.1.2021\n\nText.\n' });
  const [seeds, out] = [join(folder, 'seeds'), join(folder, 'out')];
  const picture = join(out, 'assets/card.png');
  await runBuild(['--seeds', seeds, '--out', out]);
  const { mtimeMs } = await stat(picture);
  await runBuild(['--seeds', seeds, '--out', out]);
  expect((await stat(picture)).mtimeMs).toBe(mtimeMs);
  for (const name of [...Object.keys(SIZES), '/icon.svg', '/favicon.ico', '/manifest.webmanifest'])
    expect(existsSync(join(out, 'assets', name)), name).toBe(true);
  expect(readFileSync(join(out, 'assets/_headers'), 'utf8')).toContain('/card.png\n');
});
