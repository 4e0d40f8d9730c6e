import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FolderContext } from '../../src/corpus/collect.ts';
import { type Describe, describeWith } from '../../src/corpus/describe-files.ts';
import type { BuildPipeline } from '../../src/pipeline/build-pipeline.ts';
import type { WarmCache } from '../../src/pipeline/cache.ts';
import { memoizeMedia, withCachedPipeline } from '../../src/pipeline/cached-pipeline.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { openOutput } from '../../src/pipeline/output.ts';
import { listSeeds, scanSources } from '../../src/pipeline/scan-sources.ts';
import { createPools, type Pools } from '../../src/pipeline/worker-pool.ts';
import { documentOf, makeSite, markdownOf, NOW } from '../support/app.ts';
import { temporaryFolder } from '../support/folder.ts';
import { memoryPipeline, SILENT } from '../support/pipeline.ts';

/** In this thread, a document of this title cannot be rendered. */
const UNRENDERABLE = 'Unrenderable';
vi.mock('../../src/articles/make-article.ts', async (importOriginal) => {
  const { makeArticle, ...rest } =
    await importOriginal<typeof import('../../src/articles/make-article.ts')>();
  const failing: typeof makeArticle = (content, ...others) => {
    if (content.title.startsWith(UNRENDERABLE)) throw new RangeError('Maximum call stack size exceeded');
    return makeArticle(content, ...others);
  };
  return { ...rest, makeArticle: failing };
});

const SITE = makeSite({ url: 'https://news.example' });
const NAMES = ['a.md', 'a.fr.md', 'b.md', 'news/c.md', 'news/d.txt', 'e.txt', 'f.html'];
const BODIES = [
  'One paragraph that is not long.',
  'See [another](b.md) and [[c]], with `code` and **more**.\n\n- a\n- b\n',
  `A text that is long enough to be known again. ${Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ')}`,
  'See [the third](news/c.md#part) and ![a picture](p.png).\n\n| a | b |\n| - | - |\n| 1 | 2 |\n',
  '',
];
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Published without its metadata. */
const OTHER_PICTURE = readFileSync(join(import.meta.dirname, '../fixtures/metadata/photo.png'));

let root: { path: string; remove: () => Promise<void> };
let counter = 0;
beforeAll(async () => {
  root = await temporaryFolder({});
});
afterAll(() => root.remove());

function newFolder(): string {
  const folder = join(root.path, String(counter++));
  mkdirSync(folder);
  return folder;
}

function write(seeds: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(seeds, path)), { recursive: true });
  writeFileSync(join(seeds, path), text);
}

function contentOf(path: string, title: string, body: string): string {
  if (path.endsWith('.md')) {
    const lang = path.endsWith('.fr.md') ? 'fr' : 'en';
    return markdownOf({ title, date: '2021-02-03', lang, tags: [title], body });
  }
  if (path.endsWith('.html')) return `<title>${title}</title><article><p>${body || title}</p></article>`;
  return documentOf(title, '3.2.2021', body);
}

interface Result {
  readonly ledger: string;
  /** All that was written, reported or warned of. */
  readonly everything: unknown;
}

type Surroundings = Pick<FolderContext, 'read' | 'others' | 'ledger'> &
  Partial<Pick<FolderContext, 'describe'>>;

async function run(pipeline: BuildPipeline, surroundings: Surroundings, now: number): Promise<Result> {
  const { store, ...rest } = await compile(pipeline, surroundings, SITE, now);
  return {
    ledger: rest.ledger,
    everything: { ...rest, store: Buffer.from(store).toString('base64') },
  };
}

/** A build in memory. */
function cold(seeds: string, ledger?: string, now = NOW): Promise<Result> {
  const { documents, read, others } = listSeeds(seeds);
  const files = documents.map((path) => ({ path, bytes: readFileSync(join(seeds, path)) }));
  return run(memoryPipeline(files, SITE), { read, others, ledger }, now);
}

interface CachedOptions {
  readonly ledger?: string | undefined;
  readonly now?: number;
  readonly threads?: number;
  /** When the build began; later, and the files of a moment ago are old. */
  readonly startedAt?: number;
  /** Of a process that builds more than once. */
  readonly resident?: Resident;
}

interface Resident {
  readonly pools: Pools;
  readonly warm: WarmCache;
}

function makeResident(threads = 0): Resident {
  return { pools: poolsOf(threads), warm: { values: new WeakMap() } };
}

