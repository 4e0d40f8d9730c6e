import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyText } from '../../src/check/http-client.ts';
import { FEED_FORMATS, paths } from '../../src/routes/paths.ts';
import { type Served, serveFiles } from '../support/served.ts';

const STATIC = 'title = "Example News"\nurl = "https://news.example"\nmainFeeds = "static"\n';
const NOW = '2026-06-15T12:00:00Z';
const FILES = FEED_FORMATS.map((format) => paths[format][0]);

let site: Served;

const configure = (text: string): void => writeFileSync(join(site.seeds, 'site.toml'), text);
const asset = (path: string): string => join(site.out, 'assets', path);

beforeAll(async () => {
  const files = {
    'site.toml': STATIC,
    'news/a.txt': 'High Water\n\n- 1.2.2021\n\nThe harbour is under water.\n',
    'news/b.txt': 'Low Water\n\n- 2.2.2021\n\nThe harbour is dry.\n',
  };
  site = await serveFiles(files, { args: ['--now', NOW] });
});

afterAll(() => site.close());

test.each(FEED_FORMATS)(
  'the main feed is a file that Cloudflare serves as the worker would: %s',
  async (format) => {
    const [path, ...others] = paths[format];
    const file = await site.ask(path);
    const text = bodyText(file);
    expect(text).toBe(readFileSync(asset(path), 'utf8'));
    expect(text).toContain('https://news.example/articles/low-water');
    // The worker itself, at an address that is no file.
    const slice = await site.ask(`/collections/news${path}`);
    expect(slice.headers.get('vary')).toContain('Sec-Fetch-Mode');
    for (const name of [
      'content-type',
      'access-control-allow-origin',
      'content-security-policy',
      'x-content-type-options',
    ])
      expect(file.headers.get(name), name).toBe(slice.headers.get(name));
    expect(file.headers.get('cache-control')).toBe('public, max-age=3600');
    const etag = file.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    expect((await site.ask(path, { 'if-none-match': etag })).status).toBe(304);
    for (const other of others) {
      const redirect = await site.ask(other);
      expect([redirect.status, redirect.headers.get('location')], other).toEqual([301, path]);
    }
  },
);

test('the files go when the worker serves the feeds again', async () => {
  configure(STATIC.replace('mainFeeds = "static"', ''));
  expect((await site.build()).code).toBe(0);
  for (const path of [...FILES, '_redirects']) expect(existsSync(asset(path)), path).toBe(false);
  expect(readFileSync(asset('_headers'), 'utf8')).not.toContain('/rss.xml');
});

test('a feed that changes by itself needs a planned build', async () => {
  writeFileSync(join(site.seeds, 'news/c.txt'), 'Later\n\n- 24.12.2026\n\nNot yet.\n');
  configure(STATIC);
  const { code, stderr } = await site.build();
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Cannot write the main feeds as files: an article appears, changes or expires at 2026-12-24T00:00:00.000Z; expected rebuildEvery in .*site\.toml/m,
  );
  configure(`${STATIC}rebuildEvery = 15\n`);
  expect((await site.build()).code).toBe(0);
  expect(readFileSync(asset('rss.xml'), 'utf8')).not.toContain('Later');
  expect(readFileSync(asset('_headers'), 'utf8')).toContain('max-age=900');
});

test('a file has one address, so url must be stated', async () => {
  configure(STATIC.replace(/^url.*$/m, ''));
  const { code, stderr } = await site.build();
  expect(code).toBe(1);
  expect(stderr).toMatch(/"static" in seeds\/site\.toml:3: expected url as well/);
});
