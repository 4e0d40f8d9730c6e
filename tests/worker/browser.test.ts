import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  ARABIC,
  browser,
  expectAccessible,
  isThere,
  origin,
  serveToBrowser,
  visit,
} from '../support/browser.ts';

serveToBrowser();

/** Holds the requests for an address back until `answer` is called. */
async function holdBack(page: Page, url: string): Promise<{ isAsked: Promise<void>; answer: () => void }> {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    asked.resolve();
    await answered.promise;
    await route.continue();
  });
  return { isAsked: asked.promise, answer: answered.resolve };
}

describe.skipIf(!isThere)('a visitor', () => {
  test('goes from the home page to an article, a tag, and a feed’s address that is copied', () =>
    visit('/', async (page, context) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
      await page.getByRole('link', { name: 'High water', exact: true }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('High water');
      expect(await page.locator('.content').textContent()).toContain('The harbour is closed.');
      await page.getByRole('link', { name: 'Harbour', exact: true }).click();
      expect(new URL(page.url()).pathname).toBe('/tags/harbour');
      await page.getByRole('link', { name: 'Subscribe to Harbour' }).click();
      expect(new URL(page.url()).pathname).toBe('/tags/harbour/rss.xml');
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${origin}/tags/harbour/rss.xml`);
      const own = page.getByRole('link', { name: 'Reader on this device' });
      expect(await own.getAttribute('href')).toBe(`feed:${origin}/tags/harbour/rss.xml`);
    }));

  test('goes on to an author, a series, a podcast and a chapter, and subscribes to that', () =>
    visit('/', async (page, context) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
      const heading = async (): Promise<string | null> =>
        page.getByRole('heading', { level: 1 }).textContent();
      const follow = async (name: string): Promise<void> =>
        page.getByRole('link', { name, exact: true }).first().click();
      await follow('Flood');
      expect(await page.locator('.kicker').textContent()).toBe('Part 2 of 2 · The tides');
      await follow('Ebb');
      expect(await page.locator('figcaption').textContent()).toBe('Seen from the quay');
      await follow('Corrections');
      expect(await page.locator('#corrections').textContent()).toBe(
        'CorrectionsFebruary 2, 2025: It was full.',
      );
      await follow('Ali Öz');
      expect(await heading()).toBe('Ali Öz');
      await follow('Ebb');
      await follow('The tides');
      expect(new URL(page.url()).pathname).toBe('/series/the-tides');
      await follow('Ebb');
      await follow('Ali Öz');
      await follow('Fog horns');
      const time = (): Promise<number> =>
        page.locator('audio').evaluate('document.querySelector("audio").currentTime');
      await page.getByRole('link', { name: 'Two horns' }).click();
      expect(new URL(page.url()).hash).toBe('#t=1');
      await expect.poll(time).toBeGreaterThanOrEqual(1);
      await page.locator('.chapters a[aria-current=true]').waitFor();
      await page.getByText('Transcript').click();
      await page.locator('.transcript p').nth(2).waitFor();
      expect(await page.locator('.transcript p').allTextContents()).toEqual([
        '0:00 Ali: Welcome.',
        '0:01 Max: Two horns.',
        '0:02 Goodbye.',
      ]);
      await page.locator('.transcript').getByRole('link', { name: '0:02' }).click();
      await expect.poll(time).toBeGreaterThanOrEqual(2);
      await expectAccessible(page);
      await follow('Foghorn');
      expect(await heading()).toBe('Foghorn');
      expect(await page.locator('audio').count()).toBe(2);
      await follow('Subscribe to Foghorn');
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
        `${origin}/collections/radio/rss.xml`,
      );
    }));

  test('reads a transcript in SubRip, and its link where it does not come', () =>
    visit('/articles/bells', async (page) => {
      const open = () => page.getByText('Transcript').click();
      await open();
      const lines = page.locator('.transcript p');
      await lines.nth(1).waitFor();
      expect(await lines.allTextContents()).toEqual(['0:00 Ding', '0:01 Dong,\ndong.']);
      await lines.nth(1).getByRole('link').click();
      await page.locator('.transcript p[aria-current=true]').getByText('Dong').waitFor();
      await page.route('**/*.srt', (route) => route.fulfill({ status: 404 }));
      await page.goto(`${origin}/articles/bells`);
      await open();
      expect(await page.locator('p.transcript a').getAttribute('href')).toMatch(/\/bells\.srt$/);
    }));

  test('hears a chapter without a script, and from the address of a page with one', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/articles/fog-horns`);
    const href = await page.getByRole('link', { name: 'Goodbye' }).getAttribute('href');
    expect(href).toMatch(/\/a\.mp3#t=2$/);
    expect(await page.getByRole('link', { name: 'Transcript' }).getAttribute('href')).toMatch(/\/fog\.vtt$/);
    await context.close();
    const player = await browser.newPage();
    await player.goto(`${origin}${href}`);
    const state = () => player.evaluate('document.querySelector("video, audio").readyState');
    await expect.poll(state).toBeGreaterThan(0);
    await player.close();
    await visit('/articles/fog-horns#t=2', async (scripted) => {
      // Seeking may interrupt this play and begin another.
      await scripted.locator('audio').evaluate('void document.querySelector("audio").play().catch(() => {})');
      await expect
        .poll(() => scripted.evaluate('document.querySelector("audio").currentTime'))
        .toBeGreaterThanOrEqual(2);
    });
  });

  test.each(['/rss.xml', '/tags/harbour/atom.xml'])(
    'who types the address %s learns what a feed is',
    (path) =>
      visit(path, async (page) => {
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Subscribe to /);
        expect(await page.locator('.address').textContent()).toBe(origin + path);
        expect(await page.getByRole('link', { name: 'High water', exact: true }).count()).toBe(1);
      }),
  );

  test('searches with the keyboard', () =>
    visit('/', async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('About us');
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('Search');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search');
      expect(await page.locator(':focus').getAttribute('name')).toBe('q');
      await page.keyboard.type('mayor');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?q=mayor');
      expect(await page.locator('mark').first().textContent()).toBe('mayor');
      await page.getByRole('link', { name: 'Subscribe to this search' }).click();
      expect(await page.locator('.address').textContent()).toBe(`${origin}/rss.xml?q=mayor`);
    }));

  test('finds while typing, and can go on from there', () =>
    visit('/search', async (page) => {
      const field = page.getByRole('searchbox');
      await field.pressSequentially('gau');
      await page.waitForURL('**/search?q=gau*');
      expect(await page.locator('mark').first().textContent()).toBe('gauge');
      expect(await page.getByRole('status').textContent()).toBe('Results for “gau*”');
      expect(await page.title()).toContain('gau*');
      expect(await page.locator('link[rel=alternate][title*="gau"]').count()).toBe(3);
      await field.pressSequentially('ge');
      await page.waitForURL('**/search?q=gauge');
      expect(await field.evaluate('document.activeElement.name')).toBe('q');
      const subscribe = page.getByRole('link', { name: 'Subscribe to this search' });
      expect(await subscribe.getAttribute('href')).toBe('/rss.xml?q=gauge');
      await field.pressSequentially('nowhere');
      await page.getByText('Nothing was found.').last().waitFor();
      await field.fill('');
      await page.waitForURL('**/search');
      expect(await page.locator('.found').innerText()).toBe('');
    }));

  test('gets with Enter what was found while typing', () =>
    visit('/search', async (page) => {
      await page.getByRole('searchbox').pressSequentially('unprec');
      await page.waitForURL('**/search?q=unprec*');
      const navigation = page.waitForEvent('framenavigated');
      await page.keyboard.press('Enter');
      await navigation;
      expect(page.url()).toBe(`${origin}/search?q=unprec*`);
      expect(await page.getByRole('link', { name: 'High water', exact: true }).count()).toBe(1);
    }));

  test('sees the answer to what was typed last, however slow the one before', () =>
    visit('/search', async (page) => {
      const search = await holdBack(page, '**/search?q=may');
      const field = page.getByRole('searchbox');
      await field.fill('may');
      await search.isAsked;
      await page.locator('.found[aria-busy=true]').waitFor({ state: 'attached' });
      await field.fill('mayor');
      await page.waitForURL('**/search?q=mayor');
      search.answer();
      await page.unrouteAll({ behavior: 'wait' });
      expect(await page.locator('mark').first().textContent()).toBe('mayor');
      await expectAccessible(page);
    }));

  test('finds what was typed just before the answer to what was typed first', () =>
    visit('/search', async (page) => {
      await page.clock.install();
      await page.clock.pauseAt(Date.now() + 60_000);
      const search = await holdBack(page, '**/search?q=may');
      const field = page.getByRole('searchbox');
      await field.fill('may');
      await page.clock.runFor(200);
      await search.isAsked;
      await field.fill('mayor');
      search.answer();
      await page.waitForURL((url) => url.searchParams.get('q') === 'may*');
      await page.clock.runFor(200);
      await page.waitForURL((url) => url.searchParams.get('q') === 'mayor');
    }));

  test('can search where nothing answers while typing', () =>
    visit('/search', async (page) => {
      const isAsked = Promise.withResolvers<void>();
      await page.route('**/search?**', async (route) => {
        if (route.request().isNavigationRequest()) return route.continue();
        await route.fulfill({ status: 503 });
        isAsked.resolve();
      });
      await page.getByRole('searchbox').fill('mayor');
      await isAsked.promise;
      await page.locator('.found:not([aria-busy=true])').waitFor({ state: 'attached' });
      expect(new URL(page.url()).search).toBe('');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?q=mayor');
      expect(await page.locator('mark').first().textContent()).toBe('mayor');
    }));

  test('who follows a dead link searches for its words', () =>
    visit('/2024/01/high-water.html', async (page) => {
      expect(await page.getByRole('searchbox').inputValue()).toBe('high water');
    }));

  test('who comes for what is gone learns what it was, and can look for something like it', () =>
    visit('/articles/gone', async (page) => {
      expect(await page.locator('main').innerText()).toMatch(/Low water\nRemoved on \w+ \d+, \d{4}/);
      expect(await page.getByRole('searchbox').inputValue()).toBe('Low water');
    }));

  test('needs no script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/feeds`);
    expect(await page.locator('.address').textContent()).toBe(`${origin}/rss.xml`);
    expect(await page.getByRole('button').count()).toBe(0);
    await page.goto(`${origin}/search`);
    await page.getByRole('searchbox').fill('Mayor');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=mayor');
    expect(await page.locator('mark').first().textContent()).toBe('mayor');
    await context.close();
  });

  test('reads from right to left what is written so, and goes on to its translation', () =>
    visit(ARABIC, async (page) => {
      const [title, name] = await Promise.all(
        [page.locator('h1'), page.locator('.name')].map((element) => element.boundingBox()),
      );
      expect((title?.x ?? 0) + (title?.width ?? 0)).toBeGreaterThan(900);
      expect(name?.x).toBeLessThan(400);
      await page.getByRole('link', { name: 'English' }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('High water');
      expect(await page.getByText('Also in:').textContent()).toBe('Also in: العربية');
    }));

  test.each([
    ['/search?q=mayor', 'main mark'],
    ['/articles/high-water', '.code mark'],
    ['/articles/high-water', '.code mark span'],
  ])(
    'can read what is marked on %s, also in the few colours that their system allows: %s',
    async (path, selector) => {
      const context = await browser.newContext({ forcedColors: 'active', colorScheme: 'dark' });
      const page = await context.newPage();
      await page.goto(origin + path);
      const colours = await page.evaluate(`(() => {
        const probe = document.body.appendChild(document.createElement('p'));
        const system = (name) => {
          probe.style.forcedColorAdjust = 'none';
          probe.style.color = name;
          return getComputedStyle(probe).color;
        };
        const { color, backgroundColor } = getComputedStyle(document.querySelector('${selector}'));
        return [color === system('MarkText'), backgroundColor === system('Mark')];
      })()`);
      expect(colours).toEqual([true, true]);
      await context.close();
    },
  );

  test.each(['/', '/articles/high-water', '/articles/ebb', '/collections/radio', ARABIC])(
    'sees nothing move on %s when its font and pictures come',
    async (path) => {
      const frame = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';
      const page = await browser.newPage();
      let isShown = Promise.withResolvers<void>();
      await page.route(/\.(?:png|webp|woff2)$/, async (route) => {
        await isShown.promise;
        await route.continue();
      });
      for (const width of [360, 1280]) {
        isShown = Promise.withResolvers();
        await page.setViewportSize({ width, height: 800 });
        await page.goto(origin + path, { waitUntil: 'domcontentloaded' });
        await page.evaluate(frame);
        isShown.resolve();
        await page.waitForLoadState();
        await page.evaluate('document.fonts.ready');
        // A shift without nodes is the browser's own, in its controls.
        const moved = await page.evaluate(
          `${frame}.then(() => {
          const observer = new PerformanceObserver(() => {});
          observer.observe({ type: 'layout-shift', buffered: true });
          return observer.takeRecords().flatMap(({ sources }) => sources).flatMap(({ node }) => node ?? []).map(({ nodeName }) => nodeName);
        })`,
        );
        expect(moved, String(width)).toEqual([]);
      }
      await page.close();
    },
  );

  test('has dark pages at night', () =>
    visit(
      '/',
      async (page) => {
        const paper = (): Promise<unknown> =>
          page.evaluate('getComputedStyle(document.body).backgroundColor');
        expect(await paper()).toBe('rgb(21, 23, 26)');
        await page.emulateMedia({ colorScheme: 'light' });
        expect(await paper()).toBe('rgb(253, 252, 250)');
      },
      'dark',
    ));
});
