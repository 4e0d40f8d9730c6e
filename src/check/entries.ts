import { parseFeed } from 'feedsmith';
import type { FeedFormat } from '../routes/paths.ts';
import { wordsIn } from './html.ts';
import { parseRfc822, parseRfc3339 } from './identifiers.ts';
import { type Json, objectsIn, readJson } from './json.ts';
import { childrenOf, childText, readXml, type XmlElement } from './xml.ts';

export const ENTRY_FIELDS = [
  'title',
  'address',
  'content',
  'summary',
  'authors',
  'published',
  'updated',
] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];

/** An entry of a feed, normalized so that formats can be compared. */
export type Entry = Readonly<Record<'id', string> & Partial<Record<EntryField, string | undefined>>>;

/** The entries of a feed that can be parsed. */
export const entryReaders: Readonly<Record<FeedFormat, (text: string) => Entry[]>> = {
  rss: (text) => childrenOf(readXml(text).root?.children[0], 'item').map(rssEntry),
  atom: (text) => childrenOf(readXml(text).root, 'atom:entry').map(atomEntry),
  json: (text) => objectsIn(readJson(text)?.items).map(jsonEntry),
};

/** Truncated to seconds, the precision of RSS. */
function formatInstant(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(Math.floor(instant / 1000) * 1000).toISOString();
}

function formatPeople(names: readonly (string | undefined)[]): string {
  return names.join(', ');
}

/** @param html the `description` of an RSS 2.0 item, which readers take for HTML */
function formatDescription(html: string | undefined): string | undefined {
  return html === undefined ? undefined : wordsIn(html);
}

/** @param type the `type` of an Atom text construct (RFC 4287 §3.1.1) */
function formatSummary(text: string | undefined, type = 'text'): string | undefined {
  return type === 'html' ? formatDescription(text) : text;
}

function rssEntry(item: XmlElement): Entry {
  const [description, content] = [childText(item, 'description'), childText(item, 'content:encoded')];
  return {
    id: childText(item, 'guid') ?? '',
    title: childText(item, 'title'),
    address: childText(item, 'link'),
    content: content ?? description,
    summary: content === undefined ? undefined : formatDescription(description),
    authors: formatPeople(childrenOf(item, 'dc:creator').map(({ text }) => text)),
    published: formatInstant(parseRfc822(childText(item, 'pubDate') ?? '')?.instant),
  };
}

function atomEntry(entry: XmlElement): Entry {
  const [summary] = childrenOf(entry, 'atom:summary');
  const links = childrenOf(entry, 'atom:link').map(({ attributes }) => attributes);
  return {
    id: childText(entry, 'atom:id') ?? '',
    title: childText(entry, 'atom:title'),
    address: links.find((link) => (link.get('rel') ?? 'alternate') === 'alternate')?.get('href'),
    content: childText(entry, 'atom:content'),
    summary: formatSummary(summary?.text, summary?.attributes.get('type')),
    authors: formatPeople(childrenOf(entry, 'atom:author').map((author) => childText(author, 'atom:name'))),
    published: formatInstant(parseRfc3339(childText(entry, 'atom:published') ?? '')),
    updated: formatInstant(parseRfc3339(childText(entry, 'atom:updated') ?? '')),
  };
}

function jsonEntry(item: Json): Entry {
  return {
    id: textIn(item, 'id') ?? '',
    title: textIn(item, 'title'),
    address: textIn(item, 'url'),
    content: textIn(item, 'content_html'),
    summary: textIn(item, 'summary'),
    authors: formatPeople(objectsIn(item.authors).map((author) => textIn(author, 'name'))),
    published: formatInstant(parseRfc3339(textIn(item, 'date_published') ?? '')),
    updated: formatInstant(parseRfc3339(textIn(item, 'date_modified') ?? '')),
  };
}

function textIn(object: Json, member: string): string | undefined {
  const value = object[member];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The entries of a feed as feedsmith parses them.
 *
 * @throws Error if feedsmith rejects the feed
 */
export function feedsmithEntries(text: string): Entry[] {
  const { format, feed } = parseFeed(text);
  switch (format) {
    case 'rss':
      return (feed.items ?? []).map((item) => ({
        id: item.guid?.value ?? '',
        title: item.title,
        address: item.link,
        content: item.content?.encoded ?? item.description,
        summary: item.content?.encoded === undefined ? undefined : formatDescription(item.description),
        authors: formatPeople(item.dc?.creators ?? []),
        published: formatDate(item.pubDate),
      }));
    case 'atom':
      return (feed.entries ?? []).map((entry) => ({
        id: entry.id ?? '',
        title: entry.title?.value,
        address: entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
        content: entry.content?.value,
        summary: formatSummary(entry.summary?.value, entry.summary?.type),
        authors: formatPeople((entry.authors ?? []).map(({ name }) => name)),
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
        authors: formatPeople((item.authors ?? []).map(({ name }) => name)),
        published: formatDate(item.date_published),
        updated: formatDate(item.date_modified),
      }));
    default:
      throw new Error(`feedsmith reads it as ${format}`);
  }
}

function formatDate(text: string | undefined): string | undefined {
  return text === undefined ? undefined : formatInstant(Date.parse(text));
}
