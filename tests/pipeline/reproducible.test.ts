import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { testFolder, useNewPaths } from '../support/folder.ts';
import { createRepository, type Repository } from '../support/git.ts';

const newPath = useNewPaths();

/** Three commits that add, change, move and remove documents. */
function publication(): Repository {
  const repository = createRepository(newPath());
  for (const name of ['a', 'b', 'c'])
    repository.write(`${name}.txt`, documentOf(`Title ${name}`, '1.2.2021', `${name} word `.repeat(50)));
  repository.write('undated.md', '# No date\n\nA paragraph.\n');
  repository.write('site.toml', 'title = "News"\n');
  repository.commit('2024-01-01T08:00:00Z');
  repository.write('a.txt', documentOf('Title a', '1.2.2021', 'Quite other words. '.repeat(50)));
  repository.move('b.txt', 'moved/b.txt');
  repository.commit('2024-01-02T08:00:00Z');
  repository.remove('c.txt');
  repository.write('d.txt', documentOf('Title d', '1.2.2021'));
  repository.commit('2024-01-03T08:00:00Z');
  return repository;
}

function build(
  { seeds, path }: Repository,
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
) {
  const folders = ['--seeds', seeds, '--out', join(path, 'out'), '--cache', join(path, 'cache')];
  return runBuild([...folders, ...args], { CI: '', SOURCE_DATE_EPOCH: '', ...environment });
}

/** All that a build wrote, by path. */
function written({ seeds, path }: Repository): Record<string, string> {
  const out = join(path, 'out');
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    [...paths, ledgerOf(seeds)].map((file) => [file.slice(path.length), hash('sha256', readFileSync(file))]),
  );
}

function ledgerOf(seeds: string): string {
  return join(seeds, 'ledger.json');
}

describe('two builds of one commit, a day apart, in two clones', () => {
  test.each([false, true])('are equal, byte for byte; the ledger is committed: %s', async (isCommitted) => {
    const repository = publication();
    if (isCommitted) {
      expect(await build(repository, {})).toMatchObject({ code: 0 });
      rmSync(join(repository.path, 'out'), { recursive: true });
      rmSync(join(repository.path, 'cache'), { recursive: true, force: true });
      repository.write('a.txt', documentOf('Title a', '1.2.2021', 'Changed once more. '.repeat(50)));
      repository.commit('2024-01-04T08:00:00Z');
    }
    const results: Record<string, string>[] = [];
    for (const now of ['2024-05-01T00:00:00Z', '2024-05-02T03:04:05Z']) {
      const clone = repository.clone(newPath());
      expect(existsSync(ledgerOf(clone.seeds))).toBe(isCommitted);
      expect(await build(clone, {}, '--now', now)).toMatchObject({ code: 0, stderr: '' });
      results.push(written(clone));
    }
    const [one = {}, other = {}] = results;
    expect(Object.keys(one)).toContain('/seeds/ledger.json');
    expect(other).toEqual(one);
  });
});

describe('what a build says of its ledger', () => {
  test('is that it changed, and here that it is to be committed', async () => {
    const repository = publication();
    const line = 'seeds/ledger.json changed';
    expect((await build(repository.clone(newPath()), {})).stdout).toContain(`${line}: commit it\n`);
    expect((await build(repository.clone(newPath()), { CI: 'true' })).stdout).toContain(`${line}\n`);
    expect((await build(repository, {})).stdout).toContain(line);
    expect((await build(repository, {})).stdout).not.toContain(line);
  });

  test('is with --frozen an error that names the lines', async () => {
    const repository = publication();
    const refused = await build(repository, {}, '--frozen');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^Cannot build with --frozen: seeds\/ledger\.json would change; expected .*\n {2}\+ 1: .*\n {2}\+ 2: \{ "id": /,
    );
    expect(existsSync(ledgerOf(repository.seeds))).toBe(false);
    expect(await build(repository, {})).toMatchObject({ code: 0 });
    expect(await build(repository, {}, '--frozen')).toMatchObject({ code: 0, stderr: '' });
    repository.write('a.txt', documentOf('Title a', '1.2.2021', 'New words. '.repeat(50)));
    const before = readFileSync(ledgerOf(repository.seeds), 'utf8');
    const { code, stderr } = await build(repository, {}, '--frozen');
    expect({ code, lines: stderr.match(/^ {2}[-+] \d+: .*"path": "(.*?)"/gm)?.length }).toEqual({
      code: 1,
      lines: 2,
    });
    expect(readFileSync(ledgerOf(repository.seeds), 'utf8')).toBe(before);
  });
});

test('a shallow clone is named in one line, with the remedy', async () => {
  const clone = publication().clone(newPath(), '--depth', '1');
  const { code, stderr } = await build(clone, {});
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^warning: Cannot read the whole history: this is a shallow clone; .*fetch-depth: 0.*$/m,
  );
  // All that it is asked about stands in the ledger now.
  expect(await build(clone, {})).toMatchObject({ code: 0, stderr: '' });
});

describe('SOURCE_DATE_EPOCH', () => {
  test('stands for the clock where there are no commits', async () => {
    const path = await testFolder({ 'seeds/a.md': '# A\n\nText.\n' });
    const ledgers: string[] = [];
    for (const _ of [1, 2]) {
      const args = ['--seeds', join(path, 'seeds'), '--out', join(path, 'out')];
      expect(await runBuild(args, { SOURCE_DATE_EPOCH: '1700000000' })).toMatchObject({ code: 0 });
      ledgers.push(readFileSync(ledgerOf(join(path, 'seeds')), 'utf8'));
      rmSync(ledgerOf(join(path, 'seeds')));
    }
    expect(ledgers[0]).toContain('"published": "2023-11-14T22:13:20Z"');
    expect(ledgers[1]).toBe(ledgers[0]);
  });

  test('has to be seconds', async () => {
    expect(await runBuild([], { SOURCE_DATE_EPOCH: 'yesterday' })).toMatchObject({
      code: 2,
      stderr: 'Cannot parse SOURCE_DATE_EPOCH "yesterday": expected seconds since 1970\n',
    });
  });
});
