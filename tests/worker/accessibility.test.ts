import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { file, makeApp, makeAppFrom, makeSite, NOW, seedFiles } from '../support/app.ts';
import {
  ARABIC,
  browser,
  complaintsOf,
  expectAccessible,
  isThere,
  origin,
  SEEDS,
  serveToBrowser,
  TOO_MUCH,
} from '../support/browser.ts';

serveToBrowser();

describe.skipIf(!isThere)('WCAG 2.2 AA', () => {
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    page = await browser.newPage();
    complaints = complaintsOf(page);
  });

  test.each<[string, number]>([
    ['/', 200],
    ['/articles/high-water', 200],
    [ARABIC, 200],
    ['/articles/about', 200],
    ['/articles/ebb', 200],
    ['/articles/fog-horns', 200],
    ['/collections/radio', 200],
    ['/series/the-tides', 200],
    ['/tags/harbour', 200],
    ['/tags', 200],
    ['/rss.xml', 200],
    ['/feeds', 200],
    ['/search', 200],
    ['/search?q=harbour', 200],
    ['/search?q=nothing', 200],
    [TOO_MUCH, 400],
    ['/nowhere', 404],
    ['/tags/harb', 404],
    ['/articles/gone', 410],
    ['/articles/high-water.md', 503],
  ])('holds at %s', async (path, status) => {
    const response = await page.goto(origin + path);
    expect(response?.status()).toBe(status);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  test('holds on a site that is written from right to left, also where it fails', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const site = makeSite({ title: 'أخبار الميناء', description: 'أخبار من الميناء.', language: 'ar' });
    const documents = Object.entries(SEEDS).map(([path, text]) => file(path, text));
    const gone = file('gone.md', '---\ntitle: الماء\nslug: gone\ndate: 2026-01-03\n---\n\nنص.\n');
    const { ledger } = await makeApp([...documents, gone], { site });
    const { app, ask } = await makeAppFrom(seedFiles(documents, {}, ledger), { site, now: () => NOW });
    app.get('/failure', () => {
      throw new Error('broken');
    });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**', async (route) => {
      const answer = await ask(route.request().url(), { accept: 'text/html', 'sec-fetch-mode': 'navigate' });
      const body = Buffer.from(await answer.arrayBuffer());
      await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
    });
    for (const [path, status] of [
      ['/', 200],
      ['/tags/harbour', 200],
      ['/tags', 200],
      ['/rss.xml', 200],
      ['/feeds', 200],
      ['/search?q=harbour', 200],
      ['/search?q=nothing', 200],
      [TOO_MUCH, 400],
      ['/nowhere', 404],
      ['/articles/gone', 410],
      ['/failure', 500],
    ] as const) {
      expect((await page.goto(`https://news.example${path}`))?.status()).toBe(status);
      expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
      await expectAccessible(page);
    }
    await context.close();
  });
});

test.skipIf(!isThere)(
  'WCAG holds for long words, pictures without words and lists of old pages',
  async () => {
    const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze';
    const site = makeSite({ title: `The ${long} News` });
    const body =
      '<ul><p>One</p><li>two<ul><ul><li>three</li></ul></ul></li></ul>' +
      '<p><a href="https://port.example/two-boats.jpg"><img src="https://port.example/a.png"></a> <img src="https://port.example/b.png"></p>';
    const { ask } = await makeApp(
      [file('a.md', `---\ntitle: The ${long}\ndate: 2026-01-02\n---\n\n${body}\n`)],
      {
        site,
      },
    );
    expect(await (await ask('/articles/a')).text()).toContain("alt='two boats'");
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**', async (route) => {
      const answer = await ask(route.request().url(), { accept: 'text/html', 'sec-fetch-mode': 'navigate' });
      const content = Buffer.from(await answer.arrayBuffer());
      await route.fulfill({
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: content,
      });
    });
    for (const path of ['/', '/articles/a', '/feeds']) {
      await page.goto(`https://news.example${path}`);
      await expectAccessible(page);
    }
    await context.close();
  },
);
