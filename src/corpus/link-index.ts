import { posix } from 'node:path';
import type { Instant } from '../article.ts';
import { isVault, withoutBase } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { type Addressed, ownPath, slugify } from '../documents/addresses.ts';
import { BUNDLE_PICTURE, isSection } from '../documents/file-name.ts';
import { DOCUMENT_ENDINGS, kindOf, withoutDocumentEnding, withoutNoteEnding } from '../documents/kinds.ts';
import { posterId } from '../html/embeds.ts';
import { absoluteUrl } from '../html/url.ts';
import { once } from '../memo.ts';
import {
  addressKey,
  CLAIM_RANKS,
  chooseClaim,
  type FindValue,
  formerList,
  hasDate,
  isOfOtherDate,
  queryKey,
  type WantedKey,
  wantedKeys,
} from '../routes/former-addresses.ts';
import { isIndexPath, isSitePath, slugOfPath, splitFormatPath } from '../routes/paths.ts';
import { baseName } from '../strings.ts';
import {
  bundlePictures,
  contentRoots,
  type FileIndex,
  type FoundFile,
  fileFinder,
  findByName,
  fold,
  type LinkOrigin,
  nameIndex,
} from './file-index.ts';
import { type Claim, documentPlace, isLanguageOf, LANGUAGE_FOLDER } from './former-addresses.ts';
import { isPicture, mediaTypeOf } from './media-files.ts';
import { nameIn, parseUrl, partOf, type StatedName, type StatedUrl } from './stated-url.ts';

export interface LinkedDocument {
  readonly path: string;
  /** The slug of its article, or the path of a file. */
  readonly slug: string;
  /** Undefined if it is not an article. */
  readonly published: Instant | undefined;
  readonly claims: readonly Claim[];
  readonly names: readonly string[];
}

export type Lead =
  /** To the page of a document, or to another format of it; `suffix` is the rest of its address. */
  | { readonly kind: 'document'; readonly document: LinkedDocument; readonly suffix: string }
  | ({ readonly kind: 'file'; readonly suffix: string } & FoundFile)
  /** To a path of the site that is no article. */
  | { readonly kind: 'site'; readonly path: string };

export interface LinkIndex {
  /** Undefined if nothing has the URL. */
  lead(url: string, origin: LinkOrigin): Lead | undefined;
}

/** Names of documents that represent their folder. */
const FOLDER_DOCUMENTS = ['index', 'README', 'page'];

const MAX_REDIRECTS = 3;
const NO_REDIRECTS: Redirects = new Map();

/** The targets of former addresses, by key. */
export type Redirects = ReadonlyMap<string, string>;

