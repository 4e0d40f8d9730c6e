import { join } from 'node:path';
import { checkPages, installSite } from './install-site.ts';
import type { PrepareSubject } from './run.ts';

const PACKAGES = { astro: '7.3.5', '@astrojs/rss': '4.0.19' };

const FILES = {
  'package.json': '{ "private": true, "type": "module" }\n',
  'astro.config.mjs': `import { defineConfig } from 'astro/config';
export default defineConfig({ site: 'https://news.example', cacheDir: './cache', outDir: './out' });
`,
  'src/content.config.ts': `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
export const collections = { posts: defineCollection({ loader: glob({ pattern: '**/*.md', base: './documents' }) }) };
`,
  'src/pages/[...slug].astro': `---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  const posts = await getCollection('posts');
  return posts.map((post) => ({ params: { slug: post.id }, props: { post } }));
}
const { post } = Astro.props;
const { Content } = await render(post);
---
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{post.data.title}</title><meta name="description" content={post.data.description}></head>
<body><article><h1>{post.data.title}</h1><time>{String(post.data.date)}</time><Content /></article></body></html>
`,
  'src/pages/rss.xml.js': `import rss from '@astrojs/rss';
import { getCollection } from 'astro:content';
export async function GET(context) {
  const posts = await getCollection('posts');
  posts.sort((a, b) => new Date(b.data.date) - new Date(a.data.date));
  return rss({
    title: 'Bench',
    description: 'Bench',
    site: context.site,
    items: posts.slice(0, 50).map((post) => ({
      title: post.data.title,
      pubDate: new Date(post.data.date),
      link: \`/\${post.id}/\`,
      content: post.rendered.html,
    })),
  });
}
`,
};

/** A site of Astro with a page for each document and a feed of the newest 50. */
export const ASTRO = { packages: PACKAGES, files: FILES };

export const prepareAstro: PrepareSubject = () => {
  const installed = installSite('astro', PACKAGES, FILES);
  if (typeof installed === 'string') return installed;
  const { folder, packages } = installed;
  return {
    name: 'Astro + @astrojs/rss',
    version: Object.values(PACKAGES).join(' + '),
    documents: join(folder, 'documents'),
    command: {
      program: process.execPath,
      args: [join(packages, 'astro/bin/astro.mjs'), 'build', '--silent'],
      folder,
    },
    remains: ['out', 'cache', '.astro', 'node_modules'].map((name) => join(folder, name)),
    check: (count) => checkPages(join(folder, 'out'), 'rss.xml', count),
  };
};
