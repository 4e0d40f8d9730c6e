import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Generator, GeneratorName } from '../../src/config/generator.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { HOLES } from '../../src/templates/holes.ts';
import { file, makeApp, makeGenerator, makeSite, NOW, seedFiles } from '../support/app.ts';
import { articlesOf, collectArticles } from '../support/collect.ts';

const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
const WORDS = 'Words of a paragraph.';

test.each<[GeneratorName | undefined, string, string, string]>([
  ['Obsidian', 'Moss.md', WORDS, 'Moss'],
  ['Quartz', 'plants/wet-moss.md', WORDS, 'wet-moss'],
  ['Logseq', 'pages/plants___wet moss.md', WORDS, 'plants/wet moss'],
  ['Obsidian', 'Moss.md', `# Of moss\n\n${WORDS}`, 'Of moss'],
  ['Obsidian', '2021-02-03.md', WORDS, WORDS],
  ['Jekyll', '_posts/2021-02-03-high_water-again.md', WORDS, 'High Water Again'],
  ['Jekyll', '_posts/2021-02-03-höchste-flut.md', WORDS, 'Höchste Flut'],
  ['MkDocs', 'docs/blog/posts/high-water.md', WORDS, 'High Water'],
  ['Hugo', 'content/high-water.md', WORDS, WORDS],
  [undefined, 'high-water.md', WORDS, WORDS],
])('without a title, a document of %s is called as there: %s', async (name, path, text, title) => {
  const [article] = await articlesOf([file(path, text)], name);
  expect(article?.title).toBe(title);
});

test('a document of Hugo has the picture in its folder that themes show, unless it states one', async () => {
  const generator = makeGenerator('Hugo', { contentRoots: ['content/'] });
  const post = (path: string, image: string): SourceFile =>
    file(`content/posts/${path}`, `---\ntitle: T\ndate: 2021-02-03\n${image}---\n${WORDS}\n\n![](in.png)\n`);
  const imageOf = async (document: SourceFile, ...names: readonly string[]): Promise<string> => {
    const media = Object.fromEntries(
      ['in.png', ...names].map((name) => [`content/posts/a/${name}`, picture]),
    );
    const { read } = await makeApp([document], { site: { ...makeSite(), generator }, media });
    return /\/media\/[\w-]+\/([\w.-]+)/.exec(JSON.parse(await read('/feed.json')).items[0].image)?.[1] ?? '';
  };
  expect(await imageOf(post('a/index.md', ''))).toBe('in.png');
  expect(await imageOf(post('a/index.md', ''), 'thumbnail.png', 'Featured.png', 'other.png')).toBe(
    'Featured.png',
  );
  expect(await imageOf(post('a/index.fr.md', ''), 'cover.png')).toBe('cover.png');
  expect(await imageOf(post('a/index.md', 'image: other.png\n'), 'cover.png', 'other.png')).toBe('other.png');
  expect(await imageOf(post('a/b.md', ''), 'cover.png')).toBe('in.png');
});

test('in addresses of Quartz, an ampersand is a word', async () => {
  const generator = makeGenerator('Quartz', { contentRoots: ['content/'] });
  const { ask } = await makeApp(
    [file('content/Plants/Moss & reed.md', `---\ndate: 2021-02-03\n---\n${WORDS}`)],
    {
      site: { ...makeSite(), generator },
    },
  );
  expect((await ask('/Plants/Moss--and--reed')).status).toBe(308);
});

test('folders above _posts are categories of Jekyll', async () => {
  const post = file('sea/tides/_posts/2021-02-03-a.md', `---\ntitle: A\ntags: [ebb]\n---\n${WORDS}\n`);
  expect((await articlesOf([post], 'Jekyll'))[0]?.tags).toEqual(['ebb', 'sea', 'tides']);
  expect((await articlesOf([post], 'Hexo'))[0]?.tags).toEqual(['ebb']);
});

