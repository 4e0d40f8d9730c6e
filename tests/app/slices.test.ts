import { parseFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { keyOf } from '../../src/facets.ts';
import { type DocumentOptions, file, makeApp, makeSite, markdownOf, type TestApp } from '../support/app.ts';

const FORMS = ['/rss.xml', '/atom.xml', '/feed.json'] as const;

const posts: readonly (DocumentOptions & { path: string })[] = [
  { path: 'sea/tides.md', title: 'Tides', date: '2020-02-03', tags: ['Weather', 'Sea'], author: 'Jane Roe' },
  { path: 'sea/storm.md', title: 'Storm', date: '2021-02-03', tags: ['weather', 'Sport'], author: 'Ali Öz' },
  { path: 'news/match.md', title: 'Match', date: '2021-05-06', tags: ['Sport'], author: 'Jane Roe' },
  { path: 'news/c.md', title: 'Languages', date: '2022-01-01', tags: ['C++', 'C#', 'C', '.'], lang: 'de' },
  { path: 'news/tokyo.md', title: 'Tokyo', date: '2022-03-04', tags: ['東京', 'it’s & <b>'], lang: 'ja' },
  { path: 'a/or.md', title: 'Or', date: '2023-01-01', tags: ['rock, paper/scissors'], lang: 'pt-BR' },
  {
    path: 'later.md',
    title: 'Secret',
    date: '2030-01-01',
    tags: ['Secret', 'Weather'],
    author: 'Nobody Yet',
  },
  { path: 'over.md', title: 'Over', date: '2022-02-02', tags: ['Bygone'], expires: '2022-03-01' },
  { path: 'quiet.md', title: 'Quiet', date: '2022-02-02', tags: ['Hush'], unlisted: true },
];

const files = posts.map(({ path, ...options }) => file(path, markdownOf(options)));
const { ask, read } = await makeApp(files, { site: makeSite({ timeZone: 'Europe/Istanbul' }) });

async function titles(path: string, app: TestApp['ask'] = ask): Promise<string[]> {
  const response = await app(path);
  expect(response.status, path).toBe(200);
  return titlesOf(await response.text());
}

function titlesOf(text: string): string[] {
  const { format, feed } = parseFeed(text);
  const entries: readonly { title?: unknown }[] =
    (format === 'atom' ? feed.entries : (feed as { items?: { title?: unknown }[] }).items) ?? [];
  return entries.map(({ title }) =>
    typeof title === 'string' ? title : String((title as { value?: string }).value),
  );
}

async function locationOf(path: string): Promise<[number, string | null]> {
  const response = await ask(path);
  return [response.status, response.headers.get('location')?.replace('https://news.example', '') ?? null];
}

describe('a slice of one value', () => {
  test.each([
    ['/tags/weather', ['Storm', 'Tides']],
    ['/tags/sea', ['Tides']],
    ['/tags/c%2B%2B', ['Languages']],
    ['/tags/c%23', ['Languages']],
    ['/tags/c', ['Languages']],
    ['/tags/dot', ['Languages']],
    [`/tags/${encodeURIComponent('東京')}`, ['Tokyo']],
    [`/tags/${encodeURIComponent('it’s-&-<b>')}`, ['Tokyo']],
    ['/tags/rock-paper-scissors', ['Or']],
    ['/authors/jane-roe', ['Match', 'Tides']],
    [`/authors/${encodeURIComponent('ali-öz')}`, ['Storm']],
    ['/languages/de', ['Languages']],
    ['/languages/pt', ['Or']],
    ['/languages/pt-br', ['Or']],
    ['/years/2021', ['Match', 'Storm']],
    ['/collections/sea', ['Storm', 'Tides']],
  ])('%s is a page and three feeds', async (path, expected) => {
    for (const form of FORMS) expect(await titles(path + form)).toEqual(expected);
    const page = await read(path);
    const shown = [...page.matchAll(/class="u-url"[^>]*>([^<]+)</g)].map((match) => match[1]);
    expect(shown).toEqual(expected);
    const alternates = [...page.matchAll(/<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"/g)];
    expect(alternates.map((match) => match[1])).toEqual(
      [...FORMS.map((form) => path + form), ...FORMS].map((address) => `https://news.example${address}`),
    );
    expect(page).toContain(`<link rel="canonical" href="https://news.example${path}">`);
  });

  test('says in every format what it is, and where', async () => {
    const json = JSON.parse(await read('/tags/weather/feed.json'));
    expect(json).toMatchObject({
      title: 'Weather – Example News',
      description: 'Weather. News of examples.',
      home_page_url: 'https://news.example/tags/weather',
      feed_url: 'https://news.example/tags/weather/feed.json',
      language: 'en',
    });
    const { feed: rss } = parseFeed(await read('/languages/de/rss.xml'));
    expect(rss).toMatchObject({ title: 'German – Example News', language: 'de' });
    expect(rss).toHaveProperty('link', 'https://news.example/languages/de');
    const atom = await read('/tags/weather/atom.xml');
    expect(atom).toContain('rel="self" href="https://news.example/tags/weather/atom.xml"');
  });

  test('has an id of its own, which is not that of the site, its address or another slice', async () => {
    const idOf = async (path: string): Promise<string | undefined> =>
      /<id>([^<]+)</.exec(await read(path))?.[1];
    const ids = await Promise.all(
      ['', '/tags/weather', '/tags/sport', '/tags/c', '/tags/c%2B%2B', '/years/2021'].map((path) =>
        idOf(`${path}/atom.xml`),
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^urn:uuid:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const elsewhere = await makeApp(files.slice(0, 2));
    const other = await elsewhere.read('https://other.example/tags/weather/atom.xml');
    expect(/<id>([^<]+)</.exec(other)?.[1]).toBe(ids[1]);
  });
});

describe('a combination', () => {
  test.each([
    ['?tag=sea,sport', ['Match', 'Storm', 'Tides']],
    ['?tag=sport&tag=weather', ['Storm']],
    ['?tag=weather&not=sport', ['Tides']],
    ['?tag=weather&not=sea,sport', []],
    ['?not=sport', ['Or', 'Tokyo', 'Languages', 'Tides']],
    ['?author=jane-roe&not-year=2021', ['Tides']],
    ['?tag=sport&year=2020', []],
    ['?tag=sport&not=sport', []],
    ['?language=de,ja&collection=news', ['Tokyo', 'Languages']],
    ['?not-language=en&not-collection=news', ['Or']],
  ])('%s', async (query, expected) => {
    for (const form of FORMS) expect(await titles(form + query)).toEqual(expected);
    expect((await ask(`/${query}`)).headers.get('x-robots-tag')).toBe('noindex');
  });

  test('says what it is in signs', async () => {
    const { title, feed_url } = JSON.parse(await read('/feed.json?tag=sea,weather&not=sport'));
    expect(title).toBe('Sea / Weather · −Sport – Example News');
    expect(feed_url).toBe('https://news.example/feed.json?tag=sea,weather&not=sport');
  });
});

describe('one address', () => {
  test.each([
    ['/tags/Weather', 308, '/tags/weather'],
    ['/tags/WEATHER/rss.xml', 301, '/tags/weather/rss.xml'],
    ['/tags/C%2B%2B/atom.xml', 301, '/tags/c%2B%2B/atom.xml'],
    ['/feed.json?tag=weather', 301, '/tags/weather/feed.json'],
    ['/?tag=weather', 308, '/tags/weather'],
    ['/?tag=', 308, '/'],
    ['/atom.xml?tag=sport,sea', 301, '/atom.xml?tag=sea,sport'],
    ['/atom.xml?tag=sea&tag=sea,sea', 301, '/tags/sea/atom.xml'],
    ['/atom.xml?year=2021&tag=sea', 301, '/atom.xml?tag=sea&year=2021'],
    ['/atom.xml?not=sea&not=sport', 301, '/atom.xml?not=sea,sport'],
    ['/tags/sea/atom.xml?year=2021', 301, '/atom.xml?tag=sea&year=2021'],
    ['/tags/rock,%20paper%2Fscissors', 308, '/tags/rock-paper-scissors'],
    ['/rss.xml?tags=Weather', 301, '/tags/weather/rss.xml'],
    ['/?TAGS=weather&Not-Tags=sport', 308, '/?tag=weather&not=sport'],
    ['/feed.json?tag=weather&not-years=2021', 301, '/feed.json?tag=weather&not-year=2021'],
  ])('%s moves', async (path, status, location) => {
    expect(await locationOf(path)).toEqual([status, location]);
    expect((await ask(location)).status).toBe(200);
  });

  test.each(['/tags/Weather/rss.xml', '/articles/any/'])(
    'a script of another site may follow from %s',
    async (path) => {
      const { status, headers } = await ask(path, { origin: 'https://reader.example' });
      expect(status).toBeGreaterThan(300);
      expect(headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  test('the longest name is one that can be asked for', () => {
    for (const label of ['.'.repeat(50), 'a'.repeat(200), `${'-'.repeat(9)}${'b '.repeat(99)}`])
      expect(keyOf(keyOf(label))).toBe(keyOf(label));
  });

  test.each([
    '/rss.xml?utm_source=x',
    '/?utm_source=x',
    '/tags/weather?fbclid=1',
    '/tags/c%2b%2b',
    '/tags/weathe%72',
  ])('%s is as good as any', async (path) => {
    expect((await ask(path)).status).toBe(200);
  });
});

describe('what is not there', () => {
  test.each([
    '/tags/nothing',
    '/tags/nothing/rss.xml',
    '/tags/secret',
    '/tags/secret/feed.json',
    '/authors/nobody-yet',
    '/years/2030',
    '/years/abc',
    '/years/-1',
    '/tags/hush',
    '/tags/%20',
    '/tags/%00',
    '/tags/%E0%A4%A',
    '/rss.xml?tag=nothing',
    '/rss.xml?not=secret',
    '/rss.xml?tag=%ED%A0%80',
    '/rss.xml?tag=<script>alert(1)</script>',
    "/rss.xml?tag=' OR 1=1 --",
    '/tags/weather/archive/1',
    '/archive/0/rss.xml',
    '/archive/1/rss.xml',
    '/archive/01',
    '/archive/9999999999999',
  ])('%s is 404, and nothing of the address is said again', async (path) => {
    for (const accept of ['text/html', 'application/json', 'text/plain']) {
      const response = await ask(path, { accept });
      expect(response.status).toBe(404);
      const body = await response.text();
      expect(body).not.toContain('script>alert');
      expect(body).not.toContain('OR 1=1');
      expect(body).not.toContain('Secret');
    }
  });

  test('says what may have been meant', async () => {
    const response = await ask('/tags/weathr', { accept: 'application/json' });
    expect(JSON.parse(await response.text())).toMatchObject({
      status: 404,
      suggestions: [{ label: 'Weather', address: 'https://news.example/tags/weather' }],
    });
    expect(await read('/tags/weathr', { accept: 'text/html' })).toContain(
      '<a href="https://news.example/tags/weather">Weather</a>',
    );
  });

  test('a value all of whose articles are over is none', async () => {
    for (const form of ['', ...FORMS]) {
      for (const path of [
        `/tags/bygone${form}`,
        `/tags/bygone/archive/1${form}`,
        `${form || '/'}?not=bygone`,
      ])
        expect((await ask(path)).status, path).toBe(404);
    }
    expect(await read('/tags/bygon')).not.toMatch(/bygone/i);
  });

  test('a query that names too much is told so, quickly', async () => {
    const many = Array.from({ length: 1000 }, (_, number) => `t${number}`).join(',');
    for (const path of [`/rss.xml?tag=${many}`, `/?tag=${many.replaceAll(',', '&tag=')}`]) {
      const response = await ask(path, { accept: 'text/plain' });
      expect(response.status).toBe(400);
      expect(await response.text()).toBe('Bad Request. The query names too many values.\n');
    }
  });
});

describe('a slice', () => {
  test('keeps its tag when others change, also after another build', async () => {
    const tagOf = async (app: TestApp, path: string): Promise<string | null> =>
      (await app.ask(path)).headers.get('etag');
    const before = await makeApp(files);
    const after = await makeApp([
      ...files,
      file('new.md', markdownOf({ title: 'New', date: '2024-01-01', tags: ['Sport'] })),
    ]);
    for (const form of FORMS) {
      const path = `/tags/weather${form}`;
      const etag = await tagOf(before, path);
      expect(await tagOf(after, path)).toBe(etag);
      expect((await after.ask(path, { 'if-none-match': etag ?? '' })).status).toBe(304);
      expect(await tagOf(after, `/tags/sport${form}`)).not.toBe(await tagOf(before, `/tags/sport${form}`));
    }
  });

  test('changes in the second in which one of its articles appears or goes, and not before', async () => {
    let now = Date.parse('2022-02-28T23:59:59Z');
    const app = await makeApp(files, { now: () => now });
    const seen = async (): Promise<unknown[]> => [
      (await app.ask('/tags/bygone/feed.json')).status,
      (await app.ask('/tags/secret/rss.xml')).status,
      await titles('/tags/weather/atom.xml', app.ask),
      (await app.ask('/authors/nobody-yet')).status,
      (await app.ask('/years/2030')).status,
    ];
    const maxAge = async (path: string): Promise<string | null> =>
      (await app.ask(path)).headers.get('cache-control');
    const FRESH = 'public, max-age=3600, stale-while-revalidate=600, stale-if-error=600';
    expect(await seen()).toEqual([200, 404, ['Storm', 'Tides'], 404, 404]);
    expect(await maxAge('/tags/bygone/rss.xml')).toBe('public, max-age=1, must-revalidate');
    expect(await maxAge('/tags/sea/rss.xml')).toBe(FRESH);
    now += 1000;
    expect(await seen()).toEqual([404, 404, ['Storm', 'Tides'], 404, 404]);
    now = Date.parse('2029-12-31T23:59:00Z');
    expect(await maxAge('/tags/weather/rss.xml')).toBe('public, max-age=60, must-revalidate');
    expect(await maxAge('/tags/sport/rss.xml')).toBe(FRESH);
    now = Date.parse('2030-01-01T00:00:00Z');
    expect(await seen()).toEqual([404, 200, ['Secret', 'Storm', 'Tides'], 200, 200]);
    expect((await app.ask('/tags/weather/rss.xml')).headers.get('last-modified')).toBe(
      new Date(now).toUTCString(),
    );
  });
});
