import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { PublishedFile } from '../../src/corpus/describe-files.ts';
import { exceededLimits } from '../../src/pipeline/deploy-limits.ts';
import { openOutput, type PublishedFiles } from '../../src/pipeline/output.ts';
import { DEPLOY_LIMITS, PROGRAM_ALLOWANCE } from '../../src/store/budget.ts';
import { compileFiles, documentOf, fixtureFiles, makeSite, NOW, seedFiles } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { testFolder } from '../support/folder.ts';

const SMALL = { store: new Uint8Array(9), storeGzipLength: 9, segments: [] };
const FEW: PublishedFiles = { folder: 'dist/assets', files: 9, oversized: new Map() };

describe('the build names what a deploy would fail for', () => {
  test('nothing within the limits', () => {
    const { workerBytes, files } = DEPLOY_LIMITS;
    const store = { ...SMALL, storeGzipLength: workerBytes.free - PROGRAM_ALLOWANCE };
    expect(exceededLimits(store, { ...FEW, files: files.free })).toEqual({ warnings: [], errors: [] });
  });

  test('files, by the plan that takes no more', () => {
    expect(exceededLimits(SMALL, { ...FEW, files: 20_001 })).toEqual({
      warnings: [
        "Cannot deploy 20001 files in dist/assets on Cloudflare's free plan: expected at most 20000, or the paid plan, whose limit is 100000",
      ],
      errors: [],
    });
    expect(exceededLimits(SMALL, { ...FEW, files: 100_001 })).toEqual({
      warnings: [],
      errors: ['Cannot deploy 100001 files in dist/assets: expected at most 100000, the limit of Cloudflare'],
    });
  });

  test('the worker, by what it really comes to', () => {
    const storeOf = (bytes: number) => {
      const store = new Uint8Array(randomBytes(bytes));
      return { ...SMALL, store, storeGzipLength: gzipSync(store, { level: 1 }).length };
    };
    const { free, paid } = DEPLOY_LIMITS.workerBytes;
    expect(exceededLimits(storeOf(free), FEW)).toEqual({
      warnings: [expect.stringMatching(/^Cannot deploy a worker of \d{7} compressed bytes on .* 3145728,/)],
      errors: [],
    });
    expect(exceededLimits(storeOf(paid), FEW)).toEqual({
      warnings: [],
      errors: [expect.stringMatching(/^Cannot deploy a worker of \d{8} compressed bytes: .* 10485760,/)],
    });
    // The estimate may be too high.
    const even = { ...SMALL, store: new Uint8Array(free), storeGzipLength: free };
    expect(exceededLimits(even, FEW)).toEqual({ warnings: [], errors: [] });
  });

  test('by an estimate that is not too low', async () => {
    const { store, storeGzipLength } = await compileFiles(seedFiles(fixtureFiles()), makeSite(), NOW);
    expect(storeGzipLength).toBeGreaterThanOrEqual(gzipSync(store).length);
  });

  test('a part that is too large, with the document that makes it, if one does', () => {
    const segments = [
      { digests: ['aa', 'ab'], largest: 'a.md' },
      { digests: ['ba', 'bb'], largest: 'b.md' },
    ];
    const oversized = new Map([
      ['bb', 26_214_401],
      ['cc', 30_000_000],
    ]);
    expect(exceededLimits({ ...SMALL, segments }, { ...FEW, oversized })).toEqual({
      warnings: [],
      errors: [
        'Cannot deploy seeds/b.md: it makes a file of 26214401 bytes; expected at most 26214400, the limit of Cloudflare: split the document',
        'Cannot deploy dist/assets/store/cc: it makes a file of 30000000 bytes; expected at most 26214400, the limit of Cloudflare',
      ],
    });
  });

  test('whatever earlier builds left counts, but for what nobody can deploy', async () => {
    const out = await testFolder();
    const store = join(out, 'assets/store');
    mkdirSync(store, { recursive: true });
    for (const name of ['old', 'new']) writeFileSync(join(store, name), '');
    writeFileSync(join(store, 'large'), Buffer.alloc(DEPLOY_LIMITS.fileBytes + 1));
    utimesSync(join(store, 'old'), 0, 0);
    const output = openOutput(out, Date.now());
    output.need('needed');
    writeFileSync(join(store, 'needed'), Buffer.alloc(DEPLOY_LIMITS.fileBytes));
    const rest = { store: new Uint8Array(1), media: new Map<string, PublishedFile>(), variants: [] };
    expect(await output.finish(rest, out)).toEqual({
      folder: join(out, 'assets'),
      files: 2,
      oversized: new Map(),
    });
    expect(readdirSync(store).sort()).toEqual(['needed', 'new']);
  });
});

test('a document of some megabytes, more than 20 000 files and a worker of much that is new are named by npm run build', async () => {
  // Six bits in a character: it compresses to three quarters. Its forms are stored as they are, and compressed.
  const words = randomBytes(5_700_000)
    .toString('base64')
    .replace(/.{60}/g, '$& ')
    .replace(/.{600}/g, '$&\n\n');
  const tags = () => Array.from({ length: 75 }, () => randomBytes(480).toString('base64url'));
  const tagged = (day: number) =>
    `---\ndate: 2021-01-01\ntags: ${JSON.stringify(tags())}\n---\n\nText ${day}.\n`;
  const seeds = await testFolder({
    'small.txt': documentOf('Small', '1.2.2021'),
    'large.txt': documentOf('Large', '2.2.2021', words),
    ...Object.fromEntries(Array.from({ length: 100 }, (_, day) => [`tagged-${day}.md`, tagged(day)])),
  });
  const out = await testFolder();
  const store = join(out, 'assets/store');
  mkdirSync(store, { recursive: true });
  for (let file = 0; file < 20_000; file++) writeFileSync(join(store, `${file}`), '');
  const { code, stdout, stderr } = await runBuild(['--seeds', seeds, '--out', out]);
  expect(code).toBe(1);
  expect(stdout).toContain('102 documents: 102 published');
  const lines = stderr.split('\n').filter((line) => line.includes('Cannot deploy'));
  expect(lines).toEqual([
    expect.stringMatching(/^warning: Cannot deploy 20\d{3} files in /),
    expect.stringMatching(/^warning: Cannot deploy a worker of \d+ compressed bytes/),
    expect.stringMatching(/^Cannot deploy seeds\/large\.txt: it makes a file of \d{8} bytes/),
  ]);
});
