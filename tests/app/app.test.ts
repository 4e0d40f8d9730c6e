import { gunzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { documentOf, file, fixtureFiles, makeApp, makeSite, markdownOf, NOW } from '../support/app.ts';

const { ask } = await makeApp(fixtureFiles());
const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json'] as const;
const PERMALINK = '/articles/isis-has-been-militarily-defeated-in-iraq-and-syria';
const BROWSER = {
  'sec-fetch-mode': 'navigate',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
};

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

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
    const expected = await (await ask(canonical)).text();
    expect(expected).toContain(`https://news.example${canonical}`);
    for (const path of others) expect(await (await ask(path)).text()).toBe(expected);
  });

  test('a permalink with a slash behind moves to the one without', async () => {
    const response = await ask(`${PERMALINK}/`);
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(`https://news.example${PERMALINK}`);
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
    const { items } = JSON.parse(await (await other.ask('/feed.json')).text());
    expect(items[0].url).toBe(`https://news.example/articles/${encodeURIComponent('новости-дня-東京-cafe')}`);
    expect((await other.ask(items[0].url)).status).toBe(200);
  });
});

describe('the origin', () => {
  test('is the request’s own, never a forwarded one', async () => {
    const body = await (
      await ask('http://localhost:8787/feed.json', {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      })
    ).text();
    expect(JSON.parse(body).feed_url).toBe('http://localhost:8787/feed.json');
    expect(body).not.toContain('evil.example');
  });

  test('is the one that SITE_URL pins', async () => {
    const pinned = await makeApp(fixtureFiles(), { environment: { SITE_URL: 'https://pinned.example/' } });
    for (const path of [...FEEDS, '/', PERMALINK]) {
      const body = await (await pinned.ask(path)).text();
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
    for (let i = 100; i < 200; i++)
      sizes.add((await (await ask(`https://host${i}.example/rss.xml`)).text()).length);
    expect(sizes.size).toBe(1);
  });
});

describe('content coding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['identity', 'identity'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br, gzip', 'gzip'],
    ['deflate, br', 'identity'],
    ['*', 'gzip'],
    ['*;q=0', 'identity'],
    ['gzip;q=0', 'identity'],
    ['gzip; q=0.0', 'identity'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=0.5, identity', 'identity'],
    ['gzip;q=0.5, identity;q=0.4', 'gzip'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['gzip;q=2', 'identity'],
    ['x-gzip', 'gzip'],
    [',,gzip,,', 'gzip'],
  ])('for Accept-Encoding %j is %s', async (field, coding) => {
    const response = await ask('/rss.xml', field === undefined ? {} : { 'accept-encoding': field });
    expect(response.headers.get('content-encoding') ?? 'identity').toBe(coding);
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
  });

  test.each([...FEEDS, '/', PERMALINK])(
    'gzip of %s decompresses to exactly the identity body',
    async (path) => {
      const identity = await bytesOf(await ask(path));
      const gzip = await bytesOf(await ask(path, { 'accept-encoding': 'gzip' }));
      expect(gzip.length).toBeLessThan(identity.length);
      expect(Buffer.compare(gunzipSync(gzip), identity)).toBe(0);
    },
  );
});

const etag = async (path: string): Promise<string> => (await ask(path)).headers.get('etag') ?? '';
const tag = await etag('/rss.xml');
const lastModified = (await ask('/rss.xml')).headers.get('last-modified') ?? '';

