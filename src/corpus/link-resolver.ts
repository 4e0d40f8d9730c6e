import { posix } from 'node:path';
import type { Media, Person } from '../article.ts';
import { type MediaFile, mediaTypeOf } from '../articles/media.ts';
import type { Facts } from '../articles/parsed-document.ts';
import type { Surroundings } from '../articles/resolved-links.ts';
import { slugify } from '../articles/slug.ts';
import type { StatedMedia } from '../documents/draft.ts';
import { absoluteUrl, withoutQuery } from '../html/url.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import type { Vault } from './find-by-name.ts';

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
  readonly people: ReadonlyMap<string, Person>;
}

/** What one document needs of the library. */
export interface Neighbourhood {
  /** Where the relative URLs of its content lead; those that lead nowhere are absent. */
  readonly links: ReadonlyMap<string, string>;
  /** The published files that it names, by what it names them. */
  readonly files: ReadonlyMap<string, MediaFile>;
  /** The addresses of the articles that it names as transcripts, by what it names them. */
  readonly pages: ReadonlyMap<string, string>;
  /** Whom it names that have documents of their own, by what it names them. */
  readonly people: ReadonlyMap<string, Person>;
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
    [...slugs].flatMap(([path, slug]): [string, Person][] => {
      const id = PERSON.exec(path)?.[1];
      const name = titles.get(path);
      return id === undefined || name === undefined
        ? []
        : [[id, { name, uri: HOLES.origin + articlePath(slug) }]];
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

/** One for all, since most documents name nothing. */
const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * Looks up what a document names.
 *
 * @param slug of its article
 */
export function neighbourhoodOf(
  path: string,
  slug: string,
  { references, ownLinks, attached, transcripts, people }: Names,
  library: Library,
): Neighbourhood {
  const find = <Found>(
    names: readonly string[],
    findOne: (name: string) => Found | undefined,
  ): ReadonlyMap<string, Found> => {
    if (names.length === 0) return NOTHING;
    const found = names.flatMap((name): [string, Found][] => {
      const one = findOne(name);
      return one === undefined ? [] : [[name, one]];
    });
    return found.length === 0 ? NOTHING : new Map(found);
  };
  return {
    links: find(
      [...references, ...ownLinks],
      (url) => wikilink(url, path, library) ?? relativeLink(url, path, slug, library),
    ),
    files: find([...references, ...attached], (url) =>
      library.files.get(filePath(url, path, library.vault) ?? ''),
    ),
    pages: find(transcripts, (url) => {
      const target = absoluteUrl(url) === undefined ? seedPath(url, path) : undefined;
      const found = target === undefined ? undefined : slugOf(target, library);
      return found === undefined ? undefined : HOLES.origin + articlePath(found);
    }),
    people: find(people, (name) => library.people.get(name)),
  };
}

type Names = Pick<Facts, 'references' | 'ownLinks' | 'attached' | 'transcripts' | 'people'>;

/**
 * Where the links of a document lead.
 *
 * @param slug of its article
 */
export function surroundingsOf(
  { links, files, pages, people }: Neighbourhood,
  slug: string,
  podcast: Surroundings['podcast'],
): Omit<Surroundings, 'translations'> {
  const link = (url: string): string | undefined => absoluteUrl(url) ?? links.get(url) ?? within(url, slug);
  const filesByAddress = new Map([...files.values()].map((file) => [HOLES.origin + file.address, file]));
  return {
    link,
    media: link,
    size: (url) => sizeOf(files.get(url)),
    page: (url) => pages.get(url),
    person: (name) => people.get(name),
    file: (stated) => mediaOf(stated, filesByAddress.get(stated.url) ?? files.get(stated.url)),
    podcast,
  };
}

function sizeOf(file: MediaFile | undefined): { width: number; height: number } | undefined {
  const { width, height } = file ?? {};
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** `wikilink:Name of the Page#Part`, as markdown.ts writes `[[Name of the Page#Part]]`. */
function wikilink(
  url: string,
  path: string,
  { slugs, slugOfName, files, vault }: Library,
): string | undefined {
  const named = nameIn(url);
  if (named === undefined) return undefined;
  const target = vault(named.name, path) ?? '';
  const slug = slugs.get(target) ?? slugOfName(slugify(named.name.split('/').at(-1) ?? ''));
  const file = files.get(target);
  if (file !== undefined) return HOLES.origin + file.address;
  return slug === undefined ? undefined : HOLES.origin + articlePath(slug) + named.fragment;
}

/** What `wikilink:Name` names; undefined for other URLs. */
function nameIn(url: string): { name: string; fragment: string } | undefined {
  const [, encoded, fragment = ''] = /^wikilink:([^#]*)(#.*)?$/.exec(url) ?? [];
  return encoded === undefined ? undefined : { name: decodePath(encoded) ?? encoded, fragment };
}

function relativeLink(url: string, path: string, slug: string, library: Library): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return undefined;
  const inside = within(url, slug);
  if (inside !== undefined) return inside;
  const target = seedPath(url, path);
  if (target === undefined) return undefined;
  const fragment = url.includes('#') ? url.slice(url.indexOf('#')) : '';
  const document = slugOf(target, library);
  if (document !== undefined) return HOLES.origin + articlePath(document) + fragment;
  const file = library.files.get(target);
  if (file !== undefined) return HOLES.origin + file.address + fragment;
  // Not ours: an address of the site's own, at the same place.
  const here = `https://origin.invalid/${path.split('/').map(encodeURIComponent).join('/')}`;
  if (!URL.canParse(url, here)) return undefined;
  const absolute = new URL(url, here);
  return HOLES.origin + absolute.pathname + absolute.search + absolute.hash;
}

/** Where a URL without a path leads, which stays within the article. */
function within(url: string, slug: string): string | undefined {
  return /^(?:[?#]|$)/.test(url) ? HOLES.origin + articlePath(slug) + url : undefined;
}

/** The slug of the document that is there, also without its ending. */
function slugOf(target: string, { slugs }: Library): string | undefined {
  return slugs.get(target) ?? DOCUMENT_ENDINGS.map((ending) => slugs.get(target + ending)).find(Boolean);
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
function mediaOf(
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
