import { parseFeed } from 'feedsmith';
import { type Entry, formatDescription, formatInstant, formatPeople, formatSummary } from './entries.ts';

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
        content: item.content?.encoded,
        summary: formatDescription(item.description),
        authors: formatPeople(item.dc?.creators ?? []),
        published: sayDate(item.pubDate),
      }));
    case 'atom':
      return (feed.entries ?? []).map((entry) => ({
        id: entry.id ?? '',
        title: entry.title?.value,
        address: entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
        content: entry.content?.value,
        summary: formatSummary(entry.summary?.value, entry.summary?.type),
        authors: formatPeople((entry.authors ?? []).map(({ name }) => name)),
        published: sayDate(entry.published),
        updated: sayDate(entry.updated),
      }));
    case 'json':
      return (feed.items ?? []).map((item) => ({
        id: item.id ?? '',
        title: item.title,
        address: item.url,
        content: item.content_html,
        summary: item.summary,
        authors: formatPeople((item.authors ?? []).map(({ name }) => name)),
        published: sayDate(item.date_published),
        updated: sayDate(item.date_modified),
      }));
    default:
      throw new Error(`feedsmith takes it for ${format}`);
  }
}

function sayDate(text: string | undefined): string | undefined {
  return text === undefined ? undefined : formatInstant(Date.parse(text));
}
