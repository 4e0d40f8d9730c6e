import {
  type Clause,
  FACETS,
  type Facet,
  keyOf,
  type Slice,
  sliceOf,
  sliceOfValue,
  valueOfSlice,
} from '../facets.ts';
import { attempt } from '../memo.ts';

/** The formats in which every feed is served. */
export const FEED_FORMATS = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export function isFeedFormat(name: string): name is FeedFormat {
  return FEED_FORMATS.some((format) => format === name);
}

export function byFormat<Value>(make: (format: FeedFormat) => Value): Readonly<Record<FeedFormat, Value>> {
  return { rss: make('rss'), atom: make('atom'), json: make('json') };
}

/**
 * The URL contract: every path is defined here. The first path of a list is canonical. The others serve the same bytes:
 * feed readers guess them, and do not follow redirects while they guess.
 */
export const paths = {
  home: '/',
  rss: ['/rss.xml', '/feed', '/feed/', '/rss', '/rss/', '/feed.xml', '/index.xml', '/index.rss', '/feed.rss'],
  atom: ['/atom.xml', '/feed.atom', '/atom'],
  json: ['/feed.json'],
  article: '/articles/:slug',
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
  font: '/fonts/:name',
  /** Parts of the store that are not bundled. The worker reads them and does not serve them. */
  part: '/store/:digest',
  /** Square, 512 pixels. */
  icon: '/icon.png',
  iconSmall: '/icon-192.png',
  /** With padding, for systems that crop icons. */
  iconMaskable: '/icon-maskable.png',
  iconDrawing: '/icon.svg',
  touchIcon: '/apple-touch-icon.png',
  /** The preview picture of links to the site. */
  card: '/card.png',
  manifest: '/manifest.webmanifest',
  favicon: '/favicon.ico',
} as const;

const SITE_PATHS: ReadonlySet<string> = new Set(
  Object.values(paths)
    .flat()
    .filter((path) => !path.includes(':')),
);

/** Whether a path is a route, a page of history, or a file of the site. */
export function isSitePath(path: string): boolean {
  const bare = path.replace(/(?<=.)\/$/, '');
  return SITE_PATHS.has(bare) || /^\/(?:archive\/\d+|media\/[\da-f]+\/[^/]+)$/.test(bare);
}

/** The formats of an article beside its page, and the endings of their addresses. */
export const formatEndings = { markdown: '.md', text: '.txt', json: '.json' } as const;
export type ArticleFormat = keyof typeof formatEndings;
export const ARTICLE_FORMATS = Object.keys(formatEndings) as readonly ArticleFormat[]; // its keys are the formats

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
  /** An item of JSON Feed: only whole feeds have a media type. */
  item: 'application/json',
} as const;

/** The media types of the formats of an article. */
export const formatTypes: Readonly<Record<ArticleFormat, string>> = {
  markdown: mediaTypes.markdown,
  text: mediaTypes.text,
  json: mediaTypes.item,
};

/** Names of the formats for people. */
export const formatNames: Readonly<Record<FeedFormat, string>> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
};

export function feedPath(format: FeedFormat): string {
  return paths[format][0];
}

/** Whether a path, with or without a query, is that of a feed. */
export function isFeedPath(path: string): boolean {
  const bare = path.replace(/\?.*/s, '');
  return FEED_FORMATS.some(
    (format) => bare.endsWith(feedPath(format)) || paths[format].some((each) => each === bare),
  );
}

/** The normalised percent-encoding of a path (RFC 3986 §6.2.2), as `articlePath` writes it. */
export function spellPath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(decodePath(segment)))
    .join('/');
}

/** The path of a slug, or of an address that is a path, as spelled by `spellPath`, without a trailing slash. */
export function addressPath(address: string): string {
  return address.startsWith('/')
    ? spellPath(new URL(`https://origin.invalid${address}`).pathname.replace(/(?<=.)\/$/, ''))
    : articlePath(address);
}

