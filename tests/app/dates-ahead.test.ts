import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { decodeStore } from '../../src/store/format.ts';
import {
  type CompiledFiles,
  compileFiles,
  documentOf,
  file,
  makeApp,
  makeAppFrom,
  makeSite,
  NOW,
  type SeedFiles,
  seedFiles,
  type TestApp,
} from '../support/app.ts';
import { historyOf } from '../support/git.ts';

const DAY = 86_400_000;
const FAR = Date.parse('2098-01-01T00:00:00Z');
const SITE = makeSite({ timeZone: 'Europe/Istanbul' });
const iso = (instant: number): string => new Date(instant).toISOString();
const short = (instant: number): string => iso(instant).replace('.000Z', 'Z');

type Item = Record<string, string>;

async function items({ read }: Pick<TestApp, 'read'>): Promise<Item[]> {
  return JSON.parse(await read('/feed.json')).items;
}

function build(documents: readonly SourceFile[], ledger?: string, now = NOW): Promise<CompiledFiles> {
  return compileFiles(seedFiles(documents, {}, ledger), SITE, now);
}

async function itemOf(
  documents: readonly SourceFile[],
  ledger?: string,
  now = NOW,
): Promise<Item | undefined> {
  return (
    await items(await makeAppFrom(seedFiles(documents, {}, ledger), { site: SITE, now: () => now }))
  )[0];
}

const page = (head: string): string =>
  `<html><head><title>A</title>\n${head}</head><body><article><h1>A</h1><p>Some text of it.</p></article></body></html>`;

describe('a change that lies ahead', () => {
  const SOURCES: readonly (readonly [string, string, string, number])[] = [
    ['a.md', '---\ntitle: A\ndate: 2021-02-03\nupdated: 2098-01-01\n---\nText.', '2098-01-01', 4],
    [
      'a.md',
      '---\ntitle: A\ndate: 2021-02-03\nlastmod: 2098-01-01T10:00:00Z\n---\nText.',
      '2098-01-01T10:00:00Z',
      4,
    ],
    ['a.mdx', '+++\ntitle = "A"\ndate = 2021-02-03\nmodified = 2098-01-01\n+++\nText.', '2098-01-01', 4],
    ['a.txt', '---\ntitle: A\nlast_modified_at: 2098-01-01\n---\n1.2.2021\n\nText.', '2098-01-01', 3],
    ['a.txt', 'A\n\n1.2.2021\nUpdated: 1.1.2098\n\nText.', '1.1.2098', 4],
    ['a.txt', 'A\n\n3 Feb 2021 | Updated: 1 Jan 2098\n\nText.', '1 Jan 2098', 3],
    [
      'a.html',
      page(
        '<meta property="article:published_time" content="2021-02-03">\n<meta property="article:modified_time" content="2098-01-01T00:00:00Z">',
      ),
      '2098-01-01T00:00:00Z',
      3,
    ],
    [
      'a.html',
      page(
        '<meta charset="utf-8"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-02-03","dateModified":"2098-01-01"}</script>',
      ),
      '2098-01-01',
      2,
    ],
  ];

  test.each(SOURCES)(
    'is taken for one of this build, and said, of %s %j',
    async (path, text, stated, line) => {
      const app = await makeApp([file(path, text)], { site: SITE });
      expect((await items(app))[0]).toMatchObject({ date_modified: iso(NOW) });
      for (const [feed, said] of [
        ['/rss.xml', `<lastBuildDate>${new Date(NOW).toUTCString()}</lastBuildDate>`],
        ['/atom.xml', `<updated>${iso(NOW)}</updated>`],
        ['/sitemap.xml', `<lastmod>${iso(NOW)}</lastmod>`],
      ] as const) {
        const response = await app.ask(feed);
        expect(response.headers.get('last-modified')).toBe(new Date(NOW).toUTCString());
        const body = await response.text();
        expect(body).toContain(said);
        expect(body).not.toContain('2098');
      }
      const { warnings } = await build([file(path, text)]);
      expect(warnings).toEqual([
        `Cannot use date "${stated}" in seeds/${path}:${line}: expected a change that was made before this build; took ${short(NOW)}`,
      ]);
    },
  );

  const stated = (updated: string, body = 'Text.'): SourceFile[] => [
    file('a.md', `---\ntitle: A\ndate: 2021-02-03\nupdated: ${updated}\n---\n${body}`),
  ];

  test('stays where it was put while the text stays, and moves with it', async () => {
    const { ledger } = await build(stated('2098-01-01'));
    const later = NOW + 9 * DAY;
    expect(await itemOf(stated('2098-01-01'), ledger, later)).toMatchObject({ date_modified: iso(NOW) });
    expect((await build(stated('2098-01-01'), ledger, later)).ledger).toBe(ledger);
    const edited = stated('2098-01-01', 'Other words altogether.');
    expect(await itemOf(edited, ledger, later)).toMatchObject({ date_modified: iso(later) });
    expect(await itemOf(stated('2026-01-02T00:00:00Z'), ledger, later)).toMatchObject({
      date_modified: '2026-01-02T00:00:00.000Z',
    });
  });

  test('is the same in every build of one instant', async () => {
    const [one, other] = await Promise.all([build(stated('2098-01-01')), build(stated('2098-01-01'))]);
    expect(Buffer.compare(one.store, other.store)).toBe(0);
  });

  test('is no mistake on the day that has begun somewhere', async () => {
    for (const day of ['2026-11-22', '2026-11-23']) {
      expect((await build(stated(day))).warnings).toEqual([]);
      const { date_modified = '' } = (await itemOf(stated(day))) ?? {};
      expect(Date.parse(date_modified)).toBeLessThanOrEqual(NOW);
    }
    expect((await build(stated(short(NOW + 60_000)))).warnings).toHaveLength(1);
    expect((await build(stated(short(NOW)))).warnings).toEqual([]);
  });

  test('of an article to come is at most its publication', async () => {
    const text = (updated: string): SourceFile[] => [
      file('a.md', `---\ntitle: A\ndate: 2027-01-01T00:00:00Z\nupdated: ${updated}\n---\nText.`),
    ];
    const published = Date.parse('2027-01-01T00:00:00Z');
    for (const [updated, count] of [
      ['2027-01-01T00:00:00Z', 0],
      ['2026-12-24T00:00:00Z', 0],
      ['2027-06-01T00:00:00Z', 1],
      ['2098-01-01', 1],
    ] as const) {
      const compiled = await build(text(updated));
      expect(compiled.warnings, updated).toHaveLength(count);
      const app = createApp(decodeStore(compiled.store.buffer), {
        clock: () => published,
        readAsset: async (digest) => compiled.parts.get(digest)?.buffer,
      });
      const response = await app.request('https://news.example/feed.json');
      expect(JSON.parse(await response.text()).items[0]).toMatchObject({
        date_published: iso(published),
        date_modified: iso(published),
      });
      expect(response.headers.get('last-modified')).toBe(new Date(published).toUTCString());
    }
  });
});

