import {
  type Clause,
  DIMENSIONS,
  type Dimension,
  keyOf,
  type Slice,
  sliceOf,
  valueOfSlice,
} from './slice.ts';

/** The formats in which every feed is served. */
export const FEED_FORMATS = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export function isFeedFormat(name: string): name is FeedFormat {
  return FEED_FORMATS.some((format) => format === name);
}

/**
 * The URL contract: the one place that knows paths. The first path of a list is canonical; the others answer with the
 * same bytes, since feed readers guess them and do not follow redirects while they guess.
 */
export const paths = {
  home: '/',
  rss: ['/rss.xml', '/feed', '/feed/', '/rss', '/rss/', '/feed.xml', '/index.xml', '/index.rss', '/feed.rss'],
  atom: ['/atom.xml', '/feed.atom', '/atom'],
  json: ['/feed.json'],
  article: '/articles/:slug',
  articleSlash: '/articles/:slug/',
  archive: '/archive/:page',
  search: '/search',
  feeds: '/feeds',
  opml: '/feeds.opml',
  sitemap: '/sitemap.xml',
  sitemapPart: '/sitemap/:file',
  newsSitemap: '/sitemap-news.xml',
  robots: '/robots.txt',
  llms: '/llms.txt',
  media: '/media/:digest/:name',
  /** Parts of the store that are not in the worker; it does not serve them. */
  part: '/store/:digest',
  /** Square, 512 pixels. */
  icon: '/icon.png',
  iconSmall: '/icon-192.png',
  /** With room around it, for systems that cut icons to a shape of theirs. */
  iconMaskable: '/icon-maskable.png',
  iconDrawing: '/icon.svg',
  touchIcon: '/apple-touch-icon.png',
  /** What a link to the site looks like elsewhere. */
  card: '/card.png',
  manifest: '/manifest.webmanifest',
  favicon: '/favicon.ico',
} as const;

/** The forms in which an article is served beside its page, and what its address then ends in. */
export const formEndings = { markdown: '.md', text: '.txt', json: '.json' } as const;
export type ArticleForm = keyof typeof formEndings;
export const ARTICLE_FORMS = Object.keys(formEndings) as readonly ArticleForm[]; // the keys of formEndings are the forms

/** Media types as registered, or as the format's specification names them. */
export const mediaTypes = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json',
  html: 'text/html; charset=utf-8',
  opml: 'text/x-opml; charset=utf-8',
  sitemap: 'application/xml; charset=utf-8',
  problem: 'application/problem+json',
  text: 'text/plain; charset=utf-8',
  /** RFC 7763, with a variant of RFC 7764. */
  markdown: 'text/markdown; charset=utf-8; variant=GFM',
  /** An item of JSON Feed, which has a media type for whole feeds only. */
  item: 'application/json',
} as const;

/** What the forms of an article are sent as. */
export const formTypes: Readonly<Record<ArticleForm, string>> = {
  markdown: mediaTypes.markdown,
  text: mediaTypes.text,
  json: mediaTypes.item,
};

/** What people call the formats. */
export const formatNames: Readonly<Record<FeedFormat, string>> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
};

export function feedPath(format: FeedFormat): string {
  return paths[format][0];
}

/** The folder of each dimension: `/tags/:key` is a slice. */
const dimensionFolders: Readonly<Record<Dimension, string>> = {
  tag: 'tags',
  source: 'sources',
  author: 'authors',
  language: 'languages',
  year: 'years',
  collection: 'collections',
};

/** More values in one query are refused. */
const MAX_QUERY_VALUES = 64;

/** In what a slice is shown: a page, or a feed in a format. */
export type SliceForm = 'page' | FeedFormat;

/**
 * The one address of a slice, or of a page of its history, with its query.
 *
 * @param archive number of the page of its history, from 1; absent for the newest articles
 */
export function slicePath(slice: Slice, form: SliceForm, archive?: number): string {
  return slicePaths(slice)(form, archive);
}

/** Gives what `slicePath` gives of a slice, for who wants more than one of its addresses. */
export function slicePaths(slice: Slice): (form: SliceForm, archive?: number) => string {
  const value = valueOfSlice(slice);
  const base = value === undefined ? '' : `/${dimensionFolders[value.dimension]}/${encodeKey(value.key)}`;
  const query = value === undefined ? sliceQuery(slice) : '';
  return (form, archive) => {
    const page = archive === undefined ? '' : paths.archive.replace(':page', String(archive));
    if (form !== 'page') return base + page + feedPath(form) + query;
    if (base !== '' || page !== '') return base + page + query;
    const isSearch = slice.words !== undefined && slice.clauses.length === 0;
    return (isSearch ? paths.search : paths.home) + query;
  };
}

/** Where slices are, as a pattern with the parameters `key` and `page`. */
export function sliceRoute(form: SliceForm, dimension: Dimension | undefined, isArchive: boolean): string {
  const base = dimension === undefined ? '' : `/${dimensionFolders[dimension]}/:key`;
  return `${base}${isArchive ? paths.archive : ''}${form === 'page' ? '' : feedPath(form)}`;
}

/** Most keys are as they are, and to see that is cheaper than to encode them. */
function encodeKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : encodeURIComponent(key);
}

function sliceQuery({ clauses, words }: Slice): string {
  const parameters = clauses.map(
    (clause) => `${parameterOf(clause)}=${clause.keys.map(encodeKey).join(',')}`,
  );
  if (words !== undefined) parameters.push(`q=${encodeURIComponent(words)}`);
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}

function parameterOf({ dimension, isNegated }: Parameter): string {
  if (!isNegated) return dimension;
  return dimension === 'tag' ? 'not' : `not-${dimension}`;
}

