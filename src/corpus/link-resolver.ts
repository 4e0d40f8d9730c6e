import { posix } from 'node:path';
import type { Media } from '../article.ts';
import { slugify } from '../documents/slug.ts';
import type { StatedMedia } from '../documents/stated.ts';
import { absoluteUrl, withoutQuery } from '../html/url.ts';
import { articlePath, slugOfPath, spellPath, splitFormatPath } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import type { Vault } from './find-by-name.ts';
import { type MediaFile, mediaTypeOf } from './media-files.ts';

/** What documents can link to: each other, and the files beside them. */
export interface Library {
  /** Slugs by the paths of the documents. */
  readonly slugs: ReadonlyMap<string, string>;
  /** The slug of the document that has a name, as a slug, or is known by it; the first of several. */
  readonly slugOfName: (name: string) => string | undefined;
  /** Published files by their paths. */
  readonly files: ReadonlyMap<string, MediaFile>;
  /** Documents and files by their names. */
  readonly vault: Vault;
  /** Who has a document of their own, by its name. */
  readonly people: ReadonlyMap<string, PersonDocument>;
}

interface PersonDocument {
  readonly name: string;
  readonly slug: string;
}

/** @param titles by the paths of the documents */
export function libraryOf(
  slugs: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, MediaFile>,
  vault: Vault,
): Library {
  // Most sites never ask.
  let byName: ReadonlyMap<string, string> | undefined;
  const slugOfName = (name: string): string | undefined => {
    byName ??= slugsByName(slugs);
    return byName.get(name);
  };
  const people = new Map(
    [...slugs].flatMap(([path, slug]): [string, PersonDocument][] => {
      const id = PERSON.exec(path)?.[1];
      const name = titles.get(path);
      return id === undefined || name === undefined ? [] : [[id, { name, slug }]];
    }),
  );
  return { slugs, slugOfName, files, vault, people };
}

function slugsByName(slugs: ReadonlyMap<string, string>): Map<string, string> {
  const byName = new Map<string, string>();
  for (const [path, slug] of slugs) {
    const name =
      path
        .split('/')
        .at(-1)
        ?.replace(/\.[^.]+$/, '') ?? '';
    for (const known of [slugify(name), slug]) if (!byName.has(known)) byName.set(known, slug);
  }
  return byName;
}

/** The document of a person, whom others name by it: `authors/jane-roe.md`. */
const PERSON =
  /(?:^|\/)(?:authors?|contributors?|guests?|hosts?|people|persons?|speakers?|team)\/([^/]+?)(?:\/index)?\.[^./]+$/;

/**
 * The path from the seeds folder that a relative URL of a document means; undefined when it leads out of the folder or
 * has no path. A path that begins with `/` starts at the seeds folder.
 */
export function seedPath(url: string, documentPath: string): string | undefined {
  const path = decodePath(withoutQuery(url));
  if (path === undefined || path === '') return undefined;
  const joined = path.startsWith('/')
    ? posix.normalize(path.slice(1))
    : posix.join(posix.dirname(documentPath), path);
  return joined === '..' || joined.startsWith('../') ? undefined : joined;
}

/** The path of the file that a document means by a relative URL or by a name; undefined as for `seedPath`. */
export function filePath(url: string, documentPath: string, vault: Vault): string | undefined {
  const named = nameIn(url);
  return named === undefined ? seedPath(url, documentPath) : vault(named.name, documentPath);
}

/** Where a URL leads. */
export interface Lead {
  readonly url: string;
  /** The article that is there; absent when it is none of ours. */
  readonly slug?: string;
}

/** Where a relative URL, or a name, leads within a library; undefined when nothing there has it. */
export function findLead(url: string, path: string, library: Library): Lead | undefined {
  const named = nameIn(url);
  if (named !== undefined) return findNamed(named, path, library);
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return undefined;
  const target = seedPath(url, path);
  if (target === undefined) return undefined;
  const hash = url.indexOf('#');
  const fragment = hash < 0 ? '' : url.slice(hash);
  const slug = findAt(target, library.slugs);
  if (slug !== undefined) return { url: articleUrl(slug) + fragment, slug };
  const file = library.files.get(target);
  return file && { url: HOLES.origin + file.address + fragment };
}

