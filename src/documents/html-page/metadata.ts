import type { Person } from '../../article.ts';
import { findDate, findPeriod, isNoDate, type StatedDate } from '../../dates/parse-date.ts';
import { distinctBy, partsBetween, unlessEmpty } from '../../strings.ts';
import { looksLikePeople, readPeople } from '../people.ts';
import type { Draft } from '../source.ts';
import { defined, type StatedMedia } from '../stated.ts';

type Vocabulary =
  | 'jsonLd'
  | 'microdata'
  | 'rdfa'
  | 'microformats'
  | 'openGraph'
  | 'twitter'
  | 'dublinCore'
  | 'plain'
  | 'markup'
  | 'titleElement';

const MACHINES = ['jsonLd', 'microdata', 'rdfa', 'microformats', 'openGraph'] as const;

/** The precedence of vocabularies for each field: the first with a valid value wins. */
const PRECEDENCE: { readonly [Key in keyof PageMetadata]-?: readonly Vocabulary[] } = {
  id: ['microformats'],
  title: [...MACHINES, 'dublinCore', 'twitter', 'markup', 'plain', 'titleElement'],
  published: [...MACHINES, 'dublinCore', 'plain', 'markup'],
  updated: [...MACHINES, 'dublinCore', 'plain', 'markup'],
  expires: [...MACHINES],
  summary: [...MACHINES, 'twitter', 'dublinCore', 'plain'],
  language: ['markup', ...MACHINES, 'dublinCore', 'plain'],
  direction: ['markup'],
  authors: [...MACHINES, 'dublinCore', 'plain', 'markup'],
  tags: [...MACHINES, 'dublinCore', 'markup', 'plain'],
  section: [...MACHINES],
  image: [...MACHINES, 'twitter', 'plain'],
  enclosures: [...MACHINES],
  address: ['markup', ...MACHINES, 'plain'],
  original: [...MACHINES, 'dublinCore', 'plain'],
  site: ['openGraph', 'jsonLd', 'microdata', 'rdfa', 'dublinCore', 'plain'],
};

interface Metadata {
  readonly draft: Omit<Draft, 'content'>;
  /** The first title of each vocabulary. */
  readonly titles: readonly string[];
  readonly site: string | undefined;
  /** Invalid dates of fields for which no vocabulary has a valid one. */
  readonly unread: readonly Sourced[];
}

export type MetadataByVocabulary = { readonly [Name in Vocabulary]?: PageMetadata };

/**
 * @param where the place of a line, such as `seeds/a.html:3`
 * @param resolve makes the path of a file relative to the document
 */