describe('conditional requests', () => {
  test('have a weak tag and the newest change of the feed to go by', () => {
    expect(tag).toMatch(/^W\/"[!#-~]+"$/);
    expect(lastModified).toBe('Mon, 01 Jan 2024 00:00:00 GMT');
  });

  test.each([
    ['the tag', { 'if-none-match': tag }, 304],
    ['the tag made strong', { 'if-none-match': tag.slice(2) }, 304],
    ['a list', { 'if-none-match': `"other", ${tag} , W/"third"` }, 304],
    ['a list with a comma in a tag', { 'if-none-match': `"a,b",${tag}` }, 304],
    ['a star', { 'if-none-match': '*' }, 304],
    ['another tag', { 'if-none-match': 'W/"other"' }, 200],
    ['the tag without quotes', { 'if-none-match': tag.slice(3, -1) }, 200],
    ['an empty tag', { 'if-none-match': '""' }, 200],
    ['another tag and the date', { 'if-none-match': '"other"', 'if-modified-since': lastModified }, 200],
    [
      'the tag and an old date',
      { 'if-none-match': tag, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      304,
    ],
    ['the date', { 'if-modified-since': lastModified }, 304],
    ['a later date', { 'if-modified-since': 'Tue, 02 Jan 2024 00:00:00 GMT' }, 304],
    ['an earlier date', { 'if-modified-since': 'Sun, 31 Dec 2023 23:59:59 GMT' }, 200],
    ['the date in the form of RFC 850', { 'if-modified-since': 'Monday, 01-Jan-24 00:00:00 GMT' }, 304],
    ['the date in the form of asctime', { 'if-modified-since': 'Mon Jan  1 00:00:00 2024' }, 304],
    ['no date', { 'if-modified-since': 'yesterday' }, 200],
    ['a number', { 'if-modified-since': '99999999999' }, 200],
    ['an impossible date', { 'if-modified-since': 'Mon, 99 Jan 2024 00:00:00 GMT' }, 200],
    ['If-Match with the weak tag', { 'if-match': tag }, 412],
    ['If-Match with a star', { 'if-match': '*' }, 200],
    ['If-Unmodified-Since the date', { 'if-unmodified-since': lastModified }, 200],
    ['If-Unmodified-Since an earlier date', { 'if-unmodified-since': 'Sun, 31 Dec 2023 23:59:59 GMT' }, 412],
    ['If-Match with the weak tag beside it', { 'if-match': tag, 'if-none-match': tag }, 412],
    ['If-Match with a star beside the tag', { 'if-match': '*', 'if-none-match': tag }, 304],
    [
      'If-Unmodified-Since an earlier date beside the tag',
      { 'if-unmodified-since': 'Sun, 31 Dec 2023 23:59:59 GMT', 'if-none-match': tag },
      412,
    ],
  ])('with %s', async (_, headers, status) => {
    for (const method of ['GET', 'HEAD'])
      expect((await ask('/rss.xml', headers, method)).status).toBe(status);
  });

  test.each([...FEEDS, '/', PERMALINK])('of %s get a 304 that says what a 200 would', async (path) => {
    const full = await ask(path);
    const response = await ask(path, { 'if-none-match': await etag(path), 'accept-encoding': 'gzip' });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    // RFC 9110 §15.4.5
    for (const name of ['cache-control', 'etag', 'vary', 'access-control-allow-origin']) {
      expect(response.headers.get(name), name).toBe(full.headers.get(name));
    }
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(response.headers.has('content-type')).toBe(false);
  });

  test('see a new tag when an article, its words, the site or the origin changes, and only then', async () => {
    const files = fixtureFiles();
    const tagOf = async (...args: Parameters<typeof makeApp>): Promise<string | null> =>
      (await (await makeApp(...args)).ask('/rss.xml')).headers.get('etag');
    const before = await tagOf(files);
    expect(await tagOf([...files].reverse())).toBe(before);
    expect(await tagOf(files, { now: () => NOW + 86_400_000 })).toBe(before);
    const tags = [
      before,
      await tagOf([...files, file('new.txt', documentOf('New', '2.1.2024'))]),
      await tagOf(files.slice(1)),
      await tagOf(
        files.map((each) =>
          each.path === 'short.txt' ? file(each.path, `${Buffer.from(each.bytes)} More.`) : each,
        ),
      ),
      await tagOf(files, { site: makeSite({ title: 'Another Name' }) }),
      await tagOf(files, { environment: { SITE_URL: 'https://pinned.example' } }),
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });
});

describe('HEAD, OPTIONS and other methods', () => {
  test.each([...FEEDS, '/', PERMALINK, '/nothing'])('HEAD of %s is GET without the body', async (path) => {
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, BROWSER]) {
      const [get, head] = [await ask(path, headers), await ask(path, headers, 'HEAD')];
      expect(head.status).toBe(get.status);
      expect([...head.headers]).toEqual([...get.headers]);
      expect(await head.text()).toBe('');
    }
  });

  test('a preflight is answered for scripts anywhere', async () => {
    const response = await ask(
      '/feed.json',
      { origin: 'https://reader.example', 'access-control-request-headers': 'if-none-match' },
      'OPTIONS',
    );
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('GET');
    expect(response.headers.get('access-control-allow-headers')).toContain('If-None-Match');
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'BREW'])('%s is not allowed', async (method) => {
    for (const path of ['/rss.xml', '/', PERMALINK]) {
      const response = await ask(path, {}, method);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    }
    expect((await ask('/nothing', {}, method)).status).toBe(404);
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
    '/articles/',
    '/articles',
    '/articles/a/b',
    '/articles/__proto__',
    '/articles/constructor',
    '//rss.xml',
    '/RSS.XML',
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
    expect(page.headers.get('vary')).toBe('A-IM, Accept, Accept-Encoding, Sec-Fetch-Mode');
    const feed = await ask(path, { accept: BROWSER.accept });
    expect(feed.headers.get('content-type')).not.toContain('html');
    expect(feed.headers.get('etag')).not.toBe(page.headers.get('etag'));
    expect(feed.headers.get('vary')).toBe(page.headers.get('vary'));
    expect(
      (await ask(path, { 'sec-fetch-mode': 'cors', accept: '*/*' })).headers.get('content-type'),
    ).not.toContain('html');
  });
});