/** A parameter of an address that says something of a slice: its name and its value. */
export type SliceParameter = readonly [name: string, value: string];

/** What an address says of a slice by its query; other parameters are passed over. */
export function parametersOf(address: string): readonly SliceParameter[] {
  const start = address.indexOf('?');
  if (start === -1) return [];
  const fragment = address.indexOf('#', start);
  const query = address.slice(start + 1, fragment === -1 ? undefined : fragment);
  const parameters: SliceParameter[] = [];
  for (const piece of query.split('&')) {
    const equals = piece.indexOf('=');
    const name = decodeForm(equals === -1 ? piece : piece.slice(0, equals));
    if (PARAMETERS.has(name))
      parameters.push([name, equals === -1 ? '' : decodeForm(piece.slice(equals + 1))]);
  }
  return parameters;
}

/** A name or value of `application/x-www-form-urlencoded` (URL Standard §5.1), as URLSearchParams reads it, which costs more. */
function decodeForm(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return new URLSearchParams(`=${text}`).get('') ?? '';
  }
}

/** Whether an address is spelled as its canonical path; percent-encoding more or less makes no difference. */
export function isSpelled(address: string, path: string): boolean {
  if (address.endsWith(path) && address.length - path.length === address.indexOf('/', 'https://'.length))
    return true;
  const [own, canonical] = [new URL(address), new URL(path, address)];
  const spelling = ({ pathname, search }: URL): string =>
    JSON.stringify([decodePath(pathname), parametersOf(search)]);
  return spelling(own) === spelling(canonical);
}

/** The one spelling of a path that may be percent-encoded more or less (RFC 3986 §6.2.2), such as `articlePath` writes. */
export function spellPath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(decodePath(segment)))
    .join('/');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

type Parameter = Pick<Clause, 'dimension' | 'isNegated'>;

const PARAMETERS: ReadonlyMap<string, Parameter | 'words'> = new Map<string, Parameter | 'words'>([
  ...DIMENSIONS.flatMap((dimension) =>
    [false, true].map((isNegated): [string, Parameter] => {
      return [parameterOf({ dimension, isNegated }), { dimension, isNegated }];
    }),
  ),
  ['q', 'words'],
]);

/**
 * The slice that an address names: by its path, by its query, or by both. Values may be spelled as people do.
 *
 * @param parameters what its query says
 * @param canonicalWords the canonical form of a query for words; undefined when it has none
 * @returns undefined when the query names more than `MAX_QUERY_VALUES` values
 */
export function parseSlice(
  value: { readonly dimension: Dimension; readonly label: string } | undefined,
  parameters: readonly SliceParameter[],
  canonicalWords: (text: string) => string | undefined,
): Slice | undefined {
  const clauses: Clause[] =
    value === undefined ? [] : [{ dimension: value.dimension, isNegated: false, keys: [keyOf(value.label)] }];
  const words: string[] = [];
  let values = 0;
  for (const [name, text] of parameters) {
    const parameter = PARAMETERS.get(name);
    if (parameter === 'words') words.push(text);
    if (parameter === 'words' || parameter === undefined) continue;
    const keys = text
      .split(',', MAX_QUERY_VALUES + 1)
      .map(keyOf)
      .filter((key) => key !== '');
    values += keys.length;
    if (values > MAX_QUERY_VALUES) return undefined;
    clauses.push({ ...parameter, keys });
  }
  return sliceOf(clauses, words.length === 0 ? undefined : canonicalWords(words.join(' ')));
}

/** The number of a page of history as `slicePath` writes it; undefined for every other text. */
export function parseArchiveNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** A part of the sitemap of a large site, by number from 1. */
export function sitemapPath(part: number): string {
  return paths.sitemapPart.replace(':file', `${part}.xml`);
}

/** The number in the name of a file that `sitemapPath` writes; undefined for every other. */
export function parseSitemapNumber(file: string): number | undefined {
  return file.endsWith('.xml') ? parseArchiveNumber(file.slice(0, -'.xml'.length)) : undefined;
}

/** Path of a part of the store among the assets. */
export function partPath(digest: string): string {
  return paths.part.replace(':digest', digest);
}

/** @param slug not percent-encoded */
export function articlePath(slug: string): string {
  return paths.article.replace(':slug', encodeURIComponent(slug));
}

/**
 * Another form of an article.
 *
 * @param slug not percent-encoded
 */
export function formPath(slug: string, form: ArticleForm): string {
  return articlePath(slug + formEndings[form]);
}

/** What `formPath` was made of, from a path or from the end of one; undefined when it ends as no form does. */
export function splitFormPath(
  path: string,
): { readonly before: string; readonly form: ArticleForm } | undefined {
  const form = ARTICLE_FORMS.find((each) => path.endsWith(formEndings[each]));
  return form === undefined ? undefined : { before: path.slice(0, -formEndings[form].length), form };
}

/** The slug of a permalink, percent-encoded as it stands there; undefined for every other path. */
export function slugOfPath(path: string): string | undefined {
  const before = paths.article.replace(':slug', '');
  const slug = path.replace(/\/$/, '').slice(before.length);
  return path.startsWith(before) && /^[^/]+$/.test(slug) ? slug : undefined;
}

/** @param name of the file, not percent-encoded */
export function mediaPath(digest: string, name: string): string {
  return paths.media.replace(':digest', digest).replace(':name', () => encodeURIComponent(name));
}

/** A media type without its parameters. */
export function bareMediaType(mediaType: string): string {
  return mediaType.replace(/;.*/, '');
}
