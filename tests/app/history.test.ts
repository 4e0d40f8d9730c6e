import fc from 'fast-check';
import { parseFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { file, makeApp, makeAppFrom, makeSite, markdownOf, seedFiles, type TestApp } from '../support/app.ts';

const DAY = 86_400_000;
const START = Date.parse('2020-01-01T00:00:00Z');

const dated = (day: number): string => new Date(START + day * DAY).toISOString();

/** Articles on successive days; every third has a tag. */
function archive(count: number): ReturnType<typeof file>[] {
  return Array.from({ length: count }, (_, day) =>
    file(
      `${day}.md`,
      markdownOf({
        title: `Number ${day}`,
        date: dated(day),
        id: `tag:x,2020:${day}`,
        tags: day % 3 === 0 ? ['Third'] : [],
      }),
    ),
  );
}

interface Page {
  readonly titles: readonly string[];
  readonly previous: string | undefined;
  readonly text: string;
}

function readPage(text: string): Page {
  const { format, feed } = parseFeed(text);
  if (format === 'json') {
    const { items = [], next_url } = JSON.parse(text);
    return { titles: items.map(({ title }: { title: string }) => title), previous: next_url, text };
  }
  const entries: readonly { title?: unknown }[] =
    (format === 'atom' ? feed.entries : (feed as { items?: { title?: unknown }[] }).items) ?? [];
  const titles = entries.map(({ title }) =>
    typeof title === 'string' ? title : String((title as { value?: string }).value),
  );
  return { titles, previous: /rel="prev-archive" href="([^"]+)"/.exec(text)?.[1], text };
}

/** What a client does that wants everything; `between` happens before each of its requests but the first. */
async function walk(
  { ask }: TestApp,
  path: string,
  between: () => void = () => {},
): Promise<{ titles: string[]; pages: Page[] }> {
  const pages: Page[] = [];
  for (let next: string | undefined = path; next !== undefined; between()) {
    const response: Response = await ask(next);
    expect(response.status, next).toBe(200);
    const page = readPage(await response.text());
    pages.push(page);
    next = page.previous;
  }
  return { titles: pages.flatMap(({ titles }) => titles), pages };
}

const FEEDS = [
  '/rss.xml',
  '/atom.xml',
  '/feed.json',
  '/tags/third/atom.xml',
  '/tags/third/feed.json',
  '/rss.xml?not=third',
];

