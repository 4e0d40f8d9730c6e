import { posix } from 'node:path';
import { isVault } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { slugify } from '../documents/addresses.ts';
import { kindOf, withoutEnding } from '../documents/kinds.ts';
import type { ReadDocument } from '../documents/parsed-document.ts';
import { foldersOf } from '../identity/match.ts';
import { type DocumentPlace, documentPlace, LANGUAGE_FOLDER, queriedPlace } from './former-addresses.ts';

export type Readable = Extract<ReadDocument, { status: 'read' }>;

/** Names of pages at the top of a site, which are pages even with a date. */
const PAGE_NAMES =
  /^(?:about|about-me|about-us|bio|contact|contact-us|imprint|impressum|datenschutz|privacy|privacy-policy|terms|terms-of-service|legal|cookies|colophon|license|licence|readme|readme-first|read-me|read-me-first|liesmich|lisez-?moi|leeme|leggimi|contributing|code-of-conduct|security|changelog|thanks|team|kontakt|contacto|contatti|contato|iletisim|ueber(?:-uns|-mich)?|uber-(?:uns|mich)|a-propos|mentions-legales|sobre(?:-mi|-mim|-nosotros|-nos)?|acerca-de|chi-(?:siamo|sono)|over-(?:ons|mij)|om-oss?|o-(?:mnie|nas)|hakkinda|hakkimizda)$/;
const IN_NAV =
  /^(?:about|about-me|about-us|contact|contact-us|imprint|impressum|datenschutz|privacy|privacy-policy|team|now|uses)$/;
/** Names of lists, which are pages unless they have a date. */
const LIST_NAMES =
  /^(?:index|home|404|500|403|not-found|offline|tags?|categories|category|topics|archives?|authors?|search|sitemap|\d{4}-\d\d-\d\d-archive|summary|menu|navigation|toc|contents|posts|blog|news|subscribe|feeds?|rss|links|now|uses)?$/;
/** Folders of pages, and of lists of documents with a value. */
const PAGE_FOLDERS = /^(?:_?pages|errors?)\//;
/** Folders of pages in Blogger, the parts of every page in wikis and in Docsify, the forms of WordPress and Drupal. */
const UNDATED_PAGES =
  /^p\/[^/]+$|(?:^|\/)-?(?:sidebar|navbar|coverpage|wp-(?:login|signup)|user\/(?:login|register|password))$/;
/** Where every document is below `pages/`, the posts are in a folder there. */
const POST_FOLDERS = /^pages\/(?:posts?|blog|articles?|news|writing|notes)\/./;
const LIST_FOLDERS =
  /^(?:(?:blog|news|posts)\/)?(?:tags?|tagged|categories|category|topics?|authors?|archives?|page|search\/label)\//;
/** Pages of a copied site that show articles with their dates: the home page, and the pages of values. */
const EXCERPTS =
  /^(?:(?:blog|news|posts)\/)?(?:(?:tags?|tagged|categories|category|authors?|page|search\/label)\/[^/]+|tags|categories|authors|404|search|(?:19|20)\d\d(?:\/\d\d){0,2}|archives?\/(?:cat-.+|(?:week-)?(?:19|20)\d\d(?:-\d\d){1,2})|(?:19|20)\d\d-\d\d-\d\d-archive)?$/;
/** Queries of lists of articles in WordPress and Blogger, and of pages of wikis and forums that are about others. */
const LIST_QUERY =
  /^(?:(?:cat|category_name|tag|author|author_name|paged|m|monthnum|w|year|updated-m(?:ax|in)|max-results|by-date|start)=[^&]*(?:&|$))+$/;
const OTHER_QUERY =
  /(?:^|&)(?:(?:oldid|diff|printable|replytocom|attachment_id)=|(?:action|do|mode)=(?:edit|history|info|raw|revisions|diff|index|recent|backlink|media|login|register|search|reply|quote|viewprofile)(?:&|$))/;
/** A page without a query that a script made. */
const SCRIPT = /\.(?:php\d?|aspx?|jsp|cgi|cfm|pl)$/;
/** Lists of the messages of a mail archive, and the messages beside them. */
const MAIL_LIST = /(?:^|\/)(?:thread|subject|author|date|attachment|threads|maillist|(?:mail|thrd)\d+)$/;
const MESSAGE = /(?:^|\/)(?:\d{4,6}|msg\d{5})$/;
/** One undated document is an article among this many dated ones. */
const MOST = 4;
/** The minimum number of dated documents in a collection of articles; of a generator, and of any other folder. */
const MIN_POSTS = 2;
const MIN_NEWS = 3;

