import { describe, expect, test, vi } from 'vitest';
import {
  documentOf,
  file,
  fixtureFiles,
  makeApp,
  makeAppFrom,
  makeSite,
  markdownOf,
  seedFiles,
} from '../support/app.ts';
import { ask, BROWSER, FEEDS, PERMALINK, read } from '../support/article-app.ts';

describe('addresses', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    [PERMALINK, 'text/html; charset=utf-8'],
    ['/rss.xml', 'application/rss+xml; charset=utf-8'],
    ['/atom.xml', 'application/atom+xml; charset=utf-8'],
    ['/feed.json', 'application/feed+json'],
  ])('%s is %s', async (path, type) => {
    const response = await ask(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
  });

  test.each([
    ['/rss.xml', ['/feed', '/feed/', '/rss', '/rss/', '/feed.xml', '/index.xml', '/index.rss', '/feed.rss']],
    ['/atom.xml', ['/feed.atom', '/atom']],
  ])('the other addresses of %s answer with the same bytes', async (canonical, others) => {
    const expected = await read(canonical);
    expect(expected).toContain(`https://news.example${canonical}`);
    for (const path of others) expect(await read(path)).toBe(expected);
  });

  test('a permalink with a slash behind moves to the one without', async () => {
    const response = await ask(`${PERMALINK}/`);
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(`https://news.example${PERMALINK}`);
  });

  test.each([
    ['//rss.xml', 301, '/rss.xml'],
    ['/rss.xml/', 301, '/rss.xml'],
    ['/RSS.xml', 301, '/rss.xml'],
    ['/Feed/', 301, '/feed'],
    ['/ATOM//', 301, '/atom'],
    ['/articles', 308, '/'],
    ['/articles/', 308, '/'],
    ['/feed.JSON?q=x', 301, '/feed.json?q=x'],
    ['/LANGUAGES', 308, '/languages'],
    ['//languages//en/', 308, '/languages/en'],
    ['/Search?q=x', 308, '/search?q=x'],
    ['/Feeds.OPML', 308, '/feeds.opml'],
    ['//evil.example/', 404, null],
    ['//evil.example//rss.xml', 404, null],
    ['/NONE', 404, null],
    ['/articles/none/', 404, null],
    ['/Articles/none', 404, null],
    ['/TAGS/none/', 404, null],
    ['/Archive/9', 404, null],
  ])('%s is a spelling of another address, or of none', async (path, status, location) => {
    const response = await ask(`https://news.example${path}`);
    expect([response.status, response.headers.get('location')]).toEqual([
      status,
      location && `https://news.example${location}`,
    ]);
  });

  test('another spelling of a former address leads on at once, and that of a removed article is gone', async () => {
    const documents = [
      file('a.md', markdownOf({ title: 'A', date: '2021-02-01', slug: 'old' })),
      file('b.md', markdownOf({ title: 'B', date: '2021-02-02', slug: 'gone', body: 'Other words.' })),
    ];
    const { ledger } = await makeApp(documents);
    const renamed = file('a.md', markdownOf({ title: 'A', date: '2021-02-01', slug: 'new' }));
    const { ask: askLater } = await makeAppFrom(seedFiles([renamed], {}, ledger));
    const addresses = {
      '/articles/old/': [308, '/articles/new'],
      '/articles/OLD/': [308, '/articles/new'],
      '//articles/old': [308, '/articles/new'],
      '/articles/old.md/': [308, '/articles/new.md'],
      '/articles/new.txt//': [308, '/articles/new.txt'],
      '/articles/gone/': [410, null],
      '/articles/gone.md/': [410, null],
      '/articles//gone': [410, null],
      '/Articles/Gone/': [410, null],
    };
    for (const [path, [status, location]] of Object.entries(addresses)) {
      const { status: found, headers } = await askLater(`https://news.example${path}`);
      expect([path, found, headers.get('location')]).toEqual([
        path,
        status,
        location && `https://news.example${location}`,
      ]);
    }
  });

  test('a former address leads on however it is percent-encoded, here and there', async () => {
    const aliases = ['/eski/çağ-(1)', '/2017/%d8%a7/'];
    const other = await makeApp([file('a.md', markdownOf({ title: 'A', date: '2021-02-01', aliases }))]);
    for (const path of [
      '/eski/çağ-(1)',
      '/eski/%c3%a7a%c4%9f-%281%29',
      '/eski/%C3%A7a%C4%9F-(1)/',
      '/2017/%D8%A7',
      '/2017/%d8%a7/',
    ])
      expect([path, (await other.ask(path)).headers.get('location')]).toEqual([
        path,
        'https://news.example/articles/a',
      ]);
  });

  test('a slug in any script is one percent-encoded segment', async () => {
    const title = 'Новости дня: 東京 & café';
    const other = await makeApp([file('a.txt', documentOf(title, '1.2.2021'))]);
    const { items } = JSON.parse(await other.read('/feed.json'));
    expect(items[0].url).toBe(`https://news.example/articles/${encodeURIComponent('новости-дня-東京-cafe')}`);
    expect((await other.ask(items[0].url)).status).toBe(200);
  });
});

