import { posix } from 'node:path';
import type { Instant } from '../article.ts';
import { isVault, withoutBase } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { type Addressed, ownPath, slugify } from '../documents/addresses.ts';
import { isSection } from '../documents/file-name.ts';
import { DOCUMENT_ENDINGS, kindOf, withoutDocumentEnding, withoutNoteEnding } from '../documents/kinds.ts';
import { posterId } from '../html/embeds.ts';
import { absoluteUrl } from '../html/url.ts';
import { once } from '../memo.ts';
import {
  addressKey,
  chooseClaim,
  type FindValue,
  formerList,
  hasDate,
  isOfOtherDate,
  queryKey,
  wantedKeys,
} from '../routes/former-addresses.ts';
import { isIndexPath, isSitePath, slugOfPath, splitFormatPath } from '../routes/paths.ts';
import { baseName } from '../strings.ts';
import { type FileIndex, findByName, fold, nameIndex } from './file-index.ts';
import {
  type Claim,
  documentPlace,
  isLanguageOf,
  LANGUAGE_FOLDER,
  STATIC_ROOTS,
} from './former-addresses.ts';
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
  /** To the page of a document, or to another form of it; `suffix` is the rest of its address. */
  | { readonly kind: 'document'; readonly document: LinkedDocument; readonly suffix: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly suffix: string;
      /** Whether it is written in other letters than the file's name. */
      readonly isMisspelt: boolean;
    }
  /** To a path of the site that is no article. */
  | { readonly kind: 'site'; readonly path: string };

type FileLead = Extract<Lead, { kind: 'file' }>;

export interface LinkOrigin {
  readonly path: string;
  /** Paths of its translations, whose files it may refer to. */
  readonly translations: readonly string[];
}

export interface LinkIndex {
  /** Undefined if nothing has the URL. */
  lead(url: string, origin: LinkOrigin): Lead | undefined;
  documentAt(path: string): LinkedDocument | undefined;
}

/** Names of documents that represent their folder. */
const FOLDER_DOCUMENTS = ['index', 'README', 'page'];

const MAX_REDIRECTS = 3;
/** What WordPress and Blogger, Ghost, and Drupal add to the path of a resized picture. */
const RESIZED =
  /-(?:\d+x\d+|scaled)(?=\.\w+$)|(?<=^|\/)size\/w\d+\/(?:format\/\w+\/)?|(?<=^|\/)styles\/[^/]+\/public\//;
const NO_REDIRECTS: Redirects = new Map();

