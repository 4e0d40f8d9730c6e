import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf } from '../support/app.ts';
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

describe('bad input', () => {
  test('is refused in one line each, and the others are published', async () => {
    const refused: readonly (readonly [name: string, content: string | Uint8Array, line: string])[] = [
      ['empty.txt', '', 'Cannot read seeds/empty.txt: the file is empty; expected a document'],
      [
        'binary.txt',
        Uint8Array.of(1, 0, 2),
        'Cannot read seeds/binary.txt: byte 1 is NUL; expected text, not binary data',
      ],
      [
        'latin.txt',
        Uint8Array.of(0x66, 0xfc, 0x72),
        'Cannot read seeds/latin.txt: it is not UTF-8 text; save it as UTF-8',
      ],
      [
        'impossible-date.txt',
        documentOf('I', '31.02.2021'),
        'Cannot parse date "31.02.2021" in seeds/impossible-date.txt:3: expected a day that exists, day before month',
      ],
      [
        'month-first.txt',
        documentOf('M', '12/31/2021'),
        'Cannot parse date "12/31/2021" in seeds/month-first.txt:3: expected day before month, or "2021-12-31"',
      ],
      [
        'large.txt',
        'a'.repeat(11 * 1024 * 1024),
        'Cannot read seeds/large.txt: it has 11534336 bytes; expected at most 10485760',
      ],
      [
        'unclosed.md',
        '---\ntitle: x\n\nText.',
        'Cannot read front matter "---" in seeds/unclosed.md:1: expected a line "---" that closes it',
      ],
      [
        'broken.md',
        '---\ntitle: "x\n---\nText.',
        'in seeds/broken.md:2: expected YAML, but the quote " is not closed',
      ],
      ['bomb.md', YAML_BOMB, 'expected YAML, but more than 100000 values'],
      [
        'no-month.md',
        '---\ndate: 2023-13-40\n---\nText.',
        'Cannot parse date "2023-13-40" in seeds/no-month.md:2: expected a day that exists',
      ],
      [
        'deep.md',
        `---\ndate: 2021-01-01\n---\n${'>'.repeat(20_000)} x`,
        'Cannot read seeds/deep.md:4: expected at most',
      ],
    ];
    const seeds = await testFolder({
      ...GOOD,
      ...Object.fromEntries(refused.map(([name, content]) => [name, content])),
    });
    const { code, stdout, stderr } = await runBuild(['--seeds', seeds, '--out', await testFolder()]);
    expect(code).toBe(1);
    const lines = stderr.trimEnd().split('\n');
    expect(lines, stderr).toHaveLength(refused.length);
    for (const [name, , line] of refused)
      expect(lines.filter((each) => each.includes(`seeds/${name}`))).toEqual([expect.stringContaining(line)]);
    expect(stdout).toContain('/articles/a-good-one');
    expect(stdout).toContain(`1 published, 0 scheduled, ${refused.length} refused`);
  });

  test('that need not be refused is published with a warning', async () => {
    const seeds = await testFolder({
      ...GOOD,
      'sub/n.txt': 'Headline\n\nText.',
      'p.md': '---\ntitle: P\ndate: 2021-03-01\n---\n![a](fake.png)',
      'fake.png': 'no picture',
      'later.txt': documentOf('A Good One', '1.2.2022', 'Another text.'),
    });
    const now = ['--now', '2026-11-22T12:00:00Z'];
    const { code, stdout, stderr } = await runBuild(['--seeds', seeds, '--out', await testFolder(), ...now]);
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n').toSorted()).toEqual([
      'warning: Cannot publish seeds/fake.png: expected a picture of the type image/png; left it out',
      'warning: Named seeds/later.txt "a-good-one-2022-02-01", because "a-good-one" belongs to seeds/good.txt; pin a slug to choose another',
      'warning: No date in seeds/sub/n.txt: it is published as of this build, 2026-11-22T12:00:00Z; commit seeds/ledger.json, so that later builds keep this date, or state one',
    ]);
    expect(stdout).toContain('4 published');
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