test('a text is one tag or category in most generators, and its words are tags in Jekyll', async () => {
  const post = (fields: string): SourceFile =>
    file('a.md', `---\ntitle: A\ndate: 2021-02-03\n${fields}\n---\n${WORDS}\n`);
  for (const name of ['Eleventy', 'Pelican', 'Hexo', 'Hugo'] as const) {
    expect((await articlesOf([post('tags: high water')], name))[0]?.tags).toEqual(['high water']);
    expect((await articlesOf([post('categories: high water')], name))[0]?.tags).toEqual(['high water']);
    expect((await articlesOf([post('tags: 高潮、海')], name))[0]?.tags).toEqual(['高潮', '海']);
  }
  expect((await articlesOf([post('tags: high water')], 'Jekyll'))[0]?.tags).toEqual(['high', 'water']);
  expect((await articlesOf([post('categories: high water')], 'Jekyll'))[0]?.tags).toEqual(['high', 'water']);
});

test('Hexo has categories within others, and numbers in addresses', async () => {
  const post = (name: string, fields: string): SourceFile =>
    file(`source/_posts/${name}.md`, `---\ntitle: T ${name}\ndate: 2021-02-03\n${fields}---\n[home](/)\n`);
  const files = [
    post('a', 'abbrlink: 40911\ncategories:\n- [Sea, Tides]\n- [Land]\n'),
    post('b', ''),
    file('source/README.md', `# Program\n\n${WORDS}\n`),
  ];
  const permalinks = [{ section: '_posts', pattern: 'posts/:abbrlink.html' }];
  const generator = makeGenerator('Hexo', { permalinks, contentRoots: ['source/_posts/', 'source/'] });
  const { ask, read } = await makeApp(files, { site: { ...makeSite(), generator } });
  const { items } = JSON.parse(await read('/feed.json'));
  const [item] = items.filter(({ title }: { title: string }) => title === 'T a');
  expect(item.tags).toEqual(['Sea', 'Tides', 'Land']);
  expect(item.content_html).toContain("<a href='https://news.example/'>home</a>");
  expect((await ask('/posts/40911.html')).headers.get('location')).toBe(item.url);
  expect((await ask('/posts/.html')).status).toBe(404);
});

test('a title is all the metadata that Pelican wants', async () => {
  const [article] = await articlesOf([file('2021-02-03-a.md', `Title: High water\n\n${WORDS}\n`)], undefined);
  expect(article).toMatchObject({ title: 'High water', contentHtml: `<p>${WORDS}</p>` });
});

test('a translation of Docusaurus has the language of its folder, and its address', async () => {
  const blog = 'i18n/fr/docusaurus-plugin-content-blog/';
  const files = [
    file('blog/2021-02-03-a.md', `---\ntitle: A\nslug: tide\n---\n${WORDS}\n`),
    file(`${blog}2021-02-03-a.md`, '---\ntitle: B\nslug: tide\n---\n1, 2, 3.\n'),
  ];
  const permalinks = [{ section: 'blog', pattern: '/blog/:slug' }];
  const site = { ...makeSite(), generator: makeGenerator('Docusaurus', { permalinks }) };
  const { ask, read } = await makeApp(files, { site });
  const { items } = JSON.parse(await read('/feed.json'));
  expect(
    items.map(({ title, language }: Record<string, string>) => `${title} ${language ?? 'en'}`).sort(),
  ).toEqual(['A en', 'B fr']);
  const french = items.find(({ title }: { title: string }) => title === 'B').url;
  const old = await ask('/fr/blog/tide');
  expect([old.status, old.headers.get('location')]).toEqual([308, french]);
});

test('the folder of a language in Hugo is the language of its documents', async () => {
  const files = [file('content/fr/a.md', `---\ntitle: A\ndate: 2021-02-03\n---\n1, 2, 3.\n`)];
  const [article] = await articlesOf(files, 'Hugo', {
    contentRoots: ['content/fr/', 'content/'],
    languageRoots: { 'content/fr/': 'fr' },
  });
  expect(article?.language).toBe('fr');
});