describe('the origin', () => {
  test('is the request’s own, never a forwarded one', async () => {
    const body = await read('http://localhost:8787/feed.json', {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    });
    expect(JSON.parse(body).feed_url).toBe('http://localhost:8787/feed.json');
    expect(body).not.toContain('evil.example');
  });

  test('is the one that SITE_URL pins', async () => {
    const pinned = await makeApp(fixtureFiles(), { environment: { SITE_URL: 'https://pinned.example/' } });
    for (const path of [...FEEDS, '/', PERMALINK]) {
      const body = await pinned.read(path);
      expect(body).toContain('https://pinned.example/');
      expect(body).not.toContain('news.example');
    }
  });

  test.each([
    [{}, 'https://settings.example'],
    [{ SITE_URL: 'https://pinned.example/' }, 'https://pinned.example'],
    [{ SITE_URL: '' }, 'https://news.example'],
  ])('is the url of the settings, which SITE_URL overrides: %j', async (environment, origin) => {
    const site = makeSite({ url: 'https://settings.example/' });
    const { ask: askPinned } = await makeApp(fixtureFiles(), { site, environment });
    for (const path of [...FEEDS, '/', PERMALINK]) {
      const body = await (await askPinned(path)).text();
      expect(new Set(body.match(/https:\/\/(?:settings|pinned|news)\.example/g))).toEqual(new Set([origin]));
    }
  });

  test.each(['news.example', 'javascript:alert(1)', 'https://'])(
    'is not what SITE_URL %j says, and the log tells',
    async (broken) => {
      const log = vi.spyOn(console, 'error').mockReturnValue();
      const { ask: askBroken } = await makeApp(fixtureFiles(), { environment: { SITE_URL: broken } });
      expect(JSON.parse(await (await askBroken('/feed.json')).text()).feed_url).toBe(
        'https://news.example/feed.json',
      );
      expect(log).toHaveBeenCalledWith(
        `Cannot use SITE_URL "${broken}": expected an address such as https://example.org`,
      );
      log.mockRestore();
    },
  );

  test('of which there may be many costs no memory without bound', async () => {
    const sizes = new Set<number>();
    for (let i = 100; i < 200; i++) sizes.add((await read(`https://host${i}.example/rss.xml`)).length);
    expect(sizes.size).toBe(1);
  });
});

