import { execFile, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';

/* From a packed tarball in an empty folder, as a publisher gets it; the registry is asked for what its cache lacks. */

const ROOT = join(import.meta.dirname, '../..');
const MINUTES = 60_000;
const SOURCES = [
  'src',
  'scripts/package.ts',
  'package.json',
  'tsconfig.json',
  'site.schema.json',
  'wrangler.toml',
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
];

/** With the Node that runs the tests, and without the tools of the repository. */
const PATH = [
  dirname(process.execPath),
  ...(process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules')),
].join(delimiter);

interface Ended {
  readonly code: number;
  readonly output: string;
}

function run(folder: string, program: string, ...args: readonly string[]): Promise<Ended> {
  // Without what npm, vitest and tests of served builds set, but with what the registry needs.
  const environment = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:npm_|VITEST|WRANGLER_|CLOUDFLARE_|XDG_CONFIG_HOME$|NODE_(?!EXTRA_CA_CERTS$))/.test(name) ||
      /^npm_config_(?:registry|cafile|proxy|https_proxy|noproxy)$/.test(name),
  );
  const env = { ...Object.fromEntries(environment), PATH, CI: '1', WRANGLER_SEND_METRICS: 'false' };
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
  });
}

async function succeed(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await run(folder, program, ...args);
  expect(code, `${program} ${args.join(' ')}\n${output}`).toBe(0);
  return output;
}

let parent: Awaited<ReturnType<typeof temporaryFolder>>;
let news: string;

beforeAll(async () => {
  parent = await temporaryFolder({ 'empty/.keep': '' });
  const copy = join(parent.path, 'repository');
  for (const path of SOURCES)
    if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  await succeed(copy, 'npm', 'pack', '--pack-destination', parent.path);
  const tarball = readdirSync(parent.path).find((name) => name.endsWith('.tgz')) ?? '';
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const empty = join(parent.path, 'empty');
  const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
  await succeed(
    empty,
    'npm',
    'install',
    ...flags,
    join(parent.path, tarball),
    `wrangler@${devDependencies.wrangler}`,
  );
  await succeed(
    empty,
    'npx',
    'tidings',
    'init',
    '../harbour-news',
    '--yes',
    '--time-zone',
    'Europe/Istanbul',
  );
  news = join(parent.path, 'harbour-news');
  // As if it were installed here.
  renameSync(join(empty, 'node_modules'), join(news, 'node_modules'));
}, 10 * MINUTES);

afterAll(async () => {
  await parent.remove();
});

interface Feed {
  readonly items: readonly { readonly id: string; readonly title: string; readonly url: string }[];
}

async function withPreview<Value>(use: (address: string) => Promise<Value>): Promise<Value> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['node_modules/tidings/lib/bin.js', 'start', '--port', String(port)],
    {
      cwd: news,
      env: { ...process.env, PATH },
      stdio: 'ignore',
    },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    child.kill();
    await ended;
  }
}

async function feedWith(address: string, title: string): Promise<Feed> {
  for (;;) {
    const response = await fetch(`${address}/feed.json`).catch(() => undefined);
    const feed = response?.ok ? ((await response.json()) as Feed) : undefined;
    if (feed?.items.some((item) => item.title === title)) return feed;
    await wait(100);
  }
}

/** The digests of an output, by path; the worker's module names the folder of the command. */
function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    paths
      .filter((path) => path !== join(folder, 'worker.js'))
      .map((path) => [relative(folder, path), hash('sha256', readFileSync(path))]),
  );
}

