import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../config/site.ts';

const ROOT = join(import.meta.dirname, '../..');

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
  for (const name of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.ts')) digest.update(`\0${name}\0`).update(readFileSync(join(ROOT, 'src', name)));
  }
  digest.update(readFileSync(join(ROOT, 'package-lock.json')));
  return digest.digest('base64url');
}
