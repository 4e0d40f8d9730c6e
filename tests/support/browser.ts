import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { TestHarness } from 'wrangler';
import { serveBuild } from '../../src/preview/serve.ts';
import { runBuild } from './build.ts';
import { temporaryFolder } from './folder.ts';

/* The built worker, in Chromium as Debian has it. CI installs it; elsewhere these tests are skipped without it. */
const CHROMIUM = '/usr/bin/chromium';
export const isThere = process.env.CI === 'true' || existsSync(CHROMIUM);
const OPTIONS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A query with too many values. */
export const TOO_MUCH = `/?tag=${Array.from({ length: 65 }, (_, number) => `t${number}`).join()}`;
export const ARABIC = '/articles/الميناء-مغلق';
/** Documents for pages of all kinds. */
export const SEEDS = {
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

/** The address of the site, and the browser, once `serveToBrowser` has opened them. */
export let origin: string;
export let browser: Browser;

/** Serves the site and opens a browser for the tests of a file. */
export function serveToBrowser(): void {
  let harness: TestHarness | undefined;
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
    const store = `${out}/assets/store`;
    const isRecording = (name: string): boolean => /-\d+$/.test(name);
    for (const name of readdirSync(store)) if (!isRecording(name)) await rm(`${store}/${name}`);
    harness = await serveBuild(`${out}`);
    origin = (await harness.listen()).url.origin;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: OPTIONS });
  });

  afterAll(async () => {
    await browser?.close();
    await harness?.close();
    await Promise.all(folders.map(({ remove }) => remove()));
  });
}

/** Shows a page to a visitor, and fails when the browser complains of anything but the status of an error page. */
export async function visit(
  path: string,
  use: (page: Page, context: BrowserContext) => Promise<void>,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme });
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(origin + path);
    await use(page, context);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

/** What the browser complains of, as it comes. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (!/status of (?:400|404|410|500|503)/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails where a page breaks a rule of axe or is wider than the screen: wide and light, narrow and dark. */
export async function expectAccessible(page: Page): Promise<void> {
  // The result of the script itself would be serialized.
  await page.evaluate(`${axe}\nvoid 0`);
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [320, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate(
      `axe.run({ runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
    );
    expect(violations, `${width} ${colorScheme}`).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
}
