import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/article.ts';
import type { Site } from '../../src/config/site.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { file, makeApp, makeSite, NOW, seedFiles } from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';

async function articlesOf(files: readonly SourceFile[], site = makeSite()): Promise<Map<string, Article>> {
  const { outcomes } = await collectArticles(seedFiles(files), site, NOW);
  return new Map(outcomes.flatMap((outcome) => (outcome.article ? [[outcome.path, outcome.article]] : [])));
}

/** The paths of its articles, and its app. */
async function archiveOf(files: readonly SourceFile[], more: Partial<Site> = {}) {
  const site = { ...makeSite(), ...more };
  return {
    articles: [...(await articlesOf(files, site)).keys()].sort(),
    ...(await makeApp(files, { site })),
  };
}

describe('an archive of HTML pages', () => {
  const WORDS = 'one two three four five six seven eight'.split(' ');
  const page = (word: string, title = 'The Harbour'): SourceFile =>
    file(
      `${word}.html`,
      `<html><head><title>News</title><meta property="og:title" content="${title}">
      <meta property="og:image" content="https://a.example/card.png">
      <meta name="description" content="Everything on the harbour."><meta name="keywords" content="harbour, sea, ships">
      </head><body><nav><a href="/">Home</a></nav><div id="content"><h2>Ship ${word} &amp; crew</h2>
      <h6>Ships | May 20, 2016, 1:12 p.m.</h6>
      <p>Of the ship that is called ${word} there is this to say, and it is quite enough for a paragraph.</p></div></body></html>`,
    );

  test('has of each page what is its own, not what its template says on all of them', async () => {
    const articles = await articlesOf(WORDS.map((word) => page(word)));
    const article = articles.get('three.html');
    expect(article).toMatchObject({
      title: 'Ship three & crew',
      slug: 'three',
      tags: [],
      image: undefined,
    });
    expect(article?.summary).toMatch(/^Of the ship that is called three/);
    expect(article?.contentHtml).not.toContain('Ship three');
    expect(new Date(article?.published ?? 0).toISOString()).toBe('2016-05-20T13:12:00.000Z');
  });

  test('has the title of an article that lists have first, too', async () => {
    const page = (path: string, title: string, body: string): SourceFile =>
      file(path, `<title>${title} – Town</title><body class="hentry"><main>${body}</main>`);
    const article = (name: string): SourceFile =>
      page(
        `2016/05/${name}.html`,
        name,
        `<h1 class="entry-title">${name}</h1><time datetime="2016-05-03">3 May</time><p>Of ${name} there is this to say, and it is enough for a paragraph.</p>`,
      );
    const teasers = ['Fair', 'Bridge'].map(
      (name) =>
        `<h2 class="entry-title"><a href="/2016/05/${name}.html">${name}</a></h2><p>About ${name}</p>`,
    );
    const lists = ['index', 'tag/a', 'tag/b', 'category/c', '2016/index', 'page/2'].map((path) =>
      page(`${path}.html`, path, teasers.join('')),
    );
    const articles = await articlesOf([article('Fair'), article('Bridge'), ...lists]);
    expect(articles.get('2016/05/Fair.html')?.title).toBe('Fair');
  });

  test('keeps what few pages have in common', async () => {
    const articles = await articlesOf(WORDS.slice(0, 4).map((word) => page(word)));
    expect(articles.get('three.html')).toMatchObject({
      title: 'The Harbour',
      summary: 'Everything on the harbour.',
      tags: ['harbour', 'sea', 'ships'],
    });
  });
});

