import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { detectGenerator } from '../../src/import/generator.ts';
import { listSeeds } from '../../src/pipeline/scan-sources.ts';
import { temporaryFolder } from '../support/folder.ts';

async function detect(files: Readonly<Record<string, string>>, folder = ''): ReturnType<typeof found> {
  const { path, remove } = await temporaryFolder(files);
  onTestFinished(remove);
  return found(join(path, folder));
}

async function found(path: string) {
  return detectGenerator(path);
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
  ['Pelican', 'pelicanconf.py', "SITENAME = 'A'\nSITEURL = 'https://a.example/blog'\n"],
])('%s is known by %s, and where its site was', async (name, file, text) => {
  const generator = await detect({ [file]: text });
  expect(generator).toMatchObject({ name, file, prefix: '', url: 'https://a.example', base: 'blog' });
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
  const { path, remove } = await temporaryFolder({
    'quartz.config.ts': "export default { configuration: { pageTitle: 'Garden' } }",
    'content/private/a.md': 'A',
    'content/templates/b.md': 'B',
    'content/c.md': 'C',
  });
  onTestFinished(remove);
  const documents = (folder: string) => listSeeds(join(path, folder)).documents;
  expect(documents('')).toEqual(['content/c.md']);
  expect(documents('content')).toEqual(['c.md']);
  expect(detectGenerator(path)?.title).toBe('Garden');
});
