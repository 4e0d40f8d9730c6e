import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { load } from 'js-yaml';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { init } from '../../src/import/init.ts';
import { testFolder } from '../support/folder.ts';

const BIN = join(import.meta.dirname, '../../src/bin.js');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function tidings(cwd: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, ...args], { cwd }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .sort();
}

function read(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8');
}

describe('tidings init', () => {
  test('makes a publication', async () => {
    const parent = await testFolder();
    const args = ['--language', 'tr', '--time-zone', 'Europe/Istanbul', '--yes'];
    const { code, stdout } = await tidings(parent, 'init', 'my-news', '--title', 'My "News"', ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('  cd my-news\n  npm install\n  npm start');
    expect(filesIn(join(parent, 'my-news'))).toEqual([
      '.gitattributes',
      '.github/workflows/deploy.yml',
      '.gitignore',
      'package.json',
      'seeds/hello.md',
      'seeds/site.toml',
      'wrangler.toml',
    ]);
    expect(read(parent, 'my-news/seeds/site.toml')).toBe(`#:schema ../node_modules/tidings/site.schema.json
title = "My \\"News\\""
language = "tr"
timeZone = "Europe/Istanbul"
`);
    expect(JSON.parse(read(parent, 'my-news/package.json'))).toMatchObject({ name: 'my-news' });
    expect(read(parent, 'my-news/wrangler.toml')).toContain('name = "my-news"');
    const workflow = load(read(parent, 'my-news/.github/workflows/deploy.yml'));
    expect(workflow).toMatchObject({
      concurrency: 'deploy',
      permissions: { contents: 'write' },
      jobs: {
        deploy: { steps: expect.arrayContaining([expect.objectContaining({ with: { 'fetch-depth': 0 } })]) },
      },
    });
    const built = await tidings(join(parent, 'my-news'), 'build');
    expect(built.code).toBe(0);
    expect(built.stdout).toContain('/articles/hello');
  });

  test.each([
    [['init'], 'Cannot create "": expected the name of one new folder, such as "tidings init my-news"'],
    [['init', 'a', 'b'], 'Cannot create "a b": expected the name of one new folder'],
    [['init', 'used', '--yes'], 'it contains a.txt; expected a new or an empty folder'],
    [['init', 'x', '--yes', '--language', 'German'], 'Cannot use language = "German": expected "de"'],
    [
      ['init', 'x', '--yes', '--time-zone', 'Berlin'],
      'Cannot use timeZone = "Berlin": expected "Europe/Berlin"',
    ],
    [['init', 'x', '--yes', '--name', 'My_News'], 'Cannot use the name "My_News" for a worker'],
    [
      ['init', 'x', '--yes', '--titel', 'x'],
      "Unknown option '--titel'; expected --title, --language, --time-zone, --name, --from, --yes",
    ],
    [['init', 'x', '--yes', '--from', 'none'], 'expected the folder of a site'],
    [['init', 'used/x', '--yes', '--from', 'used'], 'it is in "'],
    [['inti'], 'Cannot find the command "inti": expected init, start, build, check'],
  ])('%j is refused, and makes nothing', async (args, message) => {
    const parent = await testFolder({ 'used/a.txt': 'x' });
    const { code, stdout, stderr } = await tidings(parent, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(filesIn(parent)).toEqual(['used/a.txt']);
  });

  test('gives a folder without letters a name', async () => {
    const parent = await testFolder();
    expect(await tidings(parent, 'init', 'Haber Bülteni', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('  cd "Haber Bülteni"\n'),
    });
    expect(read(parent, 'Haber Bülteni/wrangler.toml')).toContain('name = "haber-bulteni"');
    expect(await tidings(parent, 'init', 'Işık & Straße', '--yes')).toMatchObject({ code: 0 });
    expect(read(parent, 'Işık & Straße/wrangler.toml')).toContain('name = "isik-strasse"');
    expect(await tidings(parent, 'init', '新聞', '--yes')).toMatchObject({ code: 0 });
    expect(read(parent, '新聞/wrangler.toml')).toContain('name = "news"');
    expect(read(parent, '新聞/seeds/site.toml')).toContain('title = "新聞"');
  });
});

describe('tidings init in a folder that is a package', () => {
  test('keeps what its package.json states, and adds the rest', async () => {
    const path = await testFolder({
      'package.json':
        '{ "name": "mine", "scripts": { "start": "mine" }, "dependencies": { "tidings": "file:../tidings.tgz" } }',
      '.gitignore': 'secret\n',
    });
    const { code, stdout } = await tidings(path, 'init', '.', '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Created here: package\.json, wrangler\.toml, \.gitattributes/);
    expect(JSON.parse(read(path, 'package.json'))).toMatchObject({
      name: 'mine',
      scripts: { start: 'mine', build: 'tidings build' },
      dependencies: { tidings: 'file:../tidings.tgz' },
      devDependencies: { wrangler: expect.any(String) },
    });
    expect(read(path, '.gitignore')).toBe('secret\n');
  });

  test('changes nothing if its package.json cannot be read', async () => {
    const path = await testFolder({ 'package.json': '{ "name": ' });
    const { code, stderr } = await tidings(path, 'init', '.', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('package.json": expected JSON');
    expect(filesIn(path)).toEqual(['package.json']);
  });
});

describe('tidings init --from', () => {
  const POST = '---\ntitle: A post\ndate: 2021-02-03\n---\n\nText.\n';

  test.each<[string, Record<string, string>, string[], string]>([
    [
      'Jekyll',
      {
        '_config.yml':
          'title: Harbour\ntagline: What happens.\nurl: https://harbour.example\nlang: tr_TR\ntimezone: Europe/Istanbul\nauthor:\n  name: Jane Roe\n  email: jane@harbour.example\nnavigation:\n  - title: Home\n    url: /\n  - title: About\n    url: /about.html\nexclude:\n  - notes/\n  - "*.txt"\n  - ./DRAFT.md\n',
        '_posts/2021-02-03-a.md': POST,
        'notes/a.md': POST,
        'notes/b.png': 'png',
        'todo.txt': 'x',
        'DRAFT.md': POST,
        '_includes/x.html': '<p>x</p>',
        '_includes/posts/b.md': 'B',
        'assets/a.png': 'png',
        'assets/main.scss': 'a {}',
        'about.md': POST,
        Gemfile: 'x',
        'README.md': 'x',
        '_site/index.html': '<p>x</p>',
      },
      ['_config.yml', '_includes/posts/b.md', '_posts/2021-02-03-a.md', 'about.md', 'assets/a.png'],
      `title = "Harbour"
description = "What happens."
language = "tr-TR"
timeZone = "Europe/Istanbul"
url = "https://harbour.example"
authors = [ { name = "Jane Roe", email = "jane@harbour.example" } ]
nav = [ { label = "About", url = "/about" } ]
`,
    ],
    [
      'Hugo',
      {
        'hugo.toml': `title = 'Harbour'\nbaseURL = 'https://harbour.example/blog/'\nlanguageCode = 'en-gb'\n[[menu.main]]\nname = 'Later'\nurl = '/later/'\nweight = 2\n[[menu.main]]\nname = 'Posts'\npageRef = 'posts'\nweight = 1\n`,
        'content/posts/a/index.md': POST,
        'content/posts/a/b.jpg': 'jpg',
        'content/posts/a/c.py': 'x',
        'static/c.pdf': 'pdf',
        'static/x.css': 'a {}',
        'static/d.html': '<p>x</p>',
        'layouts/index.html': '<p>x</p>',
        'AGENTS.md': POST,
        'tools/how-to.md': POST,
        'themes/x/a.md': POST,
        'public/index.html': '<p>x</p>',
      },
      [
        'content/posts/a/b.jpg',
        'content/posts/a/c.py',
        'content/posts/a/index.md',
        'hugo.toml',
        'static/c.pdf',
        'static/d.html',
      ],
      `title = "Harbour"
language = "en-GB"
url = "https://harbour.example"
nav = [ { label = "Posts", url = "/posts" }, { label = "Later", url = "/later/" } ]
`,
    ],
    [
      'Hexo',
      {
        '_config.yml':
          'title: Harbour\nurl: https://harbour.example\nsource_dir: source\nmenu:\n  Home: /\n  About: /about/ || fa fa-user\n',
        'source/_posts/a.md': POST,
        'source/images/a.png': 'png',
        'scaffolds/post.md': POST,
        'package.json': '{}',
      },
      ['_config.yml', 'source/_posts/a.md', 'source/images/a.png'],
      `title = "Harbour"
url = "https://harbour.example"
nav = [ { label = "About", url = "/about/" } ]
`,
    ],
    [
      'Zola',
      {
        'config.toml': `title = "Harbour"\nbase_url = "https://harbour.example"\ndefault_language = "de"\n[extra]\nmain_menu = [{ name = "Info", url = "@/info.md" }]\n`,
        'content/a.md': '+++\ntitle = "A"\ndate = 2021-02-03\n+++\n\nText.\n',
        'templates/index.html': '<p>x</p>',
        'sass/a.scss': 'a {}',
      },
      ['config.toml', 'content/a.md'],
      `title = "Harbour"
language = "de"
url = "https://harbour.example"
nav = [ { label = "Info", url = "/info" } ]
`,
    ],
    [
      'Obsidian',
      {
        '.obsidian/app.json': '{}',
        '.obsidian/plugins/x/main.js': 'x',
        'Notes/A.md': POST,
        'Notes/a b.png': 'png',
        'README.md': POST,
      },
      ['.obsidian/app.json', 'Notes/A.md', 'Notes/a b.png', 'README.md'],
      '',
    ],
    [
      'Eleventy',
      { 'eleventy.config.js': 'export default () => {};', 'src/a.md': POST, '_site/a/index.html': 'x' },
      ['eleventy.config.js', 'src/a.md'],
      '',
    ],
    [
      'Astro',
      {
        'astro.config.mjs': "export default { site: 'https://harbour.example' };",
        'src/content/blog/a.mdx': POST,
        'src/pages/index.astro': 'x',
        'public/a.png': 'png',
      },
      ['astro.config.mjs', 'public/a.png', 'src/content/blog/a.mdx'],
      'url = "https://harbour.example"\n',
    ],
    [
      'Docusaurus',
      {
        'docusaurus.config.js': "export default { title: 'Harbour', url: 'https://harbour.example' };",
        'blog/a.md': POST,
        'blog/authors.yml': 'jane:\n  name: Jane\n',
        'static/img/a.svg': '<svg/>',
        'src/css/a.css': 'a {}',
        'src/pages/index.js': 'x',
      },
      ['blog/a.md', 'blog/authors.yml', 'docusaurus.config.js', 'static/img/a.svg'],
      'title = "Harbour"\nurl = "https://harbour.example"\n',
    ],
  ])('takes a site of %s', async (name, files, copied, settings) => {
    const parent = await testFolder(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`old/${path}`, text])),
    );
    const before = filesIn(parent);
    const { code, stdout, stderr } = await tidings(parent, 'init', 'harbour', '--from', 'old', '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`of a site of ${name} to harbour/seeds`);
    const seeds = join(parent, 'harbour/seeds');
    expect(filesIn(seeds).filter((path) => path !== 'site.toml')).toEqual(copied);
    for (const path of copied) expect(read(seeds, path)).toBe(files[path]);
    expect(filesIn(parent).filter((path) => path.startsWith('old/'))).toEqual(before);
    expect(parse(read(seeds, 'site.toml'))).toMatchObject(parse(settings));
  });

  test('copies no link, but names it, and takes no setting that cannot be used', async () => {
    const parent = await testFolder({
      'old/_config.yml':
        'title: "  Two\\n  lines "\nurl: harbour.example\ntimezone: Mars/Olympus\nlang: English\n',
      'old/_posts/2021-02-03-a.md': POST,
    });
    symlinkSync('/etc/hostname', join(parent, 'old/secret.txt'));
    symlinkSync('/etc', join(parent, 'old/_posts/notes'));
    symlinkSync('/etc', join(parent, 'old/.cache'));
    const { code, stdout } = await tidings(parent, 'init', 'new', '--from', 'old', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Left out symbolic links; copy what they lead to if it belongs here: _posts/notes and secret.txt\n',
    );
    expect(filesIn(join(parent, 'new/seeds'))).toEqual([
      '_config.yml',
      '_posts/2021-02-03-a.md',
      'site.toml',
    ]);
    const settings = read(parent, 'new/seeds/site.toml');
    expect(settings).toContain('title = "Two lines"');
    expect(settings).not.toMatch(/url|Mars|English/);
  });
});

test('init asks for what no flag states, and again for what cannot be used', async () => {
  const parent = await testFolder();
  const input = new PassThrough();
  input.end('\nGerman\nde\n\nharbour\n');
  const said: string[] = [];
  const code = await init([join(parent, 'my-news')], {
    version: '1.0.0',
    now: Date.parse('2026-11-29T12:00:00Z'),
    locale: { language: 'en', timeZone: 'Europe/Berlin' },
    terminal: { input, output: { write: (text) => said.push(text) } },
  });
  expect(code).toBe(0);
  expect(said).toContain('Cannot use language = "German": expected "de"\n');
  expect(read(parent, 'my-news/seeds/site.toml')).toContain(
    'title = "My news"\nlanguage = "de"\ntimeZone = "Europe/Berlin"\n',
  );
  expect(read(parent, 'my-news/wrangler.toml')).toContain('name = "harbour"');
});

test('the first document has the date of the publication, not of the machine', async () => {
  const parent = await testFolder();
  const context = {
    version: '1.0.0',
    now: Date.parse('2026-11-29T12:00:00Z'),
    locale: { language: 'en', timeZone: 'Pacific/Chatham' },
    terminal: undefined,
  };
  await init([join(parent, 'west'), '--yes', '--time-zone', 'Europe/Istanbul'], context);
  expect(read(parent, 'west/seeds/hello.md')).toContain('date: 2026-11-29\n');
  await init([join(parent, 'east'), '--yes'], context);
  expect(read(parent, 'east/seeds/hello.md')).toContain('date: 2026-11-30\n');
});
