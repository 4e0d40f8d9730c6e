import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LEDGER_NAME } from '../../src/identity/ledger.ts';
import { PACKAGE_ROOT as ROOT } from '../../src/package.ts';
import { decodeStore } from '../../src/store/format.ts';

/** The resource usage of a process and its children. */
export interface Run {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all cores together, kernel included. */
  readonly cpu: number;
  /** The peak memory of the largest process, in bytes. */
  readonly memory: number;
}

type Command = readonly [program: string, ...args: string[]];

const TIME = '/usr/bin/time';

/** Whether `timed` works here: it needs GNU time. */
export const canMeasure = existsSync(TIME);
export const NO_GNU_TIME = `Skipped: there is no \`${TIME}\` to measure processes with.`;

/** @throws Error if the command fails */
export function timed(command: Command, folder: string): Run {
  const account = mkdtempSync(join(tmpdir(), 'tidings-time-'));
  try {
    const file = join(account, 'time');
    const { status, stderr, stdout } = spawnSync(
      TIME,
      ['--format', '%e %U %S %M', '--output', file, ...command],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' },
      },
    );
    if (status !== 0) throw new Error(`Cannot run ${command.join(' ')}: ${stderr || stdout}`);
    const [wall = 0, user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    return { wall, cpu: user + system, memory: kilobytes * 1024 };
  } finally {
    rmSync(account, { recursive: true });
  }
}

/** A tool that makes pages and a feed of a folder of documents. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Versions, or the paths of tarballs, by package; empty: it is a command of the machine. */
  readonly packages: Readonly<Record<string, string>>;
  /** The files of a site besides the documents: texts by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The folder of the documents in that of the site. */
  readonly documents: string;
  /** Runs in the folder of the site. */
  readonly build: Command;
  /** The paths of everything that a build writes, in the folder of the site. */
  readonly remains: readonly string[];
  /** @throws Error if a document has no page, or the feed does not have full content */
  readonly check: (site: string, documents: number) => void;
}

/**
 * Makes a site without documents, in a folder of its own.
 *
 * @returns what the installation of the tool took; undefined if it needs none
 * @throws Error if the tool cannot be installed
 */
export function makeSite({ packages, files, documents }: Tool, site: string): Run | undefined {
  const manifest = { private: true, type: 'module', dependencies: packages };
  for (const [path, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
  mkdirSync(join(site, documents), { recursive: true });
  if (Object.keys(packages).length === 0) return undefined;
  return timed(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'], site);
}

/**
 * Our own build, from the package as it is published: packed from the sources.
 *
 * @param folder for the tarball
 */
export function packTidings(folder: string): Tool {
  timed(['npm', 'pack', '--pack-destination', folder], ROOT);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return {
    name: 'Tidings',
    version: `Node ${process.versions.node}`,
    packages: { tidings: join(folder, tarball), wrangler: devDependencies.wrangler },
    files: {},
    documents: 'seeds',
    build: [process.execPath, 'node_modules/tidings/lib/bin.js', 'build', '--cache', 'cache'],
    remains: ['dist', 'cache', join('seeds', LEDGER_NAME)],
    check(site, documents) {
      const store = new Uint8Array(readFileSync(join(site, 'dist/store.bin')));
      const { length } = decodeStore(store.buffer);
      if (length !== documents) throw new Error(`Cannot compare: ${length} articles; expected ${documents}`);
    },
  };
}

const HUGO_SITE = {
  // Pages of tags and sections are not needed.
  'config.toml': `baseURL = "https://news.example/"
title = "Bench"
languageCode = "en"
disableKinds = ["taxonomy", "term", "section", "sitemap", "robotsTXT", "404"]
`,
  'layouts/_default/single.html': `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}"></head>
<body><article><h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}</article></body></html>
`,
  'layouts/index.html': `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Site.Title }}</title></head>
<body><ul>{{ range first 50 .Site.RegularPages }}<li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
`,
  'layouts/_default/rss.xml': `{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0"><channel><title>{{ .Site.Title }}</title><link>{{ .Permalink }}</link><description>Bench</description>
{{ range first 50 .Site.RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate><description>{{ .Content | html }}</description></item>
{{ end }}</channel></rss>
`,
};

/** @returns the reason if it is not installed */
export function findHugo(): Tool | string {
  const { stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  const version = /v[\d.]+/.exec(stdout ?? '')?.[0];
  if (version === undefined) return 'there is no command "hugo"';
  return {
    name: 'Hugo',
    version,
    packages: {},
    files: HUGO_SITE,
    documents: 'documents',
    build: ['hugo', '--quiet', '--contentDir', 'documents', '--destination', 'out'],
    remains: ['out', 'resources'],
    check: checkPages('index.xml'),
  };
}

const ELEVENTY_SITE = {
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

export const ELEVENTY: Tool = {
  name: 'Eleventy + RSS plugin',
  version: '3.1.8 + 3.0.0',
  packages: { '@11ty/eleventy': '3.1.8', '@11ty/eleventy-plugin-rss': '3.0.0' },
  files: ELEVENTY_SITE,
  documents: 'documents',
  build: [process.execPath, 'node_modules/@11ty/eleventy/cmd.cjs', '--quiet'],
  remains: ['out'],
  check: checkPages('feed.xml'),
};

const ASTRO_SITE = {
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

export const ASTRO: Tool = {
  name: 'Astro + @astrojs/rss',
  version: '7.3.5 + 4.0.19',
  packages: { astro: '7.3.5', '@astrojs/rss': '4.0.19' },
  files: ASTRO_SITE,
  documents: 'documents',
  build: [process.execPath, 'node_modules/astro/bin/astro.mjs', 'build', '--silent'],
  remains: ['out', 'cache', '.astro', 'node_modules/.astro', 'node_modules/.vite'],
  check: checkPages('rss.xml'),
};

/** @returns a check of the output against the input */
function checkPages(feed: string): Tool['check'] {
  return (site, documents) => {
    const folder = join(site, 'out');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const pages = names.filter((name) => name.endsWith('.html')).length;
    if (pages < documents)
      throw new Error(`Cannot compare: ${folder} has ${pages} pages; expected ${documents}`);
    const path = join(folder, feed);
    const xml = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (!/&lt;p&gt;|<!\[CDATA\[\s*<p>/.test(xml))
      throw new Error(`Cannot compare: ${path} has no articles in full`);
  };
}
