import { describe, expect, test } from 'vitest';
import { file, makeApp } from '../support/app.ts';

const DOCUMENT = `---
title: The dredger
date: 2026-03-01
lang: en
updated: 2026-03-02
corrections:
  - 2026-03-04: "She is *Dutch, not Danish."
  - date: 2026-03-03
    text: She came at dawn.
---

The dredger came in.
`;

const { ask } = await makeApp([
  file('the-dredger.md', DOCUMENT),
  file(
    'der-bagger.md',
    DOCUMENT.replace('title: The dredger', 'title: Der Bagger').replace('lang: en', 'lang: de'),
  ),
  file(
    'own.md',
    '---\ntitle: Own\ndate: 2026-03-01\nerrata: Wrong.\n---\n\n<h2 id="corrections">Mine</h2>\n',
  ),
]);

const read = async (path: string): Promise<string> => (await ask(path)).text();

describe('corrections', () => {
  test.each([
    '/articles/the-dredger',
    '/rss.xml',
    '/feed.json',
    '/articles/the-dredger.md',
    '/articles/the-dredger.txt',
  ])('are told in %s, the oldest first', async (path) => {
    expect((await read(path)).replaceAll('\\*', '*')).toMatch(
      /March 3, 2026(?:<\/time>)?: She came at dawn\..*March 4, 2026(?:<\/time>)?: She is \*Dutch, not Danish\./s,
    );
  });

  test('are a change of the article', async () => {
    expect(await read('/atom.xml')).toContain('<updated>2026-03-04T00:00:00.000Z</updated>');
  });

  test('are linked at the top of the page, in the language of the article', async () => {
    const page = await read('/articles/der-bagger');
    expect(page).toContain('<a href="#corrections">Korrekturen</a>');
    expect(page).toContain(
      "<section id='corrections'><h2>Korrekturen</h2><p><time datetime='2026-03-03'>3. März 2026</time>: ",
    );
  });

  test('take no id that the document has', async () => {
    expect((await read('/articles/own')).match(/id=['"]corrections['"]/g)).toHaveLength(1);
  });
});

describe('a table of contents', () => {
  const long = (headings: readonly string[], words = 200): string =>
    `---\ntitle: Long\ndate: 2026-03-01\n---\n\n${headings.map((heading) => `${heading}\n\n${'word '.repeat(words)}\n`).join('\n')}`;

  test('leads to the headings of a long article, each with an id of its own', async () => {
    const app = await makeApp([
      file('long.md', long(['## One', '### Öl & *gas*', '### One', '## Two', '## 三', '#### Deep'])),
    ]);
    const page = await app.read('/articles/long');
    const [, toc = ''] = /<nav class="toc"[^>]*>(.*?)<\/nav>/s.exec(page) ?? [];
    const links = [...toc.matchAll(/<a href="#([^"]*)">([^<]*)</g)].map(([, id, title]) => [id, title]);
    expect(links).toEqual([
      ['one', 'One'],
      [expect.stringMatching(/^.+$/), 'Öl &#38; gas'],
      ['one-2', 'One'],
      ['two', 'Two'],
      [expect.stringMatching(/^.+$/), '三'],
    ]);
    for (const [id = ''] of links) expect(page.split(`id='${id}'`)).toHaveLength(2);
    expect(toc.match(/<ol>/g)).toHaveLength(2);
  });

  test.each([
    ['few headings', long(['## One', '## Two', '## Three'], 500)],
    ['little text', long(['## One', '## Two', '## Three', '## Four'], 20)],
  ])('is not there with %s', async (_, text) => {
    const app = await makeApp([file('long.md', text)]);
    expect(await app.read('/articles/long')).not.toContain('class="toc"');
  });
});
