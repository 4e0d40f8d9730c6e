import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { documentOf, file, makeApp, makeAppFrom, markdownOf, seedFiles } from '../support/app.ts';

const documents = [
  file(
    'high-water.md',
    markdownOf({
      title: 'High water',
      date: '2021-02-03T10:00:00Z',
      tags: ['weather', 'harbour'],
      author: 'Jane Roe',
      body: 'The harbour is *closed*; see [the plan](the-plan.md "Plan").\n\n<!-- ask the mayor -->\n\n- one\n- two',
    }),
  ),
  file('the-plan.md', markdownOf({ title: 'The plan', date: '2021-02-01', body: 'Words.' })),
  file('version.md', markdownOf({ title: 'Version', date: '2021-01-01' })),
  file('dotted.md', markdownOf({ title: 'Dotted', date: '2021-01-02' })),
  file('twin.md', markdownOf({ title: 'Twin', date: '2021-01-03' })),
  file('later.md', markdownOf({ title: 'Later', date: '2030-01-01', body: 'Secret.' })),
];

// Slugs with a dot come from ledgers that were made elsewhere.
const ledger = (await makeApp(documents)).ledger
  .replace('"slug": "version"', '"slug": "v1.2"')
  .replace('"slug": "dotted"', '"slug": "readme.md"')
  .replace('"slug": "twin"', '"slug": "readme"');

const { ask, app, read } = await makeAppFrom(seedFiles(documents, {}, ledger));