describe('the package', () => {
  test('has no sources, no script that runs when it is installed, and explains itself', async () => {
    const folder = join(news, 'node_modules/tidings');
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(Object.keys(manifest)).not.toContain('scripts');
    expect(Object.keys(manifest)).not.toContain('optionalDependencies');
    expect(Object.keys(manifest.dependencies)).toEqual(['satteri']);
    expect(readFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toMatch(
      /^## hono .*: MIT\n\nMIT License/m,
    );
    expect(existsSync(join(news, 'node_modules/.bin/node'))).toBe(false);
    for (const name of ['cli.js', 'cli.js.map', 'worker.d.ts'])
      expect(existsSync(join(folder, 'lib', name))).toBe(true);
    expect(await succeed(news, 'npx', 'tidings', '--version')).toBe(`${manifest.version}\n`);
    const tidings = join(news, 'node_modules/.bin/tidings');
    for (const command of ['init', 'start', 'build', 'check'])
      expect(await succeed(news, tidings, command, '--help')).toMatch(new RegExp(`^tidings ${command} `));
  });

  test('says on an old Node which one it needs', async () => {
    const old =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })";
    const bin = 'node_modules/tidings/lib/bin.js';
    expect(
      await run(news, process.execPath, '--import', `data:text/javascript,${old}`, bin, 'build'),
    ).toEqual({
      code: 1,
      output: 'Cannot run on Node 20.19.0: expected Node 22.18 or newer\n',
    });
  });

  test('builds, keeps ids, checks and deploys', { timeout: 5 * MINUTES }, async () => {
    expect(await succeed(news, 'npx', 'tidings', 'build')).toContain(
      '/articles/hello  seeds/hello.md\n1 document:',
    );
    const ledger = join(news, 'seeds/ledger.json');
    const [, id = ''] = /"id": "(.*?)"/.exec(readFileSync(ledger, 'utf8')) ?? [];
    writeFileSync(join(news, 'seeds/second.txt'), 'A second one\n\n- 1.2.2026\n\nText of the second one.\n');
    renameSync(join(news, 'seeds/hello.md'), join(news, 'seeds/renamed.md'));
    expect(await succeed(news, 'npx', 'tidings', 'build')).toContain('2 documents: 2 published');
    expect(readFileSync(ledger, 'utf8')).toContain(`"id": "${id}", "slug": "hello", "path": "renamed.md"`);
    expect(await succeed(news, 'npx', 'tidings', 'check')).toMatch(/^0 errors, 0 warnings$/m);
    const deployed = await succeed(news, 'npx', 'wrangler', 'deploy', '--dry-run', '--outdir', 'dry');
    expect(deployed).toContain('2 documents: 2 published');
    expect(readdirSync(join(news, 'dry')).some((name) => name.endsWith('-store.bin'))).toBe(true);
  });

  test('checks the configuration that wrangler reads', { timeout: 2 * MINUTES }, async () => {
    const configuration = join(news, 'wrangler.jsonc');
    writeFileSync(configuration, '{ "name": "news", }\n');
    const { code, output } = await run(news, 'npx', 'tidings', 'build');
    rmSync(configuration);
    expect(code).toBe(1);
    expect(output).toContain(
      'Cannot find assets.run_worker_first in wrangler.jsonc: expected "run_worker_first"',
    );
  });

  /** Documents for which each library is loaded. */
  test('has bundles that build what the sources build', { timeout: 2 * MINUTES }, async () => {
    const seeds = join(news, 'all-kinds');
    cpSync(join(ROOT, 'seeds'), seeds, { recursive: true });
    const documents: Readonly<Record<string, string>> = {
      'yaml.md': `---\ntitle: Fog\ndate: 2021-02-03\n---\n\n$\\frac{1}{3}$\n\n\`\`\`python\nx = 1\n\`\`\`\n`,
      'toml.md': '+++\ntitle = "Tide"\ndate = 2021-02-04\n+++\n\nText[^1].\n\n[^1]: A note.\n',
      'page.html': '<title>Pier</title><time datetime="2021-02-05"></time><table><tr><td>a</td></tr></table>',
      'latin.txt':
        'Größe der Häfen\n\n- 6.2.2021\n\nDie Häfen werden größer, denn die Schiffe werden länger.\n',
    };
    for (const [name, text] of Object.entries(documents))
      writeFileSync(join(seeds, name), text, name.startsWith('latin') ? 'latin1' : 'utf8');
    const commands = {
      bundles: join(news, 'node_modules/tidings/lib/bin.js'),
      sources: join(ROOT, 'src/bin.js'),
    };
    const outputs = [];
    for (const [name, command] of Object.entries(commands)) {
      const out = join(news, `out-of-${name}`);
      const folders = ['--seeds', seeds, '--out', out, '--cache', join(news, `cache-of-${name}`)];
      await succeed(news, process.execPath, command, 'build', ...folders, '--now', '2026-01-01T00:00:00Z');
      outputs.push(digests(out));
    }
    expect(outputs[0]).toEqual(outputs[1]);
  });

  test('shows what changes', { timeout: 2 * MINUTES }, async () => {
    await withPreview(async (address) => {
      await feedWith(address, 'A second one');
      writeFileSync(join(news, 'seeds/third.md'), '---\ntitle: Third\ndate: 2026-02-03\n---\n\nText.\n');
      await feedWith(address, 'Third');
    });
  });

  test('builds with threads, from its own JavaScript', { timeout: 2 * MINUTES }, async () => {
    const seeds = join(news, 'many');
    mkdirSync(seeds);
    const text = 'The harbour is closed because of the fog. '.repeat(1000);
    for (let number = 0; number < 60; number++)
      writeFileSync(
        join(seeds, `${number}.md`),
        `---\ntitle: T${number}\ndate: 2021-02-03\n---\n\n${text}\n`,
      );
    const built = await succeed(news, 'npx', 'tidings', 'build', '--seeds', 'many', '--out', 'many-out');
    expect(built).toContain('60 documents: 60 published');
  });
});

test.each([
  ['Jekyll', '_config.yml', 'title: Old\nurl: https://old.example\n', '_posts/2021-02-03-fog.md'],
  ['Hugo', 'hugo.toml', "title = 'Old'\nbaseURL = 'https://old.example/'\n", 'content/posts/fog.md'],
])('a site of %s becomes a publication', async (name, file, configuration, path) => {
  const old = join(parent.path, `old-${name}`);
  mkdirSync(join(old, dirname(path)), { recursive: true });
  writeFileSync(join(old, file), configuration);
  writeFileSync(join(old, path), '---\ntitle: Fog\ndate: 2021-02-03\n---\n\nText.\n');
  const folder = join(news, `new-${name}`);
  await succeed(news, 'npx', 'tidings', 'init', folder, '--from', old, '--yes');
  const bin = join(news, 'node_modules/tidings/lib/bin.js');
  expect(await succeed(folder, process.execPath, bin, 'build')).toContain(
    `seeds/${path}\n1 document: 1 published`,
  );
  expect(readFileSync(join(folder, 'seeds/site.toml'), 'utf8')).toContain('title = "Old"');
});
