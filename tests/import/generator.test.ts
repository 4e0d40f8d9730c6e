import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectGenerator } from '../../src/import/generator.ts';
import { importSettings } from '../../src/import/import-settings.ts';
import { listSeeds } from '../../src/pipeline/scan-sources.ts';
import { testFolder } from '../support/folder.ts';

async function detect(files: Readonly<Record<string, string>>, folder = '') {
  return detectGenerator(join(await testFolder(files), folder));
}

async function documentsIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return listSeeds(await testFolder(files)).documents;
}

test.each([
  ['Jekyll', '_config.yml', 'title: A\nurl: https://a.example\nbaseurl: /blog\n'],
  ['Hexo', '_config.yml', 'title: A\nurl: https://a.example/blog\nroot: /blog/\npost_asset_folder: true\n'],
  ['Hugo', 'hugo.toml', "title = 'A'\nbaseURL = 'https://a.example/blog/'\n"],
  ['Hugo', 'config.yaml', 'title: A\nbaseURL: https://a.example/blog/\n'],
  ['Zola', 'config.toml', 'title = "A"\nbase_url = "https://a.example/blog"\n'],
  [
    'Docusaurus',
    'docusaurus.config.ts',
    "const c = { title: 'A', url: 'https://a.example', baseUrl: '/blog/' };",
  ],
  ['Astro', 'astro.config.mjs', "export default defineConfig({ site: 'https://a.example', base: '/blog' });"],
  ['Quartz', 'quartz.config.ts', 'const config = { configuration: { baseUrl: "a.example/blog" } };'],
  ['Pelican', 'pelicanconf.py', "SITENAME = 'A'\nSITEURL = 'https://a.example/blog'\n"],
])('%s is known by %s, and where its site was', async (name, file, text) => {
  const generator = await detect({ [file]: text });
  expect(generator).toMatchObject({ name, file, prefix: '', url: 'https://a.example', base: 'blog' });
});

test('the title of a site of Hugo may be that in its language', async () => {
  const text =
    'baseURL: /\ndefaultContentLanguage: pt-BR\nlanguages:\n  en: { title: B }\n  pt-BR: { title: A }\n';
  expect(await detect({ 'hugo.yaml': text })).toMatchObject({ title: 'A', language: 'pt-BR' });
});

test('configuration above the folder counts only where the folder is one of documents', async () => {
  const files = {
    'hugo.toml': "baseURL = 'https://a.example'\n",
    'content/posts/a.md': 'A',
    'notes/b.md': 'B',
  };
  expect(await detect(files, 'content')).toMatchObject({ name: 'Hugo', prefix: 'content/' });
  expect(await detect(files, 'content/posts')).toMatchObject({ prefix: 'content/posts/' });
  expect(await detect(files, 'notes')).toBeUndefined();
});

test('patterns of addresses come with the folder that they are for', async () => {
  const hugo = await detect({
    'hugo.toml':
      "baseURL = 'https://a.example'\n[permalinks]\nposts = '/:year/:slug/'\n[permalinks.page]\nnews = '/n/:slug/'\n",
  });
  expect(hugo?.permalinks).toEqual([
    { section: 'posts', pattern: '/:year/:slug/' },
    { section: 'news', pattern: '/n/:slug/' },
  ]);
  const jekyll = await detect({
    '_config.yml': 'permalink: pretty\ncollections:\n  docs:\n    permalink: /d/:path/\n',
  });
  expect(jekyll?.permalinks.slice(0, 2)).toEqual([
    { section: 'docs', pattern: '/d/:path/' },
    { section: '_posts', pattern: 'pretty' },
  ]);
});

test('a configuration is read, not run: what is no literal is not known', async () => {
  const generator = await detect({
    'docusaurus.config.js':
      "// title: 'Old'\nconst name = process.env.NAME;\nmodule.exports = { title: name + name, tagline: 'B', url };\n",
  });
  expect(generator).toMatchObject({ name: 'Docusaurus', title: undefined, description: 'B', url: undefined });
  expect(await detect({ '_config.yml': 'a: [' })).toMatchObject({ name: 'Jekyll', title: undefined });
});