describe('errors in the reader’s format', () => {
  test.each([
    [undefined, 'text/plain; charset=utf-8'],
    ['*/*', 'text/plain; charset=utf-8'],
    ['text/html', 'text/html; charset=utf-8'],
    [BROWSER.accept, 'text/html; charset=utf-8'],
    ['application/json', 'application/problem+json'],
    ['application/feed+json, text/html;q=0.5', 'application/problem+json'],
    ['application/json;q=0.1, text/html', 'text/html; charset=utf-8'],
    ['application/rss+xml', 'text/plain; charset=utf-8'],
  ])('for Accept %j are %s', async (accept, type) => {
    const response = await ask('/nothing-<script>', accept === undefined ? {} : { accept });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('vary')).toBe('Accept');
    expect(await response.text()).not.toContain('nothing-');
  });

  test.each([
    '/articles/%E0%A4%A',
    '/articles/%',
    '/articles/%00',
    '/articles/..%2f..%2fetc%2fpasswd',
    '/articles/../../etc/passwd',
    '/articles/a/b',
    '/articles/__proto__',
    '/articles/constructor',
    '/__proto__',
    '/__proto__/articles',
    '/constructor/posts',
    '/blog/toString',
    '/tags/__proto__/feed',
    '/%72ss.xml%',
    `/articles/${'a'.repeat(8000)}`,
    `/articles/${'%F0%9F%8C%8A'.repeat(500)}`,
    '/\uD800',
  ])('%s is not found', async (path) => {
    const response = await ask(new URL(`https://news.example${path}`).href);
    expect(response.status).toBe(404);
  });

  test('huge header fields are read in no time and do no harm', async () => {
    const huge = 'W/"a",'.repeat(5000);
    expect(
      (
        await ask('/rss.xml', {
          'if-none-match': huge,
          accept: 'text/html;q=0.1,'.repeat(5000),
          'accept-encoding': 'gzip;q=0,'.repeat(5000),
        })
      ).status,
    ).toBe(200);
  });
});

describe('a browser that navigates to a feed', () => {
  test.each(FEEDS)('gets a page about %s, and everybody else the feed', async (path) => {
    const page = await ask(path, BROWSER);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain(`<code class="address">https://news.example${path}</code>`);
    expect(page.headers.get('vary')).toBe('A-IM, Accept-Encoding, Sec-Fetch-Mode');
    const feed = await ask(path, { accept: BROWSER.accept });
    expect(feed.headers.get('content-type')).not.toContain('html');
    expect(feed.headers.get('etag')).not.toBe(page.headers.get('etag'));
    expect(feed.headers.get('vary')).toBe(page.headers.get('vary'));
    expect(
      (await ask(path, { 'sec-fetch-mode': 'cors', accept: '*/*' })).headers.get('content-type'),
    ).not.toContain('html');
  });
});

describe('the number of entries', () => {
  const numbered = (count: number, body: string): ReturnType<typeof file>[] =>
    Array.from({ length: count }, (_, i) =>
      file(
        `${i}.txt`,
        documentOf(`Number ${i}`, new Date(1.6e12 + i * 86_400_000).toISOString().slice(0, 10), body),
      ),
    );
  const titles = async (files: ReturnType<typeof file>[], options = {}): Promise<string[]> => {
    const { ask: askSmall } = await makeApp(files, { site: makeSite(options) });
    const { items } = JSON.parse(await (await askSmall('/feed.json')).text());
    return items.map((item: { title: string }) => item.title);
  };
  const down = (from: number, to: number): string[] =>
    Array.from({ length: from - to + 1 }, (_, i) => `Number ${from - i}`);

  test('is bounded by the site, newest first, and ends where a page of history does', async () => {
    expect(await titles(numbered(67, 'Short.'))).toEqual(down(66, 20));
    expect(await titles(numbered(67, 'Short.'), { feedSize: 20 })).toEqual(down(66, 50));
    expect(await titles(numbered(70, 'Short.'))).toEqual(down(69, 20));
  });

  test('is bounded by their bytes, but ten are there', async () => {
    const long = `${'A sentence of some length. '.repeat(200)}`;
    expect(await titles(numbered(45, long))).toEqual(down(44, 30));
    expect(await titles(numbered(45, long), { feedBytes: 1 })).toEqual(down(44, 30));
    expect(await titles(numbered(45, long), { feedBytes: 1_000_000 })).toEqual(down(44, 0));
    expect(await titles(numbered(5, long), { feedBytes: 1 })).toEqual(down(4, 0));
  });

  test('may be none', async () => {
    const empty = await makeApp([]);
    for (const path of [...FEEDS, '/']) expect((await empty.ask(path)).status).toBe(200);
    expect(JSON.parse(await empty.read('/feed.json')).items).toEqual([]);
  });
});
