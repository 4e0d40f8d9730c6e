import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Generator } from '../../src/config/generator.ts';
import { file, makeApp, makeGenerator, makeSite } from '../support/app.ts';
import { ends, post } from '../support/former.ts';

const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));

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

  test.each<[string, Generator, string, string, Partial<Record<'slug', string>>?]>([
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
      'Grav, whose documents are folders',
      makeGenerator('Grav', { contentRoots: ['user/pages/'] }),
      'user/pages/02.blog/01.corks/a.md',
      '/blog/corks',
      { slug: 'c' },
    ],
    [
      'Kirby, whose documents are folders',
      makeGenerator('Kirby', { contentRoots: ['content/'] }),
      'content/1_notes/2_sails/a.md',
      '/notes/sails',
      { slug: 'c' },
    ],
    [
      'Docusaurus below the folder of documents',
      makeGenerator('Docusaurus', { mounts: { 'docs/': 'guide/' } }),
      'docs/sea/a.md',
      '/guide/high/water',
      { slug: '/high/water' },
    ],
    [
      'Docusaurus where a part of the site begins',
      makeGenerator('Docusaurus', { mounts: { 'docs/': 'guide/' } }),
      'docs/sea/a.md',
      '/guide/',
      { slug: '/' },
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
  ])('follows the pattern of %s', async (_, madeFor, path, address, more = {}) => {
    const files = [post(path, more), post(path.replace(/a(?=\.md|\/index)/, 'b'), { date: '2021-06-03' })];
    const site = { ...makeSite(), generator: madeFor };
    const article = (await makeApp(files, { site })).read('/feed.json');
    const { pathname } = new URL(JSON.parse(await article).items[1].url);
    expect(await ends(files, [address], { site })).toEqual({ [address]: pathname });
  });

  test.each([
    ['Jekyll', '_docs/a.md', '_tips/a.md', []],
    [
      'Bridgetown',
      'src/_docs/a.md',
      'src/_docs/tips/a.md',
      [{ section: 'docs', pattern: '/:collection/:path.*' }],
    ],
  ] as const)('finds a document in a collection of %s', async (name, path, other, permalinks) => {
    const contentRoots = ['_posts/', 'src/_posts/', 'src/'];
    const generator = makeGenerator(name, { contentRoots, permalinks, collections: ['_docs', '_tips'] });
    const files = [post(path, { slug: 'one' }), post(other, { slug: 'two' })];
    const rest = name === 'Jekyll' ? '/tips/a.html' : '/docs/tips/a/';
    expect(await ends(files, ['/docs/a', rest], { site: { ...makeSite(), generator } })).toEqual({
      '/docs/a': '/articles/one',
      [rest]: '/articles/two',
    });
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

  test('finds what has another spelling: marks, dots, and more letters than a slug has', async () => {
    const long =
      'the-champions-of-the-program-meet-one-another-in-a-call-of-which-there-is-a-recording-and-a-text';
    const files = [
      post('content/blog/2020-05-02-guide-0.9.0/index.md'),
      post('content/rules.es.md', { slug: 'código', lang: 'es' }),
      post(`content/blog/${long}.md`),
      post(`content/blog/${long}.es.md`, { lang: 'es', slug: 'llamada' }),
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
      `/es/blog/${long}/`,
      `/ES/Blog/${long}.html`,
      '/notes/2020/05/02/talk/',
    ];
    expect(Object.values(await ends(files, addresses, { site }))).toEqual([
      '/articles/guide-0-9-0',
      '/articles/codigo',
      '/articles/codigo',
      expect.stringMatching(/^\/articles\/the-champions-of/),
      '/articles/llamada',
      '/articles/llamada',
      '/articles/talk',
    ]);
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

  test('finds an alias of Hugo that is beside the folder of the document', async () => {
    const files = [
      post('content/docs/setup/a.md', { aliases: ['../start/install', './near', '../../run/x.html'] }),
    ];
    const site = { ...makeSite(), generator: makeGenerator('Hugo', { contentRoots: ['content/'] }) };
    const addresses = [
      '/docs/start/install/',
      '/docs/setup/near/',
      '/run/x.html',
      '/docs/setup/start/install',
    ];
    expect(Object.values(await ends(files, addresses, { site }))).toEqual([
      '/articles/a',
      '/articles/a',
      '/articles/a',
      404,
    ]);
  });

  test('finds an alias of Quarto that is in the folder of the document, or from there', async () => {
    const files = [post('posts/a/index.qmd', { slug: 'a', aliases: ['../old-a.html', 'b.html', '/c.html'] })];
    const site = { ...makeSite(), generator: makeGenerator('Quarto') };
    const addresses = ['/posts/old-a.html', '/posts/a/b.html', '/c.html', '/posts/a/old-a.html'];
    expect(Object.values(await ends(files, addresses, { site }))).toEqual([
      '/articles/a',
      '/articles/a',
      '/articles/a',
      404,
    ]);
  });

  test('a file has the address that the configuration gives its folder', async () => {
    const files = [post('a.md', { body: '![x](pics/x.png)' })];
    const generator = makeGenerator('Eleventy', { filePrefixes: { 'shown/': 'pics/' } });
    const addresses = ['/shown/x.png', '/hidden/x.png'];
    const media = { 'pics/x.png': picture };
    expect(
      Object.values(await ends(files, addresses, { site: { ...makeSite(), generator }, media })),
    ).toEqual([expect.stringMatching(/^\/media\//), 404]);
  });

  test('finds an alias below the language of a document in Hugo', async () => {
    const files = [post('content/sea/a.tr.md', { slug: 'b', aliases: ['/older/'] })];
    const generator = makeGenerator('Hugo', { contentRoots: ['content/'] });
    const site = { ...makeSite(), language: 'tr', generator };
    expect(Object.values(await ends(files, ['/tr/older/', '/older/'], { site }))).toEqual([
      '/articles/b',
      '/articles/b',
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
