import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkWranglerFile } from '../../src/config/wrangler-file.ts';
import { publicationFiles } from '../../src/import/publication-files.ts';

const makeFile = (settings: Readonly<Record<string, unknown>>): string =>
  publicationFiles({
    title: 'News',
    name: 'news',
    settings,
    version: '1.0.0',
    today: '2026-11-29',
    hasFirstDocument: true,
  })['wrangler.toml'] as string; // one of its files

const made = makeFile({});

const JSON_FILE = `{
  // JSON with comments
  "name": "news",
  "main": "dist/worker.js",
  "compatibility_date": "2026-10-23",
  "keep_names": false,
  "build": { "command": "npx tidings build" },
  "assets": {
    "directory": "dist/assets",
    "binding": "ASSETS",
    "run_worker_first": ["/store/*"],
  },
}
`;

describe.each(['wrangler.json', 'wrangler.jsonc'])('%s', (name) => {
  test('may say the same', () => {
    expect(checkWranglerFile(name, JSON_FILE, 'dist', undefined)).toEqual({ errors: [], warnings: [] });
  });

  test.each([
    [
      '"run_worker_first": ["/store/*"],',
      '"run_worker_first": false,',
      'Cannot use assets.run_worker_first = false in NAME:11: expected "run_worker_first": ["/store/*"] in "assets"; without it',
    ],
    [
      '"binding": "ASSETS",',
      '',
      'Cannot find assets.binding in NAME:8: expected "binding": "ASSETS" in "assets"',
    ],
    ['"dist/worker.js"', '"a.js"', 'Cannot use main = "a.js" in NAME:4: expected "main": "dist/worker.js";'],
    ['"news"', '', 'Cannot parse NAME: ValueExpected in line 3; expected JSON'],
    [JSON_FILE, '[]', 'Cannot parse NAME: expected an object'],
  ])('%j as %j is an error', (part, other, message) => {
    expect(checkWranglerFile(name, JSON_FILE.replace(part, other), 'dist', undefined).errors).toEqual([
      expect.stringContaining(message.replace('NAME', name)),
    ]);
  });
});

describe('wrangler.toml', () => {
  test.each([
    ['that of a new publication', made],
    ['that of this repository', readFileSync(join(import.meta.dirname, '../../wrangler.toml'), 'utf8')],
    ['one with more', `${made}\n[observability]\nenabled = true\n`],
    [
      'one in another order',
      made.replace('binding = "ASSETS"\n', '').replace('[assets]', '[assets]\nbinding = "ASSETS"'),
    ],
  ])('%s is right', (_, text) => {
    expect(checkWranglerFile('wrangler.toml', text, 'dist', undefined)).toEqual({ errors: [], warnings: [] });
  });

  test.each([
    [
      'run_worker_first = ["/store/*"]',
      'run_worker_first = false',
      'Cannot use assets.run_worker_first = false in wrangler.toml:16: expected the line run_worker_first = ["/store/*"] below [assets]; without it anybody can read articles that are not published yet',
    ],
    [
      'run_worker_first = ["/store/*"]',
      '',
      'Cannot find assets.run_worker_first in wrangler.toml:12: expected the line run_worker_first = ["/store/*"] below [assets]',
    ],
    [
      'main = "dist/worker.js"',
      'main = "src/worker.ts"',
      'Cannot use main = "src/worker.ts" in wrangler.toml:3: expected the line main = "dist/worker.js";',
    ],
    [
      'directory = "dist/assets"',
      'directory = "public"',
      'Cannot use assets.directory = "public" in wrangler.toml:13:',
    ],
    ['binding = "ASSETS"', 'binding = "FILES"', 'Cannot use assets.binding = "FILES" in wrangler.toml:14:'],
    ['name = "news"', 'name = ', 'Cannot parse wrangler.toml: '],
  ])('%j as %j is an error', (line, other, message) => {
    expect(checkWranglerFile('wrangler.toml', made.replace(line, other), 'dist', undefined).errors).toEqual([
      expect.stringContaining(message),
    ]);
  });

  test.each([
    [
      'keep_names = false',
      '',
      'Cannot find keep_names in wrangler.toml: expected the line keep_names = false;',
    ],
    ['keep_names = false', 'keep_names = true', 'Cannot use keep_names = true in wrangler.toml:6:'],
    ['2026-10-23', '2024-01-01', 'Cannot use compatibility_date = "2024-01-01" in wrangler.toml:4:'],
    [
      'command = "npx tidings build"',
      '',
      'Cannot find build.command in wrangler.toml:8: expected the line command = "npx tidings build" below [build]; without it',
    ],
  ])('%j as %j is a warning', (line, other, message) => {
    const { errors, warnings } = checkWranglerFile(
      'wrangler.toml',
      made.replace(line, other),
      'dist',
      undefined,
    );
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [expect.stringContaining(message)] });
  });

  const CACHED = `${made}\n[cache]\nenabled = true\n`;
  const URL = 'https://news.example';

  test.each([
    ['a pinned address and a cache', CACHED, URL],
    ['that of a new publication with an address', makeFile({ url: URL }), URL],
    ['a pinned address, and the publisher wants no cache', CACHED.replace('true', 'false'), URL],
    ['no pinned address and no cache', made, undefined],
    ['an address that a variable pins', `${CACHED}\n[vars]\nSITE_URL = "https://news.example"\n`, undefined],
  ])('%s is right', (_, text, url) => {
    expect(checkWranglerFile('wrangler.toml', text, 'dist', url)).toEqual({ errors: [], warnings: [] });
  });

  test('a cache without a pinned address is an error, and so is one of other versions', () => {
    expect(checkWranglerFile('wrangler.toml', CACHED, 'dist', undefined).errors).toEqual([
      expect.stringContaining(
        'Cannot use cache.enabled = true in wrangler.toml:19: expected the line enabled = false below [cache]; the cache serves all hosts alike',
      ),
    ]);
    expect(
      checkWranglerFile('wrangler.toml', `${CACHED}cross_version_cache = true\n`, 'dist', URL).errors,
    ).toEqual([expect.stringContaining('Cannot use cache.cross_version_cache = true in wrangler.toml:20:')]);
  });

  test('a pinned address without a cache is a warning', () => {
    expect(checkWranglerFile('wrangler.toml', made, 'dist', URL)).toEqual({
      errors: [],
      warnings: [
        expect.stringContaining('expected the line enabled = true below [cache]; with it Cloudflare'),
      ],
    });
  });
});
