import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The cache of installed peers; you can delete it at any time. */
const FOLDER = join(homedir(), '.cache/tidings-bench');

export interface Installed {
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
export function installSite(
  name: string,
  versions: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Installed | string {
  const home = join(FOLDER, name, Object.values(versions).join('+'));
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