/** @param findValue of the articles that may be linked to */
export function linkIndex(
  documents: readonly LinkedDocument[],
  files: FileIndex,
  site: Addressed & Pick<Site, 'language'>,
  findValue: FindValue,
  redirects = NO_REDIRECTS,
): LinkIndex {
  const { generator } = site;
  const index = documentIndex(documents, files, site);
  // Most sites never need these.
  const folders = once(() => new Set(documents.map(({ path }) => posix.dirname(path))));
  const posters = once(
    () => new Map(files.paths.filter(isPicture).map((path) => [posix.parse(path).name, path])),
  );
  const findBundlePicture = bundlePictures(files);
  const findFile = fileFinder(files, folders, generator);
  const isInVault = isVault(generator);
  /** Whether addresses have folders that paths do not have: categories, or those of a service. */
  const hasFolders =
    generator?.name === 'Medium' ||
    generator?.permalinks.some(({ pattern }) => /:categor|^none$/.test(pattern)) === true;

  return { lead: (url, origin) => leadOf(url, origin, 0) };

  function leadOf(url: string, origin: LinkOrigin, count: number): Lead | undefined {
    const name = nameIn(url);
    if (name !== undefined) {
      const other = isInVault ? undefined : name.words;
      return (
        index.named(name, origin) ?? ((other && index.named({ ...name, name: other }, origin)) || undefined)
      );
    }
    const film = posterId(url);
    const picture =
      url === BUNDLE_PICTURE
        ? findBundlePicture(origin.path)
        : film === undefined
          ? film
          : posters().get(film);
    if (picture !== undefined) return { kind: 'file', path: picture, suffix: '', isMisspelt: false };
    const own = ownPath(url, site);
    const stated = parseUrl(own ?? url);
    if (stated === undefined) return undefined;
    const inner = own === undefined && stated.isRooted ? withoutBase(stated.path, generator) : undefined;
    const found = inner === undefined ? undefined : leadTo({ ...stated, path: inner }, origin, count);
    return found ?? leadTo({ ...stated, isWholeUrl: own !== undefined }, origin, count);
  }

  function leadTo(
    stated: StatedUrl & { readonly isWholeUrl?: boolean },
    origin: LinkOrigin,
    count: number,
  ): Lead | undefined {
    const { path, query, fragment, isRooted, isWholeUrl = false } = stated;
    const suffix = partOf(fragment, isInVault);
    const format = isRooted ? splitArticleFormat(path) : undefined;
    if (format !== undefined && !index.hasPath(path)) {
      const document = index.claimant(format.before);
      if (document !== undefined) return { kind: 'document', document, suffix: format.ending + suffix };
    }
    const document = index.find(stated, origin);
    if (document !== undefined) return { kind: 'document', document, suffix };
    const file = path === '' ? undefined : (findFile(path, isRooted, origin) ?? findBundleFile(path));
    if (file !== undefined) return { kind: 'file', ...file, suffix };
    const other = redirected(stated, origin, count + 1);
    if (other !== undefined) return other;
    if (isRooted && (isSitePath(`/${path}`) || isIndexPath(`/${path}`)))
      return { kind: 'site', path: `/${path}${query && `?${query}`}${fragment}` };
    const list = listAt(path, isRooted, origin);
    if (list !== undefined) return { kind: 'site', path: list + fragment };
    // An absolute URL elsewhere on the host may be that of something else with the same name.
    if (mediaTypeOf(path) !== undefined || (isWholeUrl && !hasDate(path) && !hasFolders)) return undefined;
    const namesake = index.namesake(path.replace(/^(?:\.\.?\/)+/, ''));
    if (namesake !== undefined) return { kind: 'document', document: namesake, suffix };
    return isInVault
      ? index.named({ name: withoutNoteEnding(path), fragment: suffix, language: undefined }, origin)
      : undefined;
  }

  /** The file at an address below that of a document, in the folder of the document. */
  function findBundleFile(path: string): FoundFile | undefined {
    const segments = path.replace(/^(?:\.\.?\/)+/, '').split('/');
    const ends = [segments.length - 1, segments.length - 2].filter((end) => end > 0);
    const found = firstFound(ends, (end) => {
      const document = index.namesake(segments.slice(0, end).join('/'));
      const file = document && posix.join(posix.dirname(document.path), ...segments.slice(end));
      return file !== undefined && files.has(file) ? file : undefined;
    });
    return found === undefined ? undefined : { path: found, isMisspelt: false };
  }

  /** A list at an address, or that of a section whose document, such as `_index.md`, is empty. */
  function listAt(path: string, isRooted: boolean, origin: LinkOrigin): string | undefined {
    const find = (address: string): string | undefined =>
      formerList(`/${address}`, findValue, { names: generator?.lists });
    const list = isRooted ? find(path) : undefined;
    if (list !== undefined || !isSection(path)) return list;
    const whole = isRooted ? path : posix.join(posix.dirname(origin.path), path);
    return find(documentPlace(whole, site).place);
  }

  function redirected(
    { path, query, fragment, isRooted }: StatedUrl,
    origin: LinkOrigin,
    count: number,
  ): Lead | undefined {
    if (redirects.size === 0 || count > MAX_REDIRECTS) return undefined;
    const to = (isRooted ? [path] : addressesOf(path, origin, site))
      .map(
        (address) =>
          (query === '' ? undefined : redirects.get(queryKey(address, query))) ??
          redirects.get(addressKey(address)),
      )
      .find((each) => each !== undefined);
    if (to === undefined) return undefined;
    const url = to.includes('#') ? to : to + fragment;
    const elsewhere = ownPath(url, site) === undefined ? URL.parse(absoluteUrl(url) ?? '') : null;
    if (elsewhere === null) return leadOf(url, origin, count);
    // A redirect may lead to the former host of this site.
    const inside = parseUrl(elsewhere.pathname + elsewhere.hash);
    return inside && leadTo({ ...inside, isWholeUrl: true }, origin, count);
  }
}