function decodePath(path: string): string {
  return attempt(() => decodeURIComponent(path)) ?? path;
}

/** The number of a page or part in an address, from 1; undefined for any other text. */
export function parsePageNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** A part of the sitemap of a large site, by number from 1. */
export function sitemapPath(part: number): string {
  return paths.sitemapPart.replace(':file', `${part}.xml`);
}

/** The number in a file name of `sitemapPath`; undefined for any other name. */
export function parseSitemapNumber(file: string): number | undefined {
  return file.endsWith('.xml') ? parsePageNumber(file.slice(0, -'.xml'.length)) : undefined;
}

/** Path of a part of the store among the assets. */
export function partPath(digest: string): string {
  return paths.part.replace(':digest', digest);
}

/** The digest in the address of a media file. */
export function mediaDigest(address: string): string {
  return address.split('/')[2] ?? '';
}

/** The name, among the parts of the store, of part `number` of a recording, from 0. */
export function recordingPart(address: string, number: number): string {
  return `${mediaDigest(address)}-${number}`;
}

/** @param slug not percent-encoded */
export function articlePath(slug: string): string {
  return paths.article.replace(':slug', encodeURIComponent(slug));
}

/**
 * Another format of an article.
 *
 * @param slug not percent-encoded
 */
export function formatPath(slug: string, format: ArticleFormat): string {
  return articlePath(slug + formatEndings[format]);
}

/** The parts of a path of `formatPath`, or of its last segment; undefined without the ending of a format. */
export function splitFormatPath(
  path: string,
): { readonly before: string; readonly format: ArticleFormat } | undefined {
  const format = ARTICLE_FORMATS.find((each) => path.endsWith(formatEndings[each]));
  return format === undefined ? undefined : { before: path.slice(0, -formatEndings[format].length), format };
}

/** The percent-encoded slug of a permalink; undefined for any other path. */
export function slugOfPath(path: string): string | undefined {
  const before = paths.article.replace(':slug', '');
  const slug = path.replace(/\/$/, '').slice(before.length);
  return path.startsWith(before) && /^[^/]+$/.test(slug) ? slug : undefined;
}

/** @param name of the file, not percent-encoded */
export function mediaPath(digest: string, name: string): string {
  return paths.media.replace(':digest', digest).replace(':name', () => encodeURIComponent(name));
}

/** @param name of the file */
export function fontPath(digest: string, name: string): string {
  return paths.font.replace(':name', name.replace('.', `.${digest}.`));
}

/** A media type without its parameters. */
export function bareMediaType(mediaType: string): string {
  return mediaType.replace(/;.*/, '');
}

/** The folder of each facet: `/tags/:key` is a slice. */
const facetFolders: Readonly<Record<Facet, string>> = {
  tag: 'tags',
  source: 'sources',
  author: 'authors',
  language: 'languages',
  year: 'years',
  collection: 'collections',
  series: 'series',
};

/** The page that lists the values of a facet. */
export function indexPath(facet: Facet): string {
  return `/${facetFolders[facet]}`;
}

const INDEX_PATHS: ReadonlySet<string> = new Set(FACETS.map(indexPath));

/** Whether a path is that of such a page, with or without a slash at its end. */
export function isIndexPath(path: string): boolean {
  return INDEX_PATHS.has(path.replace(/(?<=.)\/$/, ''));
}

/** A query with more values is refused. */
const MAX_QUERY_VALUES = 64;

/** A slice is a page, or a feed in a format. */
export type SliceFormat = 'page' | FeedFormat;

/**
 * The one address of a slice, or of a page of its history, with its query.
 *
 * @param archive number of the page of its history, from 1; absent for the newest articles
 */
export function slicePath(slice: Slice, format: SliceFormat, archive?: number): string {
  return slicePaths(slice)(format, archive);
}

