import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadLedger, saveLedger } from '../../src/pipeline/ledger.ts';
import { documentOf } from '../support/app.ts';
import { runBuild, SETTINGS } from '../support/build.ts';
import { testFolder } from '../support/folder.ts';
import { boundByModes, NO_PERMISSIONS } from '../support/programs.ts';

const SEEDS = {
  'seeds/site.toml': SETTINGS['site.toml'],
  'seeds/posts/a.txt': documentOf('First', '1.2.2021', 'A text of the first article, which nobody else has.'),
  'seeds/posts/b.txt': documentOf('Second', '2.2.2021', 'Other words altogether stand in the second one.'),
  'seeds/c.txt': documentOf('Third', '3.2.2021', 'The third has but few words.'),
};

async function buildIn(seeds: string, prefix: readonly string[] = []) {
  return runBuild(['--seeds', seeds, '--out', await testFolder(), '--now', '2026-11-22'], {}, prefix);
}

function ledgerOf(seeds: string): string {
  return readFileSync(join(seeds, 'ledger.json'), 'utf8');
}

let ledger: string | undefined;

/** A folder of documents that was built once. */
async function builtOnce(): Promise<string> {
  const seeds = join(await testFolder(SEEDS), 'seeds');
  if (ledger !== undefined) writeFileSync(join(seeds, 'ledger.json'), ledger);
  else expect((await buildIn(seeds)).code).toBe(0);
  ledger ??= ledgerOf(seeds);
  return seeds;
}

/** The mode of a file at a path below the seeds, so that it can be given back. */
async function withMode(seeds: string, path: string, mode: number, use: () => Promise<void>): Promise<void> {
  const file = join(seeds, path);
  const before = statSync(file).mode;
  chmodSync(file, mode);
  try {
    await use();
  } finally {
    chmodSync(file, before);
  }
}

describe('the articles of documents that cannot be looked at are not removed', () => {
  const unreadable = (path: string) =>
    `Cannot read seeds/${path}: EACCES; expected a file that you may read\n`;

  test.for([
    ['a folder that may not be read', 'posts', 0, ['posts']],
    ['a folder that may be entered, but not listed', 'posts', 0o311, ['posts']],
    ['a folder that may be listed, but not entered', 'posts', 0o644, ['posts/a.txt', 'posts/b.txt']],
    ['a file', 'posts/a.txt', 0o200, ['posts/a.txt']],
  ] as const)('%s', async ([, path, mode, named], { skip }) => {
    const prefix = boundByModes() ?? skip(NO_PERMISSIONS);
    const seeds = await builtOnce();
    const before = ledgerOf(seeds);
    await withMode(seeds, path, mode, async () => {
      const { code, stderr } = await buildIn(seeds, prefix);
      expect({ code, stderr }).toEqual({ code: 1, stderr: named.map(unreadable).join('') });
      expect(ledgerOf(seeds)).toBe(before);
    });
    renameSync(join(seeds, 'posts/a.txt'), join(seeds, 'moved.txt'));
    const { code, stdout } = await buildIn(seeds);
    expect(code).toBe(0);
    expect(stdout).toContain('/articles/first  seeds/moved.txt');
    expect(idsOf(ledgerOf(seeds))).toEqual(idsOf(before));
  });

  test.each(['a link to it', 'a link to nothing'])('a folder in whose place is %s', async (what) => {
    const seeds = await builtOnce();
    const before = ledgerOf(seeds);
    const elsewhere = join(seeds, '../elsewhere');
    renameSync(join(seeds, 'posts'), elsewhere);
    symlinkSync(what === 'a link to it' ? elsewhere : '/there/is/none', join(seeds, 'posts'));
    const { code, stderr } = await buildIn(seeds);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'Cannot read seeds/posts: expected a folder, not a link; the articles that were in it are not removed: put the folder back, or delete the link to remove them\n',
    });
    expect(ledgerOf(seeds)).toBe(before);
    unlinkSync(join(seeds, 'posts'));
    expect((await buildIn(seeds)).stderr).toContain('the article "first" is removed');
  });

  test('a link where no article was is only passed over', async () => {
    const seeds = await builtOnce();
    symlinkSync('/there/is/none', join(seeds, 'post'));
    expect(await buildIn(seeds)).toMatchObject({ code: 0, stderr: '' });
  });
});

function idsOf(ledger: string): string[] {
  return [...ledger.matchAll(/"id": "(.*?)"/g)].map(([, id = '']) => id);
}

