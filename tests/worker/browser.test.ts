import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestHarness } from 'wrangler';
import { serveBuild } from '../../src/preview/serve.ts';
import { file, makeApp, makeAppFrom, makeSite, NOW, seedFiles } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { temporaryFolder } from '../support/folder.ts';

/* The built worker, in Chromium as Debian has it. CI installs it; elsewhere these tests are skipped without it. */
const CHROMIUM = '/usr/bin/chromium';
const isThere = process.env.CI === 'true' || existsSync(CHROMIUM);
const OPTIONS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const TOO_MUCH = `/?tag=${Array.from({ length: 65 }, (_, number) => `t${number}`).join()}`;
const ARABIC = '/articles/الميناء-مغلق';
const SEEDS = {
  'weather/high-water.md': `---
title: High water
date: 2026-01-02
tags: [Harbour]
author: Jane Roe
translationKey: closed
source: { title: Port Courier, url: "https://port.example/", date: 2026-01-01 }
---

The harbour is closed.[^1]

| gauge | at noon | at midnight | remark, which is rather long and goes on and on |
| --- | --- | --- | --- |
| Quayside-by-the-lighthouse | 7.42 m | 6.98 m | unprecedented |

> Nobody has seen the like.

\`\`\`js {2}
const water = 'high'; // in both harbours
a line of code that does not fit on a small screen, whatever one does about it
\`\`\`

[^1]: The mayor said so.
`,
  'tides/one.md':
    '---\ntitle: Ebb\ndate: 2025-02-01\nauthor: Ali Öz\nseries: The tides\ntags: [Moon]\nimage: { src: a.png, alt: The moon, caption: Seen from the quay }\ncorrections: [{ date: 2025-02-02, text: It was full. }]\n---\n\nThe water goes.\n',
  'tides/two.md':
    '---\ntitle: Flood\ndate: 2025-02-08\nauthor: Ali Öz\nseries: The tides\ntags: [Moon]\n---\n\nThe water comes.\n',
  'radio/fog.md': `---
title: Fog horns
date: 2025-03-01
author: Ali Öz
audio: a.mp3
season: 2
episode: 12
guests: [Max]
transcript: fog.vtt
chapters: ["00:00 Welcome", "00:01 Two horns", "00:02 Goodbye"]
---

We talk about fog horns.
`,
  'radio/bells.md':
    '---\ntitle: Bells\ndate: 2025-02-20\nauthor: Ali Öz\naudio: a.mp3\ntranscript: bells.srt\n---\n\nThey ring.\n',
  'about.md': '---\ntitle: About us\n---\n\nThree people, and a cat.\n',
  'ar.md':
    '---\ntitle: الميناء مغلق\ndate: 2026-01-01\nlang: ar\ntags: [ميناء]\ntranslationKey: closed\n---\n\nالميناء مغلق حتى الجمعة.\n',
};

const FILES = {
  'site.toml':
    '[podcasts.radio]\ntitle = "Foghorn"\nimage = "tides/a.png"\ncategory = "Technology"\nexplicit = false\ndirectories = [{ label = "Podcasts", url = "https://podcasts.example/" }]\n',
  'tides/a.png': fixture('a.png'),
  'radio/a.mp3': fixture('a.mp3'),
  'radio/bells.srt':
    '1\r\n00:00:00,000 --> 00:00:01,500\r\n<i>Ding</i>\r\n\r\n2\r\n00:00:01,500 --> 00:00:03,000\r\nDong,\r\ndong.\r\n',
  'radio/fog.vtt':
    'WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ali>Welcome.\n\n00:01.000 --> 00:02.000\n<v Max>Two horns.\n\n00:02.000 --> 00:03.000\n<v Max>Goodbye.\n',
};

function fixture(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, '../fixtures/media', name));
}

let harness: TestHarness;
let origin: string;
let browser: Browser;
let folders: Awaited<ReturnType<typeof temporaryFolder>>[] = [];

beforeAll(async () => {
  if (!isThere) return;
  folders = await Promise.all([temporaryFolder({ ...SEEDS, ...FILES }), temporaryFolder({})]);
  const [seeds, out] = folders.map(({ path }) => path);
  const build = async (): Promise<void> => {
    const { code, stdout } = await runBuild(['--seeds', `${seeds}`, '--out', `${out}`]);
    expect(code, stdout).toBe(0);
  };
  await writeFile(`${seeds}/gone.md`, '---\ntitle: Low water\ndate: 2026-01-03\n---\n\nNothing to see.\n');
  await build();
  await rm(`${seeds}/gone.md`);
  await build();
  // What lies beside the worker cannot be read: the other forms of articles.
  await rm(`${out}/assets/store`, { recursive: true });
  harness = await serveBuild(`${out}`);
  origin = (await harness.listen()).url.origin;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: OPTIONS });
});

afterAll(async () => {
  await browser?.close();
  await harness?.close();
  await Promise.all(folders.map(({ remove }) => remove()));
});

/** Shows a page to a visitor, and fails when the browser complains of anything but the status of an error page. */
async function visit(
  path: string,
  use: (page: Page, context: BrowserContext) => Promise<void>,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(origin + path);
    await use(page, context);
    expect(complaints.filter((text) => !/status of (?:400|404|410|500|503)/.test(text))).toEqual([]);
  } finally {
    await context.close();
  }
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
    await visit('/articles/fog-horns#t=2', async (scripted) => {
      // A server without ranges has the page load the whole recording, which interrupts this play and begins another.
      await scripted.locator('audio').evaluate('void document.querySelector("audio").play().catch(() => {})');
      await expect
        .poll(() => scripted.evaluate('document.querySelector("audio").currentTime'))
        .toBeGreaterThanOrEqual(2);
    });
  });

  test.each(['/rss.xml', '/atom.xml', '/feed.json', '/tags/harbour/atom.xml'])(
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
      const isAsked = Promise.withResolvers<void>();
      const isAnswered = Promise.withResolvers<void>();
      await page.route('**/search?q=may', async (route) => {
        isAsked.resolve();
        await isAnswered.promise;
        await route.continue();
      });
      const field = page.getByRole('searchbox');
      await field.fill('may');
      await isAsked.promise;
      await page.locator('.found[aria-busy=true]').waitFor({ state: 'attached' });
      await field.fill('mayor');
      await page.waitForURL('**/search?q=mayor');
      isAnswered.resolve();
      await page.unrouteAll({ behavior: 'wait' });
      expect(await page.locator('mark').first().textContent()).toBe('mayor');
      await expectAccessible(page);
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

  test.each([
    '/',
    '/articles/high-water',
    '/articles/ebb',
    '/articles/fog-horns',
    '/collections/radio',
    '/tags/harbour',
    '/feeds',
    ARABIC,
  ])('sees nothing move on %s when its font and pictures come', async (path) => {
    const frame = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      const page = await context.newPage();
      const isShown = Promise.withResolvers<void>();
      await page.route(/\.(?:png|webp|woff2)$/, async (route) => {
        await isShown.promise;
        await route.continue();
      });
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
      await context.close();
    }
  });

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

/** Fails where a page breaks a rule of axe or is wider than the screen: wide and narrow, light and dark. */
async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await page.evaluate(
        `axe.run({ runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
      );
      expect(violations, `${width} ${colorScheme}`).toEqual([]);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
}

describe.skipIf(!isThere)('WCAG 2.2 AA', () => {
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
  ])('holds at %s', (path, status) =>
    visit(path, async (page) => {
      expect(await page.evaluate('performance.getEntriesByType("navigation")[0].responseStatus')).toBe(
        status,
      );
      await expectAccessible(page);
    }),
  );

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
