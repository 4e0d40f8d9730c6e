import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { file, makeApp, makeGenerator, makeSite } from '../support/app.ts';
import { ends, post } from '../support/former.ts';

const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));

describe('a request for the former address of a list or a feed', () => {
  test('finds the list of an author by the key that front matter states, and its feed', async () => {
    const author = { login: 'jroe', display_name: 'Jane Roe' };
    const files = [
      file('a.md', `---\ntitle: A\ndate: 2021-01-01\nauthor: ${JSON.stringify(author)}\n---\nText.\n`),
      file(
        'b.md',
        '---\ntitle: B\ndate: 2021-01-01\nauthors: [{name: Max, slug: m}]\ntags: [C++, sea]\n---\nText.\n',
      ),
    ];
    const addresses = [
      '/author/jroe/',
      '/author/jroe/rss/',
      '/authors/m/feed/atom/',
      '/author/x/',
      '/tags/c/feed.json',
      '/categories/cat_sea/',
      '/archive/sea/',
      '/blog/tag:sea',
      '/archive/2021/',
      '/archive/a/',
      '/archive/9',
    ];
    expect(await ends(files, addresses)).toEqual({
      '/author/jroe/': '/authors/jane-roe',
      '/author/jroe/rss/': '/authors/jane-roe/rss.xml',
      '/authors/m/feed/atom/': '/authors/max/atom.xml',
      '/author/x/': 404,
      '/tags/c/feed.json': '/tags/c%2B%2B/feed.json',
      '/categories/cat_sea/': '/tags/sea',
      '/archive/sea/': '/tags/sea',
      '/blog/tag:sea': '/tags/sea',
      '/archive/2021/': '/years/2021',
      '/archive/a/': '/articles/a',
      '/archive/9': 404,
    });
  });

  test('gets the list, the feed or the picture that it meant', async () => {
    const files = [
      file(
        'posts/a.md',
        '---\ntitle: A\ndate: 2020-05-02\nauthor: Jane Roe\ntags: [Deep Water]\nlang: en\n---\n![x](/img/x.png)\n',
      ),
    ];
    const found = await ends(
      files,
      [
        '/tag/deep-water/',
        '/blog/tags/deep-water',
        '/tags/deep-water/index.xml',
        '/posts/index.xml',
        '/blog/rss.xml',
        '/feeds/all.atom.xml',
        '/feed/json',
        '/tag/deep-water/feed/atom/',
        '/blog-feed.xml',
        '/index.php',
        '/?feed=rss2',
        '/?feed=comments-rss2',
        '/index.php?feed=atom',
        '/tag/deep-water/?feed=rss2',
        '/blog?format=rss',
        '/posts?format=rss',
        '/?format=feed&type=atom',
        '/feeds/posts/default',
        '/feeds/posts/default?alt=rss',
        '/feeds/posts/default/-/Deep%20Water',
        '/feeds/posts/default/-/none',
        '/nothing?feed=rss2',
        '/author/jane-roe/',
        '/2020/05/',
        '/posts/',
        '/page/2/',
        '/search/',
        '/img/x.png',
        '/tags/none/index.xml',
        '/category/none/',
        '/img/y.png',
      ],
      { media: { 'static/img/x.png': picture } },
    );
    expect(found).toEqual({
      '/tag/deep-water/': '/tags/deep-water',
      '/blog/tags/deep-water': '/tags/deep-water',
      '/tags/deep-water/index.xml': '/tags/deep-water/rss.xml',
      '/posts/index.xml': '/collections/posts/rss.xml',
      '/blog/rss.xml': '/rss.xml',
      '/feeds/all.atom.xml': '/atom.xml',
      '/feed/json': '/feed.json',
      '/tag/deep-water/feed/atom/': '/tags/deep-water/atom.xml',
      '/blog-feed.xml': '/rss.xml',
      '/index.php': '/',
      '/?feed=rss2': '/rss.xml',
      '/?feed=comments-rss2': 200,
      '/index.php?feed=atom': '/atom.xml',
      '/tag/deep-water/?feed=rss2': '/tags/deep-water/rss.xml',
      '/blog?format=rss': '/rss.xml',
      '/posts?format=rss': '/collections/posts/rss.xml',
      '/?format=feed&type=atom': '/atom.xml',
      '/feeds/posts/default': '/atom.xml',
      '/feeds/posts/default?alt=rss': '/rss.xml',
      '/feeds/posts/default/-/Deep%20Water': '/tags/deep-water/atom.xml',
      '/feeds/posts/default/-/none': 404,
      '/nothing?feed=rss2': 404,
      '/author/jane-roe/': '/authors/jane-roe',
      '/2020/05/': '/years/2020',
      '/posts/': '/collections/posts',
      '/page/2/': '/',
      '/search/': '/search',
      '/img/x.png': expect.stringMatching(/^\/media\/[\da-f]{16}\/x\.png$/),
      '/tags/none/index.xml': 404,
      '/category/none/': 404,
      '/img/y.png': 404,
    });
  });

  test('gets the feed of a value that is named like it, or whose query names it', async () => {
    const files = [post('news/a.md', { tags: ['Deep Water'] }), post('b.md', { lang: 'fr' })];
    const feed = '/tags/deep-water/rss.xml';
    const addresses = {
      '/tags/deep-water.rss': feed,
      '/tag/deep-water.xml': feed,
      '/blog/tags/deep-water.atom': '/tags/deep-water/atom.xml',
      '/feed/by_tag/deep-water.xml': feed,
      '/feed/by_tag/Deep%20Water.xml': feed,
      '/feed/deep-water.xml': feed,
      '/feeds/deep-water.atom.xml': '/tags/deep-water/atom.xml',
      '/tagged/deep-water/rss': feed,
      '/feed/news.xml': '/collections/news/rss.xml',
      '/category/news/feed/': '/collections/news/rss.xml',
      '/category/news/page/2/': '/collections/news',
      '/?tag=Deep%20Water&feed=rss2': feed,
      '/?feed=atom&tag=deep-water': '/tags/deep-water/atom.xml',
      '/years/2020.rss': '/years/2020/rss.xml',
      '/feeds/none.atom.xml': 404,
      '/feed/by_tag/none.xml': 404,
      '/feed/none.xml': 404,
      '/tags/none.rss': 404,
      '/news/none.xml': 404,
      '/blog/index.xml': '/rss.xml',
      '/feed/index.xml': '/rss.xml',
      '/feed/atom.xml': '/atom.xml',
      '/home': '/',
    };
    expect(await ends(files, Object.keys(addresses))).toEqual(addresses);
  });

  test('for the comments gets no feed of articles', async () => {
    const addresses = [
      '/comments/feed/',
      '/comments/feed/atom/',
      '/comments/rss.xml',
      '/feeds/comments/default',
    ];
    expect(new Set(Object.values(await ends([post('a.md')], addresses)))).toEqual(new Set([404]));
  });

  test('gets a list by its slug, with or without marks, and the author by the key in the documents', async () => {
    const authors = 'jo:\n  name: Pachá (aka Mauricio Vargas)\n';
    const files = [
      post('a.md', { tags: ['Node.js & co', 'sea'], author: 'jo' }),
      post('b.md', { tags: ['sea'] }),
    ];
    const author = '/authors/pach%C3%A1-(aka-mauricio-vargas)';
    expect(
      await ends(
        files,
        [
          '/author/pacha-aka-mauricio-vargas/',
          '/blog/authors/jo',
          '/tag/node-js-co/',
          '/feeds/node-js-co.atom.xml',
          '/tags/sea/',
          '/tags/lake',
        ],
        { media: { 'authors.yml': Buffer.from(authors) } },
      ),
    ).toEqual({
      '/author/pacha-aka-mauricio-vargas/': author,
      '/blog/authors/jo': author,
      '/tag/node-js-co/': '/tags/node.js-%26-co',
      '/feeds/node-js-co.atom.xml': '/tags/node.js-%26-co/atom.xml',
      '/tags/sea/': '/tags/sea',
      '/tags/lake': 404,
    });
  });

  test('gets the list of a language, of a section in it, and of what stands behind its page', async () => {
    const words = 'Les mots de cet article sont en français et pas en anglais du tout.';
    const files = [post('posts/a.md'), post('posts/b.fr.md', { lang: 'fr', body: words })];
    const lists = {
      '/fr/': '/languages/fr',
      '/fr/index.xml': '/languages/fr/rss.xml',
      '/fr/posts/': '/?language=fr&collection=posts',
      '/fr/blog/page/2/': '/languages/fr',
      '/posts/page2/': '/collections/posts',
      '/page3': '/',
      '/posts/archive': '/collections/posts',
      '/2020.html': '/years/2020',
      '/2020/05.html': '/years/2020',
      '/feed_rss_created.xml': '/rss.xml',
      '/blog/2020/': '/years/2020',
      '/posts/2020/05': '/?year=2020&collection=posts',
      '/fr/news/2020/': '/?language=fr&year=2020',
      '/fr/feeds/news.rss': '/languages/fr/rss.xml',
      '/feeds/blog.atom': '/atom.xml',
    };
    const { ask } = await makeApp(files);
    const found = Object.keys(lists).map(async (address) => {
      const { pathname, search } = new URL(
        (await ask(address)).headers.get('location') ?? '',
        'https://x.example',
      );
      return [address, pathname + search];
    });
    expect(Object.fromEntries(await Promise.all(found))).toEqual(lists);
    expect(await ends(files, ['/de/', '/fr/news2/', '/fr/posts/x/y/', '/x/2020/'])).toEqual({
      '/de/': 404,
      '/x/2020/': 404,
      '/fr/news2/': 404,
      '/fr/posts/x/y/': 404,
    });
  });
});

test('lists have the names that a configuration gives them, and tags the segments', async () => {
  const lists = { thema: 'tag', wer: 'author', archiv: 'year', neues: 'all' } as const;
  const generator = makeGenerator('Hexo', { lists, tagSegments: { 'Big boats': 'big' } });
  const files = [post('a.md', { tags: ['Big boats'], author: 'Jane Roe' })];
  const addresses = {
    '/thema/big-boats/': '/tags/big-boats',
    '/thema/big/': '/tags/big-boats',
    '/neues/thema/big/': '/tags/big-boats',
    '/wer/jane-roe/index.xml': '/authors/jane-roe/rss.xml',
    '/archiv/2020/05/': '/years/2020',
    '/archiv/': '/',
    '/neues/': '/',
    '/neues/archiv': '/',
    '/wer/': '/authors',
    '/thema/none/': 404,
  };
  const found = await ends(files, Object.keys(addresses), { site: { ...makeSite(), generator } });
  expect(found).toEqual(addresses);
});
