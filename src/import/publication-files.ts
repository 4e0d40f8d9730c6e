import { stringify } from 'smol-toml';
import { COMPATIBILITY_DATE } from '../config/wrangler-file.ts';

export interface PublicationOptions {
  readonly title: string;
  /** The name of the worker. */
  readonly name: string;
  /** The content of `site.toml`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The version of Tidings. */
  readonly version: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly hasFirstDocument: boolean;
}

/** The release of wrangler with which this release of Tidings was tested. */
const WRANGLER = '4.156.0';

/** The files of a new publication, by their paths. */
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
        // npm names packages with install scripts that nothing here allows.
        allowScripts: { esbuild: true, workerd: true },
      },
      undefined,
      2,
    )}\n`,
    'wrangler.toml': wranglerToml(name, settings.url !== undefined),
    '.gitignore': 'node_modules/\ndist/\n.wrangler/\n.dev.vars\n',
    '.github/workflows/deploy.yml': WORKFLOW,
    'seeds/site.toml': `#:schema ../node_modules/tidings/site.schema.json\n${stringify(settings)}`,
    ...(hasFirstDocument && { 'seeds/hello.md': firstDocument(title, today) }),
  };
}

/** It serves all hosts alike, so links must not depend on the host. */
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

# Of two deploys at once the older one might end last.
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
