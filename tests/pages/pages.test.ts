import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { documentOf, file, fixtureFiles, makeApp, makeAppFrom, seedFiles } from '../support/app.ts';
import { ask, BROWSER, REPORT_PATH, read, SEED, structuredData } from '../support/report-site.ts';
import { schemaFaults } from '../support/schema-org.ts';

describe('the policy of pages', () => {
  test.each(['/', SEED, REPORT_PATH, '/rss.xml', '/search?q=harbour', '/feeds', '/nowhere', '/tags/harbour'])(
    '%s allows its own stylesheet and script, and nothing else that runs',
    async (path) => {
      const response = await ask(path, BROWSER);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).not.toContain('unsafe');
      const page = await response.text();
      for (const element of ['style', 'script']) {
        const allowed = policy.split('; ').find((directive) => directive.startsWith(`${element}-src `));
        for (const [, text = ''] of page.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))) {
          const hash = createHash('sha256').update(text).digest('base64');
          expect(allowed).toContain(`'sha256-${hash}'`);
        }
      }
      expect(page).not.toMatch(/ style=| on[a-z]+="|<script src|javascript:/);
      expect(page).toMatch(/<style>.+<\/style>/s);
    },
  );

  test('a text article is one request of less than 30 KB', async () => {
    const page = await read(SEED);
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
    expect(page).not.toMatch(/<link rel="stylesheet|<script src/);
  });
});

describe('a page of the site', () => {
  const about = makeApp([
    ...fixtureFiles(),
    file(
      'about-us.md',
      '---\ntitle: About us\ndate: 2026-01-02\nauthor: Jane Roe\ntags: [Harbour]\n---\nThree people.\n',
    ),
    file('notes/the-team.md', '---\ntitle: The team\nlayout: page\ndate: 2026-01-02\n---\nJane.\n'),
  ]);

  test.each(['/articles/about-us', '/articles/the-team'])(
    '%s has neither author, date nor neighbours',
    async (path) => {
      const page = await (await about).read(path);
      expect(page).toMatch(
        /<main [^>]*>\n<article lang="en" dir="ltr">\n<header>\n<h1>[\w ]+<\/h1>\n<\/header>\n<div class="content e-content">/,
      );
      expect(page).not.toMatch(/<time|p-author|class="about"|class="around"|article:published_time/);
      expect(structuredData(page)).toMatchObject({ '@type': 'WebPage', isPartOf: { '@type': 'WebSite' } });
      expect(schemaFaults(structuredData(page))).toEqual([]);
      expect(page).not.toContain('noindex');
    },
  );
});

describe('errors have the site’s face', () => {
  test('with a search, and no word of the address', async () => {
    const response = await ask('/nowhere-at-all', BROWSER);
    const page = await response.text();
    expect(response.status).toBe(404);
    expect(page).toMatch(/<h1>Not found<\/h1>.*<form role="search" action="\/search">.* data-address>/s);
    expect(page).not.toContain('nowhere-at-all');
  });

  test('and nothing else where the fault is ours', async () => {
    const failing = await makeApp(fixtureFiles());
    failing.app.get('/failure', () => {
      throw new Error('a secret');
    });
    const complain = vi.spyOn(console, 'error').mockReturnValue();
    const response = await failing.ask('/failure', BROWSER);
    expect(response.status).toBe(500);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = await response.text();
    expect(page).toContain('<h1>Something went wrong</h1>\n<p>The fault is ours.');
    expect(page).not.toMatch(/secret|<script>|role="search"/);
    expect(complain).toHaveBeenCalledOnce();
    complain.mockRestore();
  });

  test('with the title of an article that was removed, and the day on which it was', async () => {
    const documents = [
      file('a.txt', documentOf('Kept', '1.1.2021')),
      file('b.txt', documentOf('Gone', '2.1.2021')),
    ];
    const { ledger } = await makeAppFrom(seedFiles(documents));
    const later = await makeAppFrom(seedFiles(documents.slice(0, 1), {}, ledger));
    const response = await later.ask('/articles/gone', BROWSER);
    expect(response.status).toBe(410);
    const page = await response.text();
    expect(page).toContain(
      '<strong dir="auto">Gone</strong><br>Removed on <time datetime="2026-11-22T12:00:00.000Z">November 22, 2026</time>',
    );
    expect(page).toMatch(/<input type="search" name="q" value="Gone"/);
  });
});