/**
 * Finds the pages, which have an address but are in no feed: documents that state it, documents with the name of a page
 * at the top of the site, lists, documents that are not posts of the generator, documents that others import, and
 * documents without a date if nearly all others have one.
 *
 * @param places of the documents, by path
 * @returns the reason, by path
 */
export function findPages(
  documents: readonly Readable[],
  places: ReadonlyMap<string, DocumentPlace>,
  site: Site,
): Map<string, string> {
  const imported = documents.flatMap(({ parsed }) => parsed.imports);
  const authors = new Set(documents.flatMap(({ parsed }) => parsed.people.map(slugify)));
  const pages = new Map<string, string>();
  const folders = new Set(
    documents.flatMap(({ path, parsed }) => (parsed.published === undefined ? [] : foldersOf(path))),
  );
  const mailFolders = new Set(
    documents.flatMap(({ path }) =>
      MESSAGE.test(places.get(path)?.place ?? '') ? [posix.dirname(path)] : [],
    ),
  );
  const areDated = documents.some(({ parsed }) => parsed.published !== undefined);
  const queries = new Map(documents.map(({ path }) => [path, queriedPlace(path, site)]));
  for (const document of documents) {
    const { query = '' } = queries.get(document.path) ?? {};
    const isView = areDated && (LIST_QUERY.test(query) || OTHER_QUERY.test(query));
    const stated = pageReason(document, { imported, authors, folders, mailFolders, places });
    const reason = stated ?? (isView ? 'a list' : undefined);
    if (reason !== undefined) pages.set(document.path, reason);
  }
  const kindOfScript = ({ path }: Readable): string | undefined => {
    const { script, query = '' } = queries.get(path) ?? {};
    if (script !== undefined) return [script, ...new URLSearchParams(query).keys()].join(' ');
    return SCRIPT.exec(withoutEnding(path)) === null ? undefined : path;
  };
  const scripts = new Set(
    documents.flatMap((each) => (each.parsed.published === undefined ? [] : (kindOfScript(each) ?? []))),
  );
  if (scripts.size > 0)
    for (const document of documents) {
      const script = kindOfScript(document);
      const isOther = script !== undefined && !scripts.has(script) && document.parsed.role !== 'post';
      if (isOther && !pages.has(document.path)) pages.set(document.path, 'a script without dates');
    }
  const others = documents.filter(({ path }) => !pages.has(path));
  const isPost = postsOf(site);
  if (isPost !== undefined && others.some(isPost)) {
    for (const document of others)
      if (!isPost(document) && document.parsed.role !== 'post') pages.set(document.path, 'outside the posts');
  }
  const rest = others.filter(({ path }) => !pages.has(path));
  const byCollection = Map.groupBy(rest, (document) => sectionOf(document, places));
  const { generator } = site;
  const isOfNews = (group: readonly Readable[]): boolean => {
    const dated = group.filter(({ parsed }) => parsed.published !== undefined).length;
    const least = generator === undefined ? MIN_NEWS : MIN_POSTS;
    return dated >= least && dated >= MOST * (group.length - dated);
  };
  // Undated documents beside the dated posts of a generator are documentation and the like.
  const areUndatedPages =
    generator !== undefined && !isVault(generator) && [...byCollection.values()].some(isOfNews);
  const topLast = [...byCollection].sort(([a], [b]) => Number(a === undefined) - Number(b === undefined));
  for (const [collection, group] of topLast) {
    // A document at the top belongs to the whole site.
    const around = collection === undefined ? rest.filter(({ path }) => !pages.has(path)) : group;
    const undated = group.filter(({ parsed }) => parsed.published === undefined);
    const dated = around.filter(({ parsed }) => parsed.published !== undefined).length;
    const undatedAround = around.filter(({ parsed }) => parsed.published === undefined).length;
    if (dated < MOST * undatedAround && !areUndatedPages) continue;
    for (const { path, parsed } of undated) if (parsed.role !== 'post') pages.set(path, 'without a date');
  }
  // If every document would be a page, none of them is one.
  const isAll = documents.length > 0 && documents.every(({ path }) => pages.has(path));
  return isAll ? new Map([...pages].filter(([, reason]) => reason === 'stated')) : pages;
}

