import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openGitFolder } from '../../src/pipeline/git-history.ts';
import { documentFilter } from '../../src/pipeline/scan-sources.ts';
import { makeAppFrom, seedFiles, type TestApp } from '../support/app.ts';
import { useNewPaths } from '../support/folder.ts';
import { createRepository, type Repository, readFiles } from '../support/git.ts';

const newPath = useNewPaths();

const START = Date.parse('2024-03-01T08:00:00Z');
const DAY = 86_400_000;
const LATER = START + 1000 * DAY;

/** What nobody takes for another text. */
function text(seed: string, count = 80): string {
  return Array.from({ length: count }, (_, index) => `${seed}${index}word`).join(' ');
}

function documentOf(title: string, body: string, more = ''): string {
  return `---\ntitle: ${title}\n${more}---\n\n${body}\n`;
}

/** Builds what is there, and knows nothing but what git does. */
async function buildFrom({ seeds }: Repository, ledger?: string, now = LATER): Promise<TestApp> {
  const { history } = openGitFolder(seeds, documentFilter(seeds));
  return makeAppFrom({ ...seedFiles(readFiles(seeds), {}, ledger), history }, { now: () => now });
}

interface Line {
  readonly id: string;
  readonly slug: string;
  readonly path: string;
  readonly published: string;
  readonly updated?: string;
  readonly added?: string;
  readonly removed?: string;
}

function linesOf({ ledger }: TestApp): Line[] {
  return (JSON.parse(ledger) as { articles: Line[] }).articles;
}

function lineAt(app: TestApp, path: string): Line | undefined {
  return linesOf(app).find((line) => line.path === path && line.removed === undefined);
}

type Step = (repository: Repository) => void;
const write =
  (path: string, content: string): Step =>
  ({ write }) =>
    write(path, content);
const move =
  (from: string, to: string): Step =>
  ({ move }) =>
    move(from, to);
const remove =
  (path: string): Step =>
  ({ remove }) =>
    remove(path);

/** Each step is a commit; the letters are the articles, at their places after it. */
const STEPS: readonly (readonly [Readonly<Record<string, string>>, ...Step[]])[] = [
  [
    { a: 'a.md', b: 'b.md' },
    write('a.md', documentOf('Alpha', text('a'))),
    write('b.md', documentOf('Beta', text('b'))),
  ],
  [{ a: 'a.md', b: 'b.md', c: 'c.md' }, write('c.md', documentOf('Gamma', text('c')))],
  [{ a: 'a.md', b: 'b.md', c: 'c.md' }, write('a.md', documentOf('Alpha', `${text('a')} and more`))],
  [{ a: 'news/a.md', b: 'b.md', c: 'c.md' }, move('a.md', 'news/a.md')],
  [{ a: 'news/a.md', b: 'b.md', c: 'c.md', d: 'a.md' }, write('a.md', documentOf('Alpha', text('d')))],
  [
    { a: 'news/a.md', b: 'b.md', c: 'c.md', d: 'a.md' },
    write('b.md', documentOf('Beta retitled', text('b'))),
  ],
  [{ a: 'news/a.md', c: 'c.md', d: 'a.md' }, remove('b.md')],
  [{ a: 'news/a.md', c: 'c.md', d: 'a.md', e: 'e.md' }, write('e.md', documentOf('Epsilon', text('e')))],
  [
    { a: 'news/a.md', b: 'b.md', c: 'c.md', d: 'a.md', e: 'e.md' },
    write('b.md', documentOf('Beta', text('b'))),
  ],
  [
    { a: 'news/a.md', b: 'b.md', c: 'old/c.md', d: 'a.md', e: 'e.md' },
    move('c.md', 'old/c.md'),
    write('old/c.md', documentOf('Gamma', `${text('c')} with another end`)),
  ],
  [{ a: 'news/a.md', b: 'b.md', c: 'old/c.md', d: 'a.md' }, remove('e.md')],
  [
    { a: 'news/a.md', b: 'b.md', c: 'old/c.md', d: 'a.md', e: 'again/e.md' },
    write('again/e.md', documentOf('Epsilon', text('e'))),
  ],
  [
    { a: 'b.md', b: 'news/a.md', c: 'old/c.md', d: 'a.md', e: 'again/e.md' },
    move('news/a.md', 'x.md'),
    move('b.md', 'news/a.md'),
    move('x.md', 'b.md'),
  ],
  [{ a: 'b.md', b: 'news/a.md', c: 'old/c.md', d: 'd.md', e: 'again/e.md' }, move('a.md', 'd.md')],
  [
    { a: 'b.md', b: 'news/a.md', c: 'old/c.md', d: 'd.md', e: 'again/e.md', f: 'a.md' },
    write('a.md', documentOf('Alpha', text('f'), 'date: 2020-01-01\n')),
  ],
  [{ a: 'b.md', b: 'news/a.md', d: 'd.md', e: 'again/e.md', f: 'a.md' }, remove('old/c.md')],
  [
    { a: 'b.md', b: 'news/a.md', d: 'd.md', e: 'again/e.md', f: 'a.md', g: 'c.md' },
    write('c.md', documentOf('Gamma', text('g'))),
  ],
  [
    { a: 'b.md', b: 'news/a.md', d: 'd.md', e: 'again/e.md', f: 'a.md', g: 'c.md' },
    write('d.md', documentOf('Delta', text('d'))),
  ],
  [{ a: 'b.md', b: 'news/a.md', d: 'd.md', f: 'a.md', g: 'c.md' }, remove('again/e.md')],
  [
    { a: 'b.md', b: 'news/a.md', c: 'c2.md', d: 'd.md', f: 'a.md', g: 'c.md' },
    write('c2.md', documentOf('Gamma', `${text('c')} with another end`)),
  ],
];

