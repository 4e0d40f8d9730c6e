import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/config/errors.ts';
import { buildOptions } from '../../src/pipeline/options.ts';
import { LARGE } from '../../src/pipeline/worker-pool.ts';
import { decodeStore } from '../../src/store/format.ts';
import { documentOf, fixtureFiles } from '../support/app.ts';
import { runBuild, SETTINGS } from '../support/build.ts';
import { testFolder } from '../support/folder.ts';

const ROOT = join(import.meta.dirname, '../..');

const GOOD = { ...SETTINGS, 'good.txt': documentOf('A Good One', '1.2.2021') };

function contentOf(out: string): Record<string, string> {
  const names = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('base64')]),
  );
}

describe('npm run build', () => {
  test('says what was published, and writes a store and its assets', async () => {
    const out = await testFolder();
    const { code, stdout, stderr } = await runBuild(['--seeds', await testFolder(GOOD), '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('published  2021-02-01 00:00  /articles/a-good-one  seeds/good.txt');
    expect(stdout).toContain('1 document: 1 published, 0 scheduled, 0 refused');
    const [parts, files] = [/^[\da-f]{32}$/, Object.keys(contentOf(out)).sort()];
    // The other forms of the article.
    expect(files.filter((name) => parts.test(name))).toHaveLength(1);
    expect(files.filter((name) => /^latin(?:-ext)?-\d+-\w+\.[\da-f]{8}\.woff2$/.test(name))).toHaveLength(6);
    expect(files.filter((name) => !parts.test(name) && !name.endsWith('.woff2'))).toEqual([
      '_headers',
      'apple-touch-icon.png',
      'card.png',
      'favicon.ico',
      'icon-192.png',
      'icon-maskable.png',
      'icon.png',
      'icon.svg',
      'manifest.webmanifest',
      'pictures.txt',
      'report.json',
      'store.bin',
      'worker.js',
    ]);
  });

  test('does not call the file of authors ignored, since it names them', async () => {
    const seeds = await testFolder({
      ...GOOD,
      'authors.yml': 'jane:\n  name: Jane Roe\n',
      'b.yml': 'b: 1\n',
    });
    const { stdout } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
    expect(stdout).toContain('/b.yml: not a document');
    expect(stdout).not.toContain('authors.yml');
  });

  test('names the patterns among redirects, which it leaves out', async () => {
    const seeds = await testFolder({ ...GOOD, _redirects: '/old/* /new/:splat 301\n/v1/* /v2/:splat\n' });
    const { stdout } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
    expect(stdout).toContain('Left out 2 redirect patterns: /old/* and /v1/*; state each address');
  });

  test('does not call data of folders and documents ignored, since documents have them', async () => {
    const seeds = await testFolder({
      '.eleventy.js': 'module.exports = () => ({});',
      'posts/a.md': '---\ntitle: A\ndate: 2021-02-03\n---\n\nText.',
      'posts/posts.json': '{ "tags": ["harbour"] }',
      'posts/a.json': '{ "author": "Jane Roe" }',
      'posts/b.json': '{}',
    });
    const { stdout } = await runBuild(['--seeds', seeds, '--out', await testFolder(), '--verbose']);
    const ignored = stdout.split('\n').filter((line) => line.startsWith('ignored'));
    expect(ignored).toEqual(['ignored    seeds/posts/b.json: not a document']);
  });

  test('takes the settings of the folder, and says what one without them gets', async () => {
    const out = await testFolder();
    const parent = await testFolder({
      'harbour-news/seeds/a.md': '---\ndate: 2021-02-03\n---\n\n# A\n\nText.',
    });
    const seeds = join(parent, 'harbour-news/seeds');
    const without = await runBuild(['--seeds', seeds, '--out', out]);
    expect(without).toMatchObject({ code: 0, stderr: '' });
    expect(without.stdout).toContain(
      'seeds/site.toml is missing: title "Harbour news", language "en", time zone "UTC"\n',
    );
    const settingsOf = () =>
      decodeStore(new Uint8Array(readFileSync(join(out, 'store.bin'))).buffer).site.settings;
    expect(settingsOf()).toMatchObject({ title: 'Harbour news', language: 'en', timeZone: 'UTC' });
    writeFileSync(join(seeds, 'site.toml'), 'title = "T"\nlanguage = "tr"\ntimeZone = "Europe/Istanbul"\n');
    const { stdout } = await runBuild(['--seeds', seeds, '--out', out]);
    expect(stdout).not.toContain('site.toml');
    expect(stdout).toContain('published  2021-02-03 00:00  /articles/');
    expect(settingsOf()).toMatchObject({ title: 'T', language: 'tr', timeZone: 'Europe/Istanbul' });
    writeFileSync(join(seeds, 'site.toml'), 'titel = "T"\n');
    expect(await runBuild(['--seeds', seeds, '--out', out])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Cannot use the key "titel" in seeds/site.toml:1: expected "title"\n',
    });
  });

  test('publishes the sample publication without a warning', async () => {
    const seeds = join(await testFolder(), 'seeds');
    cpSync(join(ROOT, 'seeds'), seeds, { recursive: true });
    const { code, stderr } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('takes the environment, and flags over the environment', async () => {
    const [seeds, one, other] = [await testFolder(GOOD), await testFolder(), await testFolder()];
    await runBuild([], { SEEDS_DIR: seeds, OUT_DIR: one });
    await runBuild(['--seeds', seeds, '--out', other], { SEEDS_DIR: '/nowhere', OUT_DIR: one });
    expect(contentOf(other)).toEqual(contentOf(one));
    expect(Object.keys(contentOf(one))).toContain('store.bin');
  });

  test.runIf(process.platform === 'linux')(
    'starts again with one arena of memory if it is large',
    async () => {
      const told = "data:text/javascript,process.on('exit',()=>console.error(process.env.MALLOC_ARENA_MAX))";
      const arenas = async (bytes: number): Promise<string | undefined> => {
        const seeds = await testFolder(GOOD);
        writeFileSync(join(seeds, 'large.txt'), '');
        truncateSync(join(seeds, 'large.txt'), bytes);
        const environment = { NODE_OPTIONS: `--import ${told}` };
        const { stderr } = await runBuild(['--seeds', seeds, '--out', await testFolder()], environment);
        return stderr.trim().split('\n').at(-1);
      };
      expect([await arenas(1000), await arenas(LARGE)]).toEqual(['undefined', '1']);
    },
  );

  test('takes an empty name of a folder for none', () => {
    const usual = buildOptions(['--now', '2021-02-01'], {});
    expect(buildOptions(['--now', '2021-02-01', '--out', ''], { SEEDS_DIR: '', CACHE_DIR: '' })).toEqual(
      usual,
    );
    expect(usual).toMatchObject({ seeds: 'seeds', out: 'dist' });
  });

  test('takes no folder that lies in another one, whatever it is called', async () => {
    const parent = await testFolder({ 'seeds/a.txt': '', 'other/b.txt': '' });
    const at = (path: string): string => join(parent, path);
    mkdirSync(at('seeds/sub'));
    symlinkSync(at('seeds/sub'), at('link'));
    symlinkSync(at('seeds'), at('seeds-link'));
    const use = (seeds: string, out: string, cache: string) => () =>
      buildOptions(['--seeds', at(seeds), '--out', at(out), '--cache', at(cache)], {});
    for (const [seeds, out, cache, named] of [
      ['seeds', 'seeds', 'cache', '--out'],
      ['seeds', 'seeds/out', 'cache', '--out'],
      ['seeds', 'seeds/.hidden/new/out/', 'cache', '--out'],
      ['seeds', 'other/../seeds/out', 'cache', '--out'],
      ['seeds', 'link/out', 'cache', '--out'],
      ['seeds', 'seeds-link/out', 'cache', '--out'],
      ['seeds-link', 'seeds/out', 'cache', '--out'],
      ['seeds', '.', 'cache', '--seeds'],
      ['seeds-link', '.', 'cache', '--seeds'],
      ['seeds', 'out', 'seeds/cache', '--cache'],
      ['seeds', 'out', 'link', '--cache'],
      ['seeds', 'out', '.', '--seeds'],
      ['seeds', 'out', 'out/assets/cache', '--cache'],
      ['seeds', 'cache/out', 'cache', '--out'],
      ['seeds', 'cache', 'cache', '--out'],
    ] as const) {
      const each = `${seeds} ${out} ${cache}`;
      expect(use(seeds, out, cache), each).toThrow(UsageError);
      expect(use(seeds, out, cache), each).toThrow(new RegExp(`^Cannot use ${named} "`));
    }
    for (const [seeds, out, cache] of [
      ['seeds', 'out', 'cache'],
      ['seeds', 'seeds-2', 'seeds-3'],
      ['seeds', '..out', '..cache'],
      ['seeds', 'other/out', 'other/out/cache'],
      ['seeds/sub', 'seeds/out', 'seeds/cache'],
    ] as const)
      expect(use(seeds, out, cache), `${seeds} ${out} ${cache}`).not.toThrow();
    const seeds = at('seeds');
    expect(await runBuild(['--seeds', seeds, '--out', join(seeds, 'out')])).toEqual({
      code: 2,
      stdout: '',
      stderr: `Cannot use --out "seeds/out": it is in the folder of seeds, "${seeds}"; expected a folder outside it\n`,
    });
    expect(readdirSync(seeds).sort()).toEqual(['a.txt', 'sub']);
  });

  test('tells the scheduled from the published by --now', async () => {
    const args = ['--seeds', await testFolder(GOOD), '--out', await testFolder()];
    expect((await runBuild([...args, '--now', '2021-01-31T23:59:59Z'])).stdout).toContain(
      '0 published, 1 scheduled',
    );
    expect((await runBuild([...args, '--now', '2021-02-01T00:00:00Z'])).stdout).toContain(
      '1 published, 0 scheduled',
    );
  });

  test('gives the same bytes in another folder, time zone, locale, file order and at another time', async () => {
    const files = fixtureFiles();
    const [one, other] = [await testFolder(), await testFolder()];
    const entries = files.map(({ path, bytes }) => [path, bytes] as const);
    // A site without settings is named after its folder.
    entries.push(['site.toml', new TextEncoder().encode('title = "Example News"')]);
    const forward = await testFolder(Object.fromEntries(entries));
    const backward = await testFolder(Object.fromEntries(entries.toReversed()));
    await runBuild(['--seeds', forward, '--out', one], {
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'tr_TR.UTF-8',
    });
    await runBuild(['--seeds', backward, '--out', other, '--now', '2030-01-01'], {
      TZ: 'America/Anchorage',
      LC_ALL: 'C',
      LANG: 'C',
    });
    expect(contentOf(other)).toEqual(contentOf(one));
  });
});