test('a link to an address of the copied site leads to the article, to all others it stays and is named', async () => {
  const page = (path: string, text: string): SourceFile =>
    file(
      path,
      `<html lang=en><body><main><h1>${path}</h1><p>Enough words for a paragraph. ${text}</p></main></body></html>`,
    );
  const links = ['/2019/whale/', '/2019/none/'].map((path) => `<a href="https://www.a.example${path}">x</a>`);
  const files = [page('2019/whale/index.html', ''), page('b.html', links.join(' '))];
  const site = { ...makeSite(), copiedFrom: 'https://a.example' };
  const { read } = await makeApp(files, { site });
  const { warnings } = await collectArticles(seedFiles(files), site, NOW);
  expect(warnings.filter((warning) => warning.startsWith('Cannot find'))).toEqual([
    'Cannot find "https://www.a.example/2019/none/" of seeds/b.html:1: expected a document or a file in the folder; kept the address',
  ]);
  const text = await read('/feed.json');
  expect(text).toContain("href='https://news.example/articles/whale'");
  expect(text).toContain("href='https://www.a.example/2019/none/'");
});

test('the query that HTTrack left out of the name of a file leads to its page', async () => {
  const page = (text: string, of: string): string =>
    `<html lang=en><!-- Mirrored from a.example/${of} by HTTrack Website Copier/3.x --><body><main><h1>T</h1><p>Enough words for a paragraph. ${text}</p></main></body></html>`;
  const files = [
    file('a.example/calm4cf2.html', page('', 'calm.php?id=7')),
    file('a.example/b.html', page('<a href="http://a.example/calm.php?id=7">x</a>', 'b.html')),
  ];
  const site = { ...makeSite(), copiedFrom: 'https://a.example' };
  const { ask, read } = await makeApp(files, { site });
  const to = 'https://news.example/articles/calm4cf2';
  expect((await ask('/calm.php?id=7')).headers.get('location')).toBe(to);
  expect((await ask('/calm.php?id=8')).status).toBe(404);
  expect(await read('/feed.json')).toContain(`<a href='${to}'>x</a>`);
});

describe('a page to print, or for small screens', () => {
  const page = (path: string, title: string, canonical: string): SourceFile =>
    file(
      path,
      `<html lang=en><head><title>${title}</title><link rel=canonical href="${canonical}"></head><body><main><h1>${title}</h1><p>Words of ${title}, enough for a paragraph.</p></main></body></html>`,
    );
  const own = (path: string): SourceFile => page(path, path, `https://a.example/${path}`);

  test('is no article, and its address leads to the article', async () => {
    const { articles, ask } = await archiveOf([
      page('news/rope.html', 'Rope', 'rope.html'),
      page('print/news/rope.html', 'Rope', '../../news/rope.html'),
      page('amp/news/rope.html', 'Rope', '/news/rope'),
      page('news/other.html', 'Another title', 'rope.html'),
      page('news/moved.html', 'Moved', 'gone.html'),
    ]);
    expect(articles).toEqual(['news/moved.html', 'news/other.html', 'news/rope.html']);
    for (const address of ['/print/news/rope.html', '/amp/news/rope/'])
      expect((await ask(address)).headers.get('location'), address).toBe(
        'https://news.example/articles/rope',
      );
  });

  test('is in a folder that is called like the host of the copied site', async () => {
    const at = 'https://a.example/2015/03/eels/';
    const files = [
      page('a.example/2015/03/eels/index.html', 'Eels', at),
      page('a.example/2015/03/eels/amp/index.html', 'Eels', at),
      page('a.example/2015/03/index.html', 'March', 'https://a.example/2015/03/'),
      page('a.example/tag/ice/index.html', 'Ice', ''),
      page('b.html', 'B', 'https://other.example/b/'),
    ];
    const { articles, ask } = await archiveOf(files, { copiedFrom: 'https://a.example' });
    expect(articles).not.toContain('a.example/2015/03/eels/amp/index.html');
    expect(articles).toHaveLength(4);
    expect((await ask('/2015/03/eels/amp/')).headers.get('location')).toBe(
      'https://news.example/articles/eels',
    );
  });

  test('may name the address of the article on the former site', async () => {
    const { articles } = await archiveOf([
      ...['a.html', 'b.html', 'c.html'].map(own),
      page('print/a.html', 'a.html', 'https://a.example/a.html'),
      page('print/b.html', 'b.html', 'https://b.example/b.html'),
    ]);
    expect(articles).toEqual(['a.html', 'b.html', 'c.html', 'print/b.html']);
  });
});

