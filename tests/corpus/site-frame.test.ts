import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileFiles, file, makeApp, makeSite, markdownOf, NOW, seedFiles } from '../support/app.ts';

const DOCUMENTS = [
  file('about.md', '---\ntitle: About us\npermalink: /who/we-are/\n---\nThree people.\n'),
  file('sea/a.md', markdownOf({ title: 'A', date: '2026-01-01', tags: ['Salt'] })),
  file('sea/b.md', markdownOf({ title: 'B', date: '2030-01-01', tags: ['Later'] })),
];
const PICTURE = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
const MEDIA = { 'art/logo.png': PICTURE, 'art/notes.txt': new TextEncoder().encode('Notes') };

/** The links at the top and at the foot of a page, and what the build warns of. */
async function frameOf(
  settings: object,
): Promise<{ nav: string[]; foot: string[]; warnings: readonly string[] }> {
  const site = makeSite(settings);
  const { read } = await makeApp(DOCUMENTS, { site, media: MEDIA });
  const page = await read('/articles/a');
  const linksIn = (part: RegExp): string[] =>
    [...(part.exec(page)?.[0] ?? '').matchAll(/<a[^>]*href="([^"]*)"/g)].map(([, url = '']) => url);
  const { warnings } = await compileFiles(seedFiles(DOCUMENTS, MEDIA), site, NOW);
  return {
    nav: linksIn(/<nav aria-label.*?<\/nav>/s).slice(0, -1),
    foot: linksIn(/<footer class="foot".*?<\/footer>/s),
    warnings,
  };
}

const link = (url: string): object => ({ label: 'L', url });

describe('the links of the site', () => {
  test.each([
    ['/who/we-are', '/articles/we-are'],
    ['/about', '/articles/we-are'],
    ['/about.md', '/articles/we-are'],
    ['/about#people', '/articles/we-are#people'],
    ['/tags/salt', '/tags/salt'],
    ['/tags', '/tags'],
    ['/collections/sea', '/collections/sea'],
    ['/archive/1', '/archive/1'],
    ['/search', '/search'],
    ['https://elsewhere.example/about', 'https://elsewhere.example/about'],
  ])('lead to %s as %s', async (stated, expected) => {
    const { nav, foot, warnings } = await frameOf({ nav: [link(stated)], footer: [link(stated)] });
    expect([nav, foot[0]]).toEqual([[expected], expected]);
    expect(warnings).toEqual([]);
  });

  test('that lead nowhere are named, but not those to what is yet to appear', async () => {
    const { nav, warnings } = await frameOf({
      nav: [link('/abuot'), link('/tags/later'), link('/sea/b')],
      footer: [link('/tags/nowhere')],
    });
    expect(nav).toEqual(['/abuot', '/tags/later', '/sea/b']);
    expect(warnings).toEqual(
      [
        ['/abuot', 'nav'],
        ['/tags/nowhere', 'footer'],
      ].map(
        ([url, menu]) =>
          `Cannot find "${url}" of ${menu} in seeds/site.toml: expected the address of a document, of a list, or of a file`,
      ),
    );
  });

  test('are those of usual pages where the site states none', async () => {
    expect((await frameOf({})).nav).toEqual(['/articles/we-are']);
  });
});

describe('the logo', () => {
  test('stands in place of the title, in its own proportions', async () => {
    const { read } = await makeApp(DOCUMENTS, {
      site: makeSite({ logo: 'art/logo.png' }),
      media: MEDIA,
    });
    for (const path of ['/', '/articles/a']) {
      expect(await read(path)).toMatch(
        /class="name"[^>]*><img class="logo" src="https:\/\/news\.example\/media\/[\da-f]{16}\/logo\.png" alt="Example News" width="\d+" height="\d+"></,
      );
    }
  });

  test.each(['art/nowhere.png', 'art/notes.txt'])('has to be a picture: %s', async (logo) => {
    expect((await frameOf({ logo })).warnings).toContain(
      `Cannot use logo "${logo}" in seeds/site.toml: expected a picture in seeds/ that states its size`,
    );
  });
});
