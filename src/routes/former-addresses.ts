import type { Instant } from '../article.ts';
import { type Clause, EVERYTHING, type Facet, keyOf, type Slice, sliceOf } from '../facets.ts';
import { decodeLeniently, shortenSlug, wordList } from '../strings.ts';
import { type FeedFormat, feedPath, indexPath, slicePath } from './paths.ts';

/**
 * The addresses that a site had before it moved to Tidings. Articles, files and lists claim them by keys that ignore
 * spelling. Links in content and requests at the edge look them up in the same way.
 */

/** How reliable a claim to a key is, the most reliable first. */
export const CLAIM_RANKS = {
  /** The document states the address. */
  stated: 0,
  /** It follows the pattern of addresses of the generator. */
  pattern: 1,
  /** It is the path of the file. */
  path: 2,
  /** It is the end of an address, or a name. */
  name: 3,
} as const;
export type ClaimRank = (typeof CLAIM_RANKS)[keyof typeof CLAIM_RANKS];

/** Endings of pages, which change when a site moves. */
const PAGE_ENDING =
  /\.(?:x?html?|php\d?|aspx?|jsp|cgi|mdx?|markdown|mkd(?:ow)?n?|md(?:ow|w)n|[qr]md|mdoc|svx|te?xt)$/;
/** A short number at the end of an address is not a name. */
const IS_NAME = /\p{L}|\d{7}/u;
/** The number of segments that are looked at from the end of an address. */
const MAX_SEGMENTS = 6;

/** The key of an address or of the path of a file: without its spelling, the ending of a page, and `index`. */
export function addressKey(path: string): string {
  const segments = path.split('/').map(foldSegment);
  const last = segments.at(-1)?.replace(PAGE_ENDING, '') ?? '';
  segments.splice(-1, 1, last === 'index' ? '' : last);
  return segments
    .filter((segment) => segment !== '')
    .map((segment) => shortenSlug(segment.replaceAll('.', '-')))
    .join('/');
}

/** Treats white space, `+`, `_`, `.` and `-` alike, and drops the diacritics of Latin letters, as generators do. */
function foldSegment(segment: string): string {
  const text = decodeLeniently(segment).toLowerCase();
  const plain = ASCII.test(text) ? text : text.normalize('NFD').replace(LATIN_MARKS, '').normalize('NFC');
  return plain.replace(/[\s+_-]+/g, '-');
}

const ASCII = /^[\0-\x7f]*$/;
const LATIN_MARKS = /(?<=\p{Script=Latin})\p{M}+/gu;

/** The key of an address that its query identifies, such as `/?p=123`. */
export function queryKey(path: string, query: string): string {
  return `${addressKey(path)}?${decodeLeniently(query).replace(/\.html?$/, '')}`;
}

/** A key to be looked up. */
export interface WantedKey {
  readonly key: string;
  /** Whether it is the whole address; else its end. */
  readonly isWhole: boolean;
  /** The part of the address before it. */
  readonly before: string;
}

/** Other forms of an article, and its comments: their addresses extend that of the article. */
const VARIANT = /\/(?:amp|print|embed|trackback|comments|comment-page-\d+)$/;

/** The keys under which an address is looked up, the longest first. */
export function wantedKeys(path: string): WantedKey[] {
  const stated = addressKey(path);
  const whole = stated.replace(VARIANT, '');
  const segments = whole.split('/');
  const wanted = segments.slice(-MAX_SEGMENTS).map((_, index, some): WantedKey => {
    const key = some.slice(index).join('/');
    return { key, isWhole: key === whole, before: whole.slice(0, whole.length - key.length) };
  });
  const last = segments.at(-1) ?? '';
  const undated = last.replace(/^\d{4}-\d{1,2}-\d{1,2}-(?=.)/, '');
  if (undated !== last)
    wanted.push({ key: undated, isWhole: false, before: whole.slice(0, whole.length - undated.length) });
  if (segments.length > MAX_SEGMENTS) wanted.unshift({ key: whole, isWhole: true, before: '' });
  if (whole !== stated) wanted.unshift({ key: stated, isWhole: true, before: '' });
  return whole === ''
    ? []
    : wanted.filter(({ key, isWhole }) => isWhole || IS_NAME.test(key.split('/').at(-1) ?? ''));
}

