import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/article.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { documentOf, file, makeSite, NOW, seedFiles } from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';

async function articleOf(path: string, text: string): Promise<Article> {
  const { articles } = await collectArticles(seedFiles([file(path, text)]), makeSite(), NOW);
  const [article] = articles;
  if (article === undefined) throw new Error(`no article of ${path}`);
  return article;
}

describe('an article', () => {
  test.each([
    ['a.txt', undefined],
    ['news/a.txt', 'news'],
    ['News & Views/2021/a.txt', 'News & Views'],
    ['_posts/2021-02-03-a.md', 'posts'],
    ['_posts/en/2021-02-03-a.md', 'posts'],
    ['high-water/index.md', undefined],
    ['high-water/index.fr.md', undefined],
    ['blog/high-water/index.md', 'blog'],
  ])('of seeds/%s is in the collection %s', async (path, collection) => {
    expect((await articleOf(path, documentOf('A', '3.2.2021'))).collection).toBe(collection);
  });

  test.each([
    ['en', 'ltr'],
    ['ar', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ku', 'ltr'],
  ])('in the language %s is written %s', async (language, direction) => {
    const article = await articleOf(
      'a.md',
      `---\ntitle: A\ndate: 2021-02-03\nlang: ${language}\n---\nText.\n`,
    );
    expect(article.direction).toBe(direction);
  });

  test('is written as its document says', async () => {
    const page =
      '<html lang="en"><body dir="rtl"><article><h1>A</h1><p>Words of it.</p></article></body></html>';
    expect((await articleOf('a.html', page)).direction).toBe('rtl');
    const note = '---\ntitle: A\ndate: 2021-02-03\nlang: ar\ndir: ltr\n---\nWords.\n';
    expect((await articleOf('a.md', note)).direction).toBe('ltr');
  });

  test('has the recordings that its text plays as enclosures, each once', async () => {
    const { enclosures } = await articleOf(
      'a.md',
      [
        '---\ntitle: A\ndate: 2021-02-03\naudio: https://a.example/one.mp3\n---\nWords.\n',
        '<audio controls src="https://a.example/one.mp3"></audio>\n',
        '<video controls><source src="https://a.example/two" type="video/mp4; codecs=avc1"><source src="https://a.example/two.webm"></video>\n',
        '<audio src="https://a.example/a?b&amp;c=3.ogg"></audio> <audio src="https://a.example/stream"></audio>\n',
        '<picture><source srcset="https://a.example/p.webp"><img src="https://a.example/p.png" alt=""></picture>\n',
      ].join('\n'),
    );
    expect(enclosures).toEqual([
      { url: 'https://a.example/one.mp3', type: 'audio/mpeg' },
      { url: 'https://a.example/two', type: 'video/mp4' },
    ]);
  });
});

describe('the address that a page gives', () => {
  const pageAt = (path: string, address: string, site = 'Harbour Times'): SourceFile =>
    file(
      path,
      `<html><head><title>${path}</title><link rel="canonical" href="${address}"><meta property="og:site_name" content="${site}"></head><body><article><h1>${path}</h1><p>Words of ${path} that are its own.</p></article></body></html>`,
    );
  const collect = async (files: readonly SourceFile[], title = 'Example News') => {
    const collected = await collectArticles(seedFiles(files), makeSite({ title }), NOW);
    return { ...collected, redirects: collected.documents.flatMap(({ identity }) => identity.redirects) };
  };

  test('is its former one, when its site lies here', async () => {
    const { articles, redirects } = await collect([
      pageAt('2021/high-water/index.html', 'https://www.harbour.example/2021/high-water/'),
      pageAt('2021/low.html', 'https://harbour.example/2021/low'),
      pageAt('about.html', 'https://harbour.example/about.html'),
      pageAt('kept.html', 'https://elsewhere.example/2020/1', 'Elsewhere'),
    ]);
    expect(articles.map(({ source }) => source?.title)).toEqual([
      undefined,
      undefined,
      undefined,
      'Elsewhere',
    ]);
    expect(redirects).toEqual(expect.arrayContaining(['/2021/high-water/', '/2021/low', '/about.html']));
  });

  test('is its former one, when its site is named as this one', async () => {
    const { articles, redirects } = await collect(
      [pageAt('x.html', 'https://old.example/p/1')],
      'Harbour times',
    );
    expect(articles[0]?.source).toBeUndefined();
    expect(redirects).toContain('/p/1');
  });

  test('is its source, when it was collected from elsewhere', async () => {
    const { articles, redirects } = await collect([
      pageAt('cuttings/High water - Harbour Times.html', 'https://harbour.example/2021/high-water/'),
      pageAt('cuttings/Low.html', 'https://harbour.example/2021/low-water/'),
      pageAt('cuttings/Fog.html', 'https://harbour.example/2022/fog/'),
    ]);
    expect(articles[0]?.source).toEqual({
      title: 'Harbour Times',
      uri: 'https://harbour.example/2022/fog/',
    });
    expect(articles.every(({ source }) => source !== undefined)).toBe(true);
    expect(redirects.filter((address) => address.startsWith('/'))).toEqual([]);
  });

  test('that several pages give is nobody’s', async () => {
    const { articles, redirects } = await collect(
      ['a.html', 'b.html'].map((path) => pageAt(path, 'https://harbour.example/all')),
      'Harbour Times',
    );
    expect(articles.map(({ source }) => source)).toEqual([undefined, undefined]);
    expect(redirects).not.toContain('/all');
  });

  test('goes with the name of the source that front matter states', async () => {
    const text =
      '---\ntitle: A\ndate: 2021-02-03\nsource: The Paper\ncanonical_url: https://paper.example/1\n---\nWords.\n';
    const { articles } = await collect([file('a.md', text)]);
    expect(articles[0]?.source).toEqual({ title: 'The Paper', uri: 'https://paper.example/1' });
  });
});

test('an id that two documents state is refused by name, but words that several have are no ids', async () => {
  const stating = (path: string, id: string): SourceFile =>
    file(path, `---\ntitle: ${path}\ndate: 2021-02-03\nid: ${id}\n---\nWords of ${path}.\n`);
  const ids = ['Buzzsprout-821258', '5f1e2d3c4b5a69788796a5b4', 'intro', 'step-2-install', 'es6-classes'];
  const files = ids.flatMap((id, at) => [stating(`${at}.md`, id), stating(`copy/${at}.md`, id)]);
  const { outcomes } = await collectArticles(seedFiles(files), makeSite(), NOW);
  expect(outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome.reason] : []))).toEqual(
    [0, 1].map(
      (at) =>
        `Cannot publish seeds/copy/${at}.md: its id "${ids[at]}" belongs to seeds/${at}.md; expected an id of its own`,
    ),
  );
});
