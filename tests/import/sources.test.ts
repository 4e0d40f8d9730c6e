import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import { detectGenerator } from '../../src/import/generator.ts';
import { copySources } from '../../src/import/publication-files.ts';
import { loadSite } from '../../src/pipeline/load-site.ts';
import { listSeeds } from '../../src/pipeline/scan-sources.ts';
import { file } from '../support/app.ts';
import { testFolder } from '../support/folder.ts';

/** What is known of documents in a folder with this configuration. */
async function read(configuration: Readonly<Record<string, string>>) {
  const path = await testFolder(configuration);
  const { site } = loadSite(path);
  return (document: string, more = '') => {
    const reading = readDocument(file(document, `---\ntitle: A\n${more}---\nWords of it.\n`), site);
    return reading.status === 'read'
      ? { tags: reading.parsed.tags, people: reading.parsed.people, role: reading.parsed.role }
      : reading.status;
  };
}

test('data files of Eleventy give front matter to the documents of a folder, and to one', async () => {
  const of = await read({
    'eleventy.config.js': '',
    'posts/posts.11tydata.json': '{"tags": ["posts", "sea"], "author": "Jane Roe", "layout": "post.njk"}',
    'posts/deep/deep.json': '{"author": "John Doe"}',
    'posts/a.11tydata.json': '{"permalink": false}',
    'posts/b.json': '{"layout": "page.njk"}',
    'posts/b.md': '',
    'posts/data.json': '{"author": "Nobody"}',
    'posts/broken.11tydata.json': '{',
  });
  expect(of('posts/x.md')).toEqual({ tags: ['sea'], people: ['Jane Roe'], role: 'post' });
  expect(of('posts/x.md', 'tags: [ship]\nauthor: Ann Other\n')).toEqual({
    tags: ['ship', 'sea'],
    people: ['Ann Other'],
    role: 'post',
  });
  expect(of('posts/deep/x.md')).toMatchObject({ tags: ['sea'], people: ['John Doe'] });
  expect(of('posts/a.md')).toBe('excluded');
  expect(of('posts/b.md')).toMatchObject({ role: 'page', people: ['Jane Roe'] });
  expect(of('other/x.md')).toEqual({ tags: [], people: [], role: undefined });
});

test('data files of Lume give front matter to the documents of a folder', async () => {
  const of = await read({
    '_config.ts': 'import lume from "lume/mod.ts";\nexport default lume();\n',
    'posts/_data.yml': 'type: post\nauthor: Jane Roe\ntags: [sea]\n',
    'posts/deep/_data.json': '{"author": "John Doe"}',
  });
  expect(of('posts/x.md', 'tags: [ship]\n')).toEqual({
    tags: ['ship', 'sea'],
    people: ['Jane Roe'],
    role: 'post',
  });
  expect(of('posts/deep/x.md')).toMatchObject({ people: ['John Doe'] });
  expect(of('x.md')).toMatchObject({ people: [], tags: [] });
});

test('the list of Substack gives titles, dates and addresses, and holds back what is not for everybody', async () => {
  const path = await testFolder({
    'posts.csv':
      'post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle\r\n1.high-water,2021-02-03T10:00:00.000Z,true,,newsletter,everyone,"High ""water"", and low",Of tides\r\n2.paid,2021-02-04T10:00:00.000Z,true,,newsletter,only_paid,Paid,\r\n3.idea,,false,,newsletter,everyone,Idea,\r\n',
  });
  const { site } = loadSite(path);
  const of = (name: string) => readDocument(file(`posts/${name}.html`, '<p>Words of a letter.</p>'), site);
  expect(of('1.high-water')).toMatchObject({
    parsed: {
      title: 'High "water", and low',
      slug: 'high-water',
      published: { instant: Date.parse('2021-02-03T10:00:00Z') },
    },
  });
  expect(of('2.paid').status).toBe('draft');
  expect(of('3.idea').status).toBe('draft');
});