describe('a ledger', () => {
  test.each<[string, (path: string, content: string) => void, string]>([
    ['that is empty', (path) => writeFileSync(path, ''), 'it is empty; take the file from git again'],
    [
      'without its last lines',
      (path, content) => writeFileSync(path, content.split('\n').slice(0, 3).join('\n')),
      'is the last line, so the file was cut off',
    ],
    [
      'with the marks of a merge',
      (path, content) => writeFileSync(path, `${content.split('\n', 1)}\n<<<<<<< ours\n${content}`),
      '"<<<<<<< ours" is left from a merge',
    ],
    [
      'that is not text any more',
      (path, content) => writeFileSync(path, Buffer.from(content).fill(0xff, 100, 120)),
      'it is not UTF-8 text; take the file from git again',
    ],
    [
      'of zeros, as after a crash',
      (path, content) => writeFileSync(path, Buffer.alloc(content.length)),
      'it has no "version"; take the file from git again',
    ],
    ['in whose place is a folder', (path) => mkdirSync(path), 'expected a file, not a folder, a link'],
    ['in whose place is a pipe', (path) => void execFileSync('mkfifo', [path]), 'expected a file, not'],
    ['in whose place is a link', (path) => symlinkSync('/etc/passwd', path), 'expected a file, not'],
    ['in whose place is a link to nothing', (path) => symlinkSync('none', path), 'expected a file, not'],
  ])('%s ends the build, and stays as it is', async (_, damage, reason) => {
    const seeds = await builtOnce();
    const path = join(seeds, 'ledger.json');
    const content = ledgerOf(seeds);
    unlinkSync(path);
    damage(path, content);
    const before = fileState(path);
    const { code, stdout, stderr } = await buildIn(seeds);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Cannot read seeds\/ledger\.json.*\n$/);
    expect(stderr).toContain(reason);
    expect(fileState(path)).toEqual(before);
  });

  test('that may not be read ends the build', async ({ skip }) => {
    const prefix = boundByModes() ?? skip(NO_PERMISSIONS);
    const seeds = await builtOnce();
    await withMode(seeds, 'ledger.json', 0, async () => {
      expect(await buildIn(seeds, prefix)).toEqual({
        code: 1,
        stdout: '',
        stderr: 'Cannot read seeds/ledger.json: EACCES; expected a file that you may read\n',
      });
    });
  });

  test('without its last line break is read, and gets it when it changes', async () => {
    const seeds = await builtOnce();
    const content = ledgerOf(seeds);
    writeFileSync(join(seeds, 'ledger.json'), content.trimEnd());
    expect(await buildIn(seeds)).toMatchObject({ code: 0, stderr: '' });
    expect(ledgerOf(seeds)).toBe(content);
  });

  test('that cannot be written fails the build, after its report', async ({ skip }) => {
    const prefix = boundByModes() ?? skip(NO_PERMISSIONS);
    const seeds = await builtOnce();
    const before = ledgerOf(seeds);
    const mayNotWrite = 0o555;
    await withMode(seeds, '', mayNotWrite, async () => {
      expect(await buildIn(seeds, prefix)).toMatchObject({ code: 0, stderr: '' });
    });
    writeFileSync(join(seeds, 'd.txt'), documentOf('Fourth', '4.2.2021', 'The last of all.'));
    await withMode(seeds, '', mayNotWrite, async () => {
      const { code, stdout, stderr } = await buildIn(seeds, prefix);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr:
          'Cannot write seeds/ledger.json: EACCES; expected free space in a writable folder; do not deploy this build: the ids of its new articles are not recorded\n',
      });
      expect(stdout).toContain('4 documents: 4 published');
    });
    expect(ledgerOf(seeds)).toBe(before);
  });

  test('is replaced as a whole, and keeps its mode', async () => {
    const seeds = await testFolder({ 'ledger.json': 'former' });
    const path = join(seeds, 'ledger.json');
    chmodSync(path, 0o640);
    const before = statSync(path);
    saveLedger(seeds, 'new');
    expect(loadLedger(seeds)).toBe('new');
    expect(statSync(path).mode).toBe(before.mode);
    expect(statSync(path).ino).not.toBe(before.ino);
    expect(readdirSync(seeds)).toEqual(['ledger.json']);
  });

  test('that fits only in part on the disk stays what it was', async () => {
    const seeds = await testFolder({ 'ledger.json': 'former' });
    const program = `
      import { saveLedger } from ${JSON.stringify(join(import.meta.dirname, '../../src/pipeline/ledger.ts'))};
      saveLedger(process.argv[1], 'new'.repeat(100_000));`;
    const node = [process.execPath, '--input-type=module', '--eval', program, seeds];
    // No file may be longer than some kilobytes: to the writer, that is a full disk.
    const run = promisify(execFile)('sh', ['-c', 'ulimit -f 8; exec "$@"', 'sh', ...node]);
    await expect(run).rejects.toThrow('Cannot write seeds/ledger.json: EFBIG');
    expect(loadLedger(seeds)).toBe('former');
    expect(readdirSync(seeds)).toEqual(['ledger.json']);
  });

  test('in whose place a folder came meanwhile leaves no draft', async () => {
    const seeds = await testFolder({ 'ledger.json/a.txt': '' });
    expect(() => saveLedger(seeds, 'new')).toThrow(/^Cannot write seeds\/ledger\.json: E/);
    expect(readdirSync(seeds)).toEqual(['ledger.json']);
  });
});

/** What a path is, as far as a build could change it. */
function fileState(path: string): unknown {
  const [kind] = execFileSync('ls', ['-ld', path], { encoding: 'utf8' });
  return [kind, kind === '-' && readFileSync(path).toString('base64')];
}

test('a theme that cannot be read is named', async ({ skip }) => {
  const prefix = boundByModes() ?? skip(NO_PERMISSIONS);
  const seeds = await builtOnce();
  const theme = join(seeds, 'theme.css');
  writeFileSync(theme, ':root { color: red }');
  await withMode(seeds, 'theme.css', 0, async () => {
    expect(await buildIn(seeds, prefix)).toMatchObject({
      code: 1,
      stderr: 'Cannot read seeds/theme.css: EACCES; expected a file that you may read\n',
    });
  });
  unlinkSync(theme);
  symlinkSync('c.txt', theme);
  expect(await buildIn(seeds)).toMatchObject({
    code: 0,
    stderr: 'warning: Cannot read seeds/theme.css: expected a file, not a link; left it out\n',
  });
});
