import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FolderContext } from '../../src/corpus/collect.ts';
import { type Describe, describeWith } from '../../src/corpus/describe-files.ts';
import type { BuildPipeline } from '../../src/pipeline/build-pipeline.ts';
import { withCachedPipeline } from '../../src/pipeline/cached-pipeline.ts';
import { type Compilation, compile } from '../../src/pipeline/compile.ts';
import { openOutput } from '../../src/pipeline/output.ts';
import { listSeeds, scanSources } from '../../src/pipeline/scan-sources.ts';
import { inlinePool } from '../../src/pipeline/worker-pool.ts';
import { documentOf, makeSite, NOW } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { testFolder } from '../support/folder.ts';
import { memoryPipeline, SILENT } from '../support/pipeline.ts';

/** A folder on a disk with room for so many bytes. */
const disk = vi.hoisted(() => ({ folder: '', room: Number.POSITIVE_INFINITY }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const onDisk = new Set<number>();
  const take = (bytes: number): number => {
    const taken = Math.min(bytes, disk.room);
    if (taken === 0 && bytes > 0)
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    disk.room -= taken;
    return taken;
  };
  const isOnDisk = (path: unknown): boolean => disk.folder !== '' && String(path).startsWith(disk.folder);
  const openSync: typeof fs.openSync = (path, ...rest) => {
    const file = fs.openSync(path, ...rest);
    if (isOnDisk(path)) onDisk.add(file);
    else onDisk.delete(file);
    return file;
  };
  const writeSync = (file: number, bytes: Uint8Array, start: number, length: number, at: number): number =>
    fs.writeSync(file, bytes, start, onDisk.has(file) ? take(length) : length, at);
  const writeFileSync: typeof fs.writeFileSync = (path, content, options) => {
    const { length } = Buffer.from(content as Uint8Array);
    if (isOnDisk(path) && take(length) < length) take(1);
    fs.writeFileSync(path, content, options);
  };
  return { ...fs, openSync, writeSync, writeFileSync };
});

afterEach(() => {
  Object.assign(disk, { folder: '', room: Number.POSITIVE_INFINITY });
});

const SITE = makeSite();
const DOCUMENTS = Object.fromEntries(
  Array.from({ length: 60 }, (_, number) => [
    `${number}.txt`,
    documentOf(`Number ${number}`, '1.2.2021', `Word${number} and other words. `.repeat(100)),
  ]),
);

interface Result extends Pick<Compilation, 'outcomes' | 'warnings' | 'ledger'> {
  /** Base64. */
  readonly store: string;
}

interface Surroundings extends Pick<FolderContext, 'read' | 'others'> {
  readonly describe?: Describe;
}

async function run(pipeline: BuildPipeline, surroundings: Surroundings): Promise<Result> {
  const folder = { ...surroundings, ledger: undefined };
  const { outcomes, warnings, ledger, store } = await compile(pipeline, folder, SITE, NOW);
  return { outcomes, warnings, ledger, store: Buffer.from(store).toString('base64') };
}

/** In this thread, with a cache. */
async function buildWithCache(seeds: string, cache: string): Promise<Result> {
  const { documents, read, others } = listSeeds(seeds);
  const startedAt = Date.now() + 60_000;
  return withCachedPipeline(
    {
      seeds,
      scan: scanSources(seeds, documents),
      site: SITE,
      pool: inlinePool(),
      output: openOutput(await testFolder(), startedAt),
      examine: describeWith(read, SITE),
      cache,
      version: '1',
      startedAt,
      progress: SILENT,
    },
    (pipeline, describe) => run(pipeline, { read, others, describe }),
  );
}

