import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../src/documents/stated.ts';
import { file, makeApp, makeSite, markdownOf } from '../support/app.ts';

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
    expect(await (await app).read('/robots.txt')).toContain(
      'Sitemap: https://news.example/sitemap-news.xml\n',
    );
  });

  test('was modified last when an article came or became too old for it', async () => {
    const dates = ['2026-10-01T12:00:00Z', '2026-10-02T12:00:00Z'];
    let now = Date.parse('2026-10-03T00:00:00Z');
    const news = await makeApp(
      dates.map((date, index) => file(`${index}.md`, markdownOf({ title: `News ${index}`, date }))),
      { now: () => now },
    );
    const modified = async (): Promise<string | null> =>
      (await news.ask('/sitemap-news.xml')).headers.get('last-modified');
    const before = (await modified()) ?? '';
    expect(before).toBe('Fri, 02 Oct 2026 12:00:00 GMT');
    now = Date.parse('2026-10-03T13:00:00Z');
    expect((await news.ask('/sitemap-news.xml', { 'if-modified-since': before })).status).toBe(200);
    expect(await modified()).toBe('Sat, 03 Oct 2026 12:00:00 GMT');
    now = Date.parse('2026-10-09T00:00:00Z');
    expect(await modified()).toBe('Sun, 04 Oct 2026 12:00:00 GMT');
  });
});
