import { XMLParser } from 'fast-xml-parser';
import { parseOpml } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { file, makeApp, makeSite, markdownOf } from '../support/app.ts';

const files = [
  file(
    'sea/a.md',
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
const { ask } = await makeApp(files, { now: () => now, site: makeSite({ title: 'News & <Views>' }) });

interface Outline {
  readonly text?: string;
  readonly xmlUrl?: string;
  readonly htmlUrl?: string;
  readonly outlines?: readonly Outline[];
}

async function outlines(): Promise<readonly Outline[]> {
  const { body } = parseOpml(await (await ask('/feeds.opml')).text());
  return (body?.outlines ?? []) as readonly Outline[]; // of a parser whose types are looser
}

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
      ['Collections', ['sea – News & <Views>']],
    ]);
    for (const { xmlUrl = '', htmlUrl = '' } of groups.flatMap((group) => group.outlines ?? [])) {
      expect((await ask(xmlUrl)).status).toBe(200);
      expect((await ask(htmlUrl)).status).toBe(200);
    }
  });

  test('are listed for people', async () => {
    const page = await (await ask('/feeds')).text();
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
    const names = async (): Promise<string> =>
      JSON.stringify(await outlines()) + (await (await ask('/feeds')).text());
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
  const locations = (xml: string, kind: 'urlset' | 'sitemapindex'): string[] => {
    const parsed = new XMLParser({ isArray: (name) => name === 'url' || name === 'sitemap' }).parse(xml);
    const entries: { loc: string }[] = parsed[kind][kind === 'urlset' ? 'url' : 'sitemap'];
    return entries.map(({ loc }) => loc);
  };

  test('has what is to be found, and nothing else', async () => {
    const response = await ask('/sitemap.xml');
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(locations(await response.text(), 'urlset')).toEqual(
      ['/', '/feeds', '/articles/a-b', '/articles/b'].map((path) => `https://news.example${path}`),
    );
    expect(await (await ask('/robots.txt')).text()).toContain('Sitemap: https://news.example/sitemap.xml\n');
  });

  test('of many articles has parts', async () => {
    const many = Array.from({ length: 1005 }, (_, number) =>
      file(
        `${number}.txt`,
        `Number ${number}\n\n- ${new Date(1.5e12 + number * 1e7).toISOString().slice(0, 10)}\n\nText.\n`,
      ),
    );
    const large = await makeApp(many);
    const parts = locations(await (await large.ask('/sitemap.xml')).text(), 'sitemapindex');
    expect(parts).toEqual([1, 2].map((part) => `https://news.example/sitemap/${part}.xml`));
    const all = await Promise.all(
      parts.map(async (part) => locations(await (await large.ask(part)).text(), 'urlset')),
    );
    expect(all.map(({ length }) => length)).toEqual([1002, 5]);
    expect(new Set(all.flat()).size).toBe(1007);
    expect((await large.ask(all.flat().at(-1) ?? '')).status).toBe(200);
    for (const path of [
      '/sitemap/3.xml',
      '/sitemap/0.xml',
      '/sitemap/1',
      '/sitemap/x.xml',
      '/sitemap/4294969.xml',
      '/sitemap/536870913.xml',
      '/sitemap/999999999.xml',
    ])
      expect((await large.ask(path)).status).toBe(404);
  }, 60_000);
});
