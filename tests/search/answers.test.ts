import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { file, makeApp, markdownOf } from '../support/app.ts';

const TEXTS: readonly [string, string, string][] = [
  [
    'harbour',
    'High water in the harbour',
    'The harbour is closed, and the ferry stays in the harbour until Friday.',
  ],
  ['ferry', 'Ferry timetable', 'The harbour has a new ferry. It leaves at noon & comes back <b>late</b>.'],
  ['isik', 'Işık sergisi', 'IŞIK ve gölge üzerine bir sergi İstanbul’da açıldı.'],
  ['tokyo', '東京の天気', '明日の東京は晴れるでしょう。'],
  ['arabic', 'الميناء', 'أُغلق الميناء حتى يوم الجمعة.'],
];

const files = TEXTS.map(([name, title, body], day) =>
  file(`${name}.md`, markdownOf({ title, body, date: `2021-02-0${day + 1}`, tags: ['Port'] })),
);
const secret = file(
  's.md',
  markdownOf({ title: 'Secret harbour', body: 'Nobody may know of the xylophone.', date: '2030-01-01' }),
);

let now = Date.parse('2026-01-01T00:00:00Z');
const { ask, read } = await makeApp([...files, secret], { now: () => now });

const foundBy = async (query: string): Promise<string[]> => {
  const response = await ask(`/feed.json?q=${encodeURIComponent(query)}`);
  if (response.status !== 301) {
    expect(response.status).toBe(200);
    return JSON.parse(await response.text()).items.map(({ title }: { title: string }) => title);
  }
  const canonical = await ask(response.headers.get('location') ?? '');
  return JSON.parse(await canonical.text()).items.map(({ title }: { title: string }) => title);
};