test('what Quartz leaves out by itself is no document, wherever the folder begins', async () => {
  const path = await testFolder({
    'quartz.config.ts': "export default { configuration: { pageTitle: 'Garden' } }",
    'content/private/a.md': 'A',
    'content/templates/b.md': 'B',
    'content/c.md': 'C',
  });
  const documents = (folder: string) => listSeeds(join(path, folder)).documents;
  expect(documents('')).toEqual(['content/c.md']);
  expect(documents('content')).toEqual(['c.md']);
  expect(detectGenerator(path)?.title).toBe('Garden');
});

test('settings are read of a configuration above the documents', async () => {
  const text = "export default { title: 'A', dir: { input: 'src' } };\n";
  const folder = await testFolder({ 'eleventy.config.js': text, 'src/a.md': 'A' });
  expect(importSettings(join(folder, 'src')).generator).toMatchObject({ name: 'Eleventy', prefix: 'src/' });
});

test('Bridgetown makes pages of its folder of pages, and has data', async () => {
  const files = {
    'bridgetown.config.yml': 'url: https://a.example\ncollections:\n  docs:\n    output: true\n',
    'src/_pages/a.md': 'A',
    'src/_docs/b.md': 'B',
    'src/_data/authors.yml': 'jane:\n  name: Jane\n',
    'src/_layouts/c.md': 'C',
  };
  const { documents, others } = listSeeds(await testFolder(files));
  expect(documents).toEqual(['src/_docs/b.md', 'src/_pages/a.md']);
  expect(others).toContain('src/_data/authors.yml');
});

test('collections of Jekyll that it makes pages of are documents, and so is what it includes', async () => {
  const files = {
    '_config.yml':
      "title: A\ncollections:\n  docs:\n    output: true\n  authors:\n    output: false\ninclude: ['_pages', '.htaccess']\n",
    '_docs/a.md': 'A',
    '_authors/b.md': 'B',
    '_pages/c.md': 'C',
    '_posts/2021-02-03-d.md': 'D',
    '_site/e.md': 'E',
  };
  expect(await documentsIn(files)).toEqual(['_docs/a.md', '_pages/c.md', '_posts/2021-02-03-d.md']);
});

test.each([
  [
    'Middleman',
    'config.rb',
    'set :site_title, "A"\nactivate :blog do |blog|\n  blog.permalink = "{year}/{title}.html"\nend\n',
  ],
  ['Nikola', 'conf.py', 'BLOG_TITLE = "A"\n'],
  ['SvelteKit', 'svelte.config.js', 'export default {};\n'],
  ['Nuxt', 'nuxt.config.ts', 'export default {};\n'],
  ['Vite', 'vite.config.ts', 'export default {};\n'],
])('%s is known by %s', async (name, file, text) => {
  expect(await detect({ [file]: text })).toMatchObject({ name, file });
});

test('Middleman states its pattern, and a configuration in Ruby of something else is none', async () => {
  const blog =
    'activate :blog do |blog|\n  blog.prefix = "blog"\n  blog.permalink = "{year}/{title}.html"\nend\n';
  expect((await detect({ 'config.rb': blog }))?.permalinks[0]).toEqual({
    pattern: '/blog/{year}/{title}.html',
  });
  expect(await detect({ 'config.rb': 'require "x"\nX.run\n' })).toBeUndefined();
});

test('documents of programs, fonts and tests are none of the site', async () => {
  const files = {
    'next.config.js': '',
    'AGENTS.md': 'A',
    'tools/skills/b/SKILL.md': 'B',
    'src/fonts/c/OFL.txt': 'C',
    'src/fonts/README.txt': 'C',
    'rules/__tests__/d.md': 'D',
    'scripts/e.html': 'E',
    'tests/f.md': 'F',
    'content/agents.md': 'G',
    'content/fonts/index.md': 'H',
    'content/tests/i.md': 'I',
  };
  expect(await documentsIn(files)).toEqual([
    'content/agents.md',
    'content/fonts/index.md',
    'content/tests/i.md',
  ]);
});

