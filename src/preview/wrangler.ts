import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Unstable_RawConfig } from 'wrangler';
import { WRANGLER_FILES } from '../config/wrangler-file.ts';
import { PACKAGE_ROOT } from '../package.ts';

/** The folder of the publication, which contains `package.json` and `wrangler.toml`. */
export function projectFolder(): string {
  return process.cwd();
}

/** The publication's wrangler configuration; for a bare folder of documents, the built-in one. */
export function wranglerConfiguration(): string {
  const own = WRANGLER_FILES.map((name) => join(projectFolder(), name)).find((path) => existsSync(path));
  return own ?? join(PACKAGE_ROOT, 'wrangler.toml');
}

type Wrangler = typeof import('wrangler');

/** The publication's wrangler. */
export async function importWrangler(): Promise<Wrangler> {
  return importFrom<Wrangler>(findWrangler(), 'wrangler');
}

/** A dependency of wrangler, in the version that wrangler uses. */
export async function importWithWrangler<Library>(name: string): Promise<Library> {
  return importFrom<Library>(findWrangler(), name);
}

function findWrangler(): string {
  for (const folder of [projectFolder(), PACKAGE_ROOT]) {
    try {
      return createRequire(join(folder, 'package.json')).resolve('wrangler/package.json');
    } catch {}
  }
  throw new Error(
    'Cannot find wrangler: expected it among the packages; run "npm install --save-dev wrangler"',
  );
}

async function importFrom<Library>(place: string, name: string): Promise<Library> {
  const path = createRequire(place).resolve(name);
  return import(pathToFileURL(resolve(path)).href);
}

/** The configuration without its build command. */
export async function readConfiguration(): Promise<Unstable_RawConfig> {
  const { experimental_readRawConfig } = await importWrangler();
  const { build: _, ...config } = experimental_readRawConfig({ config: wranglerConfiguration() }).rawConfig;
  return config;
}