describe('a copy of a site that scripts made', () => {
  const page = (path: string, title: string, text: string): SourceFile =>
    file(
      `a.example/${path}`,
      `<html lang=en><head><title>The Post - ${title}</title><meta name=author content="The Post"></head><body><table><tr><td><b>${title}</b><br>Posted on Tuesday, January 06, 2004 @ 21:14:33 CET by <b>jroe</b><br></td></tr><tr><td><p>Enough words on ${title} for a paragraph that is read. ${text}</td></tr></table></body></html>`,
    );
  const undated = (path: string): SourceFile =>
    file(
      `a.example/${path}`,
      '<html lang=en><title>The Post</title><body><p>Enough words for a paragraph that is read.</body></html>',
    );
  const words =
    'The rope was long and old, it hung from the tower of the church, and nobody knew who had left it there in the year of the flood.';
  const FILES = [
    page(
      'news.php?file=article&sid=3.html',
      'Ropes',
      `<a href="news.php%3Ffile=article&amp;sid=4.html">x</a> ${words}`,
    ),
    page(
      'news.php?file=article&sid=4.html',
      'Sails',
      '<a href="http://www.a.example/news.php?file=article&amp;sid=3">x</a>',
    ),
    page('news.php@file=article&sid=5.html', 'Tar', '<a href="news.php?file=article&amp;sid=3.html">x</a>'),
    undated('news.php?file=print&sid=9&theme=x.html'),
    undated('faq.php?mode=all.html'),
    file(
      'a.example/print.php?sid=3.html',
      `<html lang=en><title>The Post</title><body><p><b>Ropes</b><p>Enough words on Ropes for a paragraph that is read. x ${words}<p>This article comes from The Post</body></html>`,
    ),
    undated('index.php.html'),
  ];
  const site = { copiedFrom: 'https://a.example' };

  test('has articles at the addresses with queries, and links to them', async () => {
    const { ask } = await archiveOf(FILES, site);
    const addresses = {
      '/news.php?file=article&sid=3': 'ropes',
      '/news.php?file=article&sid=5': 'tar',
      '/print.php?sid=3': 'ropes',
    };
    for (const [address, slug] of Object.entries(addresses))
      expect((await ask(address)).headers.get('location'), address).toBe(
        `https://news.example/articles/${slug}`,
      );
    const { items } = (await (await ask('/feed.json')).json()) as {
      items: { title: string; content_html: string; authors: unknown }[];
    };
    const links = items
      .map(({ title, content_html: html }) => `${title} ${/articles\/\w+/.exec(html)?.[0]}`)
      .sort();
    expect(links).toEqual(['Ropes articles/sails', 'Sails articles/ropes', 'Tar articles/ropes']);
    expect(items[0]?.authors).toEqual([{ name: 'jroe' }]);
  });

  test('has pages where a script states no dates', async () => {
    const { outcomes } = await collectArticles(seedFiles(FILES), { ...makeSite(), ...site }, NOW);
    const pages = outcomes.flatMap(({ article, path }) => (article?.isPage ? [path] : []));
    expect(pages.sort()).toEqual([
      'a.example/faq.php?mode=all.html',
      'a.example/index.php.html',
      'a.example/news.php?file=print&sid=9&theme=x.html',
    ]);
  });
});

