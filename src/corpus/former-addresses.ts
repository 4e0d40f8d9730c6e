import { posix } from 'node:path';
import type { Instant } from '../article.ts';
import type { Generator, GeneratorName } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { slugify } from '../documents/addresses.ts';
import { docusaurusTranslation, languageEnding } from '../documents/file-name.ts';
import { withoutEnding } from '../documents/kinds.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import type { Identity } from '../identity/reconcile.ts';
import { clockTime } from '../locale.ts';
import { addressKey, CLAIM_RANKS, type ClaimRank, queryKey } from '../routes/former-addresses.ts';
import { addressPath } from '../routes/paths.ts';
import { baseName, wordList, wordMap, wordSet } from '../strings.ts';

export interface AddressedDocument
  extends Partial<Pick<ParsedDocument, 'abbrlink' | 'id' | 'pattern' | 'headline' | 'names' | 'language'>>,
    Partial<Pick<Identity, 'slug' | 'published' | 'redirects'>> {
  readonly path: string;
  readonly statedSlug?: string | undefined;
  /** Whether its address may be that of its translation in the language of the site. */
  readonly isTranslation?: boolean;
  /** Whether it describes a folder that has a list of its articles. */
  readonly hasList?: boolean;
  /** Whether it is a translation of a document that has the same path in the language of the site. */
  readonly hasOriginal?: boolean;
}

export interface Claim {
  readonly key: string;
  readonly rank: ClaimRank;
}

/** A published file or a list, and the former addresses that it claims. */
export interface FormerFile {
  readonly address: string;
  readonly claims: readonly Claim[];
  /** Paths of the documents that refer to it; it is visible if one of them is. Empty if the settings refer to it. */
  readonly namedBy: readonly string[];
}

/** Names of folders that are not part of addresses: `_posts`, `_drafts`. */
const HIDDEN_FOLDER = /(?:^|\/)_[^/]*(?=\/)/g;
/** Names of the page of a folder in keys, besides `index`: `_index`, `page`, `+page`, `README`. */
const FOLDER_PAGE = /(?:^|\/)-index$|\/-?(?:page|readme)$/;
const DATED = /^(.*?)((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})[-_/ ]([^/]+)$/;
/** The number of ends of a path that are names. */
const MAX_NAMES = 4;

/** The parts of paths that generators leave out of addresses: route groups, and numbers for sorting. */
const OMITTED: Partial<Record<GeneratorName, RegExp>> = {
  'Next.js': /(?<=^|\/)\([^/()]*\)\//g,
  SvelteKit: /(?<=^|\/)\([^/()]*\)\//g,
  Nuxt: /(?<=^|\/)\d+\.(?=[^/])/g,
  Grav: /(?<=^|\/)\d+\.(?=[^/])/g,
  Kirby: /(?<=^|\/)\d+_(?=[^/])/g,
  Docusaurus: /(?<=^|\/)\d{1,3}[-_.](?=[^\d/])/g,
};

/** Generators in which an alias without a slash at its front, and a slug, is beside the document. */
const ALIASES_BESIDE = wordSet('Hugo Quarto Quartz');

/** The name of a page with a query, copied by wget: `news.php?id=3.html`, on Windows `news.php@id=3.html`. */
const QUERIED = /^(.*)[?@]([\w-]+=[^/]*)$/;

/** Numbers for sorting. */
const NUMBERS = /(?<=^|\/)\d{1,3}[-_.](?=[^\d])/g;
/** At the top of a site. */
export const LANGUAGE_FOLDER = /^([a-z]{2}(?:-[a-z]{2,4})?)\/(?=.)/;

/** The id that an export of Notion adds to each name. */
const NOTION_ID = / [\da-f]{32}(?=[/.]|$)/g;