/** The documents that links lead to, by their paths, claims and names. */
interface DocumentIndex {
  /** Whether a document has exactly this path, below a folder of documents. */
  hasPath(path: string): boolean;
  find(url: StatedUrl, origin: LinkOrigin): LinkedDocument | undefined;
  /** The document that claims a whole address. */
  claimant(path: string): LinkedDocument | undefined;
  /** The document that claims an address or its end. */
  namesake(path: string): LinkedDocument | undefined;
  /** The document, or the file, that a name of a note leads to. */
  named(name: Pick<StatedName, 'name' | 'fragment' | 'language'>, origin: LinkOrigin): Lead | undefined;
}

function documentIndex(
  documents: readonly LinkedDocument[],
  files: FileIndex,
  site: Addressed & Pick<Site, 'language'>,
): DocumentIndex {
  const { generator } = site;
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const byStem = documentsByStem(documents);
  const roots = contentRoots(generator);
  // Most sites never need these.
  const claims = once(() => claimsByKey(documents));
  const names = once(() => documentsByName(documents));
  const vault = once(() => nameIndex([...files.paths, ...byPath.keys()]));

  /** The document at a path, with or without its ending, or the one that represents a folder. */
  function at(path: string): LinkedDocument | undefined {
    const bare = path.replace(/\/$/, '');
    const folder = bare === '' ? '' : `${bare}/`;
    const stems = [bare, ...FOLDER_DOCUMENTS.map((name) => folder + name)];
    return byPath.get(bare) ?? firstFound(stems, (stem) => byStem.get(stem));
  }

  /** The claim to a key whose document has the date in the rest of the address. */
  function claimTo(wanted: WantedKey): DocumentClaim | undefined {
    const fitting = (claims().get(wanted.key) ?? []).filter(
      ({ document: { published } }) => published === undefined || !isOfOtherDate(wanted.before, published),
    );
    return chooseClaim(fitting, wanted);
  }

  function namesake(path: string): LinkedDocument | undefined {
    return firstFound(wantedKeys(path), claimTo)?.document;
  }

  function claimant(path: string, query = ''): LinkedDocument | undefined {
    const stated =
      query === '' ? undefined : chooseClaim(claims().get(queryKey(path, query)) ?? [], { isWhole: true });
    if (stated !== undefined) return stated.document;
    return firstFound(wantedKeys(path), (wanted) => {
      const claim = wanted.isWhole ? claimTo(wanted) : undefined;
      return claim?.rank === CLAIM_RANKS.name ? undefined : claim?.document;
    });
  }

  /** The translation of a document, or the document itself if there is none. */
  function inLanguage(found: LinkedDocument, language: string | undefined): LinkedDocument {
    const { place, language: own } = documentPlace(found.path, site);
    if (own === language || (generator?.name !== 'Hugo' && language === undefined)) return found;
    const isDefault = language === undefined || isLanguageOf(language, site);
    const keys = [...(language === undefined ? [] : [`${language}/${place}`]), ...(isDefault ? [place] : [])];
    return firstFound(keys, claimant) ?? found;
  }

  function findRooted({ path, query }: StatedUrl, origin: LinkOrigin): LinkedDocument | undefined {
    // The home page is not a document.
    const atPath = (): LinkedDocument | undefined =>
      path === '' ? undefined : firstFound(roots, (root) => atJoined(root, path));
    const { place, language } = documentPlace(origin.path, site);
    const within = (name: string | undefined): LinkedDocument | undefined =>
      name === undefined ? undefined : claimant(`${name}/${path}`);
    const claimed = (): LinkedDocument | undefined =>
      within(LANGUAGE_FOLDER.exec(place)?.[1]) ?? claimant(path, query) ?? within(language);
    return kindOf(path) === undefined ? (claimed() ?? atPath()) : (atPath() ?? claimed());
  }

  function atJoined(folder: string, path: string): LinkedDocument | undefined {
    const joined = posix.join(folder, path);
    return isInFolder(joined) ? at(joined) : undefined;
  }

  return {
    hasPath: (path) => roots.some((root) => byPath.has(root + path)),
    claimant,
    namesake,
    find(url, origin) {
      if (url.isRooted) return findRooted(url, origin);
      const folders = [posix.dirname(origin.path), ...roots];
      return (
        firstFound(folders, (folder) => atJoined(folder, url.path)) ??
        firstFound(addressesOf(url.path, origin, site), (address) => claimant(address, url.query))
      );
    },
    named({ name, fragment, language }, origin) {
      const path = findByName(vault(), name, origin.path);
      if (path !== undefined && files.has(path)) return { kind: 'file', path, suffix: '', isMisspelt: false };
      const slug = slugify(baseName(name));
      const bare = name.replace(/^\/+/, '');
      const found =
        byPath.get(path ?? '') ??
        (isInFolder(bare) ? firstFound(roots, (root) => at(root + bare)) : undefined) ??
        names().get(fold(name)) ??
        names().get(slug) ??
        namesake(slug);
      const document = found && inLanguage(found, language ?? documentPlace(origin.path, site).language);
      return document && { kind: 'document', document, suffix: fragment };
    },
  };
}

