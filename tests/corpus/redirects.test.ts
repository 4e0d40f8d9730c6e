import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Redirect } from '../../src/config/generator.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { file, makeAppFrom, makeSite, NOW, seedFiles } from '../support/app.ts';

const page = (path: string, body: string): SourceFile =>
  file(
    path,
    `<!doctype html><title>The page ${path}</title><h1>The page ${path}</h1><p><time datetime="2020-05-02">2 May 2020</time></p><p>Words of a paragraph.</p>${body}`,
  );

const moved = (path: string, to: string): SourceFile =>
  file(
    path,
    `<!doctype html><title>Moved</title><meta http-equiv="refresh" content="0; url=${to}"><p>This page has moved: <a href="${to}">here</a>.</p>`,
  );

async function site(files: readonly SourceFile[], redirects: readonly Redirect[] = []) {
  const { ask, read } = await makeAppFrom({ ...seedFiles(files), redirects }, { site: makeSite() });
  const { items } = JSON.parse(await read('/feed.json'));
  return {
    titles: items.map(({ title }: { title: string }) => title),
    content: items.map((item: { content_html: string }) => item.content_html).join(''),
    end: async (address: string) => (await ask(address)).headers.get('location'),
  };
}

test('a document that only leads to another is no article: links and requests go on to the other', async () => {
  const { titles, content, end } = await site([
    page(
      'news/a.html',
      '<a href="../old/b.html#p">b</a> <a href="/old/c/">c</a> <a href="../old/d.html">d</a>',
    ),
    page('news/b.html', '<h2 id="p">Part</h2><p>Words.</p>'),
    moved('old/b.html', '../news/b.html'),
    moved('old/c/index.html', 'https://a.example/news/b.html'),
    moved('old/d.html', 'https://a.example/elsewhere.html'),
    file('e.md', '---\ntitle: E\nredirect_to:\n- /news/b.html\n---\n'),
  ]);
  expect(titles.toSorted()).toEqual(['The page news/a.html', 'The page news/b.html']);
  expect(content).toContain("href='https://news.example/articles/b#p'>b</a>");
  expect(content).toContain("href='https://news.example/articles/b'>c</a>");
  expect(content).not.toContain('>d</a>');
  for (const address of ['/old/b.html', '/old/c/', '/e'])
    expect(await end(address)).toMatch(/\/articles\/b$/);
  expect(await end('/old/d.html')).toBeNull();
});

test('redirects lead to documents, lists and feeds, in links as in requests', async () => {
  const { content, end } = await site(
    [page('a.html', '<a href="/x">x</a> <a href="/y#p">y</a> <a href="/loop">l</a>'), page('b.html', '')],
    [
      { from: '/x', to: '/b.html' },
      { from: '/y', to: '/x' },
      { from: '/list', to: '/years/2020' },
      { from: '/old-feed', to: '/rss.xml' },
      { from: '/b.html', to: '/a.html' },
      { from: '/loop', to: '/loop' },
      { from: '/away', to: 'https://elsewhere.example/some/a' },
    ],
  );
  expect(content).toContain("href='https://news.example/articles/b'>x</a>");
  expect(content).toContain("href='https://news.example/articles/b#p'>y</a>");
  expect(content).not.toContain('>l</a>');
  expect(await end('/x')).toMatch(/\/articles\/b$/);
  expect(await end('/y/')).toMatch(/\/articles\/b$/);
  expect(await end('/list')).toMatch(/\/years\/2020$/);
  expect(await end('/old-feed')).toMatch(/\/rss\.xml$/);
  // A document is at its own address.
  expect(await end('/b.html')).toMatch(/\/articles\/b$/);
  expect(await end('/away')).toBeNull();
});

test('redirects to a picture or a list that only scheduled articles have lead nowhere until then', async () => {
  const scheduled = (path: string, date: string, words: string): SourceFile =>
    file(path, `---\ntitle: ${path}\ndate: ${date}\ntags: [later]\n---\n\n${words}\n`);
  const documents = [
    scheduled('news/a.md', '2026-12-01', 'Text. ![x](x.png)'),
    file('c.md', '---\ntitle: C\ndate: 2026-12-01\naliases: [/years/2020]\n---\n\nText.\n'),
    file(
      'b.md',
      '---\ntitle: B\ndate: 2020-05-02\n---\n\n[A](/tags/later) [B](/from/list) [C](/years/2020)\n',
    ),
  ];
  const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
  let now = NOW;
  const { ask, read } = await makeAppFrom(
    {
      ...seedFiles(documents, { 'news/x.png': picture }),
      redirects: [
        { from: '/from/list', to: '/tags/later' },
        { from: '/from/news', to: '/collections/news/rss.xml' },
        { from: '/from/index', to: '/tags' },
        { from: '/from/query', to: '/?tag=later&year=2026' },
        { from: '/from/picture', to: '/news/x.png' },
        { from: '/from/year', to: '/years/2020' },
      ],
    },
    { now: () => now },
  );
  const paths = ['list', 'news', 'index', 'query', 'picture', 'year'].map((name) => `/from/${name}`);
  const ends = () => Promise.all(paths.map(async (path) => (await ask(path)).headers.get('location')));
  expect(await ends()).toEqual([...Array(5).fill(null), 'https://news.example/years/2020']);
  const { items } = JSON.parse(await read('/feed.json'));
  expect(items[0].content_html).toBe(
    "<p><span>A</span> <span>B</span> <a href='https://news.example/years/2020'>C</a></p>",
  );
  now = Date.parse('2026-12-02');
  expect(await ends()).toEqual([
    'https://news.example/tags/later',
    'https://news.example/collections/news/rss.xml',
    'https://news.example/tags',
    'https://news.example/?tag=later&year=2026',
    expect.stringMatching(/^https:\/\/news\.example\/media\/.*\/x\.png$/),
    'https://news.example/articles/c',
  ]);
});