describe('a publication whose ledger nobody commits', () => {
  test('keeps every id and every address, deployed from a fresh clone at each of twenty commits', async () => {
    const repository = createRepository(newPath());
    const known = new Map<string, { id: string; slug: string }>();
    const addresses = new Set<string>();
    let kept: TestApp | undefined;
    for (const [index, [articles, ...steps]] of STEPS.entries()) {
      for (const step of steps) step(repository);
      const instant = START + index * DAY;
      repository.commit(new Date(instant).toISOString());
      const fresh = await buildFrom(repository.clone(newPath()));
      for (const [article, path] of Object.entries(articles)) {
        const { id = '', slug = '' } = lineAt(fresh, path) ?? {};
        const before = known.get(article) ?? { id, slug };
        expect({ article, index, id, slug }).toEqual({ article, index, ...before });
        known.set(article, before);
        addresses.add(slug);
      }
      expect(new Set([...known.values()].map(({ id }) => id)).size).toBe(known.size);
      for (const slug of addresses) {
        const { status } = await fresh.ask(`/articles/${slug}`);
        expect([200, 301, 308, 410], `${slug} after commit ${index}`).toContain(status);
      }
      // One that keeps its ledger says the same of ids and addresses.
      kept = await buildFrom(repository, kept?.ledger, instant + 3600_000);
      for (const path of Object.values(articles))
        expect({ index, ...lineAt(kept, path) }).toMatchObject({
          id: lineAt(fresh, path)?.id,
          slug: lineAt(fresh, path)?.slug,
          published: lineAt(fresh, path)?.published,
        });
    }
  });

  test('has the instants of its commits', async () => {
    const repository = createRepository(newPath());
    const commit = (day: number): void => repository.commit(new Date(START + day * DAY).toISOString());
    const at = (day: number): string => new Date(START + day * DAY).toISOString().replace('.000Z', 'Z');
    repository.write('a.md', documentOf('Alpha', text('a')));
    commit(0);
    repository.write('b.md', documentOf('Beta', text('b')));
    repository.write('c.md', documentOf('Gamma', text('c')));
    commit(1);
    repository.write('a.md', documentOf('Alpha', `${text('a')} more`));
    repository.move('b.md', 'd.md');
    commit(2);
    repository.remove('c.md');
    commit(3);
    const app = await buildFrom(repository);
    expect(lineAt(app, 'a.md')).toMatchObject({ published: at(0), updated: at(2) });
    expect(lineAt(app, 'a.md')).not.toHaveProperty('added');
    expect(lineAt(app, 'd.md')).toMatchObject({ published: at(1), added: at(1) });
    expect(lineAt(app, 'd.md')).not.toHaveProperty('updated');
    expect(linesOf(app).find(({ path }) => path === 'c.md')).toMatchObject({ removed: at(3) });
  });
});