test('the number that WordPress gives a page is a former address on a copy of the own site only', async () => {
  const page = (name: string, number: number, host = 'https://old.example'): SourceFile =>
    file(
      `2021/${name}/index.html`,
      `<html><head><title>${name}</title><link rel="canonical" href="${host}/2021/${name}/"><link rel='shortlink' href='${host}/?p=${number}'></head><body><article><h1>The ${name}</h1><p>Of the ${name} there is this to say, and it is quite enough for a paragraph.</p><time datetime="2021-02-0${number}"></time></article></body></html>`,
    );
  const copied = await makeApp([page('ebb', 1), page('flood', 2), page('tide', 3)]);
  const response = await copied.ask('/?p=2');
  expect([response.status, response.headers.get('location')]).toEqual([
    308,
    'https://news.example/articles/flood',
  ]);
  const collected = await makeApp([
    page('ebb', 1, 'https://a.example'),
    page('flood', 2, 'https://b.example'),
  ]);
  expect((await collected.ask('/?p=2')).status).toBe(200);
});

test('the number that Drupal gives a page is a former address, also beside an address without a host', async () => {
  const head = '<link rel="canonical" href="/news/ebb" /><link rel="shortlink" href="/node/21" />';
  const teaser =
    '<h2 class="element-invisible">Pages</h2><h2><a href="news/ebb.html">Ebb</a></h2><p>Low.</p>';
  const { ask, read } = await makeApp([
    file('news/ebb.html', `<html><head>${head}</head><body><h1>Ebb</h1><p>${WORDS}</p></body></html>`),
    file('index9.html', `<html><body>${teaser}${teaser}</body></html>`),
  ]);
  expect((await ask('/node/21')).headers.get('location')).toBe('https://news.example/articles/ebb');
  expect(await read('/feed.json')).not.toContain('Pages');
});

test.each<[GeneratorName, Partial<Generator>, string, string, string]>([
  ['Nuxt', { contentRoots: ['content/'] }, 'content/1.blog/2.a.md', '', '/blog/a'],
  ['Next.js', { contentRoots: ['app/'] }, 'app/(site)/blog/a/page.mdx', '', '/blog/a'],
  ['Docusaurus', { mounts: { 'docs/': 'guide/' } }, 'docs/sea/01-a.md', '', '/guide/sea/a'],
  ['Docusaurus', {}, 'docs/sea/HighWater.md', 'id: high-water\n', '/docs/sea/high-water'],
  ['SvelteKit', { contentRoots: ['content/'] }, 'content/docs/01-sea/02-tide.md', '', '/docs/tide'],
  [
    'VitePress',
    { mounts: { 'src/articles/': 'posts/' }, contentRoots: ['src/'] },
    'src/articles/a.md',
    '',
    '/posts/a',
  ],
  ['Jekyll', {}, '_posts/2021-02-03-a.md', 'permalink: /old/:year/x.html\n', '/old/2021/x.html'],
  ['Hexo', { permalinks: [{ pattern: ':title-:id/' }] }, 'a.md', 'id: 17\n', '/a-17/'],
  ['Hugo', { permalinks: [{ pattern: '/:sections[1:]/:slug/' }] }, 'x/y/z/a.md', '', '/y/z/a/'],
])('in %s, a document has an address of its own', async (name, more, path, fields, address) => {
  const files = [
    file(path, `---\ntitle: A\ndate: 2021-02-03\n${fields}---\n${WORDS}\n`),
    file('b/a.md', `---\ntitle: Another\ndate: 2021-02-03\n---\n${WORDS}\n`),
  ];
  const { ask } = await makeApp(files, { site: { ...makeSite(), generator: makeGenerator(name, more) } });
  const response = await ask(address);
  const end = await ask(new URL(response.headers.get('location') ?? '/', 'https://news.example').pathname);
  expect(await end.text()).toContain('<title>A –');
});

