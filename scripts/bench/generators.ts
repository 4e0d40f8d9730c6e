import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
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

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
}

const TIME = '/usr/bin/time';

/** Whether `run` works here: it needs GNU time. */
export const canMeasure = existsSync(TIME);
export const NO_GNU_TIME = `Skipped: there is no \`${TIME}\` to measure processes with.`;

/** @throws Error if the command fails */
export function run({ program, args, folder }: Command): Run {
  const account = mkdtempSync(join(tmpdir(), 'tidings-time-'));
  try {
    const file = join(account, 'time');
    const { status, stderr, stdout } = spawnSync(
      TIME,
      ['--format', '%e %U %S %M', '--output', file, program, ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' },
      },
    );
    if (status !== 0) throw new Error(`Cannot run ${program} ${args.join(' ')}: ${stderr || stdout}`);
    const [wall = 0, user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    return { wall, cpu: user + system, memory: kilobytes * 1024 };
  } finally {
    rmSync(account, { recursive: true });
  }
}

/** A tool that generates pages and a feed from a folder of documents. */
export interface BuildSubject {
  readonly name: string;
  readonly version: string;
  /** The folder of the documents, which no other subject uses. */
  readonly documents: string;
  readonly command: Command;
  /** The paths of everything that a build writes. */
  readonly remains: readonly string[];
  /** @throws Error if a document has no page, or there is no feed */
  readonly check: (documents: number) => void;
}

/** Prepares a subject in a folder of its own; returns the reason if it cannot be measured. */
type PrepareSubject = (folder: string) => BuildSubject | string;

/**
 * Packs the package as it is published.
 *
 * @returns the path of the tarball in the folder
 */
export function packTidings(folder: string): string {
  run({ program: 'npm', args: ['pack', '--pack-destination', folder], folder: ROOT });
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}

/** Our own build, from the package as it is published. */
export function prepareTidings(
  folder: string,
  tarball = packTidings(folder),
): BuildSubject & { readonly out: string } {
  const [documents, out, cache] = ['documents', 'out', 'cache'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]; // as many as names
  const libraries = join(folder, 'node_modules');
  mkdirSync(libraries);
  run({ program: 'tar', args: ['-xzf', tarball], folder });
  renameSync(join(folder, 'package'), join(libraries, 'tidings'));
  // Its only dependency.
  symlinkSync(join(ROOT, 'node_modules/satteri'), join(libraries, 'satteri'));
  return {
    name: 'Tidings',
    version: `Node ${process.versions.node}`,
    documents,
    out,
    command: {
      program: process.execPath,
      args: [
        join(libraries, 'tidings/lib/bin.js'),
        'build',
        '--seeds',
        documents,
        '--out',
        out,
        '--cache',
        cache,
      ],
      folder,
    },
    remains: [out, cache, join(documents, LEDGER_NAME)],
    check: (count) => checkStore(out, count),
  };
}

/** @throws Error if a build did not publish as many articles */
export function checkStore(out: string, count: number): void {
  const store = new Uint8Array(readFileSync(join(out, 'store.bin')));
  const { length } = decodeStore(store.buffer);
  if (length !== count) throw new Error(`Cannot compare: ${length} articles; expected ${count}`);
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

export const prepareHugo: PrepareSubject = (folder) => {
  const { stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  const version = /v[\d.]+/.exec(stdout ?? '')?.[0];
  if (version === undefined) return 'there is no command "hugo"';
  const [documents, out] = [join(folder, 'documents'), join(folder, 'out')];
  writeSite(folder, HUGO_SITE);
  return {
    name: 'Hugo',
    version,
    documents,
    command: {
      program: 'hugo',
      args: ['--quiet', '--contentDir', documents, '--destination', out],
      folder,
    },
    remains: [out, join(folder, 'resources')],
    check: (count) => checkPages(out, 'index.xml', count),
  };
};

const ELEVENTY = { '@11ty/eleventy': '3.1.8', '@11ty/eleventy-plugin-rss': '3.0.0' };

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

export const prepareEleventy: PrepareSubject = () => {
  const installed = installSite('eleventy', ELEVENTY, ELEVENTY_SITE);
  if (typeof installed === 'string') return installed;
  const { folder, packages } = installed;
  const out = join(folder, 'out');
  return {
    name: 'Eleventy + RSS plugin',
    version: Object.values(ELEVENTY).join(' + '),
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

const ASTRO = { astro: '7.3.5', '@astrojs/rss': '4.0.19' };

const ASTRO_FILES = {
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
export const ASTRO_SITE = { packages: ASTRO, files: ASTRO_FILES };

export const prepareAstro: PrepareSubject = () => {
  const installed = installSite('astro', ASTRO, ASTRO_FILES);
  if (typeof installed === 'string') return installed;
  const { folder, packages } = installed;
  return {
    name: 'Astro + @astrojs/rss',
    version: Object.values(ASTRO).join(' + '),
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

/** The cache of installed peers; you can delete it at any time. */
const INSTALLED_PEERS = join(homedir(), '.cache/tidings-bench');

interface Installed {
  /** The folder of the site, which is deleted when this process exits. */
  readonly folder: string;
  /** The folder `node_modules` with the packages. */
  readonly packages: string;
}

/**
 * Installs npm packages outside the repository, unless they are cached, and writes a site next to them.
 *
 * @param versions exact versions by package
 * @param files the site's files: texts by path
 * @returns the reason if the packages cannot be installed
 */
function installSite(
  name: string,
  versions: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Installed | string {
  const home = join(INSTALLED_PEERS, name, Object.values(versions).join('+'));
  const packages = join(home, 'node_modules');
  const isThere = (): boolean =>
    Object.keys(versions).every((each) => existsSync(join(packages, each, 'package.json')));
  if (!isThere()) install(home, versions);
  if (!isThere()) return `npm cannot install ${Object.keys(versions).join(' and ')}`;
  const folder = join(home, `site-${process.pid}`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeSite(folder, files);
  return { folder, packages };
}

function install(folder: string, versions: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, type: 'module', dependencies: versions };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'ignore',
  });
}

/**
 * Verifies the output of a static site generator against its input.
 *
 * @throws Error if a document has no page, or the feed does not have full content
 */
export function checkPages(folder: string, feed: string, documents: number): void {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  if (pages.length < documents)
    throw new Error(`Cannot compare: ${folder} has ${pages.length} pages; expected ${documents}`);
  const path = join(folder, feed);
  const xml = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!/&lt;p&gt;|<!\[CDATA\[\s*<p>/.test(xml))
    throw new Error(`Cannot compare: ${path} has no articles in full`);
}

/** Writes the files that a static site generator needs besides the documents: texts by path. */
export function writeSite(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