describe('a search', () => {
  test.each([
    ['harbour', ['Ferry timetable', 'High water in the harbour']],
    ['HARBOUR ferry', ['Ferry timetable', 'High water in the harbour']],
    ['"new ferry"', ['Ferry timetable']],
    ['harb*', ['Ferry timetable', 'High water in the harbour']],
    ['harbour -timetable', ['High water in the harbour']],
    ['isik', ['Işık sergisi']],
    ['ıŞıK', ['Işık sergisi']],
    ['istanbul', ['Işık sergisi']],
    ['東京', ['東京の天気']],
    ['الميناء', ['الميناء']],
    ['port timetable', ['Ferry timetable']],
    ['nothing-of-the-kind', []],
    ['xylophone', []],
  ])('for %s is a feed, the newest first', async (query, expected) => {
    expect(await foundBy(query)).toEqual(expected);
  });

  test('is a page, the best first, that marks the words', async () => {
    const page = await read('/search?q=ferry%20harbour');
    const titles = [...page.matchAll(/class="u-url"[^>]*>([^<]+)</g)].map((match) => match[1]);
    expect(titles.toSorted()).toEqual(['Ferry timetable', 'High water in the harbour']);
    expect(page).toContain(
      'The <mark>harbour</mark> has a new <mark>ferry</mark>. It leaves at noon &#38; comes back late.',
    );
    expect(page).toContain('value="ferry harbour"');
    expect(page).toContain('href="https://news.example/rss.xml?q=ferry%20harbour"');
    expect((await ask('/search?q=ferry%20harbour')).headers.get('x-robots-tag')).toBe('noindex');
  });

  test('reaches all that it finds: the best, what no full page holds, and the pages', async () => {
    const often = Array.from({ length: 10 }, (_, day) => `Zebra ${day}`);
    const once = Array.from({ length: 9 }, (_, day) => `Other ${day}`);
    const archive = await makeApp(
      [...often, ...once].map((title, day) =>
        file(
          `${day}.md`,
          markdownOf({
            title,
            date: `2021-02-${day + 10}`,
            body: day < 10 ? 'A zebra.' : 'A day, and one zebra.',
          }),
        ),
      ),
    );
    const titlesAt = async (path: string): Promise<(string | undefined)[]> => {
      const page = await archive.read(path);
      return [...page.matchAll(/class="u-url"[^>]*>([^<]+)</g)].map(([, title]) => title);
    };
    const first = await titlesAt('/search?q=zebra');
    expect(first.slice(0, 10).toSorted()).toEqual(often);
    expect(first.slice(10).toSorted()).toEqual(once);
    expect((await titlesAt('/archive/1?q=zebra')).toSorted()).toEqual(often);
    expect(await titlesAt('/search?q=other')).toHaveLength(9);
  });

  test('has one address', async () => {
    for (const query of ['Harbour  FERRY', 'ferry harbour ferry', ' ferry, harbour ']) {
      const response = await ask(`/search?q=${encodeURIComponent(query)}`);
      expect([response.status, response.headers.get('location')]).toEqual([
        308,
        'https://news.example/search?q=ferry%20harbour',
      ]);
    }
    expect((await ask('/?q=ferry')).headers.get('location')).toBe('https://news.example/search?q=ferry');
    expect((await ask('/search?q=ferry&tag=port')).headers.get('location')).toBe(
      'https://news.example/?tag=port&q=ferry',
    );
    expect((await ask('/?tag=port&q=ferry')).status).toBe(200);
  });

  test('for nothing is the page to search on', async () => {
    for (const path of ['/search', '/search?q=', '/search?q=%20%2C', '/search?utm_source=x']) {
      const response = await ask(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('name="q"');
    }
  });

  test('that finds nothing says so, and is an empty feed', async () => {
    expect(await read('/search?q=xylophone')).toContain('Nothing was found.');
    const feed = JSON.parse(await read('/feed.json?q=xylophone'));
    expect(feed).toMatchObject({ title: '“xylophone” – Example News', items: [] });
  });

  test('finds an article in its second, and not before', async () => {
    now = Date.parse('2029-12-31T23:59:59Z');
    expect(await foundBy('xylophone')).toEqual([]);
    expect((await ask('/feed.json?q=xylophone')).headers.get('cache-control')).toContain('max-age=1,');
    now += 1000;
    expect(await foundBy('xylophone')).toEqual(['Secret harbour']);
    now = Date.parse('2026-01-01T00:00:00Z');
    expect(await foundBy('xylophone')).toEqual([]);
  });

  test('tells nothing of the words of an article that is over', async () => {
    const over = { title: 'Zither', date: '2021-01-01', expires: '2021-01-02', tags: ['zoo'] };
    const { ask: askAfter } = await makeApp([...files, file('over.md', markdownOf(over))], {
      now: () => now,
    });
    const saidOf = async (words: string): Promise<unknown> => {
      const { status, headers } = await askAfter(`/feed.json?q=${words}`);
      return [status, headers.get('last-modified'), headers.get('cache-control')];
    };
    expect(await saidOf('zither')).toEqual(await saidOf('xylophone'));
    expect(await (await askAfter('/tags/zo')).text()).not.toContain('zoo');
  });

  test('takes any text, and says none of it as markup', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.constantFrom(
            '<script>alert(1)</script>',
            "' OR 1=1; DROP TABLE articles --",
            '\u202Eharbour',
            '"'.repeat(99),
            '-',
          ),
          fc.constantFrom(
            'a '.repeat(4000),
            '*'.repeat(8000),
            'x'.repeat(8000),
            '\ud800\udfff\udc00 harbour',
          ),
        ),
        async (query) => {
          for (const path of ['/search?q=', '/rss.xml?q=', '/?tag=port&q=']) {
            let response = await ask(path + encodeURIComponent(query.toWellFormed()));
            if (response.status === 308 || response.status === 301)
              response = await ask(response.headers.get('location') ?? '');
            expect(response.status).toBe(200);
            expect(await response.text()).not.toContain('<script>alert');
          }
        },
      ),
      { numRuns: 60 },
    ));
});

describe('an article', () => {
  test('mentions the ones before and after it, once these are out', async () => {
    const page = async (): Promise<string> => read('/articles/arabic');
    expect(await page()).toMatch(/<p class="older"[^>]*>.*?<a href="\/articles\//);
    expect(await page()).not.toContain('Secret');
    const etag = (await ask('/articles/arabic')).headers.get('etag');
    now = Date.parse('2030-01-01T00:00:00Z');
    expect(await page()).toContain('>Secret harbour</a>');
    expect((await ask('/articles/arabic')).headers.get('etag')).not.toBe(etag);
    now = Date.parse('2026-01-01T00:00:00Z');
  });
});