describe('a publication whose ledger is committed', () => {
  test('records the instants of the commits that made the changes, whenever it is built', async () => {
    const repository = createRepository(newPath());
    const commit = (day: number): void => repository.commit(new Date(START + day * DAY).toISOString());
    for (const name of ['a', 'b']) repository.write(`${name}.md`, documentOf(name, text(name)));
    commit(0);
    const { ledger } = await buildFrom(repository, undefined, START + DAY / 2);
    repository.write('a.md', documentOf('a', `${text('a')} more`));
    repository.remove('b.md');
    repository.write('c.md', documentOf('c', text('c')));
    commit(1);
    const [soon, late] = await Promise.all(
      [START + 2 * DAY, START + 9 * DAY].map((now) => buildFrom(repository, ledger, now)),
    );
    expect(soon?.ledger).toBe(late?.ledger);
    const at = new Date(START + DAY).toISOString().replace('.000Z', 'Z');
    expect(linesOf(soon as TestApp)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'a.md', updated: at }),
        expect.objectContaining({ path: 'b.md', removed: at }),
        expect.objectContaining({ path: 'c.md', added: at }),
      ]),
    );
  });

  test('records the clock for what is not committed', async () => {
    const repository = createRepository(newPath());
    repository.write('a.md', documentOf('a', text('a')));
    repository.commit(new Date(START).toISOString());
    const { ledger } = await buildFrom(repository, undefined, START + DAY);
    repository.write('a.md', documentOf('a', `${text('a')} more`));
    const app = await buildFrom(repository, ledger, START + 5 * DAY);
    expect(lineAt(app, 'a.md')).toMatchObject({
      updated: new Date(START + 5 * DAY).toISOString().replace('.000Z', 'Z'),
    });
  });
});

describe('git knows', () => {
  test('of a merge what it brought, when it was merged', async () => {
    const repository = createRepository(newPath());
    const commit = (day: number): void => repository.commit(new Date(START + day * DAY).toISOString());
    repository.write('a.md', documentOf('Alpha', text('a')));
    commit(0);
    repository.git('checkout', '--quiet', '-b', 'branch');
    repository.write('b.md', documentOf('Beta', text('b')));
    commit(1);
    repository.git('checkout', '--quiet', 'main');
    repository.move('a.md', 'c.md');
    commit(2);
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'branch');
    commit(3);
    const app = await buildFrom(repository);
    const merged = new Date(START + 3 * DAY).toISOString().replace('.000Z', 'Z');
    expect(lineAt(app, 'b.md')).toMatchObject({ published: merged, added: merged });
    expect(lineAt(app, 'c.md')).toMatchObject({ first: 'a.md', slug: 'a' });
  });

  test('a folder that was moved with all that is in it, whatever its letters', async () => {
    const repository = createRepository(newPath());
    const names = ['a', 'ü', 'a b', '日本'];
    for (const name of names) repository.write(`old/${name}.md`, documentOf(name, text(name)));
    repository.commit(new Date(START).toISOString());
    const before = await buildFrom(repository);
    for (const name of names) repository.move(`old/${name}.md`, `new/ü/${name}.md`);
    repository.commit(new Date(START + DAY).toISOString());
    const after = await buildFrom(repository);
    for (const name of names)
      expect(lineAt(after, `new/ü/${name}.md`)?.id).toBe(lineAt(before, `old/${name}.md`)?.id);
  });

  test('a document that is held back for what was removed', async () => {
    const repository = createRepository(newPath());
    for (const name of ['a', 'b']) repository.write(`${name}.md`, documentOf(name, text(name)));
    repository.commit(new Date(START).toISOString());
    repository.write('a.md', documentOf('a', text('a'), 'draft: true\n'));
    repository.commit(new Date(START + DAY).toISOString());
    const removed = new Date(START + DAY).toISOString().replace('.000Z', 'Z');
    const app = await buildFrom(repository);
    expect(linesOf(app).find(({ path }) => path === 'a.md')).toMatchObject({ removed });
    expect((await app.ask('/articles/a')).status).toBe(410);
  });

  test('nothing of a folder that is in no repository', async () => {
    const path = newPath();
    mkdirSync(path);
    expect(openGitFolder(path, documentFilter(path)).history()).toBeUndefined();
    expect(openGitFolder(join(path, 'missing'), documentFilter(path)).isRepository()).toBe(false);
  });
});