test('an address without a language is that of the folder of the site’s own', async () => {
  const files = ['de', 'en', 'fr'].map((language) =>
    file(`content/${language}/docs/a.md`, `---\ntitle: In ${language}\ndate: 2021-02-03\n---\n${WORDS}\n`),
  );
  const generator = makeGenerator('Vite', { contentRoots: ['content/'] });
  const { ask, read } = await makeApp(files, { site: { ...makeSite(), generator } });
  for (const [address, title] of [
    ['/docs/a', 'In en'],
    ['/fr/docs/a', 'In fr'],
  ] as const) {
    const { pathname } = new URL((await ask(address)).headers.get('location') ?? '/', 'https://news.example');
    expect(await read(pathname)).toContain(`<title>${title} –`);
  }
});

test('names of emoji are emoji in generators that show them, but not in code, addresses and words', async () => {
  const text =
    'A :tada: (:+1:) :no_such_thing: `:tada:` at 10:on:20, std::end::x, [:tada:](https://a.example/:tada:)';
  const files = [file('a.md', `---\ntitle: A\ndate: 2021-02-03\n---\n${text}.\n`)];
  const [shown] = await articlesOf(files, 'VitePress', { showsEmoji: true });
  expect(shown?.contentHtml).toBe(
    "<p>A 🎉 (👍) :no_such_thing: <code>:tada:</code> at 10:on:20, std::end::x, <a href='https://a.example/:tada:'>🎉</a>.</p>",
  );
  const [other] = await articlesOf(files, undefined);
  expect(other?.contentHtml).toContain('A :tada: (:+1:)');
});

test('an export of Notion has ids in its names, and properties below its headlines', async () => {
  const id = 'aa2b3c4d5e6f47788990aabbccddee0';
  const files = [
    file(
      `Log ${id}1/First week ${id}2.md`,
      `# First week\n\nDate: March 4, 2022\nTags: plan, sea\nAuthor: Jane Roe\n\n[next](Second%20week%20${id}3.md)\n`,
    ),
    file(
      `Log ${id}1/Second week ${id}3.md`,
      `# Second week\n\nCreated: March 11, 2022 9:00 AM\n\n${WORDS}\n`,
    ),
  ];
  const [first, second] = await articlesOf(files, undefined);
  expect(first).toMatchObject({ title: 'First week', slug: 'first-week', tags: ['plan', 'sea'] });
  expect(first?.authors).toEqual([{ name: 'Jane Roe' }]);
  expect(first?.contentHtml).toBe(`<p><a href='${HOLES.origin}/articles/second-week'>next</a></p>`);
  expect(second).toMatchObject({ title: 'Second week', published: Date.parse('2022-03-11T09:00Z') });
});

test('properties of a page of Logseq are metadata', async () => {
  const { outcomes } = await collectArticles(
    seedFiles([
      file('pages/a.md', `public:: false\n\n- ${WORDS}\n`),
      file('pages/b.md', `title:: B\ntags:: sea, land\n\n- ${WORDS}\n`),
    ]),
    { ...makeSite(), generator: makeGenerator('Logseq', {}) },
    NOW,
  );
  expect(outcomes).toMatchObject([{ status: 'draft' }, { article: { title: 'B', tags: ['sea', 'land'] } }]);
});

test('the folder of a document is its category in Pelican, unless it states one', async () => {
  const files = [
    file('content/sea/a.md', `Title: A\nDate: 2021-02-03\n\n${WORDS}\n`),
    file('content/sea/b.md', `Title: B\nDate: 2021-02-03\nCategory: Land\n\n${WORDS}\n`),
    file('content/articles/c.md', `Title: C\nDate: 2021-02-03\n\n${WORDS}\n`),
  ];
  const articles = await articlesOf(files, 'Pelican', { contentRoots: ['content/'] });
  expect(articles.map(({ title, tags }) => [title, tags])).toEqual([
    ['C', []],
    ['A', ['sea']],
    ['B', ['Land']],
  ]);
});

