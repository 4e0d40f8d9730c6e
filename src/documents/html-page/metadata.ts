import type { Person } from '../../article.ts';
import { findDate, isNoDate } from '../dates/parse-date.ts';
import type { StatedDate, StatedMedia } from '../stated.ts';
import type { Claims, Statement } from './page-metadata.ts';

/** Who speaks of the article in a page. */
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

/** Who is believed, claim by claim: the first that says something that can be read. */
const PRECEDENCE: { readonly [Claim in keyof Claims]-?: readonly Vocabulary[] } = {
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

/** What a page says of its article, once its vocabularies are weighed. */
export interface Metadata {
  readonly id: string | undefined;
  readonly title: string | undefined;
  /** What the vocabularies give as the title, each its first. */
  readonly titles: readonly string[];
  readonly published: StatedDate | undefined;
  readonly updated: StatedDate | undefined;
  readonly expires: StatedDate | undefined;
  readonly summary: string | undefined;
  readonly language: string | undefined;
  readonly direction: 'ltr' | 'rtl' | undefined;
  readonly authors: readonly Person[];
  readonly tags: readonly string[];
  readonly image: StatedMedia | undefined;
  readonly enclosures: readonly StatedMedia[];
  readonly address: string | undefined;
  readonly original: string | undefined;
  readonly site: string | undefined;
  /** Dates that cannot be read, where no other vocabulary states one that can. */
  readonly unread: readonly Statement[];
}

/** What each vocabulary of a page says. */
export type Said = { readonly [Speaker in Vocabulary]?: Claims };

/** @param where the place of a line, such as `seeds/a.html:3` */
export function chooseMetadata(said: Said, where: (line: number | undefined) => string): Metadata {
  const unread: Statement[] = [];
  const date = (claim: 'published' | 'updated' | 'expires'): StatedDate | undefined => {
    const statements = PRECEDENCE[claim].flatMap((vocabulary) => said[vocabulary]?.[claim] ?? []);
    const found = statements.flatMap(({ text, line }) => findDate(text, where(line)) ?? []);
    if (found.length === 0) unread.push(...statements.filter(({ text }) => !isNoDate(text)));
    // What cannot be mistaken goes before days and months that are both written as numbers.
    return found.find(({ text }) => !/^\d{1,2}[./-]\d{1,2}[./-]\d{4}/.test(text)) ?? found.map(monthFirst)[0];
  };
  const sites = PRECEDENCE.site.flatMap((vocabulary) => said[vocabulary]?.site ?? []);
  const titles = PRECEDENCE.title
    .map((vocabulary) =>
      (said[vocabulary]?.title ?? []).map(oneLine).filter(({ length }) => length > 0 && length <= MAX_TITLE),
    )
    .filter((claims) => claims.length > 0);
  const title = chooseTitle(titles, sites);
  return {
    id: first(said, 'id')[0],
    title,
    titles: [...(title === undefined ? [] : [title]), ...titles.flatMap(([claim]) => claim ?? [])],
    published: date('published'),
    updated: date('updated'),
    expires: date('expires'),
    summary: first(said, 'summary')
      .map(withoutTags)
      .find((summary) => summary !== ''),
    language: first(said, 'language')[0],
    direction: first(said, 'direction')[0],
    authors: distinct(first(said, 'authors'), ({ name }) => name),
    tags: distinct([...first(said, 'tags'), ...first(said, 'section')], (tag) => tag),
    image: first(said, 'image')[0],
    enclosures: distinct(first(said, 'enclosures'), ({ url }) => url),
    address: first(said, 'address').find(isAddress),
    original: first(said, 'original')[0],
    site: sites[0],
    unread,
  };
}

/** A day before its month, unless there is no such month: then the page writes as Americans do. */
function monthFirst(date: StatedDate): StatedDate {
  return date.month > 12 && date.day <= 12 ? { ...date, month: date.day, day: date.month } : date;
}

/** What the first vocabulary says that says anything. */
function first<Claim extends keyof Claims>(
  said: Said,
  claim: Claim,
): NonNullable<Claims[Claim]> | readonly [] {
  for (const vocabulary of PRECEDENCE[claim]) {
    const found = said[vocabulary]?.[claim];
    if (found !== undefined && found.length > 0) return found;
  }
  return [];
}

/** A longer text is no title. */
const MAX_TITLE = 500;
/** A shorter beginning says too little. */
const MIN_START = 20;
/** Between the title of an article and the name of its site, in one line. */
const SEPARATOR = / [|–—·•»«:/-]+ | ?[|»«] ?|(?<=\p{L}): /gu;

/**
 * Of what the first vocabulary says the title that another one says too, else its first; whole, if another has more of
 * a title that is cut short; without the name of the site, if another says where that begins.
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
  const parts = [...whole.matchAll(SEPARATOR)].flatMap(({ index, 0: separator }) => {
    const [start, end] = [whole.slice(0, index), whole.slice(index + separator.length)];
    const isStart = names.has(foldTitle(end)) || others.has(foldTitle(start));
    const isEnd = names.has(foldTitle(start)) || others.has(foldTitle(end));
    return [...(isStart ? [start] : []), ...(isEnd ? [end] : [])];
  });
  return parts.toSorted((one, other) => other.length - one.length)[0] || whole;
}

/** The beginning of a title that is cut short, as dots at its end say. */
function startOf(title: string): string | undefined {
  const dots = ['…', '...'].find((end) => title.endsWith(end));
  const start = dots && title.slice(0, -dots.length).trimEnd();
  return start === undefined || start.length < MIN_START ? undefined : start;
}

/** A text as its readers compare it: letters and digits. */
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

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Templates leave the tags of an excerpt in its description. */
function withoutTags(text: string): string {
  return oneLine(text.replace(/<\/?[a-z][^<>]*>/gi, ' '));
}

function distinct<Value>(values: readonly Value[], nameOf: (value: Value) => string): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const name = nameOf(value).toLowerCase();
    return !seen.has(name) && seen.add(name);
  });
}
