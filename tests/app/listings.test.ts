import { XMLParser } from 'fast-xml-parser';
import { parseOpml } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { file, makeApp, makeSite, markdownOf } from '../support/app.ts';

const files = [
  file(
    'sea/a-b.md',
    markdownOf({ title: 'A & <b>', date: '2020-01-01', tags: ['Q&A', '"x"'], author: 'Jane Roe' }),
  ),
  file('sea/b.md', markdownOf({ title: 'B', date: '2021-01-01', tags: ['q&a'], lang: 'tr' })),
  file(
    'later.md',
    markdownOf({ title: 'Later', date: '2030-01-01', tags: ['Secret'], author: 'Nobody Yet' }),
  ),
  file('quiet.md', markdownOf({ title: 'Quiet', date: '2021-01-01', tags: ['Hush'], unlisted: true })),
];

let now = Date.parse('2026-01-01T00:00:00Z');
const { ask, read } = await makeApp(files, { now: () => now, site: makeSite({ title: 'News & <Views>' }) });

interface Outline {
  readonly text?: string;
  readonly xmlUrl?: string;
  readonly htmlUrl?: string;
  readonly outlines?: readonly Outline[];
}

async function outlines(): Promise<readonly Outline[]> {
  const { body } = parseOpml(await read('/feeds.opml'));
  return (body?.outlines ?? []) as readonly Outline[]; // of a parser whose types are looser
}

describe('the values of a facet', () => {
  const named = makeApp(files, {
    now: () => now,
    site: makeSite({
      collections: { Sea: { title: 'Letters from the sea', description: 'Wet <ones>.' } },
      tags: { 'q&a': { title: 'Questions' } },
    }),
  });
  const pageAt = async (path: string): Promise<string> => (await named).read(path);

  test.each([
    ['/tags', 'Tags', ['"x" 1', 'Questions 2']],
    ['/authors', 'Authors', ['Jane Roe 1']],
    ['/languages', 'Languages', ['English 1', 'Turkish 1']],
    ['/years', 'Years', ['2021 1', '2020 1']],
    ['/collections', 'Collections', ['Letters from the sea 2']],
  ])('are listed at %s', async (path, name, values) => {
    const page = await pageAt(path);
    expect(page).toContain(`<h1>${name}</h1>`);
    expect(page).toContain(`<link rel="canonical" href="https://news.example${path}">`);
    const rows = [...page.matchAll(/<li><a href="(.*?)"><bdi>(.*?)<\/bdi><\/a> <span class="count">(\d+)</g)];
    expect(rows.map(([, , label, count]) => `${label?.replaceAll('&#34;', '"')} ${count}`)).toEqual(values);
    for (const [, address = ''] of rows)
      expect((await (await named).ask(address.replaceAll('&#38;', '&'))).status, address).toBe(200);
    expect(page).not.toMatch(/Secret|Nobody|Hush|2030/);
  });

  test('have a page with what the publisher calls them, and how many articles they have', async () => {
    const page = await pageAt('/collections/sea');
    expect(page).toContain('<title>Letters from the sea – Example News</title>');
    expect(page).toContain('<meta name="description" content="Wet &#60;ones&#62;.">');
    expect(page).toMatch(/<a href="\/collections">Collections<\/a> · <span class="count">2<\/span>/);
    expect(page).toMatch(
      /<h1 class="p-name">Letters from the sea<\/h1>\n<p class="lead">Wet &#60;ones&#62;\.<\/p>/,
    );
    expect(await pageAt('/collections/sea/atom.xml')).toContain(
      '>Letters from the sea – Example News</title>',
    );
    expect(await pageAt('/collections/sea/rss.xml')).toContain(
      '<description>Wet &#x3C;ones&#x3E;.</description>',
    );
    expect(await pageAt('/articles/b')).toContain(
      '<a class="p-category" rel="tag" href="/tags/q%26a">Questions</a>',
    );
    expect(await pageAt('/?tag=q%26a&year=2020')).toContain('<h1 class="p-name">Questions · 2020</h1>');
  });

  test('are not there before an article has one, and no page leads to a list of one value', async () => {
    const { ask: askFew } = await makeApp(files.slice(2, 3), { now: () => now });
    for (const path of ['/tags', '/authors', '/sources', '/years'])
      expect((await askFew(path)).status, path).toBe(404);
    const foot = /<footer class="foot".*/s.exec(await pageAt('/'))?.[0];
    expect([...(foot ?? '').matchAll(/href="(\/\w+)">/g)].map(([, path]) => path)).toEqual([
      '/tags',
      '/languages',
      '/years',
      '/feeds',
    ]);
    expect(await pageAt('/sitemap.xml')).toMatch(
      /<loc>https:\/\/news.example\/tags<.*\/languages<.*\/years</s,
    );
    expect(await pageAt('/sitemap.xml')).not.toContain('/authors<');
  });

  test('keep no expired article in their number', async () => {
    const { ask: askOld } = await makeApp(
      [
        file('a.md', markdownOf({ title: 'A', date: '2020-01-01', tags: ['t'], expires: '2021-01-01' })),
        file('b.md', markdownOf({ title: 'B', date: '2020-01-01', tags: ['t'] })),
      ],
      { now: () => now },
    );
    expect(await (await askOld('/tags/t')).text()).toContain('<span class="count">1</span>');
  });
});