test.each([
  [
    '',
    {
      'docs/': 'docs/next/',
      'versioned_docs/version-2.0/': 'docs/',
      'versioned_docs/version-1.1/': 'docs/1.1/',
    },
  ],
  [
    "lastVersion: 'current'",
    { 'versioned_docs/version-2.0/': 'docs/2.0/', 'versioned_docs/version-1.1/': 'docs/1.1/' },
  ],
])('the last version of documents in Docusaurus has the address without one: %j', async (stated, mounts) => {
  const files = {
    'docusaurus.config.js': `module.exports = { docs: { ${stated} } };`,
    'versions.json': '["2.0", "1.1"]',
  };
  expect((await detect(files))?.mounts).toEqual(mounts);
});

test('the address of a preview is none of the site', async () => {
  const configuration = "const c = { site: 'http://localhost:4321' };";
  expect((await detect({ 'astro.config.mjs': configuration }))?.url).toBeUndefined();
});

test.each([
  ['astro.config.mjs', "const c = { author: { url: 'https://b.example' }, site: 'https://a.example' };"],
  ['nuxt.config.ts', "const c = { api: { url: 'https://b.example' }, site: { url: 'https://a.example' } };"],
])('the address of something else in %s is not that of the site', async (file, text) => {
  expect(await detect({ [file]: text })).toMatchObject({ url: 'https://a.example' });
});

test('Markdown in the public folder of Next.js may be a post', async () => {
  const files = {
    'next.config.js': '',
    'public/a/index.md': 'A',
    'public/robots.html': 'B',
    'public/c.txt': 'C',
  };
  expect(await documentsIn(files)).toEqual(['public/a/index.md']);
});

test.each([
  ['Bridgetown', 'bridgetown.config.yml', 'url: https://a.example\n', 'src/images/a.png'],
  ['VuePress', 'docs/.vuepress/config.js', 'module.exports = {}', 'docs/.vuepress/public/a.png'],
  ['VitePress', '.vitepress/config.mts', "export default { srcDir: './src' }", 'src/public/a.png'],
])('%s is known by %s, and serves its files', async (name, file, text, picture) => {
  const path = await testFolder({ [file]: text, [picture]: '', 'docs/.vuepress/x.md': 'X' });
  const generator = detectGenerator(path);
  expect(generator?.name).toBe(name);
  expect(generator?.staticRoots.some((root) => picture.startsWith(root))).toBe(true);
  expect(listSeeds(path)).toMatchObject({ documents: [], others: expect.arrayContaining([picture]) });
});

test.each([
  [
    '_data/metadata.js',
    "export default { title: 'A', url: 'https://a.example/', author: { name: 'Jane Roe' } }",
  ],
  [
    'content/_data/site.json',
    '{ "title": "A", "url": "https://a.example", "author": { "name": "Jane Roe" } }',
  ],
])('Eleventy has the title, the address and the author of the site in %s', async (file, text) => {
  const config = "export default () => ({ dir: { input: './content' } });";
  expect(await detect({ 'eleventy.config.js': config, [file]: text })).toMatchObject({
    name: 'Eleventy',
    title: 'A',
    url: 'https://a.example',
    authors: [{ name: 'Jane Roe' }],
  });
});

test('a starter of Next.js has them in data/siteMetadata.js, and its base path in the configuration', async () => {
  const generator = await detect({
    'next.config.js': "module.exports = () => ({ basePath: '/blog', reactStrictMode: true })",
    'data/siteMetadata.js':
      "const siteMetadata = {\n  title: 'A',\n  author: 'Jane Roe',\n  siteUrl: 'https://a.example',\n}\n",
  });
  expect(generator).toMatchObject({
    title: 'A',
    url: 'https://a.example',
    base: 'blog',
    authors: [{ name: 'Jane Roe' }],
  });
});