export function chooseMetadata(
  said: MetadataByVocabulary,
  where: (line: number | undefined) => string,
  resolve: (url: string) => string,
): Metadata {
  const unread: Sourced[] = [];
  const date = (claim: 'published' | 'updated' | 'expires'): StatedDate | undefined => {
    const statements = PRECEDENCE[claim].flatMap((vocabulary) => said[vocabulary]?.[claim] ?? []);
    const datesBy = (find: typeof findDate): StatedDate[] =>
      statements.flatMap(({ text, line }) => find(text, where(line)) ?? []);
    const days = datesBy(findDate);
    const found = days.length > 0 || claim === 'expires' ? days : datesBy(findPeriod);
    if (found.length === 0) unread.push(...statements.filter(({ text }) => !isNoDate(text)));
    // Unambiguous dates take precedence over dates with numeric days and months.
    return found.find(({ text }) => !/^\d{1,2}[./-]\d{1,2}[./-]\d{4}/.test(text)) ?? found.map(monthFirst)[0];
  };
  const sites = PRECEDENCE.site.flatMap((vocabulary) => said[vocabulary]?.site ?? []);
  const titles = PRECEDENCE.title
    .map((vocabulary) =>
      (said[vocabulary]?.title ?? [])
        .map(collapsed)
        .filter(({ length }) => length > 0 && length <= MAX_TITLE),
    )
    .filter((claims) => claims.length > 0);
  const title = chooseTitle(titles, sites);
  const [site] = sites;
  const [image] = first(said, 'image');
  const [original] = first(said, 'original');
  const uri = original === undefined ? first(said, 'address').find(isAddress) : undefined;
  const tags = distinctBy([...first(said, 'tags'), ...first(said, 'section')], (tag) => tag.toLowerCase());
  const enclosures = distinctBy(first(said, 'enclosures'), ({ url }) => url.toLowerCase());
  const draft = {
    ...defined({
      id: first(said, 'id')[0],
      title,
      published: date('published'),
      updated: date('updated'),
      expires: date('expires'),
      // Some templates leave HTML tags in descriptions.
      summary: first(said, 'summary')
        .map((summary) => collapsed(summary.replace(/<\/?[a-z][^<>]*>/gi, ' ')))
        .find((summary) => summary !== ''),
      language: first(said, 'language')[0],
      direction: first(said, 'direction')[0],
    }),
    authors: distinctBy(authorsOf(said, sites), ({ name }) => name.toLowerCase()),
    ...defined({
      tags: unlessEmpty(tags),
      source: original === undefined ? undefined : originalSource(original),
      address: uri === undefined ? undefined : { uri, ...defined({ title: site }) },
      image: image && { ...image, url: resolve(image.url) },
      enclosures: unlessEmpty(enclosures.map((file) => ({ ...file, url: resolve(file.url) }))),
    }),
  };
  const others = titles.flatMap(([claim]) => claim ?? []);
  return { draft, titles: title === undefined ? others : [title, ...others], site, unread };
}

/** Parses the day before the month, unless that month is invalid: then the page uses the American order. */
function monthFirst(date: StatedDate): StatedDate {
  return date.month > 12 && date.day <= 12 ? { ...date, month: date.day, day: date.month } : date;
}

/** The values of the first vocabulary that has any. */
function first<Key extends keyof PageMetadata>(
  said: MetadataByVocabulary,
  claim: Key,
): NonNullable<PageMetadata[Key]> | readonly [] {
  const all = PRECEDENCE[claim].map((vocabulary) => said[vocabulary]?.[claim]);
  return all.find((found) => found !== undefined && found.length > 0) ?? [];
}

/** The name of the site, which its template may state as the author, counts only without any other. */
function authorsOf(said: MetadataByVocabulary, sites: readonly string[]): readonly Person[] {
  const [title = ''] = said.titleElement?.title ?? [];
  const parts = divisionsOf(title.slice(0, MAX_TITLE)).flatMap(({ start, end }) => [start, end]);
  const names = new Set([...sites, ...parts].map(foldTitle));
  const all = PRECEDENCE.authors.flatMap((vocabulary) => {
    const authors = said[vocabulary]?.authors ?? [];
    return authors.length === 0 ? [] : [authors];
  });
  return all.find((authors) => authors.some(({ name }) => !names.has(foldTitle(name)))) ?? all[0] ?? [];
}

const MAX_TITLE = 500;
/** The minimum length of a truncated title to compare. */
const MIN_START = 20;
/** A separator between the title of an article and the name of its site. */
const SEPARATOR = / [|–—·•»«:/-]+ | ?[|»«] ?|(?<=\p{L}): /gu;

/**
 * The first title of the preferred vocabulary that another vocabulary confirms, or else its first title. A truncated
 * title is completed from another vocabulary, and the name of the site is removed if another vocabulary has the title
 * without it.
 */
