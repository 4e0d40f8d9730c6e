import { describe, expect, test } from 'vitest';
import {
  compileFiles,
  fixtureFiles,
  makeApp,
  makeAppFrom,
  makeSite,
  NOW,
  type SiteOptions,
  seedFiles,
} from '../support/app.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function styleOf(css: string | undefined, options: SiteOptions = {}): Promise<string> {
  const media = css === undefined ? {} : { 'theme.css': bytes(css) };
  const { ask } = await makeApp(fixtureFiles(), { media, site: makeSite(options) });
  const response = await ask('/');
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(await response.text()) ?? [];
  return style;
}

describe('the stylesheet', () => {
  test('is small', async () => {
    expect(Buffer.byteLength(await styleOf(undefined))).toBeLessThan(14 * 1024);
  });

  test('has the fonts of the scripts of the site, unless the publisher chooses others', async () => {
    const faces = (style: string): string[] =>
      [...style.matchAll(/@font-face\{[^}]*src:url\(\/fonts\/([a-z-]+)-(\d+-\w+)\.[\da-f]{8}\.woff2\)/g)].map(
        ([, subset, face]) => `${subset} ${face}`,
      );
    const latin = ['latin', 'latin-ext'].flatMap((subset) =>
      ['400-normal', '600-normal', '400-italic'].map((face) => `${subset} ${face}`),
    );
    expect(faces(await styleOf(undefined))).toEqual(latin);
    expect(await styleOf(undefined)).not.toMatch(/font-display:(?!optional)/);
    expect(faces(await styleOf(undefined, { language: 'ru' }))).toHaveLength(12);
    expect(faces(await styleOf(undefined, { language: 'el' }))).toContain('greek 400-normal');
    expect(faces(await styleOf(undefined, { language: 'vi' }))).toContain('vietnamese 400-italic');
    expect(faces(await styleOf(undefined, { theme: { serif: 'Charter' } }))).toEqual([]);
  });

  test('takes the tokens of the site’s theme', async () => {
    const style = await styleOf(undefined, {
      theme: {
        accent: ['#a00', '#faa'],
        paper: 'oklch(98% 0.01 90)',
        serif: '"Charter", serif',
        measure: '42rem',
      },
    });
    expect(style).toContain(
      ':root{--paper:oklch(98% 0.01 90);--accent:light-dark(#a00,#faa);--serif:"Charter",serif;--measure:42rem}',
    );
    // Readers who need contrast, and paper, outrank it.
    expect(style.indexOf('--accent:light-dark(#a00')).toBeLessThan(style.indexOf('prefers-contrast'));
  });

  test('uses the margins only where the width of the text leaves some', async () => {
    expect(await styleOf(undefined)).toContain('position:sticky');
    expect(await styleOf(undefined, { theme: { measure: '60rem' } })).not.toContain('position:sticky');
  });

  test('ends with the publisher’s own CSS, as it is', async () => {
    const css = 'h1 {\n  color: rebeccapurple; /* "so" */\n}';
    expect((await styleOf(css)).endsWith(css)).toBe(true);
  });

  test.each([
    [
      'a{}\n</STYLE><script>',
      'Cannot use "</STYLE" in seeds/theme.css:2: expected CSS that can stand inside a page',
    ],
    ['/* \uFDD0 */', 'in seeds/theme.css:1: expected CSS that can stand inside a page'],
    [
      '\n\n@import "x.css";',
      'Cannot use "@import" in seeds/theme.css:3: expected all of the CSS in this file',
    ],
    [' '.repeat(40_000), 'Cannot use seeds/theme.css of 40000 bytes: expected at most 32768'],
  ])('refuses %j', async (css, message) => {
    const files = seedFiles(fixtureFiles(), { 'theme.css': bytes(css) });
    await expect(makeAppFrom(files)).rejects.toThrow(message);
  });

  test.each([
    [
      '@font-face { font-family: A; src: url(fonts/a.woff2) }',
      ['Cannot load "fonts/a.woff2" in seeds/theme.css:1: expected a font that readers have'],
    ],
    [
      '/* a */\n@FONT-FACE{\nsrc:local("A"),url( "https://a.example/a.woff" ) format("woff")}',
      ['"https://a.example/a.woff" in seeds/theme.css:3'],
    ],
    [
      `@font-face{src:url('data:font/woff2;base64,${'A'.repeat(200)}')}`,
      [`"data:font/woff2;base64,${'A'.repeat(56)}…"`],
    ],
    [
      'h1{background:url(http://a.example/b.png)}',
      ['"http://a.example/b.png" in seeds/theme.css:1: expected an address with https'],
    ],
    ['@font-face{src:local("A")} h1{background:url(https://a.example/b.png)}', []],
    ['/* @font-face { src: url(a.woff) } */ q::before{content:"@font-face{url(a)"}', []],
    ['@font-face{src:local("A")} h1{background:url(/media/b.png)}', []],
  ])('names what pages will not load: %j', async (css, named) => {
    const files = seedFiles(fixtureFiles(), { 'theme.css': bytes(css) });
    const { warnings } = await compileFiles(files, makeSite(), NOW);
    const about = warnings.filter((warning) => warning.includes('theme.css'));
    expect(about).toEqual(named.map((part) => expect.stringContaining(part)));
    expect((await styleOf(css)).endsWith(css)).toBe(true);
  });

  test('refuses what is not UTF-8', async () => {
    const files = seedFiles(fixtureFiles(), { 'theme.css': new Uint8Array([0xff, 0xfe, 0x61]) });
    await expect(makeAppFrom(files)).rejects.toThrow('Cannot read seeds/theme.css: expected text in UTF-8');
  });
});

describe('a theme', () => {
  test.each([
    [{ theme: { accent: 'red; } body { display: none' } }, 'Cannot use theme.accent'],
    [{ theme: { accent: ['#fff'] } }, 'Cannot use theme.accent = ["#fff"]'],
    [{ theme: { serif: 'x</style>' } }, 'Cannot use theme.serif = "x</style>"'],
    [{ theme: { measure: '100%' } }, 'Cannot use theme.measure = "100%" in site.toml: expected a length'],
    [{ theme: { colour: 'red' } }, 'expected one of paper, ink, faint, rule, accent, serif, sans, measure'],
    [{ theme: 'dark' }, 'Cannot use theme = "dark" in site.toml'],
  ])('%j is refused', (options, message) => {
    expect(() => makeSite(options)).toThrow(message);
  });
});