function poolsOf(maxThreads: number): Pools {
  return createPools({ maxThreads, threadsFrom: 0 });
}

/** A build with a cache. */
async function cached(seeds: string, cache: string, options: CachedOptions = {}): Promise<Result> {
  const { ledger, now = NOW, threads = 0, startedAt = Date.now(), resident } = options;
  const { documents, read, others } = listSeeds(seeds);
  const scan = scanSources(seeds, documents);
  const pools = resident?.pools ?? poolsOf(threads);
  try {
    return await withCachedPipeline(
      {
        seeds,
        scan,
        site: SITE,
        pool: pools.poolFor(scan),
        output: openOutput(newFolder(), startedAt),
        examine: describeWith(read, SITE),
        cache,
        version: '1',
        startedAt,
        progress: SILENT,
        warm: resident?.warm,
      },
      (pipeline, describe) => run(pipeline, { read, others, ledger, describe }, now),
    );
  } finally {
    if (resident === undefined) await pools.terminate();
  }
}

function manySeeds(count: number): string {
  const seeds = newFolder();
  write(seeds, 'p.png', PICTURE);
  for (let i = 0; i < count; i++) {
    const name = NAMES[i % NAMES.length]?.replace('.', `${i}.`) ?? '';
    write(seeds, name, contentOf(name, `Title ${i}`, BODIES[i % BODIES.length] ?? ''));
  }
  return seeds;
}

