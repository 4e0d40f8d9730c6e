import { createHash, hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../config/site.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import type { SourceFile } from '../documents/stated.ts';
import { memoized } from '../memo.ts';
import { IS_PUBLISHED, MODULES, PACKAGE_ROOT } from '../package.ts';

export function documentKey({ path, bytes }: SourceFile): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${path}\0`), bytes]), 'base64');
}

/** Names a document and how it was amended. */
export function amendedName(path: string, boilerplate: Boilerplate | undefined): string {
  return boilerplate === undefined ? path : `${path}\0${JSON.stringify(boilerplate)}`;
}

/** The key of an article, derived from its document and its relations to the others. */
export function articleKey(
  document: string,
  { identity: { redirects: _, ...identity }, links, later, ...rest }: ResolvedDocument,
): string {
  const relations = [{ links }, ...later].map(({ links: each, ...when }) => [
    when,
    each.translations,
    each.related,
    each.series,
    ...[each.links, each.files, each.pages, each.people].map((map: ReadonlyMap<string, unknown>) => [...map]),
  ]);
  return cacheKey([document, JSON.stringify([identity, rest, relations])]);
}

export function cacheKey(texts: readonly string[]): string {
  return hash('sha256', texts.join('\0'), 'base64url');
}

/** The path of the digest in a published package. */
export const DIGEST_FILE = 'lib/digest.txt';

/**
 * The key of everything that results depend on besides the documents: the site, our sources, libraries and Node. A
 * process runs the sources that it was started with.
 */
export const buildVersion = memoized((site: Site): string => {
  const digest = createHash('sha256');
  const { node, icu, unicode, zlib } = process.versions;
  digest.update(JSON.stringify([site, node, icu, unicode, zlib, process.platform, process.arch]));
  // A published package has a digest of its bundles; its dependencies have exact versions.
  const files = IS_PUBLISHED
    ? ['package.json', DIGEST_FILE]
    : ['package.json', 'package-lock.json', ...sources().map((name) => join('src', name))];
  for (const name of files) digest.update(`\0${name}\0`).update(readFileSync(join(PACKAGE_ROOT, name)));
  return digest.digest('base64url');
}, new WeakMap());

function sources(): string[] {
  const names = readdirSync(MODULES, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).sort();
}