interface Others {
  readonly imported: readonly string[];
  /** Names of authors, as slugs. */
  readonly authors: ReadonlySet<string>;
  /** Folders with dated documents, at any depth. */
  readonly folders: ReadonlySet<string>;
  /** Folders with messages of a mail archive. */
  readonly mailFolders: ReadonlySet<string>;
  /** By path. */
  readonly places: ReadonlyMap<string, DocumentPlace>;
}

/** The document that represents its folder. */
const FOLDER_PAGE = /\/(?:index|default|readme)\.[^/]+$/i;

/** Whether it represents its folder: by its name, or by that of the folder: `notes/notes.md`, `1_notes/notes.txt`. */
function isFolderPage(path: string): boolean {
  const { dir, name } = posix.parse(path);
  return FOLDER_PAGE.test(path) || posix.basename(dir).replace(/^\d{1,3}[._]/, '') === name;
}

/** The collection of a document; in the folder of a language, the folder in that. */
function sectionOf({ path, parsed }: Readable, places: Others['places']): string | undefined {
  const { place = '' } = places.get(path) ?? {};
  if (!LANGUAGE_FOLDER.test(place)) return parsed.collection;
  const [folder, ...rest] = place.replace(LANGUAGE_FOLDER, '').split('/');
  return rest.length === 0 ? undefined : folder;
}

function pageReason(
  { path, parsed }: Readable,
  { imported, authors, folders, mailFolders, places }: Others,
): string | undefined {
  if (parsed.role === 'page') return 'stated';
  const isDated = parsed.published !== undefined;
  const isImported = imported.some(
    (each) => path === each || each.endsWith(`/${path}`) || path.endsWith(`/${each}`),
  );
  if (parsed.role === 'post' && (isDated || !isImported)) return undefined;
  if (parsed.role === 'list') return 'a list';
  if (isImported) return 'imported by others';
  const { place = '', language } = places.get(path) ?? {};
  const inner = place.replace(LANGUAGE_FOLDER, '');
  const { person } = parsed;
  if (!isDated && person && [person.name, ...person.keys].some((name) => authors.has(slugify(name))))
    return 'about an author';
  if (!isDated && UNDATED_PAGES.test(inner)) return 'in a folder of pages';
  if (PAGE_FOLDERS.test(place) && !(isDated && POST_FOLDERS.test(place))) return 'in a folder of pages';
  if (!inner.includes('/') && PAGE_NAMES.test(language === undefined ? inner : place)) return 'by its name';
  if (!isDated && (LIST_FOLDERS.test(inner) || (!inner.includes('/') && LIST_NAMES.test(inner))))
    return 'a list';
  if (EXCERPTS.test(inner) && folders.size > 0 && kindOf(path) === 'html') return 'a list';
  if (MAIL_LIST.test(place) && mailFolders.has(posix.dirname(path))) return 'a list';
  if (!isDated && isFolderPage(path) && folders.has(posix.dirname(path))) return 'a list';
  return undefined;
}

export function isForNav(path: string, site: Site): boolean {
  const { place } = documentPlace(path, site);
  return IN_NAV.test(place.replace(/^_?pages\//, ''));
}

/** Returns a test for the posts of the generator; undefined if the generator makes no difference. */
function postsOf({ generator }: Site): ((document: Readable) => boolean) | undefined {
  const prefixed = (path: string): string => (generator?.prefix ?? '') + path;
  switch (generator?.name) {
    case 'Bridgetown':
    case 'Hexo':
    case 'Jekyll':
      return ({ path }) => `/${prefixed(path)}`.includes('/_posts/');
    case 'Astro':
    case 'MkDocs':
    case 'VuePress': {
      const sections = generator.permalinks.flatMap(({ section }) => section ?? []);
      const isInOne = ({ path }: Readable): boolean =>
        sections.some((section) => `/${prefixed(path)}`.includes(`/${section}/`));
      return sections.length === 0 ? undefined : isInOne;
    }
    case 'Nikola':
      return ({ path }) => !prefixed(path).startsWith('pages/');
    case 'Docusaurus':
      return ({ path, parsed }) =>
        parsed.published !== undefined && !/^(?:docs|src\/pages)\//.test(prefixed(path));
    default:
      return undefined;
  }
}