describe('all feeds', () => {
  test('are listed for readers, each of which is there', async () => {
    const response = await ask('/feeds.opml');
    expect(response.headers.get('content-type')).toBe('text/x-opml; charset=utf-8');
    const [everything, ...groups] = await outlines();
    expect(everything).toMatchObject({
      text: 'News & <Views>',
      type: 'rss',
      xmlUrl: 'https://news.example/rss.xml',
      htmlUrl: 'https://news.example/',
    });
    expect(groups.map(({ text, outlines: own = [] }) => [text, own.map((each) => each.text)])).toEqual([
      ['Tags', ['"x" – News & <Views>', 'Q&A – News & <Views>']],
      ['Authors', ['Jane Roe – News & <Views>']],
      ['Languages', ['English – News & <Views>', 'Turkish – News & <Views>']],
      ['Years', ['2020 – News & <Views>', '2021 – News & <Views>']],
      ['Collections', ['Sea – News & <Views>']],
    ]);
    for (const { xmlUrl = '', htmlUrl = '' } of groups.flatMap((group) => group.outlines ?? [])) {
      expect((await ask(xmlUrl)).status).toBe(200);
      expect((await ask(htmlUrl)).status).toBe(200);
    }
  });

  test('are listed for people', async () => {
    const page = await read('/feeds');
    const links = [...page.matchAll(/<a href="(\/[^"]*)"/g)].map((match) =>
      (match[1] ?? '').replaceAll('&#38;', '&'),
    );
    for (const path of ['/feeds.opml', '/tags/q%26a', '/tags/q%26a/atom.xml', '/years/2020/feed.json'])
      expect(links).toContain(path);
    for (const path of new Set(links)) expect((await ask(path)).status, path).toBe(200);
    expect(page).toContain('<bdi>Q&#38;A</bdi></a> <span class="count">2</span>');
    expect(page).not.toMatch(/Secret|Nobody Yet|Hush|2030/);
  });

  test('come in the second in which their first article does', async () => {
    const names = async (): Promise<string> => JSON.stringify(await outlines()) + (await read('/feeds'));
    now = Date.parse('2029-12-31T23:59:59Z');
    expect(await names()).not.toContain('Secret');
    expect((await ask('/feeds.opml')).headers.get('cache-control')).toContain('max-age=1,');
    now += 1000;
    expect(await names()).toContain('Secret');
    now = Date.parse('2026-01-01T00:00:00Z');
    expect(await names()).not.toContain('Secret');
  });
});

describe('the sitemap', () => {
  const locations = (xml: string): string[] => {
    const entries: { loc: string }[] = new XMLParser().parse(xml).urlset.url;
    return entries.map(({ loc }) => loc);
  };

  test('has what is to be found, and nothing else', async () => {
    const response = await ask('/sitemap.xml');
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(locations(await response.text())).toEqual(
      ['/', '/feeds', '/tags', '/languages', '/years', '/articles/a-b', '/articles/b'].map(
        (path) => `https://news.example${path}`,
      ),
    );
    expect(await read('/robots.txt')).toContain('Sitemap: https://news.example/sitemap.xml\n');
  });
});
