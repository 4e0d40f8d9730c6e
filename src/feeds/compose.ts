import { type FeedFormat, feedPath, paths } from '../routes.ts';
import type { Site } from '../settings.ts';
import type { Composition } from '../store/composition.ts';
import { fill, type Literal, storedLiteral } from '../store/fragment.ts';
import type { Store } from '../store/store.ts';
import type { FeedFacts } from './facts.ts';
import { feedWriters } from './writers.ts';

/** The most removals that a feed tells of. */
const MAX_TOMBSTONES = 20;

/**
 * The main feed as a row of stored entries between the two halves of an envelope; nothing of an entry is rendered.
 *
 * @param origin such as `https://example.org`
 */
export function composeFeed(store: Store, site: Site, format: FeedFormat, origin: string): Composition {
  const articles = store.newest(site.feedSize);
  const lastModified = store.lastModified(articles);
  const envelope = feedWriters[format].envelope(feedFacts(store, site, origin, lastModified));
  const head = storedLiteral(envelope.head);
  const separator = storedLiteral(envelope.separator);
  const tail = storedLiteral(envelope.tail);
  const originLiteral = storedLiteral(origin);
  const literals: Literal[] = [head];
  const entries: string[] = [];
  for (const article of articles) {
    const entry = store.articleFragment(article, format);
    const body = store.articleFragment(article, 'body').fragment;
    if (entries.length > 0) literals.push(separator);
    literals.push(...fill(entry.fragment, (hole) => (hole === 'body' ? body : [originLiteral])));
    entries.push(entry.fingerprint);
  }
  literals.push(tail);
  return { literals, frame: head.crc.toString(36) + tail.crc.toString(36), entries, lastModified };
}

function feedFacts(store: Store, site: Site, origin: string, updated: number | undefined): FeedFacts {
  return {
    id: store.site.feedId,
    title: site.title,
    description: site.description,
    language: site.language,
    copyright: site.copyright,
    authors: site.authors,
    updated,
    homeUrl: origin + paths.home,
    feedUrls: {
      rss: origin + feedPath('rss'),
      atom: origin + feedPath('atom'),
      json: origin + feedPath('json'),
    },
    removed: store.site.removed.slice(0, MAX_TOMBSTONES),
    iconUrl: origin + paths.icon,
  };
}
