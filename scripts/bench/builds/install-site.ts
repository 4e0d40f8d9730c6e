import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where peers are kept, so that they are installed once; it may be deleted. */
const FOLDER = join(homedir(), '.cache/tidings-bench');

export interface Installed {
  /** Of the site; gone when this process ends. */
  readonly folder: string;
  /** The folder `node_modules` with the packages. */
  readonly packages: string;
}

/**
 * Installs packages of npm outside the repository, unless they are there, and writes a site beside them.
 *
 * @param versions exact ones, by package
 * @param files texts of the site, by path
 * @returns the reason when they cannot be installed
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
 * Holds the output of a generator of sites against what it was given.
 *
 * @throws Error when there is not a page for each document, or the feed has no full content
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

/** Writes what a generator of sites has to know besides the documents, texts by path. */
export function writeSite(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