function cacheFiles(cache: string): string[] {
  return readdirSync(cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Builds with a new cache, then with what it remembers, by the contents of files and by their stamps. */
async function expectCached(seeds: string, everything: unknown): Promise<void> {
  const cache = newFolder();
  for (const startedAt of [Date.now(), Date.now() + 60_000, Date.now() + 60_000])
    expect((await cached(seeds, cache, { startedAt })).everything).toEqual(everything);
}

describe('a document that cannot be rendered', () => {
  test('is refused, with and without what builds remember', async () => {
    const seeds = manySeeds(20);
    write(seeds, 'x.md', contentOf('x.md', UNRENDERABLE, 'See [another](b.md).'));
    write(seeds, 'y.md', contentOf('y.md', 'Y', 'See [one that is refused](x.md).'));
    const { everything } = await cold(seeds);
    expect(everything).toMatchObject({
      outcomes: expect.arrayContaining([
        {
          path: 'x.md',
          status: 'refused',
          reason: 'Cannot read seeds/x.md: it is nested too deeply; expected an article',
        },
        expect.objectContaining({ path: 'y.md', status: 'published' }),
      ]),
    });
    await expectCached(seeds, everything);
  });

  test('leaves a page its own content that was amended because of it', async () => {
    const pageOf = (title: string): string =>
      `<title>${title}</title><meta name="description" content="The same on five pages"><article><h1>${title}</h1><p>${BODIES[2]}</p></article>`;
    const seeds = newFolder();
    for (const name of ['1', '2', '3', '4']) write(seeds, `${name}.html`, pageOf(`Number ${name}`));
    write(seeds, '5.html', pageOf(UNRENDERABLE));
    const { everything } = await cold(seeds);
    await expectCached(seeds, everything);
    rmSync(join(seeds, '5.html'));
    const { store } = (await cold(seeds)).everything as { store: string };
    expect((everything as { store: string }).store === store).toBe(true);
  });
});

describe('a build', () => {
  test('gives the same bytes in this thread, in one and in two', async () => {
    const seeds = manySeeds(100);
    write(
      seeds,
      'long.md',
      contentOf('long.md', 'Longer than what is written at once', 'Many words. '.repeat(30_000)),
    );
    const { everything } = await cold(seeds);
    for (const threads of [0, 1, 2]) {
      expect((await cached(seeds, newFolder(), { threads })).everything).toEqual(everything);
    }
  });

  test('that remembers all gives the same bytes, by the stamps of files and by their contents', async () => {
    const seeds = manySeeds(40);
    await expectCached(seeds, (await cold(seeds)).everything);
  });

  test.each<[string, (path: string) => void]>([
    ['cut off', (path) => truncateSync(path, 30)],
    ['empty', (path) => truncateSync(path, 0)],
    [
      'changed',
      (path) => {
        const bytes = readFileSync(path);
        for (let at = 0; at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
        writeFileSync(path, bytes);
      },
    ],
    ['gone', (path) => rmSync(path)],
    ['a folder', (path) => rmSync(path) ?? mkdirSync(path)],
  ])('whose cache is %s does without it', async (_, damage) => {
    const seeds = manySeeds(20);
    const { everything } = await cold(seeds);
    for (const kind of ['.blobs', 'index']) {
      const cache = newFolder();
      await cached(seeds, cache);
      const damaged = cacheFiles(cache).filter((path) => path.endsWith(kind));
      expect(damaged).not.toEqual([]);
      for (const path of damaged) damage(path);
      expect((await cached(seeds, cache, { startedAt: Date.now() + 60_000 })).everything).toEqual(everything);
    }
  });

  test('remembers no instant to which a date was brought back', async () => {
    const [seeds, cache] = [newFolder(), newFolder()];
    write(seeds, 'a.md', '---\ntitle: A\ndate: 2021-02-03\nupdated: 2098-01-01\n---\nText.\n');
    write(seeds, 'b.txt', 'B\n\nReuters, 1 Jan 2098\n\nText.\n');
    for (const now of [NOW, NOW + 86_400_000, Date.parse('2099-01-01T00:00:00Z'), NOW]) {
      const startedAt = Date.now() + 60_000;
      expect((await cached(seeds, cache, { now, startedAt })).everything).toEqual(
        (await cold(seeds, undefined, now)).everything,
      );
    }
  });

  test('sees a change of the same length at the same instant', async () => {
    const [seeds, cache] = [newFolder(), newFolder()];
    const instant = new Date('2021-02-03T04:05:06Z');
    for (const title of ['One', 'Two']) {
      write(seeds, 'a.txt', documentOf(title, '3.2.2021'));
      utimesSync(join(seeds, 'a.txt'), instant, instant);
      expect((await cached(seeds, cache)).everything).toEqual((await cold(seeds)).everything);
    }
  });

  test('sees that a file appears or changes that a document includes, but none outside the folder', async () => {
    const [seeds, cache] = [newFolder(), newFolder()];
    const outside = newFolder();
    write(outside, 'b.md', 'Outside.\n');
    symlinkSync(outside, join(seeds, 'link'));
    write(seeds, 'a.md', '# A\n\n{{#include _b.md}}\n\n{{#include link/b.md}}\n');
    const wordsOf = async (): Promise<string> => {
      const { everything } = await cached(seeds, cache, { startedAt: Date.now() + 60_000 });
      return Buffer.from((everything as { store: string }).store, 'base64').toString('latin1');
    };
    expect((await wordsOf()).includes('Outside')).toBe(false);
    for (const words of ['First words', 'Other words']) {
      write(seeds, '_b.md', `${words}.\n`);
      expect((await wordsOf()).includes(words)).toBe(true);
    }
  });

  test('examines a picture again only if it may have changed', async () => {
    const seeds = newFolder();
    const read = async (path: string): Promise<Uint8Array> => readFileSync(join(seeds, path));
    const examined: string[] = [];
    const examine: Describe = (path) => {
      examined.push(path);
      return describeWith(read, { keepMetadata: false })(path);
    };
    const later = Date.now() + 60_000;
    write(seeds, 'p.png', PICTURE);
    const first = memoizeMedia(new Map(), seeds, examine, later);
    const file = await first.describe('p.png');
    expect(await memoizeMedia(first.media, seeds, examine, later).describe('p.png')).toEqual(file);
    expect(examined).toHaveLength(1);
    // Of a moment ago, and so perhaps another.
    await memoizeMedia(first.media, seeds, examine, Date.now()).describe('p.png');
    expect(examined).toHaveLength(2);
    write(seeds, 'p.png', OTHER_PICTURE);
    const other = await memoizeMedia(first.media, seeds, examine, later).describe('p.png');
    expect(other?.file.address).not.toBe(file?.file.address);
    rmSync(join(seeds, 'p.png'));
    await expect(memoizeMedia(first.media, seeds, examine, later).describe('p.png')).rejects.toThrow();
  });

  test('leaves another at the same time alone', async () => {
    const [seeds, cache] = [manySeeds(30), newFolder()];
    const { everything } = await cold(seeds);
    const both = await Promise.all([cached(seeds, cache), cached(seeds, cache)]);
    for (const result of [...both, await cached(seeds, cache)]) expect(result.everything).toEqual(everything);
  });

  test('remembers no more than the last one used', async () => {
    const [seeds, cache] = [manySeeds(60), newFolder()];
    const sizes: number[] = [];
    for (let round = 0; round < 12; round++) {
      write(seeds, 'a0.md', contentOf('a0.md', `Round ${round}`, BODIES[2] ?? ''));
      await cached(seeds, cache);
      // What is left of former builds may go as soon as no other build can be using it.
      for (const path of cacheFiles(cache)) utimesSync(path, 0, 0);
      sizes.push(cacheFiles(cache).length);
    }
    expect(Math.max(...sizes)).toBeLessThan(12);
    for (const path of listSeeds(seeds).documents.slice(1)) rmSync(join(seeds, path));
    await cached(seeds, cache);
    for (const path of cacheFiles(cache)) utimesSync(path, 0, 0);
    await cached(seeds, cache);
    expect(cacheFiles(cache).filter((path) => path.endsWith('.blobs')).length).toBeLessThan(10);
  });
});

type Step =
  | { readonly kind: 'write'; readonly name: string; readonly title: string; readonly body: string }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'touch'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'draw'; readonly picture: Buffer };

const name = fc.constantFrom(...NAMES);
const title = fc.constantFrom('One', 'Two', 'Three');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      name,
      title,
      body: fc.constantFrom(...BODIES),
    }),
  },
  fc.record({ kind: fc.constant('remove' as const), name }),
  fc.record({ kind: fc.constant('touch' as const), name }),
  fc.record({ kind: fc.constant('rename' as const), name, to: name }),
  fc.record({ kind: fc.constant('draw' as const), picture: fc.constantFrom(PICTURE, OTHER_PICTURE) }),
);

