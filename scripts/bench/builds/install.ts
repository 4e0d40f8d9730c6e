import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where peers are kept, so that they are installed once; it may be deleted. */
const FOLDER = join(homedir(), '.cache/tidings-bench');

/**
 * Installs packages of npm outside the repository, unless they are there.
 *
 * @param packages exact versions by name
 * @returns the folder that has them in `node_modules`; undefined when they cannot be installed
 */
export function install(name: string, packages: Readonly<Record<string, string>>): string | undefined {
  const folder = join(FOLDER, name, Object.values(packages).join('+'));
  const isThere = (): boolean =>
    Object.keys(packages).every((name) => existsSync(join(folder, 'node_modules', name, 'package.json')));
  if (isThere()) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: packages }),
  );
  spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'ignore',
  });
  return isThere() ? folder : undefined;
}
