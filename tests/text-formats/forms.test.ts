import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../src/documents/stated.ts';
import { readCanonical } from '../../src/html/canonical.ts';
import { contentMarkdown } from '../../src/text-formats/html-to-markdown.ts';
import { columnsOf } from '../../src/text-formats/wrap.ts';
import { documentOf, file, makeApp, makeAppFrom, makeSite, markdownOf, seedFiles } from '../support/app.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const GOLDENS = join(import.meta.dirname, '../goldens');

function fixture(path: string): SourceFile {
  return { path, bytes: readFileSync(join(FIXTURES, path)) };
}

const MARKDOWN = [
  'markdown/astro/keeper.md',
  'markdown/jekyll/_posts/2021-02-03-ferry-timetable.md',
  'markdown/obsidian/Second brain.md',
  'markdown/plain/gfm.md',
  'markdown/podcast/episode-12.md',
  'markdown/zola/blog/2021-02-03-rust.md',
];
const OTHERS = [
  'markdown/eleventy/lighthouse.md',
  'markdown/plain/notes.md',
  'html/newsroom.html',
  'html/wordpress.html',
  'html/arabic.html',
  'text/seed.txt',
  'archive/shinbun.txt',
];

interface Item {
  readonly url: string;
  readonly content_html: string;
  readonly title: string;
}

async function itemsOf(documents: readonly SourceFile[]): Promise<{
  items: readonly Item[];
  ask: (path: string, headers?: Readonly<Record<string, string>>, method?: string) => Promise<Response>;
}> {
  const { ask } = await makeApp(documents, { site: makeSite({ feedSize: 500, feedBytes: 10_000_000 }) });
  const { items } = await (await ask('/feed.json')).json<{ items: Item[] }>();
  return { items, ask };
}

/** `text` between the front matter's lines, and what stands below. */
function splitMarkdown(text: string): { fields: Record<string, unknown>; body: string } {
  const [, yaml = '', body = ''] = /^---\n(.*?)\n---\n\n(.*)$/s.exec(text) ?? [];
  return { fields: load(yaml) as Record<string, unknown>, body };
}