test('each blog of Docusaurus has its address, also behind nested options', async () => {
  const generator = await detect({
    'docusaurus.config.js': `const config = {
      presets: [['classic', { docs: { routeBasePath: 'manual' },
        blog: { feedOptions: { type: ['rss'], limit: { a: 1 } }, routeBasePath: 'news' } }]],
      plugins: [['@docusaurus/plugin-content-blog', { id: 'log', path: './changes', routeBasePath: 'changelog' }]],
    };`,
  });
  expect(generator?.permalinks.slice(0, 4).map(({ section, pattern }) => [section, pattern])).toEqual([
    ['blog', '/news/:year/:month/:day/:title'],
    ['blog', '/news/:slug'],
    ['changes', '/changelog/:year/:month/:day/:title'],
    ['changes', '/changelog/:slug'],
  ]);
  expect(generator?.mounts).toEqual({ 'docs/': 'manual/' });
});

test.each([
  ['hugo.toml', "baseURL = '/'\nenableEmoji = true\n", true],
  ['hugo.yaml', 'baseURL: /\nenableEmoji: false\n', false],
  ['hugo.toml', "baseURL = '/'\n# enableEmoji = true\n", false],
  ['_config.yml', 'plugins:\n  - jekyll-feed\n  - jemoji\n', true],
  ['_config.yml', 'plugins: [jemoji, jekyll-feed]\n', true],
  ['_config.yml', 'title: On jemoji\n', false],
  ['docusaurus.config.js', '', true],
])('%s says whether names of emoji are emoji: %j', async (file, text, showsEmoji) => {
  expect(await detect({ [file]: text })).toMatchObject({ showsEmoji });
});

test('media are listed in every folder, but not the documents of hidden ones', async () => {
  const path = await testFolder({
    'a.md': 'A',
    '_attachments/a.png': '',
    '_attachments/b.md': 'B',
    'a/_c.jpeg': '',
    _headers: '',
    '_site/d.png': '',
    '.hidden/e.png': '',
  });
  const { documents, others } = listSeeds(path);
  expect(documents).toEqual(['a.md']);
  expect(others).toEqual(['_attachments/a.png', 'a/_c.jpeg']);
});

test.each([
  [
    'hugo.toml',
    "baseURL = '/'\n[languages.en]\ncontentDir = 'content/en'\n[languages.fr]\ncontentDir = 'content/fr'\n",
    {},
  ],
  [
    'hugo.yaml',
    'baseURL: /\nmodule:\n  mounts:\n    - {source: content/en, target: content, lang: en}\n    - {source: content/fr, target: content, lang: fr}\n',
    {},
  ],
  [
    'config/_default/hugo.toml',
    "baseURL = '/'\n",
    {
      'config/_default/languages.en.toml': "contentDir = 'content/en'\n",
      'config/_default/languages.fr.toml': "contentdir = 'content/fr/'\n",
    },
  ],
])('folders of languages are known from %s of Hugo', async (file, text, more) => {
  const hugo = await detect({ [file]: text, 'content/en/a.md': 'A', ...more });
  expect(hugo?.languageRoots).toEqual({ 'content/en/': 'en', 'content/fr/': 'fr' });
  expect(hugo?.contentRoots).toEqual(['content/en/', 'content/fr/', 'content/']);
});

test('directories of VuePress have their pattern, and its lists their names', async () => {
  const files = {
    'docs/.vuepress/config.js': `module.exports = { plugins: [['@vuepress/blog', {
      directories: [
        { id: 'post', dirname: '_posts', path: '/', itemPermalink: '/post/:slug', pagination: { lengthPerPage: 5 } },
        { id: 'log', dirname: '_logs', path: '/log/' },
      ],
      frontmatters: [{ id: 'tag', keys: ['tag'], path: '/label/' }, { id: 'author', keys: ['author'], path: '/by/' }],
    }]] };`,
    'docs/_logs/a.md': 'A',
    'docs/_other/b.md': 'B',
  };
  const generator = await detect(files);
  expect(generator?.permalinks.slice(0, 2)).toEqual([
    { section: '_posts', pattern: '/post/:slug' },
    { section: '_logs', pattern: '/:year/:month/:day/:slug' },
  ]);
  expect(generator?.lists).toEqual({ label: 'tag', by: 'author' });
  expect(await documentsIn(files)).toEqual(['docs/_logs/a.md']);
});