/** The result for the first item that has one. */
function firstFound<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The addresses to which a browser would resolve a relative one on the page that the document was. */
function addressesOf(path: string, origin: LinkOrigin, site: Addressed & Pick<Site, 'language'>): string[] {
  const { place } = documentPlace(origin.path, site);
  return [place, posix.dirname(place)].map((base) => posix.join(base, path)).filter(isInFolder);
}

/** The parts of a path of another format of an article, such as its Markdown; undefined for any other path. */
function splitArticleFormat(path: string): { before: string; ending: string } | undefined {
  if (slugOfPath(`/${path}`) === undefined) return undefined;
  const split = splitFormatPath(`/${path}`);
  return split && { before: split.before, ending: path.slice(split.before.length - 1) };
}

/** By path without the ending; if only the endings differ, by the precedence of kinds. */
function documentsByStem(documents: readonly LinkedDocument[]): Map<string, LinkedDocument> {
  const rank = ({ path }: LinkedDocument): number =>
    DOCUMENT_ENDINGS.findIndex((ending) => path.toLowerCase().endsWith(ending));
  const ordered = documents.toSorted((a, b) => rank(b) - rank(a));
  return new Map(ordered.map((document) => [withoutDocumentEnding(document.path), document]));
}

interface DocumentClaim extends Claim {
  readonly document: LinkedDocument;
}

function claimsByKey(documents: readonly LinkedDocument[]): ReadonlyMap<string, readonly DocumentClaim[]> {
  const claims = documents.flatMap((document) => document.claims.map((claim) => ({ ...claim, document })));
  return Map.groupBy(claims, ({ key }) => key);
}

/** By the slug of the file name, by their slug, and by their other names; the first of several. */
function documentsByName(documents: readonly LinkedDocument[]): Map<string, LinkedDocument> {
  const byName = new Map<string, LinkedDocument>();
  const add = (name: string, document: LinkedDocument): void => {
    if (name !== '' && !byName.has(name)) byName.set(name, document);
  };
  for (const document of documents) {
    const name = baseName(document.path).replace(/\.[^.]+$/, '');
    // Links to notes (Zettelkasten) may use only the numbers before their names.
    const number = /^\d{8,14}(?=\D|$)/.exec(name)?.[0] ?? '';
    for (const known of [slugify(name), document.slug, number]) add(known, document);
  }
  for (const document of documents) for (const name of document.names) add(fold(name), document);
  return byName;
}

/** Whether a path stays within the folder. */
function isInFolder(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !path.startsWith('/');
}