test('personal data and drafts that Medium exports are neither published nor copied', async () => {
  const files = {
    'profile/profile.html': '<h1>Me</h1><p>me@a.example</p>',
    'ips/ips-0001.html': '<p>192.0.2.1</p>',
    'posts/2021-02-03_High-water-a1b2c3d4e5f6.html': '<article><h1>High water</h1><p>Words.</p></article>',
    'posts/draft_Idea-a1b2c3d4e5f7.html': '<article><h1>Idea</h1><p>Words.</p></article>',
  };
  const path = await testFolder(files);
  expect(listSeeds(path).documents).toEqual([
    'posts/2021-02-03_High-water-a1b2c3d4e5f6.html',
    'posts/draft_Idea-a1b2c3d4e5f7.html',
  ]);
  const { site } = loadSite(path);
  const [name = '', text = ''] = Object.entries(files)[3] ?? [];
  expect(readDocument(file(name, text), site).status).toBe('draft');
  const copy = await testFolder();
  expect(copySources(path, copy, detectGenerator(path))).toMatchObject({ documents: 2, others: 0 });
});

test('defaults of Jekyll give front matter by folder and by type', async () => {
  const of = await read({
    '_config.yml': `
defaults:
  - scope: {path: "", type: posts}
    values: {author: Jane Roe, layout: post, permalink: "/news/:title/"}
  - scope: {path: "_posts/old"}
    values: {author: John Doe}
  - scope: {path: "", type: pages}
    values: {author: Nobody}
  - scope: {path: "x/*.md"}
    values: {author: Nobody}
`,
  });
  expect(of('_posts/2021-02-03-a.md')).toMatchObject({ people: ['Jane Roe'], role: 'post' });
  expect(of('_posts/old/2021-02-03-a.md')).toMatchObject({ people: ['John Doe'] });
  expect(of('x/a.md')).toMatchObject({ people: [] });
});

test.each<[string, Record<string, string>, string, string]>([
  [
    'Pelican',
    { 'pelicanconf.py': "DEFAULT_METADATA = {\n  'status': 'draft',\n}\n" },
    'content/',
    'status: published',
  ],
  [
    'Quartz',
    { 'quartz.config.ts': 'filters: [\n  Plugin.ExplicitPublish(),\n]' },
    'content/',
    'publish: true',
  ],
  ['Logseq', { 'logseq/config.edn': '{:publishing/all-pages-public? false}' }, 'pages/', 'public: true'],
  [
    'the Digital Garden of Obsidian',
    { '.obsidian/app.json': '{}', '.obsidian/community-plugins.json': '["dataview","digitalgarden"]' },
    '',
    'dg-publish: true',
  ],
])('documents are held back unless they are published where %s says so', async (_, files, folder, field) => {
  const of = await read(files);
  expect(of(`${folder}a.md`)).toBe('draft');
  expect(of(`${folder}a.md`, `${field}\n`)).toMatchObject({ tags: [] });
});

test('settings that hold no document back by comments or by other values', async () => {
  const quartz = await read({
    'quartz.config.ts': '  // Plugin.ExplicitPublish(),\n  Plugin.RemoveDrafts(),',
  });
  expect(quartz('content/a.md')).toMatchObject({ tags: [] });
  const logseq = await read({ 'logseq/config.edn': '{;; :publishing/all-pages-public? false\n}' });
  expect(logseq('pages/a.md')).toMatchObject({ tags: [] });
});

test('folders that Obsidian Publish leaves out are neither published nor copied', async () => {
  const path = await testFolder({
    '.obsidian/app.json': '{}',
    '.obsidian/publish.json': '{"siteId": "x", "included": [], "excluded": ["Private/", "Work/Notes"]}',
    'Private/a.md': 'A',
    'Work/Notes/b.md': 'B',
    'Work/c.md': 'C',
  });
  expect(listSeeds(path).documents).toEqual(['Work/c.md']);
  const copy = await testFolder();
  expect(copySources(path, copy, detectGenerator(path))).toMatchObject({ documents: 1, others: 2 });
  expect(listSeeds(copy).documents).toEqual(['Work/c.md']);
});