/**
 * Chooses between the claims to a key: the best one to a whole address, the only one to the end of an address;
 * undefined if none or several may be meant.
 *
 * @param claims of what is visible, those that come first in doubt first
 */
export function chooseClaim<Claim extends { readonly rank: ClaimRank }>(
  claims: readonly Claim[],
  { isWhole }: Pick<WantedKey, 'isWhole'>,
): Claim | undefined {
  // A stated address is a whole one.
  const fitting = isWhole ? claims : claims.filter(({ rank }) => rank !== CLAIM_RANKS.stated);
  const [best, ...others] = fitting.toSorted((a, b) => a.rank - b.rank);
  if (best === undefined) return undefined;
  const isOnly = others.every(({ rank }) => rank > best.rank);
  return isOnly || (isWhole && best.rank < CLAIM_RANKS.name) ? best : undefined;
}

const DATE = /(?:^|[/-])((?:19|20)\d\d)(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?(?=[/-]|$)/;
const DAY = 86_400_000;
/** The tolerance of a date in an address, whose time zone is unknown. */
const LEEWAY = 1.5 * DAY;

/** Whether an address contains a year and a month. */
export function hasDate(address: string): boolean {
  return DATE.exec(address)?.[2] !== undefined;
}

/** Whether an address contains a date other than that of a publication. */
export function isOfOtherDate(address: string, published: Instant): boolean {
  const [, year, month, day] = DATE.exec(address) ?? [];
  if (year === undefined) return false;
  const from = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  const until =
    day !== undefined
      ? from + DAY
      : month !== undefined
        ? Date.UTC(Number(year), Number(month), 1)
        : Date.UTC(Number(year) + 1, 0, 1);
  return published < from - LEEWAY || published > until + LEEWAY;
}

/** Names of lists of articles in addresses, by the facet of their values. */
export const LIST_NAMES: Readonly<Record<Exclude<Facet, 'source'>, readonly string[]>> = {
  tag: wordList('tags tag tagged categories category topics topic labels label keywords'),
  author: ['authors', 'author', 'contributors', 'people', 'by'],
  year: ['years', 'archive', 'archives'],
  language: ['languages', 'language'],
  collection: ['collections', 'collection', 'section', 'sections'],
  series: ['series'],
};
const LISTS: ReadonlyMap<string, Facet> = new Map(
  (Object.keys(LIST_NAMES) as (keyof typeof LIST_NAMES)[]).flatMap((facet) =>
    LIST_NAMES[facet].map((name): [string, Facet] => [name, facet]),
  ),
);

/** The format of a feed by the last segment of its address; undefined for every other. */
function feedFormatOf(name: string): FeedFormat | undefined {
  if (/(?:^|\.)atom(?:\.xml)?$/.test(name)) return 'atom';
  if (/^(?:index|feed)\.json$/.test(name)) return 'json';
  const isRss =
    /^(?:feed|rss2?)$|^feed_rss_\w+\.xml$|^(?!index\.php$)(?:index|(?:blog-)?feeds?|rss2?)\.(?:xml|rss|rdf|php)$|\.rss(?:\.xml)?$/.test(
      name,
    );
  return isRss ? 'rss' : undefined;
}

/** What WordPress calls its formats, in the segment after `feed` or in a query. */
const FORMAT_NAMES: ReadonlyMap<string | null | undefined, FeedFormat> = new Map([
  ['rss', 'rss'],
  ['rss2', 'rss'],
  ['rdf', 'rss'],
  ['atom', 'atom'],
  ['json', 'json'],
]);

/**
 * The format of the feed that a query asks for: `?feed=rss2` of WordPress, `?alt=rss` of Blogger, `?format=rss` of
 * Squarespace, `?format=feed&type=atom` of Joomla.
 */
export function queriedFeed(search: string): FeedFormat | undefined {
  const query = new URLSearchParams(search);
  const format = query.get('format');
  const ofJoomla = format === 'feed' ? (query.get('type') ?? 'rss') : undefined;
  const ofSquarespace = format === 'rss' ? format : undefined;
  return FORMAT_NAMES.get(query.get('feed') ?? query.get('alt') ?? ofJoomla ?? ofSquarespace);
}

/** The segments of the list whose feed is at `/author/x/rss/` or `/tags/x/feed/atom/`; otherwise undefined. */
function listOfFeed(
  segments: readonly string[],
): { readonly list: readonly string[]; readonly format: FeedFormat } | undefined {
  const last = segments.at(-1) ?? '';
  const named = segments.at(-2) === 'feed' ? FORMAT_NAMES.get(last) : undefined;
  const format = named ?? feedFormatOf(last);
  return format && { list: segments.slice(0, named === undefined ? -1 : -2), format };
}

/** The address of the list whose feed an address is; undefined if it is not that of a feed. */
export function withoutFeed(
  path: string,
): { readonly list: string; readonly format: FeedFormat } | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const found = namedFeed(segments, {}) ?? listOfFeed(segments);
  return found && { list: `/${found.list.join('/')}`, format: found.format };
}

