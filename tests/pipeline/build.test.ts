import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
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
import { boundByModes, NO_PERMISSIONS } from '../support/programs.ts';

const ROOT = join(import.meta.dirname, '../..');

const GOOD = { ...SETTINGS, 'good.txt': documentOf('A Good One', '1.2.2021') };

/** Eight levels of eight references each. */
const YAML_BOMB = `---\n${Array.from(
  { length: 8 },
  (_, i) =>
    `a${i}: &a${i} [${
      i === 0
        ? 'x'
        : Array(8)
            .fill(`*a${i - 1}`)
            .join(',')
    }]`,
).join('\n')}\n---\nText.`;

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

describe('bad input', () => {
  test.each([
    [
      'an empty file',
      { 'empty.txt': '' },
      'Cannot read seeds/empty.txt: the file is empty; expected a document',
    ],
    [
      'a binary file',
      { 'b.txt': Uint8Array.of(1, 0, 2) },
      'Cannot read seeds/b.txt: byte 1 is NUL; expected text, not binary data',
    ],
    [
      'another encoding',
      { 'l.txt': Uint8Array.of(0x66, 0xfc, 0x72) },
      'Cannot read seeds/l.txt: it is not UTF-8 text; save it as UTF-8',
    ],
    [
      'an impossible date',
      { 'i.txt': documentOf('I', '31.02.2021') },
      'Cannot parse date "31.02.2021" in seeds/i.txt:3: expected a day that exists, day before month',
    ],
    [
      'the month first',
      { 'm.txt': documentOf('M', '12/31/2021') },
      'Cannot parse date "12/31/2021" in seeds/m.txt:3: expected day before month, or "2021-12-31"',
    ],
    [
      'a file that is too large',
      { 'l.txt': 'a'.repeat(11 * 1024 * 1024) },
      'Cannot read seeds/l.txt: it has 11534336 bytes; expected at most 10485760',
    ],
    [
      'front matter that is not closed',
      { 'f.md': '---\ntitle: x\n\nText.' },
      'Cannot read front matter "---" in seeds/f.md:1: expected a line "---" that closes it',
    ],
    [
      'broken YAML',
      { 'y.md': '---\ntitle: "x\n---\nText.' },
      'in seeds/y.md:2: expected YAML, but the quote " is not closed',
    ],
    ['a bomb of aliases', { 'b.md': YAML_BOMB }, 'expected YAML, but more than 100000 values'],
    [
      'a month that there is not',
      { 'd.md': '---\ndate: 2023-13-40\n---\nText.' },
      'Cannot parse date "2023-13-40" in seeds/d.md:2: expected a day that exists',
    ],
    [
      'deep nesting',
      { 'n.md': `---\ndate: 2021-01-01\n---\n${'>'.repeat(20_000)} x` },
      'Cannot read seeds/n.md:4: expected at most',
    ],
  ])('%s is refused in one line, and the others are published', async (_, files, line) => {
    const out = await testFolder();
    const { code, stdout, stderr } = await runBuild([
      '--seeds',
      await testFolder({ ...GOOD, ...files }),
      '--out',
      out,
    ]);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
    expect(stderr).toContain(line);
    expect(stdout).toContain('/articles/a-good-one');
    expect(stdout).toContain('1 refused');
  });

  test.each([
    [
      'without a date',
      { 'sub/n.txt': 'Headline\n\nText.' },
      'warning: No date in seeds/sub/n.txt: it is published as of this build, 2026-11-22T12:00:00Z; commit seeds/ledger.json, so that later builds keep this date, or state one',
    ],
    [
      'that names a picture that is none',
      { 'p.md': '---\ntitle: P\ndate: 2021-03-01\n---\n![a](fake.png)', 'fake.png': 'no picture' },
      'warning: Cannot publish seeds/fake.png: expected a picture of the type image/png; left it out',
    ],
    [
      'with a headline that another has',
      { 'later.txt': documentOf('A Good One', '1.2.2022', 'Another text.') },
      'warning: Named seeds/later.txt "a-good-one-2022-02-01", because "a-good-one" belongs to seeds/good.txt; pin a slug to choose another',
    ],
  ])('a document %s is published with a warning', async (_, files, line) => {
    const seeds = await testFolder({ ...GOOD, ...files });
    const { code, stdout, stderr } = await runBuild([
      '--seeds',
      seeds,
      '--out',
      await testFolder(),
      '--now',
      '2026-11-22T12:00:00Z',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${line}\n` });
    expect(stdout).toContain('2 published');
  });

  test('a link, a device and a folder named like a document are never followed', async () => {
    const seeds = await testFolder(GOOD);
    const secret = await testFolder({ 'secret.txt': documentOf('Secret', '1.2.2021') });
    symlinkSync(join(secret, 'secret.txt'), join(seeds, 'link.txt'));
    symlinkSync(secret, join(seeds, 'folder-link'));
    symlinkSync('loop.txt', join(seeds, 'loop.txt'));
    mkdirSync(join(seeds, 'folder.txt'));
    execFileSync('mkfifo', [join(seeds, 'pipe.txt')]);
    const { code, stdout, stderr } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
    expect(code).toBe(1);
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/:.*/, '')),
    ).toEqual(['Cannot read seeds/link.txt', 'Cannot read seeds/loop.txt', 'Cannot read seeds/pipe.txt']);
    expect(stdout).toContain('1 published');
  });

  test('of pictures, links and devices are not published, and one that may not be read is named', async ({
    skip,
  }) => {
    const prefix = boundByModes() ?? skip(NO_PERMISSIONS);
    const names = ['link.png', 'pipe.png', 'mine.png', 'right.png'];
    const body = names.map((name) => `![${name}](${name})`).join('\n\n');
    const text = `---\ntitle: Pictures\ndate: 2021-02-03\n---\n\n${body}\n`;
    const [seeds, out] = [await testFolder({ 'a.md': text }), await testFolder()];
    const picture = join(ROOT, 'tests/fixtures/media/a.png');
    symlinkSync(picture, join(seeds, 'link.png'));
    execFileSync('mkfifo', [join(seeds, 'pipe.png')]);
    for (const name of ['mine.png', 'right.png']) copyFileSync(picture, join(seeds, name));
    chmodSync(join(seeds, 'mine.png'), 0);
    const { code, stderr } = await runBuild(['--seeds', seeds, '--out', out], {}, prefix);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: [
        'warning: Cannot read seeds/mine.png: EACCES; expected a file that you may read',
        'warning: Cannot publish seeds/link.png for "link.png" of seeds/a.md:6: expected a file, not a link, of at most 25 MiB (200 for recordings), and no HTML; left it out',
        'warning: Cannot publish seeds/pipe.png for "pipe.png" of seeds/a.md:8: expected a file, not a link, of at most 25 MiB (200 for recordings), and no HTML; left it out\n',
      ].join('\n'),
    });
    const published = readdirSync(join(out, 'assets/media'), { recursive: true, encoding: 'utf8' });
    expect(published.filter((name) => name.endsWith('.png'))).toEqual([
      expect.stringMatching(/^[\da-f]{16}\/right\.png$/),
    ]);
  });

  test('a file that may not be read is named', async ({ skip }) => {
    const prefix = boundByModes() ?? skip(NO_PERMISSIONS);
    const [seeds, out] = [await testFolder({ ...GOOD, 'mine.txt': 'x' }), await testFolder()];
    chmodSync(join(seeds, 'mine.txt'), 0);
    const { code, stdout, stderr } = await runBuild(['--seeds', seeds, '--out', out], {}, prefix);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Cannot read seeds/mine.txt: EACCES; expected a file that you may read\n',
    });
    expect(stdout).toContain('1 published');
  });

  test('a name with control characters is quoted, not printed', async () => {
    const seeds = await testFolder(GOOD);
    writeFileSync(join(seeds, 'a\u001b[31m\n.txt'), documentOf('Bad', '1.2.2021'));
    const { code, stderr } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'Cannot read "seeds/a\\u001b[31m\\n.txt": expected a name without control characters\n',
    );
  });

  // Other systems have no such names.
  test.runIf(process.platform === 'linux')(
    'a name that is not UTF-8 is told from a file that is locked',
    async () => {
      const seeds = await testFolder(GOOD);
      writeFileSync(Buffer.concat([Buffer.from(`${seeds}/b`), Buffer.from([0xff]), Buffer.from('.txt')]), '');
      const { code, stderr } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'Cannot read seeds/b\uFFFD.txt: ENOENT; expected a name in UTF-8\n',
      });
    },
  );

  test('other files are listed, hidden ones and drafts are passed over', async () => {
    const seeds = await testFolder({
      ...GOOD,
      'photo.png': 'x',
      '.hidden.txt': 'x',
      '_draft.txt': 'x',
      '.git/a.txt': 'x',
    });
    const { code, stdout } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
    expect(code).toBe(0);
    expect(stdout).toContain('ignored    seeds/photo.png: not a document');
    expect(stdout).toContain('1 document:');
  });

  test('a missing folder and unknown options end with one line', async () => {
    expect(await runBuild(['--seeds', '/nowhere', '--out', await testFolder()])).toMatchObject({
      code: 1,
      stderr: 'Cannot read the folder of seeds "/nowhere": ENOENT; expected a folder of documents\n',
    });
    expect(await runBuild(['--sedes', 'x'])).toMatchObject({ code: 2 });
    expect(await runBuild(['--now', 'soon'])).toMatchObject({
      code: 2,
      stderr: 'Cannot parse --now "soon": expected an ISO 8601 date and time\n',
    });
  });
});