/** The URLs to which former addresses lead, by their keys. */
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
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const byStem = documentsByStem(documents);
  const isInVault = isVault(generator);
  /** Whether addresses have folders that only front matter, or a service, states. */
  const hasFolders =
    generator?.name === 'Medium' ||
    generator?.permalinks.some(({ pattern }) => /:categor|^none$/.test(pattern)) === true;
  const languageRoots = generator?.languageRoots ?? {};
  const contentRoots = [
    '',
    ...(generator?.contentRoots ?? []).filter((root) => !Object.hasOwn(languageRoots, root)),
  ];
  const fileRoots = [
    '',
    ...new Set([...(generator?.staticRoots ?? []), ...STATIC_ROOTS, ...contentRoots.slice(1)]),
  ];

  // Most sites never need it.
  const claims = once(() => claimsByKey(documents));
  const names = once(() => documentsByName(documents));
  const vault = once(() => nameIndex([...files.paths, ...byPath.keys()]));
  const documentFolders = once(() => new Set(documents.map(({ path }) => posix.dirname(path))));
  const posters = once(
    () => new Map(files.paths.filter(isPicture).map((path) => [posix.parse(path).name, path])),
  );

  function documentAt(path: string): LinkedDocument | undefined {
    const bare = path.replace(/\/$/, '');
    const folder = bare === '' ? '' : `${bare}/`;
    const stems = [bare, ...FOLDER_DOCUMENTS.map((name) => folder + name)];
    return (
      byPath.get(bare) ?? stems.map((stem) => byStem.get(stem)).find((document) => document !== undefined)
    );
  }

  /** @param isWhole whether only those count that claim the whole address */
  function claimant(path: string, query: string, isWhole: boolean): LinkedDocument | undefined {
    if (query !== '') {
      const stated = chooseClaim(claims().get(queryKey(path, query)) ?? [], { isWhole: true });
      if (stated !== undefined) return stated.document;
    }
    for (const wanted of wantedKeys(path)) {
      if (isWhole && !wanted.isWhole) continue;
      const claim = chooseClaim(
        (claims().get(wanted.key) ?? []).filter(
          ({ document: { published } }) =>
            published === undefined || !isOfOtherDate(wanted.before, published),
        ),
        wanted,
      );
      if (claim !== undefined && !(isWhole && claim.rank === 3)) return claim.document;
    }
    return undefined;
  }

  function named(
    { name, fragment, language }: Pick<StatedName, 'name' | 'fragment' | 'language'>,
    origin: LinkOrigin,
  ): Lead | undefined {
    const path = findByName(vault(), name, origin.path);
    if (path !== undefined && files.has(path)) return { kind: 'file', path, suffix: '', isMisspelt: false };
    const last = baseName(name);
    const bare = name.replace(/^\/+/, '');
    const found =
      byPath.get(path ?? '') ??
      (isWithin(bare)
        ? contentRoots.map((root) => documentAt(root + bare)).find((each) => each)
        : undefined) ??
      names().get(fold(name)) ??
      names().get(slugify(last)) ??
      claimant(slugify(last), '', false);
    const document = found && inLanguage(found, language ?? documentPlace(origin.path, site).language);
    return document && { kind: 'document', document, suffix: fragment };
  }

  /** The translation of a document, or the document itself if there is none. */
  function inLanguage(found: LinkedDocument, language: string | undefined): LinkedDocument {
    const { place, language: own } = documentPlace(found.path, site);
    if (own === language || (generator?.name !== 'Hugo' && language === undefined)) return found;
    const isDefault = language === undefined || isLanguageOf(language, site);
    const keys = [...(language === undefined ? [] : [`${language}/${place}`]), ...(isDefault ? [place] : [])];
    return keys.map((key) => claimant(key, '', true)).find((each) => each) ?? found;
  }

  /** The list of a section whose own document, such as `_index.md`, has no words. */
  function section(path: string, isRooted: boolean, origin: LinkOrigin): string | undefined {
    if (!isSection(path)) return undefined;
    const whole = isRooted ? path : posix.join(posix.dirname(origin.path), path);
    return formerList(`/${documentPlace(whole, site).place}`, findValue, { names: generator?.lists });
  }

  function file(path: string, isRooted: boolean, origin: LinkOrigin): Omit<FileLead, 'suffix'> | undefined {
    const folder = posix.dirname(origin.path);
    const [stem, bareStem] = [/\.[^./]+$/, /(?:\.[^./]+)+$/].map((endings) =>
      origin.path.replace(endings, ''),
    );
    const beside = [
      folder,
      stem ?? '',
      bareStem ?? '',
      ...origin.translations.map((each) => posix.dirname(each)),
    ];
    const tries = [
      ...(isRooted ? [] : beside.map((each) => posix.join(each, path))),
      ...fileRoots.map((root) => posix.join(root, path.replace(/^(?:\.\.?\/)+/, ''))),
      ...(generator === undefined || generator.prefix === '' || !path.startsWith(generator.prefix)
        ? []
        : [path.slice(generator.prefix.length)]),
    ];
    const exact = tries.find(files.has);
    const found =
      exact ??
      tries.map(files.folded).find((each) => each !== undefined) ??
      fileByEnd(path.replace(/^(?:\.\.?\/)+/, ''), isRooted, folder);
    if (found === undefined) {
      const whole = path.replace(RESIZED, '');
      return whole === path ? undefined : file(whole, isRooted, origin);
    }
    const isMisspelt =
      baseName(found).normalize('NFC') !== baseName(path).normalize('NFC') && exact === undefined;
    return { kind: 'file', path: found, isMisspelt };
  }

  /**
   * The only file whose path ends with an address, or with which an address ends.
   *
   * @param folder of the document that refers to it
   */
  function fileByEnd(path: string, isRooted: boolean, folder: string): string | undefined {
    const wanted = fold(path);
    const [name = '', ...folders] = wanted.split('/').reverse();
    const alike = (files.byName().get(name) ?? []).map((named) => named.path);
    const longer = alike.filter((each) => fold(each).endsWith(`/${wanted}`));
    const below = longer.filter((each) => isBelow(each, folder));
    if (below.length === 1) return below[0];
    // A name alone may be that of another document's file.
    const isMeant = folders.length > 0 || isRooted || isInVault || !isBesideDocument(longer[0] ?? '');
    if (isMeant && (longer.length === 1 || (isInVault && longer.length > 0))) return longer[0];
    const shorter = alike.filter((each) => {
      const root = fileRoots.find((prefix) => prefix !== '' && each.startsWith(prefix)) ?? '';
      const place = fold(each.slice(root.length));
      return place.includes('/') && wanted.endsWith(`/${place}`);
    });
    return shorter.length === 1 ? shorter[0] : undefined;
  }

  /** Whether a file is in a folder without documents that is beside the document. */
  function isBelow(file: string, folder: string): boolean {
    const parent = posix.dirname(file);
    return posix.dirname(parent) === folder && !documentFolders().has(parent);
  }

  function isBesideDocument(file: string): boolean {
    const folder = posix.dirname(file);
    return [folder, posix.dirname(folder)].some((each) => documentFolders().has(each));
  }

  function document(
    path: string,
    query: string,
    isRooted: boolean,
    origin: LinkOrigin,
  ): LinkedDocument | undefined {
    const hasEnding = kindOf(path) !== undefined;
    const atPath = (): LinkedDocument | undefined => {
      // The home page.
      if (isRooted && path === '') return undefined;
      const tries = [
        ...(isRooted ? [] : [posix.join(posix.dirname(origin.path), path)]),
        ...contentRoots.map((root) => posix.join(root, path)),
      ];
      return tries
        .map((each) => (isWithin(each) ? documentAt(each) : undefined))
        .find((each) => each !== undefined);
    };
    if (isRooted) {
      const { place, language } = documentPlace(origin.path, site);
      const within = (name: string | undefined): LinkedDocument | undefined =>
        name === undefined ? undefined : claimant(`${name}/${path}`, '', true);
      const claimed = (): LinkedDocument | undefined =>
        within(LANGUAGE_FOLDER.exec(place)?.[1]) ?? claimant(path, query, true) ?? within(language);
      return hasEnding ? (atPath() ?? claimed()) : (claimed() ?? atPath());
    }
    const found = atPath();
    if (found !== undefined) return found;
    return addressesOf(path, origin)
      .map((address) => claimant(address, query, true))
      .find((claimed) => claimed !== undefined);
  }

  /** The addresses to which a browser would resolve a relative one on the page that the document was. */
  function addressesOf(path: string, origin: LinkOrigin): string[] {
    const { place } = documentPlace(origin.path, site);
    return [place, posix.dirname(place)].map((base) => posix.join(base, path)).filter(isWithin);
  }

  function redirected(
    { path, query, fragment, isRooted }: StatedUrl,
    origin: LinkOrigin,
    count: number,
  ): Lead | undefined {
    if (redirects.size === 0 || count > MAX_REDIRECTS) return undefined;
    const to = (isRooted ? [path] : addressesOf(path, origin))
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
    // The site may have been there.
    const inside = parseUrl(elsewhere.pathname + elsewhere.hash);
    return inside && leadTo(inside, true, origin, count);
  }

  return { documentAt, lead: (url, origin) => leadOf(url, origin, 0) };

  function leadOf(url: string, origin: LinkOrigin, count: number): Lead | undefined {
    const name = nameIn(url);
    if (name !== undefined) return named(name, origin);
    const film = posterId(url);
    const poster = film && posters().get(film);
    if (poster) return { kind: 'file', path: poster, suffix: '', isMisspelt: false };
    const own = ownPath(url, site);
    const stated = parseUrl(own ?? url);
    if (stated === undefined) return undefined;
    const inner = own === undefined && stated.isRooted ? withoutBase(stated.path, generator) : undefined;
    const found = inner === undefined ? undefined : leadTo({ ...stated, path: inner }, false, origin, count);
    return found ?? leadTo(stated, own !== undefined, origin, count);
  }

  function leadTo(
    stated: StatedUrl,
    isWholeUrl: boolean,
    origin: LinkOrigin,
    count: number,
  ): Lead | undefined {
    const { path, query, fragment, isRooted } = stated;
    const suffix = partOf(fragment, isInVault);
    const form = isRooted ? articleForm(path) : undefined;
    const isPath = (): boolean => contentRoots.some((root) => byPath.has(root + path));
    if (form !== undefined && !isPath()) {
      const found = claimant(form.before, '', true);
      if (found !== undefined) return { kind: 'document', document: found, suffix: form.ending + suffix };
    }
    const found = document(path, query, isRooted, origin);
    if (found !== undefined) return { kind: 'document', document: found, suffix };
    if (path !== '') {
      const at = file(path, isRooted, origin);
      if (at !== undefined) return { ...at, suffix };
    }
    const other = redirected(stated, origin, count + 1);
    if (other !== undefined) return other;
    if (isRooted && (isSitePath(`/${path}`) || isIndexPath(`/${path}`)))
      return { kind: 'site', path: `/${path}${query && `?${query}`}${fragment}` };
    const list = isRooted ? formerList(`/${path}`, findValue, { names: generator?.lists }) : undefined;
    const own = list ?? section(path, isRooted, origin);
    if (own !== undefined) return { kind: 'site', path: own + fragment };
    // A whole address elsewhere on the host may be of something else that is called the same.
    if (mediaTypeOf(path) !== undefined || (isWholeUrl && !hasDate(path) && !hasFolders)) return undefined;
    const meant = claimant(path.replace(/^(?:\.\.?\/)+/, ''), '', false);
    if (meant !== undefined) return { kind: 'document', document: meant, suffix };
    return isInVault
      ? named({ name: withoutNoteEnding(path), fragment: suffix, language: undefined }, origin)
      : undefined;
  }
}