const documents = [
  file(
    'tide.md',
    markdownOf({
      title: 'High water',
      date: '2021-02-03T10:00:00Z',
      tags: ['weather', 'harbour'],
      author: 'Jane Roe',
      body: 'The harbour is *closed*; see [the plan](plan.md "Plan").\n\n<!-- ask the mayor -->\n\n- one\n- two',
    }),
  ),
  file('plan.md', markdownOf({ title: 'The plan', date: '2021-02-01', body: 'Words.' })),
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
const { ask, app } = await makeAppFrom(seedFiles(documents, {}, ledger));

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
    expect(html).toContain(`<link rel="alternate" type="text/markdown" href="${own}.md">`);
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
      expect(await (await ask(`https://preview.example/articles/high-water${ending}`)).text()).toContain(
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
    expect(await (await ask('/articles/v1.2')).text()).toContain('<h1 class="p-name">Version</h1>');
    expect((await ask('/articles/v1.2.md')).headers.get('content-type')).toContain('text/markdown');
    expect(await (await ask('/articles/readme.md')).text()).toContain('<h1 class="p-name">Dotted</h1>');
    expect(await (await ask('/articles/readme.md.md')).text()).toContain('title: "Dotted"');
    const twin = await ask('/articles/readme', { Accept: 'text/markdown' });
    expect(await twin.text()).toContain('title: "Twin"');
    // Its address is another article's.
    expect(twin.headers.has('content-location')).toBe(false);
    expect(twin.headers.get('link')).not.toContain('readme.md>');
    for (const path of [
      '/articles/.md',
      '/articles/nothing.md',
      '/articles/high-water.mdx',
      '/articles/high-water.md.txt',
    ])
      expect((await ask(path)).status, path).toBe(404);
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
    expect(await statuses()).toEqual([404, 404, 404, 404]);
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
    expect((await first.ask('/old/kept.md')).status).toBe(404);
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

describe('an article as Markdown', () => {
  test('is what its author wrote, below what is known of it', async () => {
    const text = await (await ask('/articles/high-water.md')).text();
    expect(splitMarkdown(text)).toEqual({
      fields: {
        title: 'High water',
        date: '2021-02-03T10:00:00.000Z',
        updated: '2021-02-03T10:00:00.000Z',
        language: 'en',
        authors: [{ name: 'Jane Roe' }],
        tags: ['weather', 'harbour'],
        canonical: 'https://news.example/articles/high-water',
      },
      body: 'The harbour is *closed*; see [the plan](https://news.example/articles/the-plan "Plan").\n\n\n\n- one\n- two\n',
    });
  });

  test.each(MARKDOWN)('is the same article when it is read again: %s', async (path) => {
    const first = await itemsOf([fixture(path)]);
    const [item] = first.items;
    const text = await (await first.ask(`${item?.url}.md`)).text();
    const slug = item?.url.split('/').at(-1) ?? '';
    const again = file(
      'again.md',
      text.replace('\n---\n', `\nslug: ${JSON.stringify(decodeURIComponent(slug))}\n---\n`),
    );
    const [copy] = (await itemsOf([again])).items;
    const essence = (html = ''): string =>
      html.replace(/<a>(.*?)<\/a>/g, '$1').replace(/ (?:width|height)='\d+'/g, '');
    expect(copy?.title).toBe(item?.title);
    expect(essence(copy?.content_html)).toBe(essence(item?.content_html));
  });

  test.each(OTHERS)('is made of the HTML of other documents, and says the same: %s', async (path) => {
    const first = await itemsOf([fixture(path)]);
    const [item] = first.items;
    const text = await (await first.ask(`${item?.url}.md`)).text();
    const [copy] = (await itemsOf([file('again.md', text)])).items;
    // Captions of tables stand above them.
    const captions = [...(item?.content_html.matchAll(/<caption>.*?<\/caption>/g) ?? [])].map(
      ([caption]) => caption,
    );
    const html = captions.reduce((rest, caption) => rest.replace(caption, ''), item?.content_html ?? '');
    const copied = captions.reduce(
      (rest, caption) => rest.replace(caption.replaceAll('caption>', 'p>'), ''),
      copy?.content_html ?? '',
    );
    const words = (content: string): string =>
      content
        .replace(
          /<\/?(?:p|h\d|li|div|blockquote|figure|figcaption|t[dhr]|pre|br|hr|ul|ol|section)\b[^>]*>/g,
          ' ',
        )
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ');
    expect(copy?.title).toBe(item?.title);
    expect(words(copied)).toBe(words(html));
  });

  test('has no more than the page has', async () => {
    const secrets = file(
      'secrets.md',
      markdownOf({
        title: 'Secrets',
        date: '2021-01-01',
        body: 'A <!-- hidden one --> b.\n\n%% hidden two %%\n\n{% comment %}hidden three{% endcomment %}\n\n[x](javascript:hidden) and [y](../../hidden.md).',
      }),
    );
    const unsafe = file(
      'unsafe.md',
      markdownOf({
        title: 'Unsafe',
        date: '2021-01-01',
        body: 'A.\n\n<script>hidden</script>\n\n<p onclick="hidden()">B.</p>\n\n<iframe src="https://e.example/"></iframe>',
      }),
    );
    const { ask: asked } = await makeApp([secrets, unsafe]);
    for (const slug of ['secrets', 'unsafe']) {
      for (const ending of ['.md', '.txt'])
        expect(await (await asked(`/articles/${slug}${ending}`)).text()).not.toMatch(
          /hidden|javascript|script|iframe/,
        );
    }
    expect(splitMarkdown(await (await asked('/articles/secrets.md')).text()).body).toBe(
      'A  b.\n\n\n\n\n\nx and y.\n',
    );
  });

  const HOSTILE = [
    'Quote " and \\ and \'',
    'yes: [no]',
    '--- # no comment',
    '... ]]> </script>',
    '{{ template }} & <b>',
    'ş 漢字 😀 end',
    '- a: "b"',
  ];

  test.each(HOSTILE)('is not fooled by a title: %s', async (title) => {
    const { items, ask: asked } = await itemsOf([
      file(
        'a.md',
        markdownOf({
          title,
          date: '2021-01-01',
          tags: [title, 'x'],
          author: title,
          body: '---\n\ntitle: "no"\n\n---\n\n]]> <b>x</b>',
        }),
      ),
    ]);
    const [item] = items;
    const { fields, body } = splitMarkdown(await (await asked(`${item?.url}.md`)).text());
    expect(fields.title).toBe(item?.title);
    expect(fields.authors).toEqual([{ name: item?.title }]);
    expect(Object.keys(fields)).toEqual([
      'title',
      'date',
      'updated',
      'language',
      'authors',
      'tags',
      'canonical',
    ]);
    expect(body).toBe('---\n\ntitle: "no"\n\n---\n\n]]> <b>x</b>\n');
    const alone = await (await asked(`${item?.url}.json`)).json<Item>();
    expect(alone.title).toBe(item?.title);
    const [first] = (await (await asked(`${item?.url}.txt`)).text()).split('\n');
    expect(first).toBe(item?.title);
    const llms = await (await asked('/llms.txt')).text();
    expect(llms.match(/^- \[.*\]\(https:\/\/news\.example\/articles\/.*\.md\): /gm)).toHaveLength(1);
  });
});

describe('an article as plain text', () => {
  test.each([
    ['article.txt', 'text/seed.txt'],
    ['newsroom.txt', 'html/newsroom.html'],
    ['gfm.txt', 'markdown/plain/gfm.md'],
    ['shinbun.txt', 'archive/shinbun.txt'],
  ])('is laid out for a terminal: %s', async (name, path) => {
    const { items, ask: asked } = await itemsOf([fixture(path)]);
    const text = await (await asked(`${items[0]?.url}.txt`)).text();
    await expect(text).toMatchFileSnapshot(join(GOLDENS, name));
  });

  test('has lines of 72 columns, whatever the script, but for what cannot be broken', async () => {
    const prose = 'Das Wasser steigt weiter, und der Hafen bleibt geschlossen. '.repeat(5);
    const body = [
      prose,
      '水位が上がり続け、港は閉鎖されたままです。「明日も」と市長は述べた。'.repeat(5),
      '수위가 계속 올라가고 있으며 항구는 폐쇄된 상태입니다. '.repeat(5),
      'يستمر منسوب المياه في الارتفاع ويبقى الميناء مغلقا. '.repeat(5),
      `> ${prose}\n> - ${prose}\n>   1. ${prose}`,
      `| A | B |\n| - | - |\n| ${prose} | x |`,
      `\`\`\`\n${prose}\n\`\`\``,
    ].join('\n\n');
    const { items, ask: asked } = await itemsOf([
      file('a.md', markdownOf({ title: 'Wide', date: '2021-01-01', body })),
    ]);
    const lines = (await (await asked(`${items[0]?.url}.txt`)).text()).split('\n');
    const long = lines.filter((line) => columnsOf(line) > 72);
    expect(long).toEqual([`    ${prose}`.trimEnd()].map((line) => expect.stringContaining(line)));
    expect(lines.filter((line) => /^[、。」]|「$/.test(line))).toEqual([]);
    expect(lines.join('\n')).toContain('B: x');
    expect(lines.filter((line) => line.startsWith('> ')).length).toBeGreaterThan(9);
  });

  test('tells links by numbers, each address once, and none that the words say', async () => {
    const body =
      '[One](https://a.example/1), [two](https://a.example/2), [one again](https://a.example/1), https://a.example/3 and [here](#here).\n\n## Here\n\n10^2 is 10<sup>2</sup>, ~~not~~ <q>so</q>.';
    const { items, ask: asked } = await itemsOf([
      file('a.md', markdownOf({ title: 'Links', date: '2021-01-01', body })),
    ]);
    const text = await (await asked(`${items[0]?.url}.txt`)).text();
    expect(text).toBe(
      `Links

January 1, 2021

One [1], two [2], one again [1], https://a.example/3 and here.


Here

10^2 is 10^2, ~not~ “so”.

[1] https://a.example/1
[2] https://a.example/2

https://news.example/articles/links
`,
    );
  });
});

describe('what a language model is told', () => {
  const titles = ['Plain', 'With [brackets](x) and *stars*', 'Später'];
  const many = Array.from({ length: 60 }, (_, number) =>
    file(
      `${number}.txt`,
      documentOf(`Number ${number}`, new Date(1.5e12 + number * 1e8).toISOString().slice(0, 10)),
    ),
  );

  test('is what llmstxt.org says: a title, a summary, and lists of links, each of which is there', async () => {
    const { ask: asked } = await makeApp(
      titles.map((title, index) =>
        file(
          `${index}.md`,
          markdownOf({
            title,
            date: `2021-01-0${index + 1}`,
            body: `About *${title.length}* # things: _x_.`,
          }),
        ),
      ),
      { site: makeSite({ title: 'News & *Views*', description: 'What > happens.' }) },
    );
    const response = await asked('/llms.txt');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    await expect(text).toMatchFileSnapshot(join(GOLDENS, 'llms.txt'));
    for (const [, url = ''] of text.matchAll(/\]\((https:[^)]*)\)/g))
      expect((await asked(url)).status, url).toBe(200);
  });

  test('has the newest fifty, the newest first, and where the older ones are', async () => {
    const { ask: asked } = await makeApp(many);
    const text = await (await asked('/llms.txt')).text();
    const names = [...text.matchAll(/^- \[(Number \d+)\]/gm)].map(([, name]) => name);
    expect(names).toEqual(Array.from({ length: 50 }, (_, index) => `Number ${59 - index}`));
    const [, older = ''] = /^- \[Older articles\]\(([^)]*)\)/m.exec(text) ?? [];
    expect((await asked(older)).status).toBe(200);
    const etag = (await asked('/llms.txt')).headers.get('etag') ?? '';
    expect(etag.length).toBeLessThan(64);
  });

  test('knows no article before its second', async () => {
    let now = Date.parse('2029-12-31T23:59:59Z');
    const timed = await makeApp(
      [file('later.md', markdownOf({ title: 'Later', date: '2030-01-01' })), ...many.slice(0, 2)],
      {
        now: () => now,
      },
    );
    const response = await timed.ask('/llms.txt');
    expect(await response.text()).not.toContain('Later');
    expect(response.headers.get('cache-control')).toContain('max-age=1,');
    now += 1000;
    expect(await (await timed.ask('/llms.txt')).text()).toContain(
      '[Later](https://news.example/articles/later.md)',
    );
  });
});