test('the name of the site goes from titles if the home page has it, and else stays', async () => {
  const page = (path: string, title: string): SourceFile =>
    file(
      path,
      `<html lang=en><title>${title}</title><body><p>Enough words on ${path} for a paragraph that is read.</body></html>`,
    );
  const posts = ['Ropes', 'Sails', 'Tar: a story'].map((name) =>
    page(`${name.slice(0, 3)}.html`, `Harbour : ${name}`),
  );
  const titles = async (files: readonly SourceFile[]): Promise<string[]> =>
    [...(await articlesOf(files)).values()].map(({ title }) => title).sort();
  expect(await titles([...posts, page('index.html', 'Harbour (HRB)')])).toEqual([
    'Harbour (HRB)',
    'Ropes',
    'Sails',
    'Tar: a story',
  ]);
  const stops = ['Ropes', 'Sails', 'Tar'].map((name) => page(`${name}.html`, `Harbour Post. ${name}`));
  expect(await titles([...stops, page('index.html', 'Harbour Post')])).toEqual([
    'Harbour Post',
    'Ropes',
    'Sails',
    'Tar',
  ]);
  expect(await titles(posts)).toEqual(['Harbour : Ropes', 'Harbour : Sails', 'Harbour : Tar: a story']);
});

describe('folders that are named by languages', () => {
  const PORTUGUESE =
    'O porto esta fechado ate sexta-feira porque a agua esta muito alta, disse o capitao do porto na manha de ontem aos jornalistas que esperavam nas docas. Nao ha noticias dos barcos de pesca.';
  const note = (path: string, text: string, fields = ''): SourceFile =>
    file(path, `---\ntitle: ${path}\ndate: 2021-02-03\n${fields}---\n${text}\n`);

  test('tell the language of what is too short to tell, and the region', async () => {
    const articles = await articlesOf([
      note('pt-br/a.md', PORTUGUESE),
      note('pt-br/b.md', `Ontem. ${PORTUGUESE}`),
      note('pt-br/short.md', 'Sim.'),
      note('pt-br/stated.md', 'Yes.', 'lang: en\n'),
      note('it/terminals.md', 'Ctrl-C.'),
      note(
        'it/more.md',
        'This is how a terminal is opened, and how it is closed again when the work is done for the day and everybody goes home.',
      ),
    ]);
    expect([...articles].map(([path, { language }]) => `${path} ${language}`)).toEqual([
      'it/more.md en',
      'it/terminals.md en',
      'pt-br/a.md pt-BR',
      'pt-br/b.md pt-BR',
      'pt-br/short.md pt-BR',
      'pt-br/stated.md en',
    ]);
  });
});

describe('people who have a document of their own', () => {
  test('are named by it', async () => {
    const articles = await articlesOf([
      file('authors/jroe.md', '---\ntitle: Jane Roe\ndate: 2021-02-03\n---\nShe writes.\n'),
      file('a.md', '---\ntitle: A\ndate: 2021-02-03\nauthors: [jroe, max]\n---\nText.\n'),
    ]);
    expect(articles.get('a.md')?.authors).toEqual([
      { name: 'Jane Roe', uri: '\uFDD0/articles/jroe', biography: 'She writes.' },
      { name: 'max' },
    ]);
  });

  test('are no articles in a vault either, whose folders have capitals', async () => {
    const articles = await articlesOf([
      file('People/Jane Roe.md', 'She writes.\n'),
      file('a.md', '---\ntitle: A\ndate: 2021-02-03\nauthor: "[[Jane Roe]]"\n---\nText.\n'),
    ]);
    expect(articles.get('People/Jane Roe.md')?.isPage).toBe(true);
    expect(articles.get('a.md')?.authors).toMatchObject([{ name: 'Jane Roe', biography: 'She writes.' }]);
  });
});

describe('a document without words', () => {
  test('is named as its file when it shows something', async () => {
    const articles = await articlesOf([
      file('2021-02-03-high-water.md', '![](quay.jpg)\n'),
      file('empty.md', '---\ndate: 2021-02-03\n---\n'),
    ]);
    expect([...articles.values()].map(({ title }) => title)).toEqual(['high water']);
  });
});

