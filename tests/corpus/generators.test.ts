import { expect, test } from 'vitest';
import type { Generator, GeneratorName } from '../../src/config/generator.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { file, makeApp, makeGenerator, makeSite, NOW, seedFiles } from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';

const WORDS = 'Words of a paragraph.';

async function articlesOf(
  files: readonly SourceFile[],
  name: GeneratorName | undefined,
  more: Partial<Generator> = {},
) {
  const generator = name && makeGenerator(name, more);
  const { articles } = await collectArticles(seedFiles(files), { ...makeSite(), generator }, NOW);
  return articles;
}

test.each<[GeneratorName | undefined, string, string, string]>([
  ['Obsidian', 'Moss.md', WORDS, 'Moss'],
  ['Quartz', 'plants/wet-moss.md', WORDS, 'wet-moss'],
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

test('folders above _posts are categories of Jekyll', async () => {
  const post = file('sea/tides/_posts/2021-02-03-a.md', `---\ntitle: A\ntags: [ebb]\n---\n${WORDS}\n`);
  expect((await articlesOf([post], 'Jekyll'))[0]?.tags).toEqual(['ebb', 'sea', 'tides']);
  expect((await articlesOf([post], 'Hexo'))[0]?.tags).toEqual(['ebb']);
});

test('a text is one tag in Eleventy, and its words are tags in Jekyll', async () => {
  const post = file('a.md', `---\ntitle: A\ndate: 2021-02-03\ntags: high water\n---\n${WORDS}\n`);
  expect((await articlesOf([post], 'Eleventy'))[0]?.tags).toEqual(['high water']);
  expect((await articlesOf([post], 'Jekyll'))[0]?.tags).toEqual(['high', 'water']);
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
  const { ask } = await makeApp(files, { site: { ...makeSite(), generator } });
  const { items } = JSON.parse(await (await ask('/feed.json')).text());
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
  const { ask } = await makeApp(files, { site });
  const { items } = JSON.parse(await (await ask('/feed.json')).text());
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

test.each([
  '2021/02-03-a.md',
  '2021-02/03-a.md',
  '2021/02-03-a/index.md',
  '2021/02/03-a.md',
  '2021-02-03/a.md',
])('the path %s states a date, as in Docusaurus', async (path) => {
  const [article] = await articlesOf([file(`blog/${path}`, `---\ntitle: A\n---\n${WORDS}\n`)], 'Docusaurus');
  expect(new Date(article?.published ?? 0).toISOString()).toBe('2021-02-03T00:00:00.000Z');
  expect(article?.slug).toBe('a');
});

test.each(['Link href', 'Link to', 'NextLink href', 'A href'])('<%s> is a link in MDX', async (tag) => {
  const [name = '', attribute = ''] = tag.split(' ');
  const text = `---\ntitle: A\ndate: 2021-02-03\n---\nimport x from 'y'\n\nSee <${name} ${attribute}="/b">*the* other</${name}>.\n`;
  const files = [file('a.mdx', text), file('b.md', `---\ntitle: B\ndate: 2021-02-03\n---\n${WORDS}\n`)];
  const articles = await articlesOf(files, 'Next.js');
  expect(articles[0]?.contentHtml).toMatch(/See <a href='[^']*\/articles\/b'><em>the<\/em> other<\/a>\./);
});

test('Jekyll’s link finds a file whose name has spaces', async () => {
  const text = `---\ntitle: A\ndate: 2021-02-03\n---\n[report]({% link files/My Report.pdf %}) [other]({% link "files/b.pdf" %})\n`;
  const { ask } = await makeApp([file('a.md', text)], {
    media: { 'files/My Report.pdf': Buffer.from('%PDF'), 'files/b.pdf': Buffer.from('%PDF-') },
  });
  const [item] = JSON.parse(await (await ask('/feed.json')).text()).items;
  expect(item.content_html).toMatch(/\/media\/[\da-f]{16}\/My%20Report\.pdf.*\/media\/[\da-f]{16}\/b\.pdf/);
});