test('a layout that Jekyll states for the whole site tells no posts from pages', async () => {
  const of = await read({
    '_config.yml':
      'defaults:\n  - scope: {path: ""}\n    values: {layout: post, type: posts, author: Jane Roe}\n',
  });
  expect(of('_doc/a.md')).toMatchObject({ people: ['Jane Roe'], role: undefined });
  expect(of('_doc/a.md', 'layout: post\n')).toMatchObject({ role: 'post' });
});

test('defaults of Jekyll state the pattern of addresses', async () => {
  const path = await testFolder({
    '_config.yml':
      'defaults:\n  - scope: {path: "", type: posts}\n    values: {permalink: "/news/:title/"}\n',
  });
  expect(loadSite(path).site.generator?.permalinks[0]).toEqual({
    section: '_posts',
    pattern: '/news/:title/',
  });
});

test.each([
  ['/blog/{{ page.fileSlug }}/index.html', '/blog/:title/index.html'],
  ['/{{ page.date | date: "%Y/%m/%d" }}/{{ title | slugify }}/', '/:year/:month/:day/:post_title/'],
  ['/{{ section }}/{{ page.fileSlug }}/', undefined],
])('data files of Eleventy state the pattern of addresses: %s', async (permalink, pattern) => {
  const path = await testFolder({
    'eleventy.config.js': 'export default () => ({ dir: { input: "src" } });',
    'src/posts/posts.json': JSON.stringify({ permalink }),
  });
  const expected = pattern === undefined ? undefined : { section: 'posts', pattern };
  expect(loadSite(path).site.generator?.permalinks[0]).toEqual(expected);
});

test.each<[string, Record<string, string>, string[]]>([
  ['Jekyll', { '_config.yml': 'exclude: [NOTES.md, "old*", ./drafts/, lib/**/*.md, vendor]\n' }, ['', '']],
  ['Bridgetown', { 'bridgetown.config.yml': 'exclude: [NOTES.md, "old*", drafts, lib/**/*.md]\n' }, ['src/']],
  [
    'Hexo',
    { '_config.yml': 'new_post_name: a\nexclude: [NOTES.md, "old*", drafts/, lib/**]\n' },
    ['source/'],
  ],
  [
    'MkDocs',
    { 'mkdocs.yml': 'exclude_docs: |\n  /NOTES.md\n  # All.\n  old*\n  drafts/\n  lib/*/\n' },
    ['docs/'],
  ],
  [
    'VitePress',
    {
      'docs/.vitepress/config.ts':
        "export default { srcExclude: ['NOTES.md', 'old*', \n 'drafts/**', 'lib/**'] }",
    },
    ['docs/'],
  ],
  [
    'Quartz',
    { 'quartz.config.ts': 'const config = { ignorePatterns: ["NOTES.md", "old*", "drafts", "lib/**"] };' },
    ['content/'],
  ],
  [
    'Docusaurus',
    {
      'docusaurus.config.js':
        "module.exports = { presets: [['classic', { docs: { exclude: ['**/_*'] }, blog: { exclude: ['NOTES.md', 'old*', \n 'drafts/**', 'lib/**'] } }]] };",
    },
    ['blog/'],
  ],
])('what the configuration of %s excludes is no document', async (_, configuration, [root = '']) => {
  const files = ['NOTES.md', 'old-1.md', 'drafts/a.md', 'lib/x/b.md', 'a/NOTES.md', 'draft.md'];
  const documents = Object.fromEntries(files.map((name) => [root + name, 'A']));
  const path = await testFolder({ ...configuration, ...documents });
  expect(listSeeds(path).documents).toEqual([`${root}a/NOTES.md`, `${root}draft.md`]);
});

test('a document that describes its folder is listed', async () => {
  const path = await testFolder({
    'about/_index.md': 'A',
    'about/_other.md': 'B',
    '_index.fr.md': 'C',
  });
  expect(listSeeds(path).documents).toEqual(['_index.fr.md', 'about/_index.md']);
});