describe('all of history', () => {
  test.each(FEEDS)('can be walked from %s, each article once', async (path) => {
    const count = 127;
    const { titles, pages } = await walk(await makeApp(archive(count)), path);
    const wanted = Array.from({ length: count }, (_, day) => day)
      .filter((day) =>
        path.includes('not=') ? day % 3 !== 0 : path.includes('third') ? day % 3 === 0 : true,
      )
      .map((day) => `Number ${day}`);
    expect(titles.toReversed()).toEqual(wanted);
    expect(pages.slice(1).every((page) => page.titles.length === 10)).toBe(true);
  });

  test('can be walked while new articles appear and old ones go, missing none', () => {
    const files = archive(60);
    const scheduled = Array.from({ length: 40 }, (_, i) =>
      file(`later${i}.md`, markdownOf({ title: `Later ${i}`, date: dated(100 + i) })),
    );
    const passing = file('p.md', markdownOf({ title: 'Passing', date: dated(30.5), expires: dated(120) }));
    return fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/rss.xml', '/atom.xml', '/feed.json'),
        fc.array(fc.nat(20), { minLength: 12, maxLength: 12 }),
        async (path, steps) => {
          let now = START + 99 * DAY;
          const app = await makeApp([...files, ...scheduled, passing], { now: () => now });
          const rest = [...steps];
          const { titles } = await walk(app, path, () => {
            now += (rest.shift() ?? 0) * DAY;
          });
          expect(new Set(titles).size).toBe(titles.length);
          const old = titles.filter((title) => title.startsWith('Number'));
          expect(old.toReversed()).toEqual(Array.from({ length: 60 }, (_, day) => `Number ${day}`));
        },
      ),
      { numRuns: 15 },
    );
  });

  test('pages say where they are, and full ones stay as they are', async () => {
    const before = await makeApp(archive(75));
    const after = await makeApp(archive(86));
    for (const format of ['rss.xml', 'atom.xml', 'feed.json']) {
      for (let page = 1; page <= 6; page++) {
        const path = `/archive/${page}/${format}`;
        const [old, now] = await Promise.all([before, after].map(async (app) => app.read(path)));
        expect(readPage(now ?? '').titles).toEqual(readPage(old ?? '').titles);
        expect(now).toBe(old);
      }
    }
    const page = await after.read('/archive/3/atom.xml');
    const links = [
      ...page.matchAll(/<link rel="(current|[\w]+-archive)" href="https:\/\/news.example(\/[^"]*)"\/>/g),
    ];
    expect(links.map((match) => [match[1], match[2]])).toEqual([
      ['current', '/atom.xml'],
      ['prev-archive', '/archive/2/atom.xml'],
      ['next-archive', '/archive/4/atom.xml'],
    ]);
    expect(page).toContain('rel="self" href="https://news.example/archive/3/atom.xml"');
    expect(page).toContain('<fh:archive/>');
    expect(page).not.toContain('<fh:complete/>');
    expect((await after.ask('/archive/8/rss.xml')).status).toBe(200);
    expect((await after.ask('/archive/9/rss.xml')).status).toBe(404);
    expect((await after.ask('/tags/third/archive/2')).status).toBe(200);
    expect((await after.ask('/tags/third/archive/3')).status).toBe(404);
    expect((await after.ask('/archive/5/feed.json?not=third')).status).toBe(200);
    expect((await after.ask('/archive/6/feed.json?not=third')).status).toBe(404);
  });

  test('a feed that has all says that it is complete', async () => {
    const [small, large] = await Promise.all([makeApp(archive(9)), makeApp(archive(90))]);
    for (const path of ['/rss.xml', '/atom.xml']) {
      expect(await small.read(path)).toContain('<fh:complete/>');
      expect(await large.read(path)).not.toContain('<fh:complete/>');
    }
    expect(await small.read('/feed.json')).not.toContain('next_url');
  });

  test('has pages for people, back to the first article', async () => {
    const { read } = await makeApp(archive(83), { site: makeSite({ feedSize: 20 }) });
    const seen: string[] = [];
    let next: string | undefined = '/';
    while (next !== undefined) {
      const page: string = await read(next);
      seen.push(...[...page.matchAll(/class="u-url"[^>]*>([^<]+)</g)].map((match) => match[1] ?? ''));
      next = /<a href="([^"]+)" rel="prev"/.exec(page)?.[1];
    }
    expect(seen.toReversed()).toEqual(Array.from({ length: 83 }, (_, day) => `Number ${day}`));
    expect(await read('/archive/1')).toContain('<a href="/archive/2" rel="next"');
    expect(await read('/archive/8')).toContain('<a href="/" rel="next"');
  });
});

describe('an article that comes late', () => {
  const DATE = '3.2.2021';
  const article = (number: number, date = DATE): ReturnType<typeof file> =>
    file(`${number}.txt`, `Number ${number}\n\n- ${date}\n\nText of number ${number}.\n`);
  const first = Array.from({ length: 60 }, (_, number) => article(number));

  test('is before those of its day that readers have, and moves Last-Modified', async () => {
    let ledger: string | undefined;
    const build = async (files: typeof first, now: number): Promise<TestApp> => {
      const built = await makeAppFrom(seedFiles(files, {}, ledger), { now: () => now });
      ledger = built.ledger;
      return built;
    };
    const before = await build(first, Date.parse('2021-02-03T12:00:00Z'));
    const pages = await Promise.all([1, 2, 3].map(async (page) => before.read(`/archive/${page}/rss.xml`)));
    const late: typeof first = [];
    for (const [minute, number] of [100, 99, 101].entries()) {
      const now = Date.parse('2021-02-03T12:01:00Z') + minute * 60_000;
      late.push(article(number));
      const after = await build([...late, ...first], now);
      const response = await after.ask('/feed.json');
      expect(response.headers.get('last-modified')).toBe(new Date(now).toUTCString());
      expect(JSON.parse(await response.text()).items[0].title).toBe(`Number ${number}`);
      const same = await Promise.all([1, 2, 3].map(async (page) => after.read(`/archive/${page}/rss.xml`)));
      expect(same.map((text) => readPage(text).titles)).toEqual(pages.map((text) => readPage(text).titles));
    }
  });
});