describe('a date that only stands in for that of publication', () => {
  test.each([
    ['a.md', '---\ntitle: A\nupdated: 2098-01-01\n---\nText.', `took ${short(NOW)}`],
    ['a.txt', 'A\n\nReuters, 1 Jan 2098\n\nText.', 'left it out'],
    ['a.md', '---\ntitle: A\nsource: { title: Reuters, date: 2098-01-01 }\n---\nText.', 'left it out'],
  ])('schedules nothing: of %s %j', async (path, text, done) => {
    const { outcomes, warnings, ledger } = await build([file(path, text)]);
    expect(outcomes).toMatchObject([{ status: 'published', published: NOW }]);
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^Cannot use date ".*2098.*" in seeds/.*; ${done}$`)),
    ]);
    const later = await itemOf([file(path, text)], ledger, NOW + DAY);
    expect(later).toMatchObject({ date_published: iso(NOW), date_modified: iso(NOW) });
    expect(JSON.stringify(later)).not.toContain('2098');
  });

  test('is that of a commit only if it is past', async () => {
    const files = (committed: number): SeedFiles => ({
      ...seedFiles([file('a.txt', 'A\n\nText.')]),
      history: () => historyOf('a.txt', committed),
    });
    for (const [committed, published] of [
      [FAR, NOW],
      [NOW - DAY, NOW - DAY],
    ] as const)
      expect((await compileFiles(files(committed), SITE, NOW)).outcomes).toMatchObject([{ published }]);
  });

  test('leaves a date of publication that lies ahead alone', async () => {
    for (const [path, text] of [
      ['a.md', '---\ntitle: A\ndate: 2098-01-01\n---\nText.'],
      ['2098-01-01-a.md', 'Text.'],
      ['a.txt', 'A\n\n1.1.2098\nReuters, 1 Jan 2098\n\nText.'],
    ] as const) {
      const { outcomes, warnings } = await build([file(path, text)]);
      expect(outcomes).toMatchObject([{ status: 'scheduled' }]);
      expect(warnings).toEqual([]);
    }
  });
});

describe('a ledger in which something lies ahead', () => {
  const document = file('a.txt', documentOf('A', '3.2.2021'));
  const poison = (ledger: string, field: string): string =>
    ledger.replace('"published"', `"${field}": "2098-01-01T00:00:00Z", "published"`);

  test('heals: a change', async () => {
    const { ledger } = await build([document]);
    const poisoned = poison(ledger, 'updated');
    const { warnings, ledger: healed } = await build([document], poisoned);
    expect(warnings).toEqual([
      `Cannot use the change of seeds/a.txt in the ledger, 2098-01-01T00:00:00Z: expected an instant in the past; took ${short(NOW)}`,
    ]);
    expect(healed).not.toContain('2098');
    const again = await build([document], healed, NOW + DAY);
    expect(again.ledger).toBe(healed);
    expect(again.warnings).toEqual([]);
    const stating = file('a.txt', documentOf('A', '3.2.2021\nUpdated: 2022-01-02 10:00 UTC'));
    expect(await itemOf([stating], poisoned)).toMatchObject({ date_modified: '2022-01-02T10:00:00.000Z' });
  });

  test('heals: the day on which an article came', async () => {
    const { ledger } = await build([document]);
    const app = await makeAppFrom(seedFiles([document], {}, poison(ledger, 'added')), { site: SITE });
    expect((await app.ask('/rss.xml')).headers.get('last-modified')).toBe(new Date(NOW).toUTCString());
    expect(app.ledger).not.toContain('2098');
  });

  test('heals: a removal', async () => {
    const kept = file('b.txt', documentOf('B', '3.2.2021', 'Another text.'));
    const { ledger } = await build([document, kept]);
    const poisoned = ledger
      .split('\n')
      .map((line) => (line.includes('a.txt') ? poison(line, 'removed') : line))
      .join('\n');
    const app = await makeAppFrom(seedFiles([kept], {}, poisoned), { site: SITE });
    expect((await app.ask('/atom.xml')).headers.get('last-modified')).toBe(new Date(NOW).toUTCString());
    expect(await app.read('/atom.xml')).toContain(`when="${iso(NOW)}"`);
    expect(app.ledger).not.toContain('2098');
  });
});

describe('where the clock is behind that of the build', () => {
  const serve = async (
    now: number,
  ): Promise<(path: string, headers?: Record<string, string>) => Promise<Response>> => {
    const documents = ['a.txt', 'b.md'].map((path) =>
      file(path, documentOf(path, '3.2.2021', `Text of ${path}.`)),
    );
    const first = await build(documents, undefined, FAR - DAY);
    // An edit, an article that came, one that went, all of a year that has not begun.
    const files = [
      file('a.txt', documentOf('a.txt', '3.2.2021', 'Other words.')),
      file('c.txt', documentOf('C', '4.2.2021')),
    ];
    const { store, parts } = await build(files, first.ledger, FAR);
    const app = createApp(decodeStore(store.buffer), {
      clock: () => now,
      readAsset: async (digest) => parts.get(digest)?.buffer,
    });
    return async (path, headers = {}) => app.request(`https://news.example${path}`, { headers });
  };
  const PATHS = [
    ...['/', '/rss.xml', '/atom.xml', '/feed.json', '/years/2021', '/years/2021/atom.xml', '/search?q=words'],
    ...['/feeds', '/feeds.opml', '/sitemap.xml', '/sitemap-news.xml', '/llms.txt'],
    ...['', '.md', '.txt', '.json'].map((ending) => `/articles/c${ending}`),
  ];

  test('nothing is sent as of later than now, nor compared', async () => {
    const ask = await serve(NOW);
    for (const path of PATHS) {
      const response = await ask(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('last-modified'), path).toBe(new Date(NOW).toUTCString());
      const since = (instant: number): Record<string, string> => ({
        'if-modified-since': new Date(instant).toUTCString(),
      });
      expect((await ask(path, since(NOW))).status, path).toBe(304);
      // What a reader was told when the date lay ahead must not keep it from what is new.
      expect((await ask(path, since(FAR))).status, path).toBe(200);
      expect((await ask(path, since(NOW + 1000))).status, path).toBe(200);
    }
    expect(await (await ask('/rss.xml')).text()).toContain(
      `<lastBuildDate>${new Date(NOW).toUTCString()}</lastBuildDate>`,
    );
    expect(await (await ask('/atom.xml')).text()).toContain(`<updated>${iso(NOW)}</updated>`);
  });

  test('it is as it was built once that time has come', async () => {
    const ask = await serve(FAR + DAY);
    for (const path of PATHS.slice(0, 4))
      expect((await ask(path)).headers.get('last-modified'), path).toBe(new Date(FAR).toUTCString());
  });
});