test('what gives documents their front matter, their people and pictures is copied with them', async () => {
  const files = {
    'hugo.toml': "baseURL = '/'\n",
    'config/_default/languages.toml': '',
    'content/a.md': 'A',
    'content/posts/_data.yml': '',
    'content/authors/jane.json': '{}',
    'docs/blog/.authors.yml': '',
    '_data/metadata.js': '',
    '_data/other.js': '',
    'data/authors/jane.yml': 'name: Jane\n',
    'data/prices.yml': 'a: 1\n',
    'themes/t/static/img/a.png': '',
    'themes/t/static/a.js': '',
    'themes/t/layouts/a.html': '',
    'themes/t/README.md': '',
    'vercel.json': '{}',
    'content/vercel.json': '{}',
    'versions.json': '[]',
    'tsconfig.json': '{}',
    'static/.htaccess': '',
  };
  const [path, target] = [await testFolder(files), await testFolder()];
  copySources(path, target, detectGenerator(path));
  const copied = readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(target, join(entry.parentPath, entry.name)));
  expect(copied.sort()).toEqual([
    '_data/metadata.js',
    'config/_default/languages.toml',
    'content/a.md',
    'content/authors/jane.json',
    'content/posts/_data.yml',
    'data/authors/jane.yml',
    'docs/blog/.authors.yml',
    'hugo.toml',
    'static/.htaccess',
    'themes/t/static/img/a.png',
    'tsconfig.json',
    'vercel.json',
    'versions.json',
  ]);
});

test('the files that VuePress serves are copied, too', async () => {
  const files = {
    'docs/.vuepress/config.js': '',
    'docs/.vuepress/public/a.png': '',
    'docs/.vuepress/theme/A.vue': '',
  };
  const [path, target] = [await testFolder(files), await testFolder()];
  expect(copySources(path, target, detectGenerator(path))).toMatchObject({ documents: 0, others: 2 });
});

test('the source that a document was knitted from is no document of its own', async () => {
  const path = await testFolder({
    'a/index.Rmd': 'A',
    'a/index.md': 'A',
    'b.Rmd': 'B',
    'c.qmd': 'C',
    'c.html': 'C',
  });
  expect(listSeeds(path).documents).toEqual(['a/index.md', 'b.Rmd', 'c.html']);
});

test('sections of Hugo give front matter to everything below them, and to what they name', async () => {
  const of = await read({
    'hugo.toml': "baseURL = '/'\n[[cascade]]\nauthor = 'Jane Roe'\n",
    'content/inner/_index.md': '---\ntitle: Inner\ncascade:\n  draft: true\n---\n',
    'content/inner/open/_index.md':
      '+++\n[[cascade]]\ndraft = false\n[cascade.params]\ntags = ["sea"]\n+++\n',
    'content/_index.md':
      '---\ncascade:\n- author: John Doe\n  target:\n    path: "{/news/**}"\n- author: Nobody\n  target:\n    kind: section\n---\n',
    'content/broken/_index.md': '---\ncascade: [\n---\n',
  });
  expect(of('content/posts/x.md')).toMatchObject({ people: ['Jane Roe'] });
  expect(of('content/news/x.md')).toMatchObject({ people: ['John Doe'] });
  expect(of('content/inner/x.md')).toBe('draft');
  expect(of('content/inner/open/x.md')).toMatchObject({ tags: ['sea'] });
});

test('a file beside a document of Nikola has its metadata, by names or in their order', async () => {
  const of = await read({
    'conf.py': 'BLOG_TITLE = "A"\n',
    'posts/a.meta': '.. title: A\n.. tags: sea, ship\n.. author: Jane Roe\n',
    'posts/b.meta': 'The title\nb\n2018-05-06\nsea\n',
    'posts/c.meta': '.. title: C\n.. tags: sea, draft\n',
  });
  expect(of('posts/a.md')).toMatchObject({ tags: ['sea', 'ship'], people: ['Jane Roe'] });
  expect(of('posts/b.md')).toMatchObject({ tags: ['sea'] });
  expect(of('posts/c.md')).toBe('draft');
  expect(of('posts/d.md')).toMatchObject({ tags: [] });
});