/** `slicePath` of the articles with one value. */
export function valuePath(facet: Facet, key: string, format: SliceFormat = 'page'): string {
  return slicePath(sliceOfValue(facet, key), format);
}

/** `slicePath` of one slice, for several of its addresses. */
export function slicePaths(slice: Slice): (format: SliceFormat, archive?: number) => string {
  const value = valueOfSlice(slice);
  const base = value === undefined ? '' : `/${facetFolders[value.facet]}/${encodeURIComponent(value.key)}`;
  const query = value === undefined ? sliceQuery(slice) : '';
  return (format, archive) => {
    const page = archive === undefined ? '' : paths.archive.replace(':page', String(archive));
    if (format !== 'page') return base + page + feedPath(format) + query;
    if (base !== '' || page !== '') return base + page + query;
    const isSearch = slice.words !== undefined && slice.clauses.length === 0;
    return (isSearch ? paths.search : paths.home) + query;
  };
}

/** The route of slices, with the parameters `key` and `page`. */
export function sliceRoute(format: SliceFormat, facet: Facet | undefined, isArchive: boolean): string {
  const base = facet === undefined ? '' : `/${facetFolders[facet]}/:key`;
  return `${base}${isArchive ? paths.archive : ''}${format === 'page' ? '' : feedPath(format)}`;
}

function sliceQuery({ clauses, words }: Slice): string {
  const parameters = clauses.map(
    (clause) => `${parameterOf(clause)}=${clause.keys.map(encodeURIComponent).join(',')}`,
  );
  if (words !== undefined) parameters.push(`q=${encodeURIComponent(words)}`);
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}

function parameterOf({ facet, isNegated }: Parameter): string {
  if (!isNegated) return facet;
  return facet === 'tag' ? 'not' : `not-${facet}`;
}

/** A query parameter about a slice: its name and value. */
type SliceParameter = readonly [name: string, value: string];

/** The query parameters of an address that concern a slice. */
export function parametersOf(address: string): readonly SliceParameter[] {
  const start = address.indexOf('?');
  if (start === -1) return [];
  const query = new URLSearchParams(address.slice(start).replace(/#.*/s, ''));
  return [...query]
    .map(([name, value]): SliceParameter => [name.toLowerCase(), value])
    .filter(([name]) => PARAMETERS.has(name));
}

/** Whether an address is its canonical path, apart from percent-encoding. */
export function isSpelled(address: string, path: string): boolean {
  const [own, canonical] = [new URL(address), new URL(path, address)];
  const spelling = ({ pathname, search }: URL): string =>
    JSON.stringify([decodePath(pathname), parametersOf(search)]);
  return spelling(own) === spelling(canonical);
}

type Parameter = Pick<Clause, 'facet' | 'isNegated'>;

const PARAMETERS: ReadonlyMap<string, Parameter | 'words'> = new Map<string, Parameter | 'words'>([
  ...FACETS.flatMap((facet) =>
    [false, true].flatMap((isNegated): [string, Parameter][] => {
      const parameter = { facet, isNegated };
      // The plural of paths and the whole word redirect to the one spelling.
      const names = [facet, facetFolders[facet]].map((name) => (isNegated ? `not-${name}` : name));
      return [parameterOf(parameter), ...names].map((name) => [name, parameter]);
    }),
  ),
  ['q', 'words'],
]);

/**
 * The slice of an address, from its path and its query. Values may be labels instead of keys.
 *
 * @param parameters what its query says
 * @param canonicalWords the canonical form of a query for words; undefined if it has none
 * @returns undefined if the query has more than `MAX_QUERY_VALUES` values
 */
export function parseSlice(
  value: { readonly facet: Facet; readonly label: string } | undefined,
  parameters: readonly SliceParameter[],
  canonicalWords: (text: string) => string | undefined,
): Slice | undefined {
  const clauses: Clause[] =
    value === undefined ? [] : [{ facet: value.facet, isNegated: false, keys: [keyOf(value.label)] }];
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
