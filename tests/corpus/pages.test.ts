import { describe, expect, test } from 'vitest';
import type { GeneratorName } from '../../src/config/generator.ts';
import type { Site } from '../../src/config/site.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { compileFiles, file, makeApp, makeGenerator, makeSite, NOW, seedFiles } from '../support/app.ts';

const dated = (path: string, more = ''): SourceFile =>
  file(path, `---\ntitle: Dated ${path}\ndate: 2021-02-03\nlang: en\n${more}---\nText of ${path}.\n`);
const undated = (path: string, more = ''): SourceFile =>
  file(path, `---\ntitle: Undated ${path}\nlang: en\n${more}---\nWords of ${path}.\n`);

const POSTS = ['a', 'b', 'c', 'd', 'e'].map((name) => dated(`posts/${name}.md`));

async function pagesOf(
  files: readonly SourceFile[],
  more: Partial<Site> = {},
): Promise<Record<string, string>> {
  const { pages } = await compileFiles(seedFiles([...files]), { ...makeSite(), ...more }, NOW);
  return Object.fromEntries(pages.map(({ path, reason }) => [path, reason]));
}

describe('a page', () => {
  test('says so, has the name of one, is a list, or has no date where others have', async () => {
    const files = [
      ...POSTS,
      dated('stated.md', 'layout: page\n'),
      dated('typed.md', 'type: page\n'),
      dated('about.md'),
      undated('contact/index.md'),
      undated('pages/any.md'),
      undated('tags/sea.md'),
      undated('404.md'),
      undated('posts/late.md'),
      undated('loose.md'),
      undated('README FIRST.md'),
      undated('p/gigs.md'),
      undated('wp-login.php.md'),
      undated('user/login.md'),
      undated('wiki/_Sidebar.md'),
    ];
    expect(await pagesOf(files)).toEqual({
      'stated.md': 'stated',
      'typed.md': 'stated',
      'about.md': 'by its name',
      'contact/index.md': 'by its name',
      'pages/any.md': 'in a folder of pages',
      'tags/sea.md': 'a list',
      '404.md': 'a list',
      'posts/late.md': 'without a date',
      'loose.md': 'without a date',
      'README FIRST.md': 'by its name',
      'p/gigs.md': 'in a folder of pages',
      'wp-login.php.md': 'in a folder of pages',
      'user/login.md': 'in a folder of pages',
      'wiki/_Sidebar.md': 'in a folder of pages',
    });
  });

  test('may have the layout of a list of posts', async () => {
    const files = [
      ...POSTS,
      undated('blog/index.html', 'layout: blog\n'),
      undated('on-air.md', 'layout: podcast\n'),
    ];
    expect(await pagesOf(files)).toEqual({ 'blog/index.html': 'a list', 'on-air.md': 'without a date' });
  });

  test('is a section, even with the type of its posts', async () => {
    const files = [...POSTS, undated('posts/_index.md', 'type: post\n'), undated('posts/_index.fr.md')];
    expect(await pagesOf(files)).toEqual({ 'posts/_index.md': 'stated', 'posts/_index.fr.md': 'stated' });
  });

  test('is a folder’s own undated document, which is called like it', async () => {
    const files = [
      ...POSTS.map(({ path }) => dated(`1_${path}`)),
      undated('1_posts/posts.md'),
      dated('a/a.md'),
    ];
    expect(await pagesOf(files)).toEqual({ '1_posts/posts.md': 'a list' });
  });

  test('is what others include, even with the type of posts', async () => {
    const files = [
      ...POSTS,
      dated('posts/d.md', 'type: post\n'),
      undated('posts/part.md', 'type: post\n'),
      file('posts/e.md', '---\ntitle: E\ndate: 2021-02-03\n---\nA.\n\n{% include_relative part.md %}\n'),
    ];
    expect(await pagesOf(files)).toEqual({ 'posts/part.md': 'imported by others' });
  });

  test('is what frames show', async () => {
    const page = (path: string, text: string): SourceFile => file(path, `<html>${text}</html>`);
    const frames = '<FRAMESET cols="9,*"><frame src="menu.htm"><FRAME name=main SRC=start.htm ></FRAMESET>';
    const text = '<body><h1>Words</h1><p>Text of a paragraph, and more of it.</p></body>';
    const files = [
      ...POSTS,
      page('site/home.htm', `${frames}<noframes><body><p>Text.</p></body></noframes>`),
      page('site/menu.htm', text),
      page('site/start.htm', text),
      page('site/other.htm', `${text}<p>May 20, 2016</p>`),
    ];
    const pages = await pagesOf(files);
    expect(pages['site/menu.htm']).toBe('imported by others');
    expect(pages['site/start.htm']).toBe('imported by others');
    expect(pages['site/other.htm']).toBeUndefined();
  });

  test('of a copied site is a list if it has the address or the form of one, even with a date', async () => {
    const page = (path: string, text: string, address = ''): SourceFile =>
      file(
        path,
        `<html lang=en><head><title>${path}</title><link rel=canonical href="${address}"></head><body><main>${text}</main></body></html>`,
      );
    const day = '<p>May 20, 2016</p><p>Some words of an article, and some more of them.</p>';
    const teasers = '<h2><a href=/posts/a>A</a></h2><p>x</p><h2><a href=b.html>B</a></h2><p>y</p>';
    const whole = ['c', 'd', 'e', 'f']
      .map(
        (name) =>
          `<li><a href=https://a.example/${name}/>An entry ${name}</a> <time datetime=2021-02-03>3 Feb</time></li>`,
      )
      .join('');
    const elsewhere = teasers.replace('/posts/', 'https://a.example/');
    const files = [
      ...POSTS,
      page('index.html', day),
      page('search/label/kelp.html', day),
      page('posts/page/2.html', day),
      page('posts/f.html', day),
      page('old/list.html', `${day}${teasers}`),
      page('old/links.html', `${day}${elsewhere}`),
      page('old/own.html', whole, 'https://a.example/old/own'),
      page('old/other.html', whole, 'https://b.example/old/other'),
      page('old/review.html', `${day}${teasers}<h2>Our year</h2><p>z</p>`),
      page('mail/2004-June/000012.html', day),
      page('mail/2004-June/thread.html', day),
      page('mail/thread.html', day),
    ];
    expect(await pagesOf(files)).toEqual({
      'index.html': 'a list',
      'search/label/kelp.html': 'a list',
      'posts/page/2.html': 'a list',
      'old/list.html': 'a list',
      'old/own.html': 'a list',
      'mail/2004-June/thread.html': 'a list',
    });
    const copied = [
      'index',
      '2016/05/index',
      'tag/x',
      'archives/cat_x',
      'archives/2016_05',
      'archives/week_2016_05_01',
    ].map((name) => `a.example/${name}.html`);
    const pages = await pagesOf(
      [...POSTS, ...copied.map((path) => page(path, day)), page('a.example/2016/05/one.html', day)],
      { copiedFrom: 'https://a.example' },
    );
    expect(pages).toEqual(Object.fromEntries(copied.map((path) => [path, 'a list'])));
  });

  test('is none where most have no date, where it says that it is a post, and where nothing else is there', async () => {
    expect(await pagesOf([...POSTS, ...['x', 'y', 'z'].map((name) => undated(`notes/${name}.md`))])).toEqual(
      {},
    );
    expect(await pagesOf([...POSTS, undated('about.md', 'type: post\n'), dated('posts/about.md')])).toEqual(
      {},
    );
    expect(await pagesOf([undated('about.md')])).toEqual({});
  });

  test('is no document that says that its date is unknown', async () => {
    const files = [
      ...POSTS,
      undated('posts/x.md', 'date: unknown\n'),
      file('posts/y.txt', 'AN OLD PAPER\n\nDate: n.d.\n\nWords.\n'),
    ];
    expect(await pagesOf(files)).toEqual({});
  });

  test('is what a generator has beside its dated posts, but not a note of a vault', async () => {
    const docs = ['x', 'y', 'z'].map((name) => undated(`docs/${name}.md`));
    const of = async (name: GeneratorName) =>
      Object.keys(await pagesOf([...POSTS, ...docs], { generator: makeGenerator(name) }));
    expect(await of('Gatsby')).toEqual(['docs/x.md', 'docs/y.md', 'docs/z.md']);
    expect(await of('Obsidian')).toEqual([]);
  });

  test('is everything undated beside two dated posts of a generator', async () => {
    const files = [dated('posts/a.md'), dated('posts/b.md'), undated('docs/x.md')];
    expect(await pagesOf(files, { generator: makeGenerator('Hugo') })).toEqual({
      'docs/x.md': 'without a date',
    });
    expect(await pagesOf(files)).toEqual({});
  });

  test('is everything undated beside the dated posts of each language', async () => {
    const files = ['en', 'fr'].flatMap((language) => [
      ...['a', 'b', 'c'].map((name) => dated(`content/${language}/blog/${name}.md`)),
      ...['x', 'y', 'z'].map((name) => undated(`content/${language}/docs/${name}.md`)),
    ]);
    const generator = makeGenerator('Vite', { contentRoots: ['content/'] });
    expect(Object.keys(await pagesOf(files, { generator }))).toEqual(
      files.map(({ path }) => path).filter((path) => path.includes('/docs/')),
    );
  });

  test('is what a generator has outside the folder of its posts', async () => {
    const permalinks = ['_posts', '_logs', 'blog'].map((section) => ({ section, pattern: '/:path/' }));
    const of = async (name: GeneratorName, ...files: readonly SourceFile[]) =>
      pagesOf(files, {
        generator: makeGenerator(name, { contentRoots: ['docs/', 'posts/', 'pages/'], permalinks }),
      });
    expect(await of('MkDocs', dated('docs/blog/posts/a.md'), dated('docs/setup.md'))).toEqual({
      'docs/setup.md': 'outside the posts',
    });
    expect(await of('Nikola', dated('posts/a.md'), dated('pages/b.md'))).toEqual({
      'pages/b.md': 'outside the posts',
    });
    expect(await of('VuePress', dated('docs/_posts/a.md'), dated('docs/guide.md'))).toEqual({
      'docs/guide.md': 'outside the posts',
    });
    expect(await of('VuePress', dated('docs/_logs/a.md'), dated('docs/guide.md'))).toEqual({
      'docs/guide.md': 'outside the posts',
    });
    expect(await of('Astro', dated('docs/fr/blog/a.md'), dated('docs/fr/guide.md'))).toEqual({
      'docs/fr/guide.md': 'outside the posts',
    });
    expect(await of('VuePress', dated('docs/a.md'), dated('docs/b.md'))).toEqual({});
  });

  test('that is a feed, or a list that a script fills, is left out of a copied site', async () => {
    const files = [
      file('2021/a/index.html', '<title>A</title><article><h1>A</h1><p>Words of an article.</p></article>'),
      file('feed/index.html', '<?xml version="1.0"?>\n<rss version="2.0"><channel></channel></rss>'),
      file('search.html', '<title>Search</title><nav><a href="/">Home</a></nav><script src="x.js"></script>'),
    ];
    const { outcomes } = await compileFiles(seedFiles(files), makeSite(), NOW);
    expect(outcomes.map(({ status }) => status)).toEqual(['published', 'excluded', 'excluded']);
  });

  test('without words is left out where a template fills it, but not a note that others link to', async () => {
    const files = [...POSTS, file('archive.md', '---\ntitle: Archive\n---\n'), dated('posts/z.md')];
    const of = async (name: GeneratorName) => {
      const site = { ...makeSite(), generator: makeGenerator(name) };
      const { outcomes } = await compileFiles(seedFiles(files), site, NOW);
      return outcomes.find(({ path }) => path === 'archive.md')?.status;
    };
    expect(await of('Jekyll')).toBe('excluded');
    expect(await of('Obsidian')).toBe('published');
  });

  test('is none if it is a dated post below the folder of all pages', async () => {
    expect(
      await pagesOf([dated('pages/posts/a.md'), undated('pages/posts/b.md'), dated('pages/uses.md')]),
    ).toEqual({
      'pages/posts/b.md': 'in a folder of pages',
      'pages/uses.md': 'in a folder of pages',
    });
  });

  test('has an address, is found, and stands in the sitemap, but in no feed', async () => {
    const { ask, read } = await makeApp([...POSTS, undated('about.md')]);
    const text = async (path: string): Promise<string> => read(path);
    expect((await ask('/articles/about')).status).toBe(200);
    expect(await text('/search?q=words')).toContain('/articles/about');
    expect(await text('/sitemap.xml')).toContain('/articles/about');
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/feed.json?q=words'])
      expect(await text(path)).not.toContain('Undated');
    expect(await text('/')).toContain('<a href="/articles/about">Undated about.md</a>');
  });
});

test('an undated index of a folder with dated documents is a list, in any folder', async () => {
  const files = [
    dated('2003/05/a.md'),
    undated('2003/05/index.md'),
    undated('2003/README.md'),
    undated('other/index.md'),
    dated('one/index.md'),
    undated('other/b.md'),
  ];
  expect(await pagesOf(files)).toEqual({ '2003/05/index.md': 'a list', '2003/README.md': 'a list' });
});
