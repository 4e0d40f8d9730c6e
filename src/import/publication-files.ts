import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'smol-toml';
import type { Generator } from '../config/generator.ts';
import { COMPATIBILITY_DATE } from '../config/wrangler-file.ts';
import { kindOf } from '../documents/kinds.ts';
import { entriesOf } from './configuration-values.ts';
import { isExcluded } from './generator.ts';
import { TABLES } from './redirects.ts';

interface PublicationOptions {
  readonly title: string;
  /** The name of the worker. */
  readonly name: string;
  /** The content of `site.toml`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly version: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly hasFirstDocument: boolean;
}

/** The release of wrangler with which this release of Tidings was tested. */
const WRANGLER = '4.156.0';

export function publicationFiles(options: PublicationOptions): Record<string, string> {
  const { title, name, settings, version, today, hasFirstDocument } = options;
  return {
    'package.json': `${JSON.stringify(
      {
        name,
        private: true,
        scripts: {
          start: 'tidings start',
          build: 'tidings build',
          check: 'tidings check',
          deploy: 'wrangler deploy',
        },
        dependencies: { tidings: `^${version}` },
        devDependencies: { wrangler: `^${WRANGLER}` },
        // npm warns of packages with install scripts that are not allowed here.
        allowScripts: { esbuild: true, workerd: true },
      },
      undefined,
      2,
    )}\n`,
    'wrangler.toml': wranglerToml(name, settings.url !== undefined),
    '.gitignore': 'node_modules/\ndist/\n.wrangler/\n.dev.vars\n',
    '.gitattributes': GIT_ATTRIBUTES,
    '.github/workflows/deploy.yml': WORKFLOW,
    'seeds/site.toml': `#:schema ../node_modules/tidings/site.schema.json\n${stringify(settings)}`,
    ...(hasFirstDocument && { 'seeds/hello.md': firstDocument(title, today) }),
  };
}

/** All hosts share the cache, so links must not depend on the host. */
const CACHE = `
# Only with url in seeds/site.toml.
[cache]
enabled = true
`;

function wranglerToml(name: string, isPinned: boolean): string {
  return `name = ${JSON.stringify(name)}
# "tidings build" writes it.
main = "dist/worker.js"
compatibility_date = "${COMPATIBILITY_DATE}"
# Keeping the names of functions costs every request some microseconds.
keep_names = false

[build]
command = "npx tidings build"
watch_dir = "seeds"

[assets]
directory = "dist/assets"
binding = "ASSETS"
# Parts of the archive, which only the worker reads.
run_worker_first = ["/store/*"]
${isPinned ? CACHE : ''}`;
}

const GIT_ATTRIBUTES = `# Documents are published byte for byte.
seeds/** -text
# Both sides of a merge keep their articles; the next build sorts the lines.
seeds/ledger.json merge=union
`;

function firstDocument(title: string, today: string): string {
  return `---
title: Hello
date: ${today}
---

This is the first article of ${title}. Its file is \`seeds/hello.md\`: change it, or put another document beside it.
`;
}

const WORKFLOW = `# Builds, commits the ledger and deploys. It needs two secrets of the repository:
# CLOUDFLARE_API_TOKEN, made with the template "Edit Cloudflare Workers", and CLOUDFLARE_ACCOUNT_ID.
name: Deploy

on:
  push:
    branches: [main]
  workflow_dispatch:

# The older of two simultaneous deploys might finish last.
concurrency: deploy

permissions:
  # For the commit of the ledger, which remembers the ids of articles.
  contents: write

jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          # Renames and dates come from the history.
          fetch-depth: 0
      - uses: actions/setup-node@v5
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - run: npx tidings build
      - name: Commit the ledger
        run: |
          git add seeds/ledger.json
          if git diff --cached --quiet; then exit 0; fi
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git commit --message "Update the ledger"
          git push || { git pull --rebase && git push; }
      - run: npx wrangler deploy
        env:
          CLOUDFLARE_API_TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
          CLOUDFLARE_ACCOUNT_ID: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}
      # The url of site.toml, if it states one.
      - run: npx tidings check --live
`;

export interface CopiedSources {
  readonly documents: number;
  readonly others: number;
  /** The folders and files at the top that were left out. */
  readonly left: readonly string[];
  /** Symbolic links to files and folders, which were not followed. */
  readonly links: readonly string[];
}

/** Program sources, templates, styles, and files that tools write for themselves. */
const NO_CONTENT =
  /(?:\.(?:[cm]?[jt]sx?|astro|vue|svelte|css|s[ac]ss|less|styl|map|lock|lockb|liquid|njk|ejs|hbs|pug|haml|slim|tmpl|gemspec|py|pyc|rb|sh|toml|ya?ml|json5?|xml|ini|env)|^Gemfile.*|^Makefile|^Rakefile|^CNAME|^LICENSE.*|^README\.\w+|^CHANGELOG.*|^CONTRIBUTING.*|^CODE_OF_CONDUCT.*)$/i;
/** Data that documents refer to, and data with their front matter or their locations. */
const DATA =
  /(?:^|\/)(?:_data\/[^/]+|(?:authors|contributors|people)\/[^/]+|\.?authors?|people|tags)\.(?:ya?ml|json|toml)$|(?:^|\/)([^/]+)\/\1\.json$|\.11tydata\.\w+$|(?:^|\/)_data(?:\.(?:ya?ml|json)|\/(?:metadata|site|meta)\.[cm]?[jt]s)$|(?:^|\/)data\/siteMetadata\.[cm]?[jt]s$|^(?:versions|[jt]sconfig)\.json$|^gatsby-node\.[jt]s$|(?:^|\/)\.htaccess$|^config\/_default\/[^/]+\.(?:toml|ya?ml|json)$/i;
/** Settings of a vault that hold documents back. */
const VAULT_SETTINGS = ['templates', 'publish', 'community-plugins'].map((name) => `.obsidian/${name}.json`);
/** Generators that read no document outside their content folders. */
const CLOSED: ReadonlySet<string> = new Set(['Hexo', 'Hugo', 'MkDocs', 'Pelican', 'Zola', 'mdBook']);
/** Folders of what documents include: those of Markdown belong to them, templates to the generator. */
const INCLUDES = /(?<=^|\/)_includes(?=\/|$)/;
/** Folders of Hugo that have people, and files that its themes serve. */
const OWN_CONTENT = /^(?:data(?:\/authors)?|themes(?:\/[^/]+(?:\/static(?:\/.*)?)?)?)$/;

/**
 * Copies the documents and media of another generator, with their paths and its configuration. It never changes the
 * source.
 *
 * @param generator undefined: every folder may have documents
 */
export function copySources(from: string, to: string, generator: Generator | undefined): CopiedSources {
  const counts = { documents: 0, others: 0 };
  const left = new Set<string>();
  const links: string[] = [];
  const { file, ownFolders = [], staticRoots = [], contentRoots = [], mounts = {} } = generator ?? {};
  const roots = [...contentRoots, ...staticRoots, ...Object.keys(mounts)];
  const isForeign = (path: string): boolean =>
    CLOSED.has(generator?.name ?? '') &&
    kindOf(path) !== undefined &&
    !roots.some((root) => path.startsWith(root));
  const isOwn = (path: string): boolean =>
    path === 'node_modules' ||
    (generator !== undefined && isExcluded(path, generator)) ||
    (ownFolders.includes(`${path}/`) && !staticRoots.some((root) => root.startsWith(`${path}/`)));
  const isWithinOwn = (path: string): boolean =>
    generator?.name === 'Hugo' && /^(?:data|themes)(?:\/|$)/.test(path);
  const copy = (path: string): void => {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(from, path), target);
    if (kindOf(path) === undefined) counts.others++;
    else counts.documents++;
  };
  const visit = (parent: string): void => {
    for (const entry of entriesOf(join(from, parent))) {
      const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
      // Its target may be outside the folder.
      if (entry.isSymbolicLink() && !entry.name.startsWith('.') && !isOwn(path)) links.push(path);
      if (!entry.isFile() && !entry.isDirectory()) continue;
      const isData = entry.isFile() && (DATA.test(path) || TABLES.includes(path));
      if ((entry.name.startsWith('.') && !isData && entry.name !== '.vuepress') || path === file) continue;
      if (isData) copy(path);
      else if (INCLUDES.test(path)) {
        if (entry.isDirectory()) visit(path);
        else if (kindOf(path) === 'markdown') copy(path);
        else left.add(path.slice(0, path.search(INCLUDES) + 9));
      } else if (entry.isDirectory() && isWithinOwn(path)) {
        if (OWN_CONTENT.test(path)) visit(path);
      } else if (entry.isDirectory() && !isOwn(path)) visit(path);
      else if (isWithinOwn(parent) && !/^themes\/[^/]+\/static(?:\/|$)/.test(parent)) continue;
      else if (entry.isFile() && !isOwn(path) && !isForeign(path) && !isProgram(path, generator)) copy(path);
      else if (parent === '') left.add(path);
      else if (isForeign(path)) left.add(path.slice(0, path.indexOf('/')));
    }
  };
  // The configuration file of Medium has personal data.
  if (file !== undefined && generator?.name !== 'Medium') copy(file);
  for (const name of VAULT_SETTINGS) if (existsSync(join(from, name))) copy(name);
  visit('');
  return { ...counts, left: [...left].sort(), links };
}

/** In a vault, a README is a note; elsewhere it describes the program. */
function isProgram(path: string, generator: Generator | undefined): boolean {
  const isTop = !path.includes('/');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (generator === undefined || generator.name === 'Obsidian') return false;
  const root = CLOSED.has(generator.name) && generator.contentRoots.find((each) => path.startsWith(each));
  if (root && path.includes('/', root.length)) return false;
  if (
    generator.staticRoots.some((root) => path.startsWith(root)) &&
    !/\.(?:[cm]?[jt]sx?|css|s[ac]ss|map)$/i.test(name)
  )
    return false;
  return NO_CONTENT.test(name) && (isTop || !/^(?:README|LICENSE|CHANGELOG|CONTRIBUTING)/i.test(name));
}
