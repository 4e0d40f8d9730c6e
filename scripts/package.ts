import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../src/package.ts';

/*
 * `npm pack` runs this before and after it packs. A published package has JavaScript in place of TypeScript, and a
 * manifest without what only the repository needs.
 */

const LIBRARY = join(PACKAGE_ROOT, 'lib');
const MANIFEST = join(PACKAGE_ROOT, 'package.json');
const ORIGINAL = join(PACKAGE_ROOT, 'node_modules/.cache/package/package.json');
/** The optional dependency, Node for developers with an older one, would take precedence over the publisher's Node. */
const OF_REPOSITORY = ['scripts', 'devDependencies', 'optionalDependencies', 'allowScripts'];

function prepare(): void {
  rmSync(LIBRARY, { recursive: true, force: true });
  execFileSync('tsc', ['--project', join(PACKAGE_ROOT, 'tsconfig.package.json')], { stdio: 'inherit' });
  chmodSync(join(LIBRARY, 'bin.js'), 0o755);
  mkdirSync(dirname(ORIGINAL), { recursive: true });
  copyFileSync(MANIFEST, ORIGINAL);
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  for (const key of OF_REPOSITORY) delete manifest[key];
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function restore(): void {
  renameSync(ORIGINAL, MANIFEST);
  rmSync(LIBRARY, { recursive: true, force: true });
}

if (process.argv[2] === 'restore') restore();
else prepare();