function filesIn(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('a full disk in the cache folder', () => {
  test('is done without, wherever it ends, and the cache is as it was', async () => {
    const seeds = await testFolder(DOCUMENTS);
    const files = Object.entries(DOCUMENTS).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
    const expected = await run(memoryPipeline(files, SITE), listSeeds(seeds));
    const rooms = [0, 1, 1000, 30_000, 100_000, 300_000, 1_000_000, 1_500_000, 2_000_000, 4_000_000];
    const remembered: boolean[] = [];
    for (const room of rooms) {
      const cache = await testFolder();
      Object.assign(disk, { folder: cache, room });
      expect(await buildWithCache(seeds, cache), `${room} bytes`).toEqual(expected);
      const left = filesIn(cache);
      remembered.push(left.length > 0);
      if (left.length > 0) expect(left.filter((path) => path.endsWith('/index'))).toHaveLength(1);
      // The disk is as full as it was, but for what is remembered.
      expect(await buildWithCache(seeds, cache), `${room} bytes, again`).toEqual(expected);
      disk.room = Number.POSITIVE_INFINITY;
      expect(await buildWithCache(seeds, cache), `${room} bytes, then more`).toEqual(expected);
      expect(filesIn(cache)).not.toEqual([]);
    }
    expect(remembered.at(0)).toBe(false);
    expect(remembered.at(-1)).toBe(true);
  });

  test('leaves what was remembered before, and nothing in the folder of temporary files', async () => {
    const [seeds, cache] = [await testFolder(DOCUMENTS), await testFolder()];
    const temporary = await testFolder();
    await buildWithCache(seeds, cache);
    const before = filesIn(cache).sort();
    writeFileSync(join(seeds, '0.txt'), documentOf('Another', '1.2.2021', 'Quite other words.'));
    vi.stubEnv('TMPDIR', temporary);
    for (const room of [0, 2000, 100_000]) {
      Object.assign(disk, { folder: cache, room });
      const { outcomes } = await buildWithCache(seeds, cache);
      expect(outcomes).toContainEqual(expect.objectContaining({ slug: 'another' }));
      if (room === 0) expect(filesIn(cache).sort()).toEqual(before);
    }
    vi.unstubAllEnvs();
    expect(readdirSync(temporary).filter((name) => name.startsWith('tidings-build-'))).toEqual([]);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a full disk in the output folder', () => {
  const PICTURE = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
  const SEEDS = {
    'a.md': '---\ntitle: Boats\ndate: 2021-02-03\n---\n\n![A boat](boat.png)\n',
    'boat.png': PICTURE,
  };

  test('ends the build with one line that names the file', async () => {
    const [seeds, out] = [await testFolder(SEEDS), await testFolder()];
    const build = () => runBuild(['--seeds', seeds, '--out', out]);
    expect((await build()).code).toBe(0);
    const files = filesIn(out);
    const isEach = (pattern: RegExp) => files.filter((path) => pattern.test(path)).slice(0, 1);
    const targets = [
      /store\.bin$/,
      /store\.js$/,
      /_headers$/,
      /pictures\.txt$/,
      /card\.png$/,
      /assets\/store\//,
    ];
    for (const path of targets.flatMap(isEach)) {
      const content = readFileSync(path);
      rmSync(path);
      // Pictures are drawn only for another site, or the first time.
      if (path.endsWith('.png')) rmSync(join(out, 'pictures.txt'));
      symlinkSync('/dev/full', path);
      expect(await build(), path).toEqual({
        code: 1,
        stdout: '',
        stderr: `Cannot write ${path}: ENOSPC; expected free space in a writable folder\n`,
      });
      rmSync(path);
      writeFileSync(path, content);
    }
    expect(await build()).toMatchObject({ code: 0, stderr: '' });
  });

  test('that cannot be made is named as well', async () => {
    const [seeds, parent] = [await testFolder(SEEDS), await testFolder({ file: '', 'out/assets/media': '' })];
    expect(await runBuild(['--seeds', seeds, '--out', join(parent, 'file/out')])).toEqual({
      code: 1,
      stdout: '',
      stderr: `Cannot write ${join(parent, 'file/out/assets/store')}: ENOTDIR; expected free space in a writable folder\n`,
    });
    expect(await runBuild(['--seeds', seeds, '--out', join(parent, 'out')])).toEqual({
      code: 1,
      stdout: '',
      stderr: `Cannot write ${join(parent, 'out/assets/media')}: EEXIST; expected free space in a writable folder\n`,
    });
    mkdirSync(join(parent, 'cache'));
    writeFileSync(join(parent, 'cache/file'), '');
    const args = ['--seeds', seeds, '--out', join(parent, 'new'), '--cache', join(parent, 'cache/file')];
    expect(await runBuild(args)).toMatchObject({ code: 0, stderr: '' });
  });
});