/** Names of the list of everything. */
const SECTIONS = /^(?:articles|blog|home|posts|news|archives?|journal|writing|index)$/;

/** The keys that a segment of an address may mean: spaces may be hyphens, and Nikola adds the prefix `cat_`. */
export function listKeys(segment: string): string[] {
  const name = segment.replace(/\.html?$/, '');
  return [name, name.replace(/[-_+]+/g, ' '), name.replace(/^cat_/, '')].map(keyOf);
}

/** Names of lists that the generator's configuration states, in lower case, with what they list. */
type ListNames = Readonly<Record<string, Facet | 'all'>>;

/** The key of the value that a segment of an address names; undefined if no article has it. */
export type FindValue = (facet: Facet, segment: string) => string | undefined;

/** The main feed of Blogger, and the feed of a label. */
const BLOGGER_FEED = /^\/feeds\/posts\/(?:default|full|summary)(?:\/-\/([^/]+))?\/?$/;

/**
 * The path of the list or feed that an address of another generator means: `/tag/x/index.xml`, `/blog/tags/x`,
 * `/feeds/all.atom.xml`, `/posts/index.xml`, `/2021/05/`.
 *
 * @param names of lists in the generator's configuration
 * @param queried the format of the feed that the query of the address asks for
 */
export function formerList(
  path: string,
  findValue: FindValue,
  {
    names = {},
    queried,
  }: { readonly names?: ListNames | undefined; readonly queried?: FeedFormat | undefined } = {},
): string | undefined {
  const blogger = BLOGGER_FEED.exec(path);
  if (blogger !== null) {
    const label = blogger[1] === undefined ? '' : `/tag/${blogger[1]}`;
    return formerList(`${label}/feed/${queried ?? 'atom'}`, findValue);
  }
  if (path.includes('//')) return undefined;
  // `/blog/tag:x` in Grav and Kirby
  const segments = path
    .replace(/(?<=\/(?:tag|category|author)):/, '/')
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeLeniently);
  const last = segments.at(-1) ?? '';
  const { list: listed, format: feed } = namedFeed(segments, names) ?? listOfFeed(segments) ?? {};
  const isFile = feed !== undefined || /^index\.\w+$/.test(last);
  const list = listed ?? (isFile ? segments.slice(0, -1) : segments);
  const isPage = list.at(-2) === 'page' && /^\d+$/.test(list.at(-1) ?? '');
  // `/page/2/`, in Jekyll `/page2/`.
  const isOtherPage = !isPage && /^page\d+$/.test(list.at(-1) ?? '');
  const folders = isPage ? list.slice(0, -2) : isOtherPage ? list.slice(0, -1) : list;
  const segmentNames = folders.map((name, index) =>
    index === folders.length - 1 ? name.replace(/\.html?$/, '') : name,
  );
  // `/fr/feeds/news.rss`
  if (isFile && /^(?:feeds?|rss|atom)$/.test(segmentNames.at(-1) ?? '')) segmentNames.pop();
  // `/blog/archive`
  if (segmentNames.length > 1 && isArchive(segmentNames.at(-1) ?? '', names)) segmentNames.pop();
  const slice = sliceOfList(segmentNames, findValue, names);
  if (slice !== undefined) return slicePath(slice, feed ?? queried ?? 'page');
  const [only = ''] = segmentNames;
  // Tidings has no comments.
  if (segmentNames.length > 1 || only === 'comments') return undefined;
  const kind = listKind(only, names);
  if (feed === undefined && kind !== undefined && kind !== 'all' && kind !== 'year') return indexPath(kind);
  if (feed !== undefined) return feedPath(feed);
  const isEverything = segmentNames.length === 0 || isPage || isOtherPage || kind || SECTIONS.test(only);
  return isEverything ? slicePath(EVERYTHING, queried ?? 'page') : undefined;
}