test('a post of Middleman ends its summary by a word, and its name has two endings', async () => {
  const files = [
    file('source/2021-02-03-high-tide.html.markdown', `---\ntitle: A\n---\n${WORDS}\n\nREADMORE\n\nMore.\n`),
    file('source/2021-02-04-low-tide.html.md.erb', `---\ntitle: B\n---\n${WORDS}\n`),
  ];
  const articles = await articlesOf(files, 'Middleman', { contentRoots: ['source/'] });
  expect(articles.map(({ slug, summary }) => [slug, summary])).toEqual([
    ['high-tide', WORDS],
    ['low-tide', WORDS],
  ]);
  expect(articles[0]?.contentHtml).toBe(`<p>${WORDS}</p><p>More.</p>`);
});

test('notes of a slip box have numbers in their names, by which others call them', async () => {
  const files = [
    file('202101301215 Barn owls.md', `${WORDS} [[202102021000]] [[Pellets]] [[202102021001]]\n`),
    file('202102021000 Pellets.md', `# Pellets\n\n${WORDS}\n`),
    file('2023-01 Night flight.md', `# Night flight\n\n${WORDS}\n`),
    file('Night notes.md', `# Day notes\n\n${WORDS}\n`),
  ];
  const articles = await articlesOf(files, undefined);
  expect(articles.map(({ title }) => title)).toEqual(['Barn owls', 'Pellets', 'Night flight', 'Night notes']);
  const pellets = `${HOLES.origin}/articles/202102021000-pellets`;
  expect(articles[0]?.contentHtml).toContain(
    `<a href='${pellets}'>202102021000</a> <a href='${pellets}'>Pellets</a> <span>202102021001</span>`,
  );
  expect(articles.slice(0, 2).map(({ published }) => new Date(published).toISOString().slice(0, 10))).toEqual(
    ['2021-01-30', '2021-02-02'],
  );
});

test('an absolute link finds an article whose categories are in its address', async () => {
  const link = '[x](https://a.example/log/lines/city%20centre/five/) [y](https://a.example/shop/five/)';
  const files = [
    file('_posts/2021-02-03-five.md', `---\ntitle: A\ncategories: [Lines, City Centre]\n---\n${WORDS}\n`),
    file('_posts/2021-02-04-six.md', `---\ntitle: B\n---\n${link}\n`),
  ];
  const more = { url: 'https://a.example', base: 'log', permalinks: [{ pattern: '/:categories/:title/' }] };
  const [, six] = await articlesOf(files, 'Jekyll', more);
  expect(six?.contentHtml).toBe(
    `<p><a href='${HOLES.origin}/articles/five'>x</a> <a href='https://a.example/shop/five/'>y</a></p>`,
  );
});