/** The path of a file in its generator's site: without the generator's folder of documents. */
function pathInSite(
  path: string,
  generator: Generator | undefined,
  roots = generator?.contentRoots ?? [],
): string {
  const root = roots.find((each) => path.startsWith(each)) ?? '';
  const [mount = '', mounted = ''] =
    Object.entries(generator?.mounts ?? {}).find(([folder]) => path.startsWith(folder)) ?? [];
  const place = mount.length > root.length ? mounted + path.slice(mount.length) : path.slice(root.length);
  const omitted = generator && OMITTED[generator.name];
  const shown = generator?.name === 'Quartz' ? place.replaceAll('&', '-and-') : place;
  const seen = (omitted === undefined ? shown : shown.replace(omitted, '')).replace(NOTION_ID, '');
  return seen.replace(HIDDEN_FOLDER, '').replace(/^\//, '');
}

/** The keys that a document claims, the best first. */
export function claimsOf(
  document: AddressedDocument,
  site: Site,
  { place, language } = documentPlace(document.path, site),
): readonly Claim[] {
  const { path, slug, headline = '', redirects = [], names = [] } = document;
  const { generator } = site;
  const claims = new Map<string, ClaimRank>();
  const claim = (key: string, rank: ClaimRank): void => {
    if (key !== '' && (claims.get(key) ?? CLAIM_RANKS.name + 1) > rank) claims.set(key, rank);
  };
  for (const address of redirects) {
    const [pathname = '', query] = address.split('?');
    const key = addressKey(addressPath(pathname));
    claim(query === undefined ? key : queryKey(pathname, query), CLAIM_RANKS.stated);
  }
  if (slug !== undefined) claim(addressKey(addressPath(slug)), CLAIM_RANKS.stated);
  const queried = queriedPlace(path, site);
  if (queried !== undefined) claim(queryKey(queried.script, queried.query), CLAIM_RANKS.stated);

  const isDefault = language === undefined || isLanguageOf(language, site);
  const claimPlace = (key: string, rank: ClaimRank): void => {
    if (isDefault) claim(key, rank);
    if (language !== undefined) claim(`${language}/${key}`, rank);
  };
  const addresses = patternAddresses(document, place, site).map(addressKey);
  const isNamed =
    document.hasList === true || (addresses.length > 0 && jekyllCollection(path, generator) !== undefined);
  const placeRank = isNamed ? CLAIM_RANKS.name : CLAIM_RANKS.path;
  const isSure = document.isTranslation !== true && document.hasList !== true;
  const rank = isSure ? CLAIM_RANKS.pattern : placeRank;
  for (const address of addresses) claimPlace(address, rank);
  if (generator !== undefined && ALIASES_BESIDE.has(generator.name)) {
    const aliases = redirects.filter((address) => /^\/[^?]+$/.test(address));
    const besides =
      generator.name === 'Quarto'
        ? [posix.dirname(path)]
        : [...addresses, place].map((each) => posix.dirname(each));
    for (const beside of besides)
      for (const alias of aliases) claimPlace(addressKey(posix.join('/', beside, alias)), CLAIM_RANKS.path);
    // One with a slash is below the language.
    for (const alias of aliases) claimPlace(addressKey(alias), CLAIM_RANKS.path);
  }
  // In Docusaurus, a slug with a slash at its front is below the folder of the blog, or of the documentation.
  if (generator?.name === 'Docusaurus' && place.includes('/')) {
    const top = place.slice(0, place.indexOf('/'));
    for (const address of redirects.filter((each) => /^\/[^?]*$/.test(each)))
      claimPlace(addressKey(`${top}${address}`), CLAIM_RANKS.path);
  }
  // The address of a section is that of its list, if it has one.
  const statedName = document.statedSlug ?? (generator?.name === 'Docusaurus' ? document.id : undefined);
  if (statedName !== undefined)
    claimPlace(place.slice(0, place.lastIndexOf('/') + 1) + addressKey(statedName), CLAIM_RANKS.path);
  claimPlace(place, placeRank);
  const folder = LANGUAGE_FOLDER.exec(place)?.[1];
  if (folder !== undefined && isLanguageOf(folder, site))
    claim(place.slice(folder.length + 1), CLAIM_RANKS.path);
  if (generator !== undefined) claim(addressKey(generator.prefix + path), CLAIM_RANKS.path);
  else claim(addressKey(path), placeRank);
  const [, folders = '', year = '', month = '', day = '', name = ''] = DATED.exec(place) ?? [];
  if (name !== '') {
    claim(folders + name, CLAIM_RANKS.path);
    claim(`${folders}${year}/${month.padStart(2, '0')}/${day.padStart(2, '0')}/${name}`, CLAIM_RANKS.path);
  }

  // An end that several addresses share identifies none of them.
  if (document.hasOriginal === true) {
    if (slug !== undefined) claim(addressKey(slug), CLAIM_RANKS.name);
    return ranked(claims);
  }
  const unsorted = place.replace(NUMBERS, '');
  for (const each of new Set([place, unsorted])) {
    const segments = each.split('/');
    for (let start = Math.max(0, segments.length - MAX_NAMES); start < segments.length; start++)
      claim(segments.slice(start).join('/'), CLAIM_RANKS.name);
  }
  const last = baseName(place);
  const whole = path.match(NOTION_ID) === null ? '' : path.slice(path.lastIndexOf('/') + 1);
  // Links may use only the number before the name of a note (Zettelkasten), or after the name of a post of Medium.
  const number = (generator?.name === 'Medium' ? /[\da-f]{9,12}$/ : /^\d{8,14}(?=-)/).exec(last)?.[0];
  const stated = [slug, document.statedSlug, document.id, headline];
  for (const each of [name, number, ...stated, slugify(last), whole, ...names])
    claim(addressKey(each ?? ''), CLAIM_RANKS.name);
  return ranked(claims);
}

function ranked(claims: ReadonlyMap<string, ClaimRank>): Claim[] {
  return [...claims].map(([key, rank]) => ({ key, rank }));
}

export interface DocumentPlace {
  /** The key of its path below its generator's folder of documents. */
  readonly place: string;
  /** The language that its path states. */
  readonly language: string | undefined;
}

export function documentPlace(
  path: string,
  { generator, copiedFrom }: Pick<Site, 'generator' | 'copiedFrom'>,
): DocumentPlace {
  const translation = docusaurusTranslation((generator?.prefix ?? '') + path);
  const stem = withoutEnding(translation?.path ?? (generator?.prefix ?? '') + path);
  const ending = languageEnding(stem);
  const whole = ending === undefined ? stem : stem.slice(0, -ending.length - 1);
  const root = Object.entries(generator?.languageRoots ?? {}).find(([folder]) => whole.startsWith(folder));
  const language = ending ?? root?.[1] ?? translation?.language;
  const found = pathInSite(whole, generator, copyRoots(copiedFrom));
  // In these, a document is a folder, and its file has the name of its template.
  const isFolder = generator?.name === 'Grav' || generator?.name === 'Kirby';
  const place = addressKey(isFolder ? found.replace(/\/[^/]*$/, '') : found);
  return { place: place.replace(FOLDER_PAGE, ''), language: language?.toLowerCase() };
}

/** The script and the query of a page whose name has both. */
export function queriedPlace(
  path: string,
  { generator, copiedFrom }: Pick<Site, 'generator' | 'copiedFrom'>,
): { readonly script: string; readonly query: string } | undefined {
  if (!path.includes('=')) return undefined;
  const [, script, query] =
    QUERIED.exec(pathInSite(withoutEnding(path), generator, copyRoots(copiedFrom))) ?? [];
  return script === undefined || query === undefined ? undefined : { script, query };
}

/** The folder of a copied site, which is named after its host. */
function copyRoots(copiedFrom: string | undefined): string[] | undefined {
  return copiedFrom === undefined ? undefined : [`${copiedFrom.replace(/^https?:\/\//, '')}/`];
}

export function fileClaims(path: string, site: Site): readonly Claim[] {
  const { generator } = site;
  const whole = (generator?.prefix ?? '') + path;
  const roots = [...(generator?.staticRoots ?? []), ...(generator?.contentRoots ?? []), ...STATIC_ROOTS];
  const copied = Object.entries(generator?.filePrefixes ?? {}).flatMap(([prefix, place]) =>
    whole.startsWith(place) ? [prefix + whole.slice(place.length)] : [],
  );
  const places = new Set([whole, path, pathInSite(whole, generator, roots), ...copied].map(addressKey));
  const claims = new Map<string, ClaimRank>([...places].map((key) => [key, CLAIM_RANKS.path]));
  const segments = addressKey(whole).split('/');
  for (let start = Math.max(1, segments.length - MAX_NAMES); start < segments.length; start++) {
    const key = segments.slice(start).join('/');
    if (!claims.has(key)) claims.set(key, CLAIM_RANKS.name);
  }
  return ranked(claims);
}

/** Folders whose files generators serve from the root. */
export const STATIC_ROOTS: readonly string[] = ['static/', 'public/', 'source/', 'assets/'];

function patternAddresses(document: AddressedDocument, place: string, site: Site): string[] {
  const { generator, permalink } = site;
  const patterns = [document.pattern, permalink].filter((each) => each !== undefined);
  if (generator !== undefined) {
    const whole = generator.prefix + document.path;
    // Translations of the blog are in `blog/`, wherever it is.
    const { section } = generator.permalinks[0] ?? {};
    const path = docusaurusTranslation(whole)?.path.replace(/^blog(?=\/)/, section ?? 'blog') ?? whole;
    const fitting = generator.permalinks.filter((each) => isInSection(path, each.section, generator));
    patterns.push(...fitting.slice(0, 2).map(({ pattern }) => pattern));
    if (patterns.length === 0 && jekyllCollection(path, generator) !== undefined)
      patterns.push('/:collection/:path');
  }
  return patterns.flatMap((pattern) => expandPattern(pattern, document, place, site));
}

/** The collection of Jekyll or Bridgetown that a document belongs to, without `_`. */
function jekyllCollection(path: string, generator: Generator | undefined): string | undefined {
  const folder = /(?:^|\/)(_[^/]+)\//.exec(path)?.[1] ?? '';
  return !/^_(?:pages|posts|drafts)$/.test(folder) && generator?.collections.includes(folder)
    ? folder.slice(1)
    : undefined;
}

function isInSection(path: string, section: string | undefined, { contentRoots }: Generator): boolean {
  if (section === undefined) return true;
  if (section.startsWith('_')) return `/${path}`.includes(`/${section}/`);
  const root = contentRoots.find((each) => path.startsWith(each)) ?? '';
  const inner = path.slice(root.length);
  return [path, inner, inner.replace(/^_/, '')].some((each) => each.startsWith(`${section}/`));
}

/** Jekyll's names for patterns, with their patterns. */
const STYLES = wordMap(
  `date=/:categories/:year/:month/:day/:title pretty=/:categories/:year/:month/:day/:title/
  ordinal=/:categories/:year/:y_day/:title none=/:categories/:title simple=/:categories/:title/`,
);
/** The variables of WordPress and Pelican in the notation of the others. */
const NOTATIONS: readonly (readonly [RegExp, string])[] = [
  [/%postname%|\{(?:slug|title)\}/g, ':title'],
  [/%year%|\{(?:date:%Y|year)\}/g, ':year'],
  [/%monthnum%|\{(?:date:%m|month)\}/g, ':month'],
  [/%day%|\{(?:date:%d|day)\}/g, ':day'],
  [/\{date:%b\}/g, ':short_month'],
  [/\{lang\}/g, ':lang'],
  [/%\w+%|\{\w+(?::[^{}]*)?\}/g, ''],
];

/** The addresses that a pattern makes for a document, in the notation of Jekyll, Hexo, Hugo, WordPress or Pelican. */
function expandPattern(
  pattern: string,
  { path, statedSlug, abbrlink = '', id = '', headline = '', published, language = '' }: AddressedDocument,
  place: string,
  site: Site,
): string[] {
  let text = STYLES.get(pattern) ?? pattern;
  const folders = place.split('/').slice(0, -1);
  // Hugo's `:sections[1:]`, `:sections[last]`
  text = text.replace(/:sections\[([\w:]*)\]/g, (_, range: string) => {
    const [from = '', until] = range.split(':');
    return folders
      .slice(...(until === undefined ? endsOf(from, from) : endsOf(from || '0', until || 'last')))
      .join('/');
  });
  for (const [notation, name] of NOTATIONS) text = text.replace(notation, name);
  const isHugo = site.generator?.name === 'Hugo';
  const isTitled = isHugo || site.generator?.name === 'MkDocs';
  const stem = (DATED.exec(place)?.[5] ?? place.split('/').at(-1) ?? '').replace(/^\d\d-\d\d-(?=.)/, '');
  const slug = statedSlug ?? (isTitled ? headline : stem);
  // In Hexo, `:title` is the path below `_posts`.
  const isHexo = site.generator?.name === 'Hexo';
  const title = isHugo
    ? headline
    : isHexo
      ? place.slice(0, place.lastIndexOf('/') + 1) + stem
      : (statedSlug ?? stem);
  if (/:(?:i_|short_)?(?:year|month|day)|:y_day|:yearday|:monthname/.test(text) && published === undefined)
    return [];
  if (abbrlink === '' && text.includes(':abbrlink')) return [];
  const dates = published === undefined ? new Map<string, string>() : dateParts(published, site.timeZone);
  const values = new Map([
    ...dates,
    ['title', title],
    ['slug', slug],
    ['post_title', headline],
    ['abbrlink', abbrlink],
    ['lang', language],
    ['id', id],
    ['name', stem],
    ['filename', stem],
    ['basename', stem],
    ['contentbasename', stem],
    ['slugorfilename', statedSlug ?? stem],
    ['slugorcontentbasename', statedSlug ?? stem],
    ['path', place],
    ['collection', jekyllCollection(path, site.generator) ?? ''],
    ['section', place.split('/')[0] ?? ''],
    ['sections', folders.join('/')],
  ]);
  const fill = (more: ReadonlyMap<string, string>): string =>
    text
      .replace(/:output_ext|\.:ext|\.\*$/g, '')
      .replace(/:(\w+)/g, (_, key: string) => more.get(key) ?? values.get(key) ?? '');
  if (site.permalink !== pattern) return [fill(new Map())];
  // If no generator is known, the title in an address may be that of the document, its file name, or the stated slug.
  const titles = [stem, headline, statedSlug ?? ''].filter((each) => each !== '');
  return [...new Set(titles.map((each) => fill(new Map([['title', each]]))))];
}

/** The arguments of `slice` for a range that ends before `until`, or for one item if both are equal. */
function endsOf(from: string, until: string): [number, number | undefined] {
  const start = from === 'last' ? -1 : Number(from);
  if (from === until) return [start, start === -1 ? undefined : start + 1];
  return [start, until === 'last' ? undefined : Number(until)];
}

const MONTHS = wordList(
  'january february march april may june july august september october november december',
);

function dateParts(instant: Instant, timeZone: string): Map<string, string> {
  const day = new Date(`${clockTime(instant, timeZone).replace(' ', 'T')}Z`);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  const name = MONTHS[month] ?? '';
  const two = (number: number): string => String(number).padStart(2, '0');
  const ofYear = Math.floor((day.getTime() - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
  return new Map([
    ['year', String(year)],
    ['short_year', two(year % 100)],
    ['month', two(month + 1)],
    ['i_month', String(month + 1)],
    ['short_month', name.slice(0, 3)],
    ['long_month', name],
    ['monthname', name],
    ['day', two(date)],
    ['i_day', String(date)],
    ['y_day', String(ofYear).padStart(3, '0')],
    ['yearday', String(ofYear)],
    ['hour', two(day.getUTCHours())],
    ['minute', two(day.getUTCMinutes())],
    ['second', two(day.getUTCSeconds())],
  ]);
}

/** Whether a language is the default one, which addresses do not contain. */
export function isLanguageOf(language: string, site: Pick<Site, 'language'>): boolean {
  const own = site.language.toLowerCase();
  return language === own || language === own.split('-', 1)[0];
}