test('taxonomies of Hugo are tags, authors and series, and tags of Docusaurus have labels', async () => {
  const of = await read({
    'hugo.toml': "baseURL = '/'\n[taxonomies]\nglaze = 'glazes'\nauthor = 'writers'\ntag = 'tags'\n",
  });
  const french = await read({ 'hugo.yaml': 'baseURL: /\ntaxonomies:\n  auteur: auteurs\n  thème: thèmes\n' });
  expect(french('content/a.md', 'auteurs: [Jane Roe]\nthèmes: [pot]\n')).toMatchObject({
    tags: ['pot'],
    people: ['Jane Roe'],
  });
  expect(of('content/a.md', 'glazes: [ash]\nwriters: [Jane Roe]\ntags: [pot]\n')).toMatchObject({
    tags: ['pot', 'ash'],
    people: ['Jane Roe'],
  });
  const docusaurus = await read({
    'docusaurus.config.js': 'module.exports = {};',
    'blog/tags.yml': 'release:\n  label: New releases\n  permalink: /rel\n',
  });
  expect(docusaurus('blog/a.md', 'tags: [release, other]\n')).toMatchObject({
    tags: ['New releases', 'other'],
  });
});

test('a password or the day of its deletion holds a document back', async () => {
  const of = await read({ 'hugo.toml': "baseURL = '/'\n" });
  expect(of('a.md', 'password: secret\n')).toBe('draft');
  expect(of('a.md', 'deleted: 2021-05-06\n')).toBe('draft');
  expect(of('a.md', 'password: ""\ndeleted: false\n')).toMatchObject({ tags: [] });
});

test.each([
  ['Europe/Paris', '02:00', '2021-02-03T01:00:00.000Z'],
  ['Pacific/Auckland', '13:00', '2021-02-03T00:00:00.000Z'],
  ['America/New_York', '00:00', '2021-02-03T05:00:00.000Z'],
])('a day in %s is the same day in UTC, unless a file of settings says more', async (zone, time, instant) => {
  const path = await testFolder({ '_config.yml': `timezone: ${zone}\n` });
  const { site } = loadSite(path);
  expect(site).toMatchObject({ timeZone: zone, timeOfDay: time });
  const reading = readDocument(file('_posts/2021-02-03-a.md', 'Words of it.\n'), site);
  expect(reading).toMatchObject({ parsed: { published: { instant: Date.parse(instant) } } });
});

test('Markdown with code of Middleman is a document, and a page or a feed with it is none', async () => {
  const path = await testFolder({
    'config.rb': 'activate :blog',
    'source/a.html.md.erb': 'A',
    'source/b.html.erb': 'B',
    'source/feed.xml.builder': 'C',
  });
  expect(listSeeds(path).documents).toEqual(['source/a.html.md.erb']);
});

test.each<[string, Record<string, string>, string | undefined]>([
  ['a short address', { 'a.md': "guid: 'https://a.example/blog/?p=12'" }, 'https://a.example'],
  ['another id', { 'a.md': 'guid: https://a.example/b' }, undefined],
  [
    'a link to another with its date',
    { 'a.md': '[b](https://a.example/2020/03/b/) [c](https://x.example/c)', '2020-03-01-b/index.md': '' },
    'https://a.example',
  ],
  [
    'two links to others',
    {
      'a.md': '<a href="https://a.example/b-c.html">d-e</a> https://a.example/d-e',
      'b-c.md': '',
      'd-e.md': '',
    },
    'https://a.example',
  ],
  ['one link without a date', { 'a.md': 'https://a.example/b-c', 'b-c.md': '' }, undefined],
  [
    'names of one word',
    { 'a.md': 'https://a.example/b https://a.example/c', 'b.md': '', 'c.md': '' },
    undefined,
  ],
  [
    'what is hidden',
    { 'a.md': '[b](https://a.example/2020/03/b/)', 'b.md': '---\ndraft: true\n---' },
    undefined,
  ],
  [
    'what is scheduled',
    { 'a.md': '[b](https://a.example/2020/03/b/)', 'b.md': 'date: 2031-01-01' },
    undefined,
  ],
])('an export to Markdown says which site it was by %s', async (_, files, origin) => {
  const path = await testFolder(files);
  expect(loadSite(path, false, Date.UTC(2026, 10, 30)).site.copiedFrom).toBe(origin);
});