const appears = Date.parse('2026-12-24T18:30:00Z');
let clock = 0;
const files = [
  file('old.txt', documentOf('Known Since Long', '1.2.2021')),
  file('later.txt', documentOf('Secret Plan', '24.12.2026', 'Nobody may know.')),
];
const { ask: askAt } = await makeApp(files, {
  site: makeSite({ timeZone: 'Europe/Istanbul', timeOfDay: '21:30' }),
  now: () => clock,
});

describe('an article with a future date', () => {
  const routes = ['/', ...FEEDS, '/articles/secret-plan', '/articles/secret-plan/'];

  test('is on no route before its second, and on all from then on, without a new build', async () => {
    for (const [instant, visible] of [
      [appears - 1, false],
      [appears, true],
      [appears - 1, false],
      [appears + 1e9, true],
    ] as const) {
      clock = instant;
      for (const path of routes.slice(0, 4)) {
        const body = await (await askAt(path)).text();
        expect(body.includes('Secret Plan'), `${path} at ${instant}`).toBe(visible);
        expect(body).toContain('Known Since Long');
      }
      expect((await askAt('/articles/secret-plan')).status).toBe(visible ? 200 : 404);
      expect(
        (await askAt('/rss.xml', BROWSER).then((response) => response.text())).includes('Secret Plan'),
      ).toBe(visible);
    }
  });

  test('changes both validators in that second', async () => {
    clock = appears - 1;
    const before = await askAt('/atom.xml');
    expect(before.headers.get('last-modified')).toBe('Mon, 01 Feb 2021 18:30:00 GMT');
    const headers = { 'if-none-match': before.headers.get('etag') ?? '' };
    const date = { 'if-modified-since': before.headers.get('last-modified') ?? '' };
    expect((await askAt('/atom.xml', headers)).status).toBe(304);
    clock = appears;
    expect((await askAt('/atom.xml', headers)).status).toBe(200);
    expect((await askAt('/atom.xml', date)).status).toBe(200);
    expect((await askAt('/atom.xml')).headers.get('last-modified')).toBe('Thu, 24 Dec 2026 18:30:00 GMT');
  });

  test.each([
    [1_000_000, 'public, max-age=300, stale-while-revalidate=600'],
    [900, 'public, max-age=300, stale-while-revalidate=600'],
    [500, 'public, max-age=300, stale-while-revalidate=200'],
    [300, 'public, max-age=300, stale-while-revalidate=0'],
    [10, 'public, max-age=10, stale-while-revalidate=0'],
  ])('is %i seconds away: caches get %s', async (seconds, expected) => {
    clock = appears - seconds * 1000;
    expect((await askAt('/rss.xml')).headers.get('cache-control')).toBe(expected);
  });

  test('less than a second away is not cached beyond it', async () => {
    clock = appears - 400;
    expect((await askAt('/rss.xml')).headers.get('cache-control')).toBe(
      'public, max-age=0, stale-while-revalidate=0',
    );
    const missing = await askAt('/articles/secret-plan');
    expect(missing.headers.get('cache-control')).toBe('public, max-age=0, stale-while-revalidate=0');
  });
});

describe('header fields', () => {
  test.each([...FEEDS, '/', PERMALINK, '/nothing'])('of %s protect whoever gets it', async (path) => {
    const { headers } = await ask(path, { accept: 'text/html' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
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
    expect(JSON.parse(await (await empty.ask('/feed.json')).text()).items).toEqual([]);
  });
});