test('the blog of Docusaurus and its translations have the address that is stated', async () => {
  const permalinks = [
    { section: 'news', pattern: '/news/:slug' },
    { section: 'blog', pattern: '/blog/:slug' },
  ];
  const site = {
    ...makeSite(),
    generator: makeGenerator('Docusaurus', { permalinks, contentRoots: ['news/'] }),
  };
  const path = '2022-03-04-blades.md';
  const post = `---\ntitle: A\nslug: new-blades\n---\n${WORDS}\n`;
  const files = [file(`news/${path}`, post), file(`i18n/fr/docusaurus-plugin-content-blog/${path}`, post)];
  const { ask } = await makeApp(files, { site });
  const leads = async (address: string) => (await ask(address)).headers.get('location')?.replace(/^.*\//, '');
  expect(await leads('/news/new-blades')).toBe('new-blades');
  expect(await leads('/fr/news/new-blades')).toBe('new-blades-fr');
});

test('links to the service that exported them lead to the articles, to all others they stay', async () => {
  const hash = '0f9e8d7c6b5a';
  const page = (path: string, text: string): SourceFile =>
    file(path, `<html><body><article><h1>${path}</h1><p>${WORDS} ${text}</p></article></body></html>`);
  const link = (url: string): string => `<a href="https://${url}">x</a>`;
  const links = [
    link(`medium.com/@jane/mortar-${hash}`),
    link(`jane.medium.com/mortar-${hash}?source=y`),
    link('medium.com/@max/bricks-a1b2c3d4e5f6'),
  ];
  const files = [
    page(`posts/2021-05-06_Mortar-${hash}.html`, ''),
    page('posts/2021-05-07_B-a1b2c3d4e5f7.html', links.join(' ')),
  ];
  const medium = { ...makeSite(), generator: makeGenerator('Medium', { contentRoots: ['posts/'] }) };
  const { ask, read } = await makeApp(files, { site: medium });
  const text = await read('/feed.json');
  expect(text.match(/\/articles\/mortar-[\da-f]+(?:\?source=y)?'>x/g)).toHaveLength(2);
  expect(text).toContain("'https://medium.com/@max/bricks-a1b2c3d4e5f6'>x");
  expect((await ask(`/p/${hash}`)).headers.get('location')).toMatch(/\/articles\/mortar-/);

  const post = `<p>${WORDS}</p><p>${link('jane.substack.com/p/bark')} ${link('jane.substack.com/p/none')}</p><div class="subscription-widget-wrap"><p>Subscribe!</p></div>`;
  const more = { contentRoots: ['posts/'], permalinks: [{ pattern: '/p/:slug' }] };
  const [first] = await articlesOf(
    [
      file('posts/1.html', `---\ntitle: A\n---\n${post}`),
      file('posts/2.html', `---\ntitle: B\nslug: bark\n---\n<p>${WORDS}</p>`),
    ],
    'Substack',
    more,
  );
  expect(first?.contentHtml).toBe(
    `<p>${WORDS}</p><p><a href='${HOLES.origin}/articles/bark'>x</a> <a href='https://jane.substack.com/p/none'>x</a></p>`,
  );
});

test('Grav reads slashes as Americans do, and states aliases below routes', async () => {
  const text = `---\ntitle: A\ndate: '13:34 06/09/2017'\nroutes:\n  aliases: [/cellar]\n---\n${WORDS}\n`;
  const [article] = await articlesOf([file('user/pages/a/item.md', text)], 'Grav');
  expect(new Date(article?.published ?? 0).toISOString()).toContain('2017-06-09T13:34');
  const { ask } = await makeApp([file('user/pages/a/item.md', text)]);
  expect((await ask('/cellar')).status).toBe(308);
});

test('a featured post of Nikola is published, and links by id find their document', async () => {
  const post = (path: string, fields: string, text: string): SourceFile =>
    file(path, `---\ntitle: T ${path}\ndate: 2021-02-03\n${fields}---\n${text}\n`);
  const links = '[b](statamic://entry::8f7e0d4c-2222) [c](page://a1b2c3d4e5f6)';
  const files = [
    post('a.md', 'status: featured\n', `${WORDS} ${links}`),
    post('b.md', 'id: 8f7e0d4c-2222\n', WORDS),
    post('c.md', 'uuid: a1b2c3d4e5f6\n', WORDS),
  ];
  const { ask } = await makeApp(files);
  const page = await (await ask('/articles/a')).text();
  expect(page).toContain("/articles/b'>b</a>");
  expect(page).toContain("/articles/c'>c</a>");
});

test('a translation has the former address in its language of Pelican', async () => {
  const permalinks = [{ pattern: '{date:%Y}/{slug}/' }, { pattern: '{lang}/{slug}/' }];
  const generator = makeGenerator('Pelican', { permalinks, contentRoots: ['content/'] });
  const post = (name: string, fields: string, words: string): SourceFile =>
    file(`content/${name}.md`, `Title: T ${name}\nDate: 2021-02-03\nSlug: tide\n${fields}\n${words}\n`);
  const files = [
    post('tide', '', WORDS),
    post('tide-sv', 'Lang: sv\n', 'Havet stiger varje morgon, och fiskarna väntar på kajen.'),
  ];
  const { ask } = await makeApp(files, { site: { ...makeSite(), generator } });
  const target = async (path: string): Promise<string | null> => (await ask(path)).headers.get('location');
  expect(await target('/sv/tide/')).toMatch(/\/tide-sv$/);
  expect(await target('/2021/tide/')).toMatch(/\/tide$/);
});