test('pages that were at the paths that they have in the folder say which site is copied', async () => {
  const page = (head: string): string => `<html><head>${head}</head><body><p>Text.</p></body></html>`;
  const at = async (files: Readonly<Record<string, string>>): Promise<string | undefined> => {
    const path = await testFolder(files);
    return loadSite(path, false, Date.UTC(2026, 10, 30)).site.copiedFrom;
  };
  const canonical = page('<link rel="canonical" href="https://a.example/2019/whale/">');
  expect(await at({ '2019/whale/index.html': canonical })).toBe('https://a.example');
  expect(await at({ 'old/2019/whale.html': canonical })).toBe('https://a.example');
  const shared = page("<meta content='https://b.example/2019/whale.html' property='og:url'>");
  expect(await at({ '2019/whale.htm': page(''), '2019/x.html': shared })).toBeUndefined();
  const graph = page("<meta property='og:url' content='https://b.example/2019/whale.html'>");
  expect(await at({ '2019/whale.htm': graph })).toBe('https://b.example');
  expect(await at({ 'whale.html': canonical, '2019/other.html': canonical })).toBeUndefined();
  expect(await at({ 'c.example/index.html': page(''), 'c.example/a.html': page('') })).toBe(
    'https://c.example',
  );
  expect(await at({ 'www.c.example/index.php.html': page('') })).toBe('https://www.c.example');
  const mirrored = (of: string): string =>
    page(`<!-- Mirrored from f.example/${of} by HTTrack Website Copier -->`);
  expect(await at({ '2019/whale.html': mirrored('2019/whale.html') })).toBe('https://f.example');
  expect(await at({ '2019/whale.html': mirrored('other.html') })).toBeUndefined();
  const linked = ['a.html', 'img/b.gif', 'gone.html'].map(
    (path) => `<a href="http://d.example/${path}">x</a>`,
  );
  const elsewhere = '<a href="http://e.example/a.html">x</a>';
  expect(
    await at({ 'a.html': page(''), 'img/b.gif': '', 'c.html': page(elsewhere + linked.join(' ')) }),
  ).toBe('http://d.example');
  expect(await at({ 'a.html': page(elsewhere) })).toBeUndefined();
  const later = page('<meta name="date" content="2031-01-01">');
  const toHidden = '<a href="http://f.example/a.html">x</a> <a href="http://f.example/b.html">x</a>';
  expect(await at({ 'a.html': later, 'b.html': later, 'c.html': page(toHidden) })).toBeUndefined();
  expect(await at({ 'v1.0/index.html': page(''), 'c.example/a.html': page('') })).toBeUndefined();
  expect(await at({ 'hugo.toml': "baseURL = '/'", 'content/2019/whale.html': canonical })).toBeUndefined();
});

test('what programs put beside copied and converted pages is no document', async () => {
  const path = await testFolder({
    'minutes.htm': 'A',
    'minutes_files/header.htm': 'B',
    'minutes_files/sheet001.htm': 'C',
    'hts-cache/readme.txt': 'D',
    'plot_files/libs/d3/LICENSE.txt': 'D',
    'press_files/2019.txt': 'D',
    'saved.html': 'E',
    'saved-Dateien/saved_resource(1).html': 'F',
    'verbale_file/header.html': 'G',
    'ata_arquivos/header.html': 'G',
    'profile/header.html': 'H',
  });
  expect(listSeeds(path).documents).toEqual([
    'minutes.htm',
    'minutes_files/sheet001.htm',
    'press_files/2019.txt',
    'profile/header.html',
    'saved.html',
  ]);
});

test('a taxonomy of Zola beside its tags keeps them', async () => {
  const of = await read({
    'config.toml': 'base_url = "https://example.org"\ntaxonomies = [{name = "tags"}, {name = "makers"}]\n',
  });
  expect(of('content/a.md', 'taxonomies:\n  tags: [sea]\n  makers: [Roe]\n')).toMatchObject({
    tags: ['sea', 'Roe'],
  });
});
