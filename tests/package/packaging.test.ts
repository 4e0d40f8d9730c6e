import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FONT_FILES } from '../../src/pipeline/fonts.ts';
import { DRAWING_FILES } from '../../src/pipeline/rasterizer.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
}

/** Packages that our sources load; what only types need is not published. */
function importedPackages(): Set<string> {
  const texts = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[tj]s$/.test(path))
    .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8').replace(/^import type .*?;$/gms, ''));
  const specifiers = texts.flatMap((text) =>
    [
      ...text.matchAll(
        /(?:\bfrom |\b(?:import|lazyRequire<[^\n]*>|importWithWrangler<[^\n]*>)\(\s*)[`']([@a-z][^'`]*)[`']/g,
      ),
    ].map(([, specifier = '']) => packageOf(specifier)),
  );
  const files = [...DRAWING_FILES, ...FONT_FILES].map(packageOf);
  return new Set([...specifiers.filter((name) => !/^(?:node|cloudflare):/.test(name)), ...files]);
}

test('the package depends on what its sources load, in exact versions, and on nothing else', () => {
  const { dependencies, devDependencies, peerDependencies } = manifest;
  const imported = importedPackages();
  const published = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  expect(published.filter((name) => !imported.has(name))).toEqual([]);
  const missing = Object.keys(devDependencies).filter(
    (name) => imported.has(name) && !published.includes(name),
  );
  // wrangler brings them along, in the versions that it needs.
  expect(missing).toEqual(['esbuild', 'miniflare']);
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});