type Change =
  | { readonly kind: 'write' | 'edit' | 'retitle' | 'remove'; readonly name: string; readonly seed: string }
  | { readonly kind: 'move'; readonly name: string; readonly to: string };

const NAMES = ['a.md', 'b.md', 'sub/c.md', 'sub/ü d.md'];
const place = fc.constantFrom(...NAMES);
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      name: place,
      seed: fc.constantFrom('p', 'q', 'r', 's'),
    }),
  },
  fc.record({
    kind: fc.constantFrom('edit' as const, 'retitle' as const, 'remove' as const),
    name: place,
    seed: fc.constantFrom('x', 'y'),
  }),
  fc.record({ kind: fc.constant('move' as const), name: place, to: place }),
);

test('any history comes to the same articles, with and without a ledger', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 9 }), async (changes) => {
      const repository = createRepository(newPath());
      const contents = new Map<string, { title: string; body: string }>();
      const put = (name: string, content: { title: string; body: string }): void => {
        contents.set(name, content);
        repository.write(name, documentOf(content.title, content.body));
      };
      put('z.md', { title: 'Zeta', body: text('z') });
      repository.commit(new Date(START - DAY).toISOString());
      let kept: TestApp | undefined = await buildFrom(repository, undefined, START);
      let ledger: string | undefined = kept.ledger;
      for (const [index, made] of changes.entries()) {
        const content = contents.get(made.name);
        if (made.kind === 'write') {
          // A document that is written over another is not what this is about.
          if (content === undefined && ![...contents.values()].some(({ body }) => body.startsWith(made.seed)))
            put(made.name, { title: `Title ${made.seed}`, body: text(made.seed) });
        } else if (content === undefined) continue;
        else if (made.kind === 'edit')
          put(made.name, { ...content, body: `${content.body} ${made.seed}${index}` });
        else if (made.kind === 'retitle')
          put(made.name, { ...content, title: `${content.title} ${made.seed}` });
        else if (made.kind === 'remove') {
          contents.delete(made.name);
          repository.remove(made.name);
        } else if (made.kind === 'move' && !contents.has(made.to)) {
          contents.delete(made.name);
          contents.set(made.to, content);
          repository.move(made.name, made.to);
        }
        if (repository.git('status', '--porcelain') === '') continue;
        const instant = START + index * DAY;
        repository.commit(new Date(instant).toISOString());
        kept = await buildFrom(repository, ledger, instant + 1000);
        ledger = kept.ledger;
      }
      const fresh = await buildFrom(repository.clone(newPath()));
      const of = (app: TestApp | undefined) =>
        (app === undefined ? [] : linesOf(app)).map(({ id, slug, path, published, removed }) => ({
          id,
          slug,
          path,
          published,
          removed,
        }));
      expect(of(fresh)).toEqual(of(kept));
    }),
    { numRuns: 4, seed: 11 },
  );
});
