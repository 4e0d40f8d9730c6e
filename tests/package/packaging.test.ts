import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** Packages that our sources load; what only types need is not published. */
function importedPackages(): Set<string> {
  const texts = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[tj]s$/.test(path))
    .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8').replace(/^import type .*?;$/gms, ''));
  const specifiers = texts.flatMap((text) =>
    [
      ...text.matchAll(
        /(?:\bfrom |\b(?:import|lazyRequire<[^\n]*>|resolve|importWithWrangler<[^\n]*>)\()[`']([@a-z][^'`]*)[`']/g,
      ),
    ].map(([, specifier = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''),
  );
  return new Set(specifiers.filter((name) => !/^(?:node|cloudflare):/.test(name)));
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
