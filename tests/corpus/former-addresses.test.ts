import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Generator } from '../../src/config/generator.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { file, makeApp, makeGenerator, makeSite, markdownOf } from '../support/app.ts';

const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));

const post = (path: string, more: Readonly<Record<string, unknown>> = {}): SourceFile =>
  file(
    path,
    markdownOf({ title: `The post ${path}`, date: '2020-05-02', lang: 'en', body: 'Text.', ...more }),
  );

/** Where requests end, by their addresses; after at most one redirect. */
async function ends(
  files: readonly SourceFile[],
  addresses: readonly string[],
  options: Parameters<typeof makeApp>[1] = {},
): Promise<Record<string, string | number>> {
  const { ask } = await makeApp(files, options);
  const found = addresses.map(async (address): Promise<[string, string | number]> => {
    const response = await ask(address);
    if (response.status !== 308 && response.status !== 301) return [address, response.status];
    const { pathname } = new URL(response.headers.get('location') ?? '', 'https://news.example');
    expect((await ask(pathname)).status, pathname).toBe(pathname.startsWith('/media/') ? 404 : 200);
    return [address, pathname];
  });
  return Object.fromEntries(await Promise.all(found));
}

describe('a request for a former address', () => {
  test('finds what a document states, whatever the spelling', async () => {
    const files = [
      post('a.md', { slug: 'one', aliases: ['/old/One.html', '/?p=123', '/kış/'], permalink: '/first/one/' }),
      file('b.md', '---\ntitle: B\ndate: 2021-01-01\nslug: two\nredirect_from: /x/y, /x/z/\n---\nText.\n'),
    ];
    const one = [
      '/old/One.html',
      '/old/one',
      '/old/one/',
      '/old/one/index.html',
      '/first/one',
      '/?p=123',
      '/k%C4%B1%C5%9F',
    ];
    expect(await ends(files, [...one, '/x/y/', '/x/z', '/?p=124&utm_source=x', '/old'])).toEqual({
      ...Object.fromEntries(one.map((address) => [address, '/articles/one'])),
      '/x/y/': '/articles/two',
      '/x/z': '/articles/two',
      '/?p=124&utm_source=x': 200,
      '/old': 404,
    });
  });

  test('finds the article whose other form it is, unless a document has the address', async () => {
    const forms = ['amp/', 'amp', 'print/', 'embed/', 'comments', 'comment-page-2/'].map(
      (form) => `/2020/05/one/${form}`,
    );
    const files = [post('2020/05/one.md'), post('2020/05/two.md'), post('2020/05/two/print.md')];
    expect(await ends(files, [...forms, '/2020/05/two/print/', '/2020/05/amp/'])).toEqual({
      ...Object.fromEntries(forms.map((address) => [address, '/articles/one'])),
      '/2020/05/two/print/': '/articles/print',
      '/2020/05/amp/': 404,
    });
  });

  test('finds an article by the id of its document, by its number, and by the name that Notion gave it', async () => {
    const hash = 'aa2b3c4d5e6f47788990aabbccddee01';
    const files = [
      post('map.contour.md', { id: 'Ab3kq9XzLm2PqRsTuV4wX' }),
      post(`Log ${hash}/Rye bread ${hash}.md`),
      post('202102021000 Pellets.md'),
    ];
    const addresses = [
      '/notes/Ab3kq9XzLm2PqRsTuV4wX.html',
      `/Rye-bread-${hash}`,
      '/202102021000',
      '/202102021001',
    ];
    expect(Object.values(await ends(files, addresses))).toEqual([
      '/articles/map-contour',
      '/articles/rye-bread',
      '/articles/202102021000-pellets',
      404,
    ]);
  });

  test('finds an article whose name is the long number of its file', async () => {
    const files = [post('posts/html/148011223344.md'), post('posts/html/2020.md')];
    expect(await ends(files, ['/post/148011223344', '/post/148011223344/any', '/x/2020'])).toEqual({
      '/post/148011223344': '/articles/the-post-posts-html-148011223344-md',
      '/post/148011223344/any': 404,
      '/x/2020': 404,
    });
  });

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
    ];
    expect(await ends(files, addresses)).toEqual({
      '/author/jroe/': '/authors/jane-roe',
      '/author/jroe/rss/': '/authors/jane-roe/rss.xml',
      '/authors/m/feed/atom/': '/authors/max/atom.xml',
      '/author/x/': 404,
      '/tags/c/feed.json': '/tags/c%2B%2B/feed.json',
      '/categories/cat_sea/': '/tags/sea',
    });
  });

  test.each<[string, Generator, string, string]>([
    [
      'Jekyll',
      makeGenerator('Jekyll', { permalinks: [{ section: '_posts', pattern: 'date' }] }),
      '_posts/2020-05-02-a.md',
      '/news/2020/05/02/a.html',
    ],
    [
      'Hexo',
      makeGenerator('Hexo', {
        contentRoots: ['source/_posts/'],
        permalinks: [{ section: '_posts', pattern: ':year/:month/:day/:title/' }],
      }),
      'source/_posts/x/a.md',
      '/2020/05/02/x/a/',
    ],
    [
      'Hugo',
      makeGenerator('Hugo', {
        contentRoots: ['content/'],
        permalinks: [{ section: 'news', pattern: '/:year/:slug/' }],
      }),
      'content/news/a.md',
      '/2020/the-post-content-news-a-md/',
    ],
    [
      'Docusaurus',
      makeGenerator('Docusaurus', {
        permalinks: [{ section: 'blog', pattern: '/blog/:year/:month/:day/:title' }],
      }),
      'blog/2020-05-02-a/index.md',
      '/blog/2020/05/02/a',
    ],
    [
      'Pelican',
      makeGenerator('Pelican', {
        contentRoots: ['content/'],
        permalinks: [{ pattern: 'posts/{date:%Y}/{slug}.html' }],
      }),
      'content/a.md',
      '/posts/2020/a.html',
    ],
    [
      'Astro below a folder',
      makeGenerator('Astro', { contentRoots: ['src/content/'], prefix: 'src/content/' }),
      'blog/a.md',
      '/blog/a/',
    ],
  ])('follows the pattern of %s', async (_, madeFor, path, address) => {
    const files = [post(path), post(path.replace(/a(?=\.md|\/index)/, 'b'), { date: '2021-06-03' })];
    const site = { ...makeSite(), generator: madeFor };
    const article = (await (await makeApp(files, { site })).ask('/feed.json')).text();
    const { pathname } = new URL(JSON.parse(await article).items[1].url);
    expect(await ends(files, [address], { site })).toEqual({ [address]: pathname });
  });

  test('follows the pattern that the site states, with the title or the name of the file', async () => {
    const site = { ...makeSite(), permalink: '/office/:title-:year.asp' };
    const found = await ends(
      [post('figures.md', { title: 'All figures', slug: 'f' })],
      ['/office/figures-2020.asp', '/office/all-figures-2020.asp', '/office/figures-2019.asp'],
      { site },
    );
    expect(Object.values(found)).toEqual(['/articles/f', '/articles/f', 404]);
  });

  test('finds a file by its path below any folder, and a name that is the only one of its date', async () => {
    const files = [
      post('content/notes/a.md', { slug: 'a' }),
      post('content/2019/same.md', { slug: 'older', date: '2019-03-04' }),
      post('content/2020/same.md', { slug: 'newer' }),
      post('content/7.md', { slug: 'seven' }),
    ];
    const found = await ends(files, [
      '/notes/a/',
      '/content/notes/a.md',
      '/blog/a',
      '/2020/05/02/a',
      '/2020/07/02/a',
      '/2019/same',
      '/x/same',
      '/2020/05/same.html',
      '/x/7',
      '/nothing',
    ]);
    expect(Object.values(found)).toEqual([
      '/articles/a',
      '/articles/a',
      '/articles/a',
      '/articles/a',
      404,
      '/articles/older',
      404,
      '/articles/newer',
      404,
      404,
    ]);
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

  test('finds what has another spelling: marks, dots, and more letters than a slug has', async () => {
    const long =
      'the-champions-of-the-program-meet-one-another-in-a-call-of-which-there-is-a-recording-and-a-text';
    const files = [
      post('content/blog/2020-05-02-guide-0.9.0/index.md'),
      post('content/rules.es.md', { slug: 'código', lang: 'es' }),
      post(`content/blog/${long}.md`),
      post('content/blog/2020-05-02-talk/index.md'),
      post('content/blog/2020-05-02-talk/index.es.md', { lang: 'es' }),
    ];
    const site = {
      ...makeSite(),
      generator: makeGenerator('Hugo', {
        contentRoots: ['content/'],
        permalinks: [{ section: 'blog', pattern: '/blog/:year/:month/:day/:contentbasename/' }],
      }),
    };
    const addresses = [
      '/blog/2020/05/02/guide-0.9.0/',
      '/es/c%C3%B3digo/',
      '/es/codigo',
      `/blog/${long}/`,
      '/notes/2020/05/02/talk/',
    ];
    expect(Object.values(await ends(files, addresses, { site }))).toEqual([
      '/articles/guide-0-9-0',
      '/articles/codigo',
      '/articles/codigo',
      expect.stringMatching(/^\/articles\/the-champions-of/),
      '/articles/talk',
    ]);
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
          '/tags/sea/',
          '/tags/lake',
        ],
        { media: { 'authors.yml': Buffer.from(authors) } },
      ),
    ).toEqual({
      '/author/pacha-aka-mauricio-vargas/': author,
      '/blog/authors/jo': author,
      '/tag/node-js-co/': '/tags/node.js-%26-co',
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

  test('finds everything below the folder of the host where the site was', async () => {
    const site = {
      ...makeSite(),
      generator: makeGenerator('Zola', { base: 'blog', contentRoots: ['content/'] }),
    };
    const files = [
      post('content/log/a.md', { tags: ['Sea'], body: '![x](/blog/i/x.png) [list](/blog/log/)' }),
    ];
    const addresses = [
      '/blog/log/a/',
      '/log/a/',
      '/blog/i/x.png',
      '/i/x.png',
      '/blog/log/',
      '/blog/tags/sea/',
      '/blog/',
    ];
    expect(await ends(files, addresses, { site, media: { 'static/i/x.png': picture } })).toEqual({
      '/blog/log/a/': '/articles/a',
      '/log/a/': '/articles/a',
      '/blog/i/x.png': expect.stringMatching(/^\/media\//),
      '/i/x.png': expect.stringMatching(/^\/media\//),
      '/blog/log/': '/collections/log',
      '/blog/tags/sea/': '/tags/sea',
      '/blog/': '/',
    });
  });

  test('finds an alias beside the document, and another name', async () => {
    const files = [post('content/sea/a.md', { aliases: ['older.html', 'Big Water'] })];
    const addresses = ['/sea/older.html', '/older.html', '/sea/big-water', '/sea/oldest.html'];
    const of = (name: 'Hugo' | 'Jekyll') => ({
      ...makeSite(),
      generator: makeGenerator(name, { contentRoots: ['content/'] }),
    });
    expect(Object.values(await ends(files, addresses, { site: of('Hugo') }))).toEqual([
      '/articles/a',
      '/articles/a',
      '/articles/a',
      404,
    ]);
  });

  test('finds nothing of what is hidden, and finds what is visible as if there were nothing else', async () => {
    const hidden = post('later/storm.md', { date: '2099-01-01', aliases: ['/secret/'], body: '![x](x.png)' });
    const visible = post('now/storm.md', { slug: 'out' });
    const media = { 'later/x.png': picture };
    const addresses = ['/secret', '/later/storm/', '/2099/01/01/storm', '/any/storm', '/later/x.png'];
    const without = await ends([visible], addresses, { media });
    expect(await ends([visible, hidden], addresses, { media })).toEqual(without);
    expect(Object.values(without)).toEqual([404, '/articles/out', 404, '/articles/out', 404]);
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

test('the short address of WordPress that is an id is a former address', async () => {
  const files = [post('a.md', { id: 'https://old.example/?p=124' })];
  expect(await ends(files, ['/?p=124'])).toEqual({ '/?p=124': '/articles/a' });
});

test('of translations with one slug, an address without a language is that of the original', async () => {
  const generator = makeGenerator('Pelican', { permalinks: [{ pattern: 'posts/{slug}/' }] });
  const files = [
    post('tern-it.md', { slug: 'tern', lang: 'it' }),
    post('tern.md', { slug: 'tern' }),
    post('a.md', {}),
  ];
  const site = { ...makeSite(), generator };
  expect(await ends(files, ['/posts/tern/'], { site })).toEqual({ '/posts/tern/': '/articles/tern' });
});