test('a plugin of Starlight makes a blog of one folder, and `path` of Docusaurus is no folder of all documents', async () => {
  const starlight = "starlight({ plugins: [starlightBlog({ prefix: 'news' })] })";
  const astro = await detect({
    'astro.config.mjs': `import starlightBlog from 'starlight-blog'\n${starlight}`,
  });
  expect(astro?.permalinks).toEqual([{ section: 'news', pattern: '/:path/' }]);
  const docusaurus = "module.exports = { plugins: [['content-blog', { id: 'b', path: './workshop' }]] };";
  expect((await detect({ 'docusaurus.config.js': docusaurus }))?.contentRoots).toEqual(['src/pages/']);
});

test('Sphinx, Grav, Kirby and Statamic are known by their layout', async () => {
  const sphinx = {
    'docs/conf.py':
      'extensions = ["myst_parser", "ablog"]\nexclude_patterns = ["posts/drafts/**", "old.md"]\n',
    'docs/a.md': 'A',
    'docs/old.md': 'B',
    'docs/posts/drafts/c.md': 'C',
  };
  expect(await detect(sphinx)).toMatchObject({ name: 'Sphinx' });
  expect(await documentsIn(sphinx)).toEqual(['docs/a.md']);
  const grav = {
    'user/config/site.yaml': 'title: A\n',
    'user/pages/01.blog/a/item.md': 'A',
    'user/plugins/b/README.md': 'B',
  };
  expect(await detect(grav)).toMatchObject({ name: 'Grav' });
  expect(await documentsIn(grav)).toEqual(['user/pages/01.blog/a/item.md']);
  const kirby = {
    'content/site.txt': 'Title: A\n',
    'content/1_notes/a/note.txt': 'A',
    'content/1_notes/a/b.jpg.txt': 'Alt: B',
    'content/1_notes/a/b.jpg.de.txt': 'Alt: C',
    'content/error/error.txt': 'B',
    'kirby/README.md': 'C',
  };
  expect(await detect(kirby)).toMatchObject({ name: 'Kirby', title: 'A' });
  expect(await documentsIn(kirby)).toEqual(['content/1_notes/a/note.txt']);
  expect(await detect({ 'composer.json': '{"require": {"statamic/cms": "^5.0"}}' })).toMatchObject({
    name: 'Statamic',
  });
  expect(await detect({ 'composer.json': '{}' })).toBeUndefined();
});

test('blogs of Material for MkDocs have the addresses that the plugin states', async () => {
  const permalinks = async (plugins: string): Promise<unknown> =>
    (await detect({ 'mkdocs.yml': `site_name: A\nplugins: ${plugins}\n` }))?.permalinks;
  expect(await permalinks('[search, blog]')).toEqual([
    { section: 'blog/posts', pattern: '/blog/:year/:month/:day/:slug/' },
  ]);
  expect(
    await permalinks(
      '[{material/blog: {blog_dir: log, post_dir: "{blog}/p", post_url_date_format: yyyy/MM}}]',
    ),
  ).toEqual([{ section: 'log/p', pattern: '/log/:year/:month/:slug/' }]);
  expect(await permalinks('{blog: {blog_dir: ., post_url_format: "{slug}"}}')).toEqual([
    { section: 'posts', pattern: '/:slug/' },
  ]);
  expect(await permalinks('[search]')).toEqual([]);
});

test('translations have the address pattern of Pelican for them', async () => {
  const permalinks = async (text: string): Promise<unknown> =>
    (await detect({ 'pelicanconf.py': text }))?.permalinks.slice(0, 2).map(({ pattern }) => pattern);
  expect(await permalinks("ARTICLE_URL = 'a/{slug}/'\nARTICLE_LANG_URL = '{lang}/{slug}/'\n")).toEqual([
    'a/{slug}/',
    '{lang}/{slug}/',
  ]);
  expect(await permalinks("ARTICLE_URL = 'a/{slug}/'\n")).toEqual(['a/{slug}/', '{slug}-{lang}.html']);
  expect(await permalinks("SITENAME = 'A'\n")).toEqual(['{slug}.html', '{slug}-{lang}.html']);
});