describe('the sitemap of news', () => {
  const DAY = 24 * 60 * 60 * 1000;
  let now = Date.parse('2026-01-10T00:00:00Z');
  const at = (iso: string, title: string, more: Partial<Parameters<typeof markdownOf>[0]> = {}): SourceFile =>
    file(`${title}.md`, markdownOf({ title, date: iso, ...more }));
  const news = [
    at('2026-01-07T23:59:59Z', 'Too old'),
    at('2026-01-08T00:00:01Z', 'A & "B" <c>', { lang: 'tr' }),
    at('2026-01-09T12:00:00Z', 'Chinese', { lang: 'zh-TW' }),
    at('2026-01-09T13:00:00Z', 'Simplified', { lang: 'zh' }),
    at('2026-01-09T14:00:00Z', 'Quiet', { unlisted: true }),
    at('2026-01-09T15:00:00Z', 'Over', { expires: '2026-01-09T16:00:00Z' }),
    at('2026-01-10T00:00:05Z', 'Next'),
  ];
  const app = makeApp(news, { now: () => now, site: makeSite({ title: 'News & Views' }) });

  interface Entry {
    readonly loc: string;
    readonly 'news:news': {
      readonly 'news:title': string;
      readonly 'news:publication_date': string;
      readonly 'news:publication': { readonly 'news:name': string; readonly 'news:language': string };
    };
  }

  async function entries(): Promise<{ entries: readonly Entry[]; maxAge: number }> {
    const response = await (await app).ask('/sitemap-news.xml');
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    const parser = new XMLParser({
      isArray: (name) => name === 'url',
      parseTagValue: false,
      htmlEntities: true,
    });
    const { urlset } = parser.parse(await response.text());
    const maxAge = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1]);
    return { entries: urlset.url ?? [], maxAge };
  }
  const titles = async (): Promise<string[]> =>
    (await entries()).entries.map((entry) => entry['news:news']['news:title']);

  test('says what Google asks for, of the listed articles of two days', async () => {
    now = Date.parse('2026-01-10T00:00:00Z');
    const { entries: found } = await entries();
    expect(
      found.map((entry) => [
        entry['news:news']['news:title'],
        entry['news:news']['news:publication']['news:language'],
      ]),
    ).toEqual([
      ['Simplified', 'zh-cn'],
      ['Chinese', 'zh-tw'],
      ['A & "B" <c>', 'tr'],
    ]);
    expect(found.at(-1)).toEqual({
      loc: 'https://news.example/articles/a-b-c',
      'news:news': {
        'news:publication': { 'news:name': 'News & Views', 'news:language': 'tr' },
        'news:publication_date': '2026-01-08T00:00:01.000Z',
        'news:title': 'A & "B" <c>',
      },
    });
  });

  test('changes in the second in which an article comes, and in which the oldest is two days old', async () => {
    now = Date.parse('2026-01-10T00:00:00Z');
    expect((await entries()).maxAge).toBe(1);
    now += 1000;
    expect(await titles()).toEqual(['Simplified', 'Chinese']);
    expect((await entries()).maxAge).toBe(4);
    now += 4000;
    expect(await titles()).toEqual(['Next', 'Simplified', 'Chinese']);
    // Nothing else changes on the site then.
    now = Date.parse('2026-01-09T12:00:00Z') + 2 * DAY - 1000;
    expect(await titles()).toEqual(['Next', 'Simplified', 'Chinese']);
    now += 1000;
    expect(await titles()).toEqual(['Next', 'Simplified']);
    now = Date.parse('2026-01-20T00:00:00Z');
    expect(await titles()).toEqual([]);
    now = Date.parse('2026-01-10T00:00:00Z');
    expect(await titles()).toEqual(['Simplified', 'Chinese', 'A & "B" <c>']);
  });

  test('is found in robots.txt', async () => {
    expect(await (await (await app).ask('/robots.txt')).text()).toContain(
      'Sitemap: https://news.example/sitemap-news.xml\n',
    );
  });

  test('has a thousand articles at most', async () => {
    const many = Array.from({ length: 1010 }, (_, number) =>
      at(new Date(Date.parse('2026-01-09T00:00:00Z') + number * 1000).toISOString(), `Number ${number}`),
    );
    const { ask: asked } = await makeApp(many, { now: () => Date.parse('2026-01-10T00:00:00Z') });
    const text = await (await asked('/sitemap-news.xml')).text();
    const found = [...text.matchAll(/<news:title>Number (\d+)</g)].map(([, number]) => Number(number));
    expect(found).toEqual(Array.from({ length: 1000 }, (_, index) => 1009 - index));
  }, 60_000);
});

