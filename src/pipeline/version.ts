import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../config/site.ts';
import { MODULE_ENDING, PACKAGE_ROOT } from '../package.ts';

/** Of this process, which runs the sources that it was started with. */
const versions = new WeakMap<Site, string>();

/** Names all that the results of a build depend on beside the documents: the site, our sources, libraries and Node. */
export function buildVersion(site: Site): string {
  const version = versions.get(site) ?? computeVersion(site);
  versions.set(site, version);
  return version;
}

function computeVersion(site: Site): string {
  const digest = createHash('sha256');
  const { node, icu, unicode, zlib } = process.versions;
  digest.update(JSON.stringify([site, node, icu, unicode, zlib, process.platform, process.arch]));
  const modules = join(import.meta.dirname, '..');
  for (const name of readdirSync(modules, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith(MODULE_ENDING)) digest.update(`\0${name}\0`).update(readFileSync(join(modules, name)));
  }
  for (const name of ['package.json', 'package-lock.json']) {
    const file = join(PACKAGE_ROOT, name);
    // A published package has no lock file; its dependencies have exact versions.
    if (existsSync(file)) digest.update(readFileSync(file));
  }
  return digest.digest('base64url');
}
