import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ResolvedDocument } from '../../src/corpus/resolve-documents.ts';
import type { DocumentContent, ParsedDocument } from '../../src/documents/parsed-document.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import type { BuildPipeline } from '../../src/pipeline/build-pipeline.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { runEach } from '../../src/pipeline/memoize.ts';
import { tryRender } from '../../src/pipeline/render.ts';
import { createWorkerPool, type WorkerPool } from '../../src/pipeline/worker-pool.ts';
import { file, makeSite, markdownOf, NOW, seedFiles } from '../support/app.ts';
import { memoryPipeline } from '../support/pipeline.ts';

const SITE = makeSite();
const NESTED = new RangeError('Maximum call stack size exceeded');
const BUG = new TypeError('x is not a function\n    at y');

function throwing<Value>(error: Error): Value {
  const handler = {
    get(): never {
      throw error;
    },
  };
  return new Proxy({}, handler) as Value;
}

describe('what goes wrong with one document', () => {
  test.each([
    [NESTED, 'Cannot read seeds/a.md: it is nested too deeply; expected an article'],
    [
      BUG,
      'Cannot read seeds/a.md: it made Tidings fail (TypeError: x is not a function); please report this, with the document',
    ],
  ])('is its refusal, when it is read or rendered: %s', (error, reason) => {
    expect(readDocument({ path: 'a.md', bytes: throwing(error) }, SITE)).toEqual({
      status: 'refused',
      reason,
    });
    const place = { path: 'a.md' } as ResolvedDocument;
    expect(tryRender(throwing<DocumentContent>(error), place, SITE)).toEqual({ refused: reason });
  });
});

const FILES = ['a', 'b', 'c'].map((name) =>
  file(
    `${name}.md`,
    markdownOf({ title: name.toUpperCase(), date: '2021-02-01', body: '[A](a.md) [B](b.md) [C](c.md)' }),
  ),
);

/** Compiles the files in a pipeline that fails in some way. */
async function compileWith(
  fails: (pipeline: BuildPipeline) => Partial<BuildPipeline>,
  files = FILES,
  ledger?: string,
) {
  const pipeline = memoryPipeline(files, SITE);
  const compilation = await compile(
    { ...pipeline, ...fails(pipeline) },
    seedFiles(files, {}, ledger),
    SITE,
    NOW,
  );
  return {
    ...compilation,
    statuses: Object.fromEntries(compilation.outcomes.map(({ path, status }) => [path, status])),
  };
}

/** What cannot be rendered. */
function rendersWithout(...paths: readonly string[]) {
  return ({ render }: BuildPipeline): Partial<BuildPipeline> => ({
    async render(places) {
      const { reports } = await render(places.filter(({ path }) => !paths.includes(path)));
      const refused = places.map(({ path }) => path).filter((path) => paths.includes(path));
      return { reports, refused: new Map(refused.map((path) => [path, `no ${path}`])) };
    },
  });
}

/** What can be read, but not be put together with the others. */
function readsBroken(error: Error, ...paths: readonly string[]) {
  return ({ readAll }: BuildPipeline): Partial<BuildPipeline> => ({
    readAll: async () =>
      (await readAll()).map((document) =>
        paths.includes(document.path) && document.status === 'read'
          ? {
              ...document,
              parsed: { ...document.parsed, aliases: throwing<ParsedDocument['aliases']>(error) },
            }
          : document,
      ),
  });
}

describe('a document that cannot be rendered', () => {
  test('is refused, and the others are published as if it were held back', async () => {
    const { statuses, outcomes, store } = await compileWith(rendersWithout('b.md'));
    expect(statuses).toEqual({ 'a.md': 'published', 'b.md': 'refused', 'c.md': 'published' });
    expect(outcomes).toContainEqual({ path: 'b.md', status: 'refused', reason: 'no b.md' });
    // Links to what is not published keep their words only.
    const heldBack = file('b.md', '---\ndraft: true\n---\n');
    const without = FILES.map((each) => (each.path === 'b.md' ? heldBack : each));
    expect(Buffer.from(store).equals(Buffer.from((await compileWith(() => ({}), without)).store))).toBe(true);
  });

  test('is not taken for removed', async () => {
    const { ledger } = await compileWith(() => ({}));
    const next = await compileWith(rendersWithout('a.md', 'c.md'), FILES, ledger);
    expect(next.statuses).toEqual({ 'a.md': 'refused', 'b.md': 'published', 'c.md': 'refused' });
    expect(next.ledger).toBe(ledger);
  });
});

describe('a document that cannot be put together with the others', () => {
  test.each([
    ['one', ['b.md'], 'b.md'],
    ['two', ['a.md', 'c.md'], 'c.md'],
  ])('is refused, and the others are published: %s', async (_, broken, last) => {
    const { statuses, outcomes } = await compileWith(readsBroken(NESTED, ...broken));
    for (const { path } of FILES)
      expect([path, statuses[path]]).toEqual([path, broken.includes(path) ? 'refused' : 'published']);
    const reason = `Cannot read seeds/${last}: it is nested too deeply; expected an article`;
    expect(outcomes).toContainEqual({ path: last, status: 'refused', reason });
  });

  test('is not blamed for what fails with every document', async () => {
    const broken = readsBroken(BUG, 'a.md', 'b.md', 'c.md');
    await expect(compileWith(broken)).rejects.toBe(BUG);
  });
});

test('a page that is not amended any more, because another is refused, has its own content', async () => {
  const page = (name: string): SourceFile =>
    file(
      `${name}.html`,
      `<html><head><title>The Site</title></head><body><h1>Number ${name}</h1><p>${'A long line of text. '.repeat(9)}</p></body></html>`,
    );
  // Five pages make a template of what they share.
  const pages = ['1', '2', '3', '4', '5'].map(page);
  const four = pages.slice(0, 4);
  const { store } = await compileWith(rendersWithout('5.html'), pages);
  expect(Buffer.from(store).equals(Buffer.from((await compileWith(() => ({}), four)).store))).toBe(true);
});

describe('a thread that dies', () => {
  const crewOf = async (work: (pool: WorkerPool) => Promise<void>): Promise<void> => {
    const pool = createWorkerPool(2, join(import.meta.dirname, '../support/mortal-thread.ts'));
    // The thread of this test needs to know of nothing.
    pool.init(Object.create(null));
    try {
      await work(pool);
    } finally {
      await pool.terminate();
    }
  };
  const ask = (pool: WorkerPool, ...paths: readonly string[]): Promise<unknown> =>
    runEach(
      pool,
      'read',
      paths.map((path) => ({ path })),
      ({ path }) => `died of ${path}`,
    );

  test.each(['exit', 'memory'])('takes no document with it but the one that it died of: %s', (cause) =>
    crewOf(async (pool) => {
      const results = await Promise.all([
        ask(pool, 'a', cause, 'b'),
        ask(pool, 'c'),
        ask(pool, 'd', 'e'),
        ask(pool, 'f'),
        ask(pool, 'g'),
        ask(pool, 'h'),
      ]);
      expect(results).toEqual([
        [{ key: 'a' }, `died of ${cause}`, { key: 'b' }],
        [{ key: 'c' }],
        [{ key: 'd' }, { key: 'e' }],
        [{ key: 'f' }],
        [{ key: 'g' }],
        [{ key: 'h' }],
      ]);
      expect(await ask(pool, 'later')).toEqual([{ key: 'later' }]);
    }),
  );

  test('of an error of its own ends the build', () =>
    crewOf(async (pool) => {
      await expect(ask(pool, 'a', 'throw')).rejects.toThrow('no space left');
    }));
});