describe('the form that a client wants', () => {
  const HTML = 'text/html; charset=utf-8';
  const MARKDOWN_TYPE = 'text/markdown; charset=utf-8; variant=GFM';
  const TEXT = 'text/plain; charset=utf-8';
  const JSON_TYPE = 'application/json';
  test.each([
    ['nobody says', undefined, HTML],
    ['curl', '*/*', HTML],
    ['Chrome', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', HTML],
    [
      'miniflux',
      'application/xml,application/atom+xml,application/rss+xml,application/feed+json,text/html,*/*;q=0.9',
      HTML,
    ],
    ['NetNewsWire', 'application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.1', HTML],
    ['a reader that takes JSON too', 'application/feed+json, application/json;q=0.9, text/html;q=0.9', HTML],
    ['Markdown', 'text/markdown', MARKDOWN_TYPE],
    ['an agent, HTML if need be', 'text/markdown, text/html, */*', MARKDOWN_TYPE],
    [
      'an agent that weighs',
      'text/markdown;q=1.0, text/plain;q=0.8, text/html;q=0.7, */*;q=0.1',
      MARKDOWN_TYPE,
    ],
    ['Markdown as the last resort', 'text/markdown;q=0.2, text/html', HTML],
    ['Markdown less than anything', 'text/markdown;q=0.5, */*', HTML],
    ['Markdown by no means', 'text/markdown;q=0, text/plain', TEXT],
    ['text', 'text/plain', TEXT],
    ['any text', 'text/*', HTML],
    ['any application', 'application/*', JSON_TYPE],
    ['axios', 'application/json, text/plain, */*', JSON_TYPE],
    ['JSON in capitals', 'APPLICATION/JSON;Q=1', JSON_TYPE],
    ['what there is not', 'image/png', HTML],
    ['nothing that is', '*/*;q=0', HTML],
    ['XHTML', 'application/xhtml+xml', HTML],
    ['not HTML', 'text/html;q=0, application/xhtml+xml;q=0, */*', MARKDOWN_TYPE],
  ])('%s', async (_, accept, expected) => {
    const response = await ask('/articles/high-water', accept === undefined ? {} : { Accept: accept });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(expected);
    expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding');
  });

  test.each([
    ['.md', MARKDOWN_TYPE],
    ['.txt', TEXT],
    ['.json', JSON_TYPE],
  ])('or that its address ends in: %s', async (ending, expected) => {
    const response = await ask(`/articles/high-water${ending}`, { Accept: 'text/html' });
    expect(response.headers.get('content-type')).toBe(expected);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(response.headers.has('content-location')).toBe(false);
    const negotiated = await ask('/articles/high-water', { Accept: expected.replace(/;.*/, '') });
    expect(negotiated.headers.get('content-location')).toBe(`/articles/high-water${ending}`);
    expect(await negotiated.text()).toBe(await response.text());
  });
});

describe('the forms of an article', () => {
  test('tell of each other', async () => {
    const own = 'https://news.example/articles/high-water';
    const page = await ask('/articles/high-water');
    expect(page.headers.get('link')).toBe(
      [
        `<${own}.md>; rel="alternate"; type="text/markdown"`,
        `<${own}.txt>; rel="alternate"; type="text/plain"`,
        `<${own}.json>; rel="alternate"; type="application/json"`,
      ].join(', '),
    );
    const html = await page.text();
    expect(html).toContain(`<link rel="alternate" type="text/markdown" href="/articles/high-water.md">`);
    // A feed reader would take it for a feed.
    expect(html).not.toContain('type="application/json"');
    expect((await ask('/articles/high-water.txt')).headers.get('link')).toBe(
      [
        `<${own}>; rel="canonical"`,
        `<${own}>; rel="alternate"; type="text/html"`,
        `<${own}.md>; rel="alternate"; type="text/markdown"`,
        `<${own}.json>; rel="alternate"; type="application/json"`,
      ].join(', '),
    );
  });

  test('take the origin of SITE_URL, or of the request', async () => {
    const pinned = await app.fetch(new Request('https://preview.example/articles/high-water.md'), {
      SITE_URL: 'https://www.example.org/',
    });
    expect(pinned.headers.get('link')).toContain(
      '<https://www.example.org/articles/high-water>; rel="canonical"',
    );
    const text = await pinned.text();
    expect(text).toContain('canonical: "https://www.example.org/articles/high-water"');
    expect(text).toContain('[the plan](https://www.example.org/articles/the-plan "Plan")');
    expect(text).not.toContain('preview.example');
    for (const ending of ['.txt', '.json'])
      expect(await read(`https://preview.example/articles/high-water${ending}`)).toContain(
        'https://preview.example/articles/high-water',
      );
  });

  test('have validators of their own, HEAD and gzip', async () => {
    const seen = new Set<string>();
    for (const [path, headers] of [
      ['/articles/high-water', { Accept: 'text/html' }],
      ['/articles/high-water', { Accept: 'text/markdown' }],
      ['/articles/high-water', { Accept: 'text/plain' }],
      ['/articles/high-water', { Accept: 'application/json' }],
      ['/articles/high-water.md', {}],
      ['/articles/high-water.txt', {}],
      ['/articles/high-water.json', {}],
      ['/llms.txt', {}],
      ['/sitemap-news.xml', {}],
    ] as const) {
      const response = await ask(path, headers);
      const etag = response.headers.get('etag') ?? '';
      const body = await response.text();
      seen.add(`${path} ${etag}`);
      const again = await ask(path, { ...headers, 'If-None-Match': etag });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('vary')).toBe(response.headers.get('vary'));
      const modified = response.headers.get('last-modified') ?? '';
      if (path.startsWith('/articles'))
        expect((await ask(path, { ...headers, 'If-Modified-Since': modified })).status).toBe(304);
      const head = await ask(path, headers, 'HEAD');
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect([...head.headers]).toEqual([...response.headers]);
      const zipped = await ask(path, { ...headers, 'Accept-Encoding': 'gzip' });
      expect(zipped.headers.get('content-encoding')).toBe('gzip');
      expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()).toBe(body);
      expect((await ask(path, headers, 'POST')).status).toBe(405);
    }
    expect(seen.size).toBe(9);
  });

  test('can be asked by any script, and act as no page', async () => {
    const { headers } = await ask('/articles/high-water.md');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toContain('Content-Location');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  test('stay apart from slugs with a dot: an article with just that slug comes first', async () => {
    expect(await read('/articles/v1.2')).toContain('<h1 class="p-name">Version</h1>');
    expect((await ask('/articles/v1.2.md')).headers.get('content-type')).toContain('text/markdown');
    expect(await read('/articles/readme.md')).toContain('<h1 class="p-name">Dotted</h1>');
    expect(await read('/articles/readme.md.md')).toContain('title: "Dotted"');
    const twin = await ask('/articles/readme', { Accept: 'text/markdown' });
    expect(await twin.text()).toContain('title: "Twin"');
    // Its address is another article's.
    expect(twin.headers.has('content-location')).toBe(false);
    expect(twin.headers.get('link')).not.toContain('readme.md>');
    for (const path of ['/articles/.md', '/articles/nothing.md'])
      expect((await ask(path)).status, path).toBe(404);
    // The ending of a document is no format: the address leads to the article.
    expect((await ask('/articles/high-water.mdx')).headers.get('location')).toBe(
      'https://news.example/articles/high-water',
    );
    expect((await ask('/articles/high-water.md/')).headers.get('location')).toBe(
      'https://news.example/articles/high-water.md',
    );
  });

  test('appear and go when the article does', async () => {
    let now = Date.parse('2029-12-31T23:59:59Z');
    const timed = await makeApp(
      [file('later.md', markdownOf({ title: 'Later', date: '2030-01-01', expires: '2030-01-02' }))],
      { now: () => now },
    );
    const statuses = (): Promise<number[]> =>
      Promise.all(
        ['', '.md', '.txt', '.json'].map(
          async (ending) => (await timed.ask(`/articles/later${ending}`)).status,
        ),
      );
    expect(await statuses()).toEqual([404, 404, 404, 404]);
    now += 1000;
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    now = Date.parse('2030-01-01T23:59:00Z');
    expect((await timed.ask('/articles/later.txt')).headers.get('cache-control')).toContain('max-age=60,');
    now = Date.parse('2030-01-02');
    expect(await statuses()).toEqual([410, 410, 410, 410]);
  });

  test('move with the article, and are gone with it', async () => {
    const kept = file(
      'kept.md',
      markdownOf({ title: 'Kept', date: '2021-01-01', aliases: ['/old/kept/'], slug: 'kept' }),
    );
    const gone = file('gone.txt', documentOf('Gone', '01.02.2021', 'Something else.'));
    const first = await makeApp([kept, gone]);
    const renamed = file('kept.md', markdownOf({ title: 'Kept', date: '2021-01-01', slug: 'renamed' }));
    const second = await makeAppFrom(seedFiles([renamed], {}, first.ledger));
    for (const ending of ['', '.md', '.txt', '.json']) {
      const moved = await second.ask(`/articles/kept${ending}`);
      expect([moved.status, moved.headers.get('location')]).toEqual([
        308,
        `https://news.example/articles/renamed${ending}`,
      ]);
      expect((await second.ask(`/articles/gone${ending}`)).status).toBe(410);
    }
    expect((await first.ask('/old/kept.md')).headers.get('location')).toMatch(
      /^https:\/\/news\.example\/articles\/kept(?:\.md)?$/,
    );
  });
});

describe('an article as JSON', () => {
  test('is the item of the feed, and says where it is from', async () => {
    const alone = await (await ask('/articles/high-water.json')).json<Record<string, unknown>>();
    const { items } = await (await ask('/feed.json')).json<{ items: Record<string, unknown>[] }>();
    const { _publication, _forms, ...item } = alone;
    expect(items).toContainEqual(item);
    expect(_publication).toMatchObject({
      title: 'Example News',
      home_page_url: 'https://news.example/',
      feed_url: 'https://news.example/feed.json',
      language: 'en',
    });
    expect(_forms).toEqual({
      markdown: 'https://news.example/articles/high-water.md',
      text: 'https://news.example/articles/high-water.txt',
    });
  });
});
