import { parseFeed } from 'feedsmith';
import { FEED_FORMATS, type FeedFormat, formatNames } from '../routes/paths.ts';
import { tagsIn, wordsIn } from './html.ts';
import { expectedTypes } from './http.ts';
import { isAbsoluteIri } from './identifiers.ts';
import { defineRules, type Issue } from './report.ts';

const ENTRY_FIELDS = ['title', 'address', 'content', 'summary', 'authors', 'published', 'updated'] as const;
type EntryField = (typeof ENTRY_FIELDS)[number];

/** An entry of a feed, normalized so that formats can be compared. */
export type Entry = Readonly<Record<'id', string> & Partial<Record<EntryField, string | undefined>>>;

/** Truncated to seconds, the precision of RSS. */
function formatDate(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(Math.floor(Date.parse(text) / 1000) * 1000).toISOString();
}

function formatPeople(people: readonly { readonly name?: string }[] = []): string {
  return people.map(({ name }) => name).join(', ');
}

/**
 * The entries of a feed as feedsmith, which is independent of this project, parses them.
 *
 * @throws Error if it rejects the feed
 */
export function readEntries(text: string): Entry[] {
  const { format, feed } = parseFeed(text);
  switch (format) {
    case 'rss':
      return (feed.items ?? []).map((item) => ({
        id: item.guid?.value ?? '',
        title: item.title,
        address: item.link,
        content: item.content?.encoded ?? item.description,
        // Readers take it for HTML.
        summary: item.content?.encoded && item.description && wordsIn(item.description),
        authors: item.dc?.creators?.join(', ') ?? '',
        published: formatDate(item.pubDate),
      }));
    case 'atom':
      return (feed.entries ?? []).map((entry) => ({
        id: entry.id ?? '',
        title: entry.title?.value,
        address: entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
        content: entry.content?.value,
        summary: entry.summary?.type === 'html' ? wordsIn(entry.summary.value) : entry.summary?.value,
        authors: formatPeople(entry.authors),
        published: formatDate(entry.published),
        updated: formatDate(entry.updated),
      }));
    case 'json':
      return (feed.items ?? []).map((item) => ({
        id: item.id ?? '',
        title: item.title,
        address: item.url,
        content: item.content_html,
        summary: item.summary,
        authors: formatPeople(item.authors),
        published: formatDate(item.date_published),
        updated: formatDate(item.date_modified),
      }));
    default:
      throw new Error(`feedsmith reads it as ${format}`);
  }
}

const ONE_PUBLICATION = 'Tidings: one publication in three formats';

export const agreementRules = defineRules('agreement', {
  articles: ['error', 'the same articles', ONE_PUBLICATION],
  order: ['error', 'the same order', ONE_PUBLICATION],
  title: ['error', 'the same title', ONE_PUBLICATION],
  address: ['error', 'the same address', ONE_PUBLICATION],
  content: ['error', 'the same content', ONE_PUBLICATION],
  summary: ['error', 'the same summary, as readers show it', ONE_PUBLICATION],
  authors: ['error', 'the same authors', ONE_PUBLICATION],
  published: ['error', 'the same date of publication', ONE_PUBLICATION],
  updated: ['error', 'the same date of change', ONE_PUBLICATION],
  readable: ['error', 'a feed that an independent parser reads', 'feedsmith'],
  permalink: ['error', 'the words of the content, in order', 'Tidings: full content at the permalink'],
  autodiscovery: ['error', 'a link to the feed', 'HTML, link type "alternate"; RSS Autodiscovery'],
});

const BLOCK_TAG =
  /<\/?(?:article|aside|blockquote|br|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^>]*>/i;

/** What pages may show as a formula in MathML: its TeX, or its line of text. */
const FORMULA = /(<code class='language-tex'>[^<]*<\/code>|<span>[^<]*<\/span>)/;
const MATHML = /<math\b.*?<\/math>/gs;
/** Stands for a formula in the text of a page. */
const OBJECT = '\ufffc';

/** Checks that all feeds of a site have the same content, as an independent parser reads them. */
export function checkAgreement(feeds: Readonly<Partial<Record<FeedFormat, string>>>): Issue[] {
  const issues: Issue[] = [];
  const earlier = new Map<string, readonly Entry[]>();
  for (const format of FEED_FORMATS) {
    const text = feeds[format];
    if (text === undefined) continue;
    const name = formatNames[format];
    try {
      const entries = readEntries(text);
      for (const [other, expected] of earlier)
        issues.push(...compare(expected, entries, `${name} against ${other}`));
      earlier.set(name, entries);
    } catch (error) {
      issues.push(agreementRules.readable(name, String(error)));
    }
  }
  return issues;
}

/**
 * Checks that the page of an article has the blocks of its feed entry, in order. A page may say more between them, such
 * as the language of code, and have more elements within them, such as those that colour it. A formula may be in
 * MathML.
 */
export function checkPermalink({ content = '' }: Entry, html: string, where: string): Issue[] {
  const page = withoutSpaces(wordsIn(html.replace(MATHML, OBJECT)));
  let end = 0;
  for (const part of content.split(BLOCK_TAG).flatMap((block) => block.split(FORMULA))) {
    const words = wordsIn(part);
    const text = withoutSpaces(words);
    const ends = (FORMULA.test(part) ? [text, OBJECT] : [text]).flatMap((shown) => {
      const start = page.indexOf(shown, end);
      return start < 0 ? [] : [start + shown.length];
    });
    if (ends.length === 0) return [agreementRules.permalink(where, words)];
    end = Math.min(...ends);
  }
  return [];
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Checks that feed readers can discover the feeds from a page. */
export function checkAutodiscovery(
  html: string,
  where: string,
  addresses: Readonly<Record<FeedFormat, string>>,
): Issue[] {
  const links = tagsIn(html).flatMap(({ name, attributes }) =>
    name === 'link' && attributes.get('rel') === 'alternate' ? [attributes] : [],
  );
  return FEED_FORMATS.filter((format) => {
    const type = expectedTypes[format].replace(/;.*/, '');
    return !links.some((link) => link.get('type') === type && link.get('href') === addresses[format]);
  }).map((format) => agreementRules.autodiscovery(where, addresses[format]));
}

function isPermanent(id: string): boolean {
  return /^(?:urn|tag|https?):/i.test(id) && isAbsoluteIri(id);
}

function* compare(expected: readonly Entry[], found: readonly Entry[], where: string): Iterable<Issue> {
  // An id that is not a permanent URI is replaced in Atom; match such articles by their URLs.
  const opaque = new Set(
    [...expected, ...found].flatMap(({ id, address = '' }) => (isPermanent(id) ? [] : [address])),
  );
  const keyOf = ({ id, address = '' }: Entry): string => (opaque.has(address) ? address : id);
  const [ids, foundIds] = [expected, found].map((entries) => entries.map(keyOf));
  if (String(ids?.toSorted()) !== String(foundIds?.toSorted()))
    yield agreementRules.articles(where, `${found.length} in place of ${expected.length}`);
  else if (String(ids) !== String(foundIds)) yield agreementRules.order(where);
  const byKey = new Map(expected.map((entry) => [keyOf(entry), entry]));
  for (const entry of found) {
    for (const field of ENTRY_FIELDS) {
      const [wanted, value] = [byKey.get(keyOf(entry))?.[field], entry[field]];
      if (wanted !== undefined && value !== undefined && wanted.trim() !== value.trim())
        yield agreementRules[field](`${where}, ${entry.id}`, value);
    }
  }
}