/**
 * A feed that is named after its value: `tag/name.rss` of Discourse, `feeds/name.atom.xml` of Pelican,
 * `feed/by_tag/name.xml` and `feed/name.xml` of Jekyll.
 */
function namedFeed(
  segments: readonly string[],
  names: ListNames,
): { readonly list: readonly string[]; readonly format: FeedFormat } | undefined {
  const [, name, ending = ''] = NAMED_FEED.exec(segments.at(-1) ?? '') ?? [];
  const folder = segments.at(-2) ?? '';
  if (name === undefined) return undefined;
  const format = ending.startsWith('atom') ? 'atom' : 'rss';
  if (facetOf(folder, names) !== undefined) return { list: [...segments.slice(0, -1), name], format };
  const isOfTag = ending.endsWith('xml') && (ending !== 'xml' || /^(?:feed|by_tag)$/.test(folder));
  return isOfTag ? { list: ['tag', name], format } : undefined;
}

const NAMED_FEED = /^(?!(?:all|atom|feed|index|rss2?)\.)(.+?)\.((?:atom|rss)(?:\.xml)?|xml)$/;

/** What a list of this name has, whatever a request calls it: `constructor` is no name. */
function listKind(name: string, names: ListNames): Facet | 'all' | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(names, key) ? names[key] : undefined;
}

/** The facet whose values stand below this name. */
function facetOf(name: string, names: ListNames): Facet | undefined {
  const stated = listKind(name, names);
  return stated === undefined || stated === 'all' ? LISTS.get(name.toLowerCase()) : stated;
}

/** Whether a name is that of the list of everything, below the blog. */
function isArchive(name: string, names: ListNames): boolean {
  const kind = listKind(name, names);
  return kind === undefined ? /^archives?$/.test(name) : kind === 'all' || kind === 'year';
}

function sliceOfList(folders: readonly string[], findValue: FindValue, names: ListNames): Slice | undefined {
  const known = (facet: Facet, label: string | undefined): Clause | undefined => {
    const key = label === undefined ? undefined : findValue(facet, label);
    return key === undefined ? undefined : { facet, isNegated: false, keys: [key] };
  };
  const sliceIf = (...clauses: readonly (Clause | undefined)[]): Slice | undefined =>
    clauses.every((clause) => clause !== undefined) ? sliceOf(clauses, undefined) : undefined;
  const [first = '', second, ...rest] = folders;
  const facets = folders.map((folder) => facetOf(folder, names));
  const at = facets.findIndex((each) => each !== undefined);
  const facet = facets[at];
  if (facet !== undefined) {
    const value = folders.slice(at + 1).at(facet === 'year' ? 0 : -1);
    // Some generators make categories of folders; Lume's archive is of tags.
    const other = { tag: 'collection', year: 'tag' } as const;
    return sliceIf(known(facet, value) ?? (facet in other ? known(other[facet as 'tag'], value) : undefined));
  }
  // `/2021/05/`, `/blog/2021/`, `/fr/news/2021/`
  const year = folders.findIndex((part) => /^(?:19|20)\d\d$/.test(part));
  const months = folders.slice(year + 1);
  if (year >= 0 && months.length <= 2 && months.every((part) => /^\d{1,2}$/.test(part))) {
    const above = folders
      .slice(0, year)
      .map((name) => known('language', name) ?? known('collection', name) ?? name);
    const clauses = above.filter((each) => typeof each !== 'string' || !SECTIONS.test(each));
    return sliceIf(
      ...clauses.map((each) => (typeof each === 'string' ? undefined : each)),
      known('year', folders[year]),
    );
  }
  if (second === undefined) return sliceIf(known('collection', first)) ?? sliceIf(known('language', first));
  // `/fr/posts/`
  const language = rest.length > 0 ? undefined : known('language', first);
  if (language === undefined) return undefined;
  return (
    sliceIf(language, known('collection', second)) ?? (SECTIONS.test(second) ? sliceIf(language) : undefined)
  );
}