function take(seeds: string, made: Step): void {
  if (made.kind === 'draw') {
    write(seeds, 'p.png', made.picture);
    return;
  }
  const path = join(seeds, made.name);
  if (made.kind === 'write') write(seeds, made.name, contentOf(made.name, made.title, made.body));
  else if (!listSeeds(seeds).documents.includes(made.name)) return;
  else if (made.kind === 'remove') rmSync(path);
  else if (made.kind === 'touch') utimesSync(path, new Date(0), new Date(0));
  else {
    mkdirSync(dirname(join(seeds, made.to)), { recursive: true });
    renameSync(path, join(seeds, made.to));
  }
}

describe('a process that builds again', () => {
  test.each([0, 1, 2])('in %i threads sees what has changed', async (threads) => {
    const [seeds, cache, resident] = [manySeeds(30), newFolder(), makeResident(threads)];
    for (const round of ['One', 'Two', 'Three']) {
      write(seeds, 'a0.md', contentOf('a0.md', round, BODIES[1] ?? ''));
      const { everything } = await cached(seeds, cache, { startedAt: Date.now() + 60_000, resident });
      expect(everything).toEqual((await cold(seeds)).everything);
    }
    await resident.pools.terminate();
    const { everything } = await cached(seeds, cache, { resident });
    expect(everything).toEqual((await cold(seeds)).everything);
    await resident.pools.terminate();
  });

  test('does without what was deleted behind its back', async () => {
    const [seeds, cache, resident] = [manySeeds(20), newFolder(), makeResident()];
    await cached(seeds, cache, { resident });
    rmSync(cache, { recursive: true });
    write(seeds, 'a0.md', contentOf('a0.md', 'Another', BODIES[0] ?? ''));
    const { everything } = await cached(seeds, cache, { startedAt: Date.now() + 60_000, resident });
    expect(everything).toEqual((await cold(seeds)).everything);
  });
});

describe.each([
  ['each in a process of its own', () => undefined],
  ['in one process', () => makeResident()],
])('a history of builds with the cache kept, %s,', (_, make) => {
  test('comes to the same, build by build, as one without a cache', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(step, { minLength: 1, maxLength: 4 }), fc.boolean()), {
          minLength: 2,
          maxLength: 6,
        }),
        async (history) => {
          const [seeds, cache, resident] = [newFolder(), newFolder(), make()];
          write(seeds, 'p.png', PICTURE);
          let ledger: string | undefined;
          for (const [index, [steps, isLater]] of history.entries()) {
            for (const made of steps) take(seeds, made);
            const now = NOW + index * 86_400_000;
            const expected = await cold(seeds, ledger, now);
            const startedAt = Date.now() + (isLater ? 60_000 : 0);
            const result = await cached(seeds, cache, {
              ledger,
              now,
              startedAt,
              ...(resident && { resident }),
            });
            expect(result.everything).toEqual(expected.everything);
            ledger = result.ledger;
          }
        },
      ),
      { numRuns: 10, seed: 7 },
    );
  });
});
