import { join } from 'node:path';
import { checkPages, installSite } from './install-site.ts';
import type { PrepareSubject } from './run.ts';

const PACKAGES = { '@11ty/eleventy': '3.1.8', '@11ty/eleventy-plugin-rss': '3.0.0' };

const FILES = {
  'eleventy.config.js': `import { feedPlugin } from '@11ty/eleventy-plugin-rss';
export default function (config) {
  config.addCollection('posts', (api) => api.getFilteredByGlob('documents/**/*.md'));
  config.addPlugin(feedPlugin, {
    type: 'rss',
    outputPath: '/feed.xml',
    collection: { name: 'posts', limit: 50 },
    metadata: { language: 'en', title: 'Bench', subtitle: 'Bench', base: 'https://news.example/', author: { name: 'Bench' } },
  });
  return { dir: { input: 'documents', includes: '../includes', output: 'out' }, markdownTemplateEngine: false };
}
`,
  'includes/page.njk': `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title><meta name="description" content="{{ description }}"></head>
<body><article><h1>{{ title }}</h1><time>{{ date.toISOString() }}</time>{{ content | safe }}</article></body></html>
`,
  'documents/documents.json': '{ "layout": "page.njk" }\n',
};

export const prepareEleventy: PrepareSubject = () => {
  const installed = installSite('eleventy', PACKAGES, FILES);
  if (typeof installed === 'string') return installed;
  const { folder, packages } = installed;
  const out = join(folder, 'out');
  return {
    name: 'Eleventy + RSS plugin',
    version: Object.values(PACKAGES).join(' + '),
    documents: join(folder, 'documents'),
    command: {
      program: process.execPath,
      args: [join(packages, '@11ty/eleventy/cmd.cjs'), '--quiet'],
      folder,
    },
    remains: [out],
    check: (count) => checkPages(out, 'feed.xml', count),
  };
};