describe('of a copy that a program made of every page of a site', () => {
  const TOPICS = ['warp', 'weft', 'heddle', 'shuttle', 'bobbin', 'treadle'];
  const textOf = (topic: string): string =>
    `The ${topic} of this loom was made by a ${topic}wright, who gave the ${topic} its name and left ${topic}s to all.`;
  const post = (path: string, topic: string, day = 1 + TOPICS.indexOf(topic)): SourceFile =>
    file(
      path,
      `<html lang=en><head><title>Loom Forum • View topic - On the ${topic}</title></head><body><h1>Loom Forum</h1><div id=posts><h2>On the ${topic}</h2><p class=author>by <b>ada</b> » Tue Mar 0${day}, 2009 10:11 am</p><div><p>${textOf(topic)}</p></div><div><p>${textOf(`second ${topic}`)}</p></div></div></body></html>`,
    );
  const pagesOf = async (files: readonly SourceFile[]): Promise<string[]> =>
    [...(await articlesOf(files))].flatMap(([path, { isPage }]) => (isPage ? [path] : [])).sort();
  const forum = TOPICS.map((topic, index) => post(`viewtopic.php?f=2&t=${index}.html`, topic));

  test('pages that a script made of the same topic are one, by the shortest address', async () => {
    const copies = [
      post('viewtopic.php?f=2&t=0&sid=0a7f.html', 'warp'),
      post('viewtopic.php@f=2&t=1&sid=0a7f.html', 'weft'),
      post('viewtopic.php?f=2&t=2#p31.html', 'heddle'),
    ];
    const others = [
      post('viewtopic.php?f=2&t=3&start=15.html', 'shuttle', 9),
      post('other.php?t=3.html', 'shuttle'),
    ];
    const { articles, ask } = await archiveOf([...forum, ...copies, ...others]);
    expect(articles).toEqual([...forum, ...others].map(({ path }) => path).sort());
    const { headers } = await ask('/viewtopic.php?f=2&t=0&sid=0a7f');
    expect(headers.get('location')).toBe((await ask('/viewtopic.php?f=2&t=0')).headers.get('location'));
  });

  test('a topic has the title that the heading above it and the title of the page have in common', async () => {
    const articles = await articlesOf(forum);
    expect([...articles.values()].map(({ title }) => title).sort()).toEqual(
      TOPICS.map((topic) => `On the ${topic}`).sort(),
    );
    expect(articles.get(forum[0]?.path ?? '')?.authors).toEqual([{ name: 'ada' }]);
  });

  test.each([
    ...['index.html@cat=3.html', 'index.html?m=201205.html', 'index.html@tag=a&paged=2.html'],
    ...[
      'w/index.php?title=Warp&action=edit.html',
      'w/index.php?title=Warp&oldid=3.html',
      'doku.php?id=a&do=diff.html',
    ],
    ...['posting.php?mode=reply&f=2.html', 'index.html@p=3&replytocom=7.html'],
    ...['search?updated-max=2024-06-01T00-00-00&max-results=7.html', 'search@by-date=true&start=7.html'],
  ])('%s is no article', async (path) => {
    expect(await pagesOf([...forum, post(path, 'loom', 8)])).toEqual([path]);
  });

  test.each([
    'index.html@p=3.html',
    'news.php?cat=3&id=4.html',
    'index.php?action=news&id=4.html',
    'index.php?start=1&id=4.html',
    'a.php?mode=1.html',
  ])('%s is an article', async (path) => {
    expect(await pagesOf([...forum, post(path, 'loom', 8)])).toEqual([]);
  });

  test('an undated page of a script without a query is no article beside those that are dated', async () => {
    const faq = file(
      'faq.php.html',
      `<html lang=en><title>FAQ</title><body><p>${textOf('question')}</body></html>`,
    );
    expect(await pagesOf([...forum, faq])).toEqual(['faq.php.html']);
  });

  test('of MediaWiki, only articles are articles, from their last change', async () => {
    const wiki = (path: string, classes: string, topic: string): SourceFile =>
      file(
        path,
        `<html lang=en><head><title>${topic} - Wiki</title></head><body class="mediawiki ltr ${classes} ns-subject skin-monobook"><div id=content><h1>${topic}</h1><h3 id=siteSub>From the Wiki</h3><div id=jump-to-nav>Jump to: navigation</div><p>${textOf(topic)}</p><div class=printfooter>Retrieved from here</div></div><div id=footer><ul><li id=lastmod>This page was last modified on 5 May 2009, at 12:34.</li><li id=viewcount>Seen once on 1 May 2010.</li></ul></div></body></html>`,
      );
    const others = [
      wiki('wiki/Talk:Warp.html', 'ns-1', 'Talk'),
      wiki('wiki/Special:New.html', 'ns--1', 'New'),
      wiki('wiki/Warp_history.html', 'ns-0 action-history', 'History'),
      wiki('wiki/Main_Page.html', 'ns-0 page-Main_Page', 'Main'),
    ];
    const files = [
      wiki('wiki/Warp.html', 'ns-0', 'Warp'),
      wiki('wiki/Weft.html', 'ns-0 action-view', 'Weft'),
    ];
    expect(await pagesOf([...files, ...others])).toEqual(others.map(({ path }) => path).sort());
    const { published = 0, contentHtml } =
      (await articlesOf([...files, ...others])).get('wiki/Warp.html') ?? {};
    expect(new Date(published).toISOString()).toMatch(/^2009-05-05/);
    expect(contentHtml).not.toMatch(/From the|Jump to|Retrieved/);
  });

  test('of WordPress, the class of a page tells pages from posts, and its old theme has the date alone', async () => {
    const page = (path: string, classes: string, inside: string): SourceFile =>
      file(
        path,
        `<html lang=en><head><title>Loom &laquo; ${path}</title></head><body class="${classes}"><div id=content><div class="post hentry"><h2><a href="x.html">Loom</a></h2>${inside}</div></div></body></html>`,
      );
    const posted = (path: string): SourceFile =>
      page(
        path,
        'single single-post postid-7',
        `<small>March 14th, 2009 by <a rel=author href="/author/jane">Jane Roe</a></small><div class=entry><p>${textOf(path)}</p><p>${textOf(`second ${path}`)}</p><p class="postmetadata alt"><small>This entry was posted on March 14th, 2009 and is filed under Sea.</small></p></div>`,
      );
    const others = ['page page-id-2', 'search search-results', 'archive category category-3', 'error404'].map(
      (classes, number) => page(`other-${number}.html`, classes, `<p>${textOf(`other ${number}`)}</p>`),
    );
    const posts = [posted('warp.html'), posted('weft.html')];
    expect(await pagesOf([...posts, ...others])).toEqual(others.map(({ path }) => path));
    const { published = 0, authors, contentHtml } = (await articlesOf(posts)).get('warp.html') ?? {};
    expect(new Date(published).toISOString()).toMatch(/^2009-03-14/);
    expect(authors?.map(({ name }) => name)).toEqual(['Jane Roe']);
    expect(contentHtml).not.toContain('filed under');
  });

  test('a list of articles that describe themselves has its own title', async () => {
    const entry = (topic: string): string =>
      `<div class=hentry><h1 class=entry-title><a href="${topic}.html">${topic}</a></h1><p>${textOf(topic)}</p></div>`;
    const list = `<html lang=en><title>Looms | The Post</title><body><h1 class=page-title>Looms</h1>${entry('warp')}${entry('weft')}</body></html>`;
    expect((await articlesOf([file('looms.html', list)])).get('looms.html')?.title).toBe('Looms');
  });
});

test('an article that LinkedIn exports has the date of its publication, and is a draft without', async () => {
  const article = (name: string, line: string): SourceFile =>
    file(
      `${name}.html`,
      `<html><head><title>${name}</title></head><body><h1>${name}</h1><p class="created">Created on 2019-05-05 10:00</p>${line}<div><p>Words of ${name}, enough for a paragraph that is read.</p></div></body></html>`,
    );
  const found = await articlesOf([
    article('Boats', '<p class="published">Published on 2019-05-06 08:22</p>'),
    article('Sails', ''),
  ]);
  expect(
    [...found.values()].map(({ title, published }) => [title, new Date(published).toISOString()]),
  ).toEqual([['Boats', '2019-05-06T08:22:00.000Z']]);
});
