import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentOf, markdownOf } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { temporaryFolder } from '../support/folder.ts';

/*
 * Disks that are really full, and a file that really cannot be read. What an ordinary user can bring about stands in
 * full-disk.test.ts and ledger-on-disk.test.ts.
 */
const IN_OWN_MOUNTS = ['--mount', 'sh', '-ec'];
const PICTURE = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
const obstacle = obstacleToMounts();

/** Why nothing can be mounted; undefined if it can. */
function obstacleToMounts(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may mount; .ci/run runs this as root';
  try {
    execFileSync('unshare', [...IN_OWN_MOUNTS, 'mount -t tmpfs none /mnt'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'root may not mount here';
  }
}

let root: Awaited<ReturnType<typeof temporaryFolder>> | undefined;
beforeEach(async ({ skip }) => {
  skip(obstacle !== undefined, obstacle);
  root = await temporaryFolder({});
  for (const name of ['seeds', 'out', 'cache']) mkdirSync(at(name));
});
afterEach(() => root?.remove());

function at(path: string): string {
  return join(root?.path ?? '', path);
}

/** Builds between two shell scripts, with mounts that go when it ends. */
function buildBetween(before: string, after = 'true') {
  const script = `cd "$1"; ${before}; cd "$OLDPWD"; folder=$1; shift
    code=0; "$@" || code=$?
    cd "$folder"; ${after}; exit $code`;
  const prefix = ['unshare', ...IN_OWN_MOUNTS, script, 'sh', at('')];
  const args = ['--seeds', at('seeds'), '--out', at('out'), '--cache', at('cache'), '--now', '2026-11-22'];
  return runBuild(args, {}, prefix);
}

/** So many that they are worth threads. */
function writeMany(): void {
  for (let number = 0; number < 400; number++) {
    const words = Array.from({ length: 900 }, (_, at) => `w${(at * number) % 977}`).join(' ');
    writeFileSync(at(`seeds/${number}.txt`), documentOf(`Number ${number}`, '1.2.2021', words));
  }
}

test.each(['20k', '1m', '4m', '16m'])('a cache folder of %s is done without', async (size) => {
  writeMany();
  const { code, stdout, stderr } = await buildBetween(`mount -t tmpfs -o size=${size} none cache`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('400 published');
});

test.each(['40k', '1m'])('an output folder of %s ends the build with one line', async (size) => {
  writeMany();
  const { code, stdout, stderr } = await buildBetween(`mount -t tmpfs -o size=${size} none out`);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Cannot write \S+\/out\/\S+: ENOSPC; expected free space in a writable folder\n$/);
});

test('a folder of media that is full ends the build with one line', async () => {
  writeFileSync(
    at('seeds/a.md'),
    markdownOf({ title: 'A', date: '2021-02-03', body: '![A boat](boat.png)' }),
  );
  writeFileSync(at('seeds/boat.png'), Buffer.concat([PICTURE, Buffer.alloc(100_000)]));
  mkdirSync(at('out/assets/media'), { recursive: true });
  const { code, stderr } = await buildBetween('mount -t tmpfs -o size=40k none out/assets/media');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Cannot write \S+\/boat\.png: ENOSPC; expected free space in a writable folder\n$/);
});

test('a ledger for which there is no room stays what it was, and the build fails', async () => {
  const former = '{ "version": 1, "articles": [\n] }\n';
  writeFileSync(at('ledger.json'), former);
  writeFileSync(at('a.txt'), documentOf('First', '1.2.2021'));
  const fill = 'mount -t tmpfs -o size=12k none seeds; cp a.txt ledger.json seeds';
  expect(await buildBetween(fill)).toMatchObject({ code: 0, stderr: '' });
  const { code, stdout, stderr } = await buildBetween(
    `${fill}; head -c 4096 /dev/zero > seeds/filling.bin`,
    'ls -A seeds > names; cp seeds/ledger.json after.json',
  );
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'Cannot write seeds/ledger.json: ENOSPC; expected free space in a writable folder; do not deploy this build: the ids of its new articles are not recorded\n',
  });
  expect(stdout).toContain('1 published');
  expect(readFileSync(at('names'), 'utf8')).toBe('a.txt\nfilling.bin\nledger.json\n');
  expect(readFileSync(at('after.json'), 'utf8')).toBe(former);
});

test('a document that gives an error when it is read is refused, and not removed', async () => {
  writeFileSync(at('seeds/a.txt'), documentOf('First', '1.2.2021', 'The text of the first.'));
  writeFileSync(at('seeds/b.txt'), documentOf('Second', '2.2.2021', 'Another for the second.'));
  expect((await buildBetween('true')).code).toBe(0);
  const before = readFileSync(at('seeds/ledger.json'), 'utf8');
  // The memory of a process is a file that can be opened, and has nothing at its beginning.
  const { code, stdout, stderr } = await buildBetween('mount --bind /proc/$$/mem seeds/a.txt');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^Cannot read seeds\/a\.txt: E\w+; expected a file that you may read\n$/),
  });
  expect(stdout).toContain('1 published');
  expect(readFileSync(at('seeds/ledger.json'), 'utf8')).toBe(before);
});