/** `wikilink:Name of the Page#Part`, as markdown.ts writes `[[Name of the Page#Part]]`. */
function findNamed(
  { name, fragment }: { readonly name: string; readonly fragment: string },
  path: string,
  { slugs, slugOfName, files, vault }: Library,
): Lead | undefined {
  const target = vault(name, path) ?? '';
  const file = files.get(target);
  if (file !== undefined) return { url: HOLES.origin + file.address };
  const slug = slugs.get(target) ?? slugOfName(slugify(name.split('/').at(-1) ?? ''));
  return slug === undefined ? undefined : { url: articleUrl(slug) + fragment, slug };
}

/** What `wikilink:Name` names; undefined for other URLs. */
function nameIn(url: string): { name: string; fragment: string } | undefined {
  const [, encoded, fragment = ''] = /^wikilink:([^#]*)(#.*)?$/.exec(url) ?? [];
  return encoded === undefined ? undefined : { name: decodePath(encoded) ?? encoded, fragment };
}

/** Where a relative URL that means no document and no file leads: an address of the site's own, at the same place. */
export function ownAddress(url: string, path: string): URL | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(url) || seedPath(url, path) === undefined) return undefined;
  const here = `https://origin.invalid/${path.split('/').map(encodeURIComponent).join('/')}`;
  return URL.canParse(url, here) ? new URL(url, here) : undefined;
}

/** The lead of an address on the site; the paths that lead to articles are spelled as `spellPath` does. */
export function passingAt({ pathname, search, hash }: URL, passing: ReadonlyMap<string, string>): Lead {
  const url = HOLES.origin + pathname + search + hash;
  if (passing.size === 0) return { url };
  const path = spellPath(pathname.replace(/(?<=.)\/$/, ''));
  const form = slugOfPath(path) === undefined ? undefined : splitFormatPath(path);
  const slug = passing.get(path) ?? (form && passing.get(form.before));
  return slug === undefined ? { url } : { url, slug };
}

export function articleUrl(slug: string): string {
  return HOLES.origin + articlePath(slug);
}

/** Where a URL without a path leads, which stays within the article. */
export function within(url: string, slug: string): string | undefined {
  return /^(?:[?#]|$)/.test(url) ? articleUrl(slug) + url : undefined;
}

/** What is known of the document that is there, also without its ending. */
export function findAt<Known>(target: string, documents: ReadonlyMap<string, Known>): Known | undefined {
  const ending = ['', ...DOCUMENT_ENDINGS].find((each) => documents.has(target + each));
  return ending === undefined ? undefined : documents.get(target + ending);
}

const DOCUMENT_ENDINGS = [
  '.md',
  '.markdown',
  '.mdx',
  '.html',
  '.txt',
  'index.md',
  '/index.md',
  '/index.mdx',
  '/index.html',
];

/** A file that a document names, if it is published, or lies elsewhere and its type is known. */
export function findFile(stated: StatedMedia, path: string, { files, vault }: Library): Media | undefined {
  return mediaOf(stated, files.get(filePath(stated.url, path, vault) ?? ''));
}

/** @param own the published file that is meant; undefined if there is none */
export function mediaOf(
  { url, type: statedType, length, duration, title }: StatedMedia,
  own: MediaFile | undefined,
): Media | undefined {
  const details = {
    ...(duration === undefined ? {} : { duration }),
    ...(title === undefined ? {} : { title }),
  };
  if (own !== undefined) {
    const { address, ...facts } = own;
    return { ...details, ...facts, url: HOLES.origin + address };
  }
  const absolute = absoluteUrl(url);
  const type = statedType ?? mediaTypeOf(withoutQuery(url));
  if (absolute === undefined || type === undefined) return undefined;
  return { ...details, url: absolute, type, ...(length === undefined ? {} : { length }) };
}

function decodePath(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