/** The path of another form of an article, such as its Markdown. */
function articleForm(path: string): { before: string; ending: string } | undefined {
  if (slugOfPath(`/${path}`) === undefined) return undefined;
  const split = splitFormatPath(`/${path}`);
  return split && { before: split.before, ending: path.slice(split.before.length - 1) };
}

/** By their paths without an ending; of those that differ in their endings alone, the kind decides. */
function documentsByStem(documents: readonly LinkedDocument[]): Map<string, LinkedDocument> {
  const rank = ({ path }: LinkedDocument): number =>
    DOCUMENT_ENDINGS.findIndex((ending) => path.toLowerCase().endsWith(ending));
  const ordered = documents.toSorted((a, b) => rank(b) - rank(a));
  return new Map(ordered.map((document) => [withoutDocumentEnding(document.path), document]));
}

function claimsByKey(
  documents: readonly LinkedDocument[],
): ReadonlyMap<string, readonly (Claim & { readonly document: LinkedDocument })[]> {
  const claims = documents.flatMap((document) => document.claims.map((claim) => ({ ...claim, document })));
  return Map.groupBy(claims, ({ key }) => key);
}

/** By the slugs of their files' names, by their own, and by what they are called; the first of several. */
function documentsByName(documents: readonly LinkedDocument[]): Map<string, LinkedDocument> {
  const byName = new Map<string, LinkedDocument>();
  const add = (name: string, document: LinkedDocument): void => {
    if (name !== '' && !byName.has(name)) byName.set(name, document);
  };
  for (const document of documents) {
    const name = baseName(document.path).replace(/\.[^.]+$/, '');
    // Links to notes of a slip box may use only the numbers before their names.
    const number = /^\d{8,14}(?=\D|$)/.exec(name)?.[0] ?? '';
    for (const known of [slugify(name), document.slug, number]) add(known, document);
  }
  for (const document of documents) for (const name of document.names) add(fold(name), document);
  return byName;
}

/** Whether a path stays within the folder. */
function isWithin(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !path.startsWith('/');
}