describe('the links of an author’s Markdown', () => {
  test.each([
    ['[a](plan.md)', '[a](https://news.example/articles/the-plan)'],
    ['[a](plan.md "Title")', '[a](https://news.example/articles/the-plan "Title")'],
    [
      '![p](https://img.example/a.png) and [a](plan.md)',
      '![p](https://img.example/a.png) and [a](https://news.example/articles/the-plan)',
    ],
    ['`[a](plan.md)` is [a](plan.md)', '`[a](plan.md)` is [a](https://news.example/articles/the-plan)'],
  ])('of %j lead to where they should', async (body, expected) => {
    expect(await markdownOfBody(body)).toContain(`\n${expected}\n`);
  });

  test.each(['[words](plan.md "see [b](c)")', '[x](/a(b(c)d)e)', '[x](/a[b](c))'])(
    'of %j say what the page says',
    async (body) => {
      const [markdown, page] = [await markdownOfBody(body), await pageOfBody(body)];
      const links = (text: string): string[] =>
        [...text.matchAll(/https:\/\/news\.example[^\s)"'<>]*/g)].map(([url]) => url);
      const content = /<div class="content e-content">(.*?)<\/div>/s.exec(page)?.[1] ?? '';
      expect(new Set(links(markdown.replace(/^---.*?---/s, '').replaceAll('\\', '')))).toEqual(
        new Set(links(content)),
      );
    },
  );
});

async function askForBody(body: string, path: string): Promise<string> {
  const plan = file('plan.md', markdownOf({ title: 'The plan', date: '2021-02-01', body: 'Words.' }));
  const made = await makeApp([plan, file('a.md', markdownOf({ title: 'Asked', date: '2021-02-03', body }))]);
  return (await made.ask(path)).text();
}

const markdownOfBody = (body: string): Promise<string> => askForBody(body, '/articles/asked.md');
const pageOfBody = (body: string): Promise<string> => askForBody(body, '/articles/asked');

describe('blocks in a line of Markdown', () => {
  test.each([
    ['<h2>a<div>b</div></h2>', '## a b\n'],
    ['<h2>a<h3>b</h3>c</h2>', '## a b c\n'],
    ['<p><b>a<ul><li>b</li><li>c</li></ul></b></p>', '**a b c**\n'],
    ['<h2>a<blockquote><p>b</p></blockquote></h2>', '## a b\n'],
    ['<h2><pre>a</pre>b</h2>', '## `a` b\n'],
    ['<h2>a<hr>b</h2>', '## ab\n'],
  ])('%s keeps its words', (html, markdown) => {
    expect(contentMarkdown(readCanonical(html))).toBe(markdown);
  });

  // The library takes twice as long for each level.
  test.each([
    ['<h2>a<div>', '</div></h2>'],
    ['<h2>a<blockquote>b', '</blockquote></h2>'],
    ['<em>a<pre>b</pre><p>', '</p></em>'],
    ['<sub>a<p>', '</p></sub>'],
    ['<blockquote><p>a', '</p></blockquote>'],
    ['<details><summary>a<p>', '</p></summary></details>'],
  ])('%s may be nested a hundred times', (open, close) => {
    const html = `${open.repeat(100)}The end${close.repeat(100)}`;
    expect(contentMarkdown(readCanonical(html))).toContain('The end');
  });
});
