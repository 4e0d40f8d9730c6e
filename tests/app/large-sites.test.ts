import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { file, makeApp, markdownOf } from '../support/app.ts';

describe('of 1010 articles', async () => {
  const first = Date.parse('2026-01-09T00:00:00Z');
  const articles = Array.from({ length: 1010 }, (_, number) => {
    const date = new Date(first + number * 1000).toISOString();
    return file(`${number}.md`, markdownOf({ title: `Number ${number}`, date }));
  });
  const { ask, read } = await makeApp(articles, { now: () => Date.parse('2026-01-10T00:00:00Z') });

  const locations = (xml: string, kind: 'urlset' | 'sitemapindex'): string[] => {
    const parsed = new XMLParser({ isArray: (name) => name === 'url' || name === 'sitemap' }).parse(xml);
    const entries: { loc: string }[] = parsed[kind][kind === 'urlset' ? 'url' : 'sitemap'];
    return entries.map(({ loc }) => loc);
  };

  test('the sitemap has parts', async () => {
    const parts = locations(await read('/sitemap.xml'), 'sitemapindex');
    expect(parts).toEqual([1, 2].map((part) => `https://news.example/sitemap/${part}.xml`));
    const all = await Promise.all(parts.map(async (part) => locations(await read(part), 'urlset')));
    expect(all.map(({ length }) => length)).toEqual([1002, 10]);
    expect(new Set(all.flat()).size).toBe(1012);
    expect((await ask(all.flat().at(-1) ?? '')).status).toBe(200);
    for (const path of [
      '/sitemap/3.xml',
      '/sitemap/0.xml',
      '/sitemap/1',
      '/sitemap/x.xml',
      '/sitemap/4294969.xml',
      '/sitemap/536870913.xml',
      '/sitemap/999999999.xml',
    ])
      expect((await ask(path)).status).toBe(404);
  });

  test('the sitemap of news has the newest thousand', async () => {
    const text = await read('/sitemap-news.xml');
    const found = [...text.matchAll(/<news:title>Number (\d+)</g)].map(([, number]) => Number(number));
    expect(found).toEqual(Array.from({ length: 1000 }, (_, index) => 1009 - index));
  });
});