test.each([
  ['mkdocs.yml', 'markdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: x\n', true],
  ['mkdocs.yml', 'markdown_extensions:\n  - admonition\n', false],
])('emoji are shown for their names if the configuration says so: %j', async (name, text, showsEmoji) => {
  expect(await detect({ [name]: text })).toMatchObject({ showsEmoji });
});

test('Docusaurus may be in a folder beside the program that it documents', async () => {
  const configuration =
    "module.exports = { url: 'https://a.example', presets: [['classic', { docs: { path: '../docs', routeBasePath: 'guide' } }]] };";
  const files = { 'website/docusaurus.config.js': configuration, 'docs/a.md': '' };
  expect(await detect(files)).toMatchObject({
    name: 'Docusaurus',
    file: 'website/docusaurus.config.js',
    url: 'https://a.example',
    contentRoots: ['website/src/pages/', 'website/'],
    staticRoots: ['website/static/'],
    mounts: { 'docs/': 'guide/' },
  });
  expect(await detect(files, 'website')).toMatchObject({ file: 'docusaurus.config.js' });
  expect(await detect({ 'website/hugo.toml': "baseURL = '/'\n" })).toBeUndefined();
});

test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
  [
    'aliases of imports',
    {
      'astro.config.mjs': "export default { site: 'https://a.example' };",
      'tsconfig.json':
        '{\n  // paths\n  "compilerOptions": { "baseUrl": "./src", "paths": { "@img/*": ["./images/*"], "~/*": ["*"], "lib": ["x"] } }\n}',
    },
    { '@img/': 'src/images/', '~/': 'src/' },
  ],
  [
    'copied folders of Eleventy',
    {
      'eleventy.config.js':
        'export default (c) => { c.addPassthroughCopy("css");\nc.addPassthroughCopy({ "./src/pics/": "shown", "src/root/**/*": "/", "src/a.pdf": "kit.pdf" }) };',
    },
    { 'shown/': 'src/pics/', '': 'src/root/', 'kit.pdf': 'src/a.pdf' },
  ],
  [
    'renamed files of Pelican',
    {
      'pelicanconf.py':
        "PATH = 'content'\nEXTRA_PATH_METADATA = {\n    'extra/a.pdf': {'path': 'kit.pdf'},\n    'extra/b.txt': {'path': 'c/b.txt'},\n}\n",
    },
    { 'kit.pdf': 'content/extra/a.pdf', 'c/b.txt': 'content/extra/b.txt' },
  ],
  [
    'the pictures of Middleman',
    { 'config.rb': "activate :blog\nset :images_dir, 'img'\n" },
    { 'images/': 'source/img/' },
  ],
  [
    'mounts of Hugo',
    {
      'hugo.toml':
        'baseURL = "https://a.example/"\n[[module.mounts]]\nsource = "pics"\ntarget = "static/shown"\n',
    },
    { 'shown/': 'pics/' },
  ],
])('the configuration states where files are: %s', async (_, files, expected) => {
  expect((await detect(files))?.filePrefixes).toEqual(expected);
});

test.each([
  ['mkdocs.yml', 'site_name: A\nsite_url: https://a.example/b/\n', 'b'],
  ['_quarto.yml', 'website:\n  title: A\n  site-url: https://a.example/b\n', 'b'],
  ['conf.py', 'BLOG_TITLE = "A"\nSITE_URL = "https://a.example/b/"\n', 'b'],
  ['_config.yml', 'url: https://a.example/b\npost_asset_folder: true\n', 'b'],
  ['_config.yml', 'url: https://a.example/b\ntitle: A\n', ''],
])('the base path may be that of the address of the site: %s, %s', async (file, text, base) => {
  expect((await detect({ [file]: text }))?.base).toBe(base);
});