function chooseTitle(
  [first = [], ...later]: readonly (readonly string[])[],
  sites: readonly string[],
): string | undefined {
  const others = new Set(later.flat().map(foldTitle));
  const title = first.find((claim) => others.has(foldTitle(claim))) ?? first[0];
  if (title === undefined) return undefined;
  const start = startOf(title);
  const whole =
    later
      .flat()
      .find((other) => start !== undefined && other.startsWith(start) && startOf(other) === undefined) ??
    title;
  const names = new Set(sites.map(foldTitle));
  const parts = divisionsOf(whole).flatMap(({ start, end }) => {
    const isStart = names.has(foldTitle(end)) || others.has(foldTitle(start));
    const isEnd = names.has(foldTitle(start)) || others.has(foldTitle(end));
    return [...(isStart ? [start] : []), ...(isEnd ? [end] : [])];
  });
  return parts.toSorted((one, other) => other.length - one.length)[0] || whole;
}

/** The two sides of each separator in a title. */
export function divisionsOf(title: string): { readonly start: string; readonly end: string }[] {
  return [...title.matchAll(SEPARATOR)].map(({ index, 0: separator }) => {
    return { start: title.slice(0, index), end: title.slice(index + separator.length) };
  });
}

/** The beginning of a title that ends with an ellipsis. */
function startOf(title: string): string | undefined {
  const dots = ['…', '...'].find((end) => title.endsWith(end));
  const start = dots && title.slice(0, -dots.length).trimEnd();
  return start === undefined || start.length < MIN_START ? undefined : start;
}

export function foldTitle(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function isAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

function collapsed(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The place of first publication, as the page states it. */
function originalSource(original: string): Draft['source'] {
  return /^https?:\/\//i.test(original) ? { uri: original } : { title: original };
}

/** A text of a page with its line. */
export interface Sourced {
  readonly text: string;
  readonly line: number | undefined;
}

/** The metadata of an article in one vocabulary of a page. The first valid value of a field counts. */
export interface PageMetadata {
  readonly id?: readonly string[];
  readonly title?: readonly string[];
  readonly published?: readonly Sourced[];
  readonly updated?: readonly Sourced[];
  readonly expires?: readonly Sourced[];
  readonly summary?: readonly string[];
  readonly language?: readonly string[];
  readonly direction?: readonly ('ltr' | 'rtl')[];
  readonly authors?: readonly Person[];
  readonly tags?: readonly string[];
  /** The section of the site, a fallback for tags. */
  readonly section?: readonly string[];
  readonly image?: readonly StatedMedia[];
  readonly enclosures?: readonly StatedMedia[];
  readonly address?: readonly string[];
  /** The URL of the original publication, if it is elsewhere. */
  readonly original?: readonly string[];
  readonly site?: readonly string[];
}

/** Words for the roles of people, not in names. */
const ROLE = /\b(?:correspondent|desks?|editor|news|press|reporter|staff|team|writer)\b/i;
/** A longer text is more than a name. */
const MAX_NAME = 100;

/** A person by name, without introductory and following words; undefined if the text is an address or a handle. */
export function readPerson(text: string, uri?: string, email?: string): Person | undefined {
  const name = text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(?:(?:written |posted )?by|author|von|par|por|yazan|yazar)\s*:?\s+/iu, '')
    .replace(/ [|•·@].*$/u, '');
  if (!/\p{L}/u.test(name) || name.length > MAX_NAME || /^(?:https?:|www\.|@)/iu.test(name)) return undefined;
  return {
    name,
    ...(uri !== undefined && /^https?:\/\//i.test(uri) && { uri }),
    ...(email !== undefined && { email: email.replace(/^mailto:/i, '') }),
  };
}

/** The people of a byline; a text that is not clearly a list is one name. */
export function readNames(text: string): Person[] {
  return text
    .split(';')
    .flatMap((part) => (looksLikePeople(part) && !ROLE.test(part) ? readPeople(part) : [{ name: part }]))
    .flatMap(({ name }) => readPerson(name) ?? []);
}

/** Tags as people list them in one line. */
export function readTags(text: string): string[] {
  return partsBetween(text, /[,،]/u.test(text) ? /[,،]/u : /[;؛|]/u);
}
