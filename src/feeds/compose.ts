import { type FeedFormat, feedPath, paths } from '../routes.ts';
import type { Site } from '../settings.ts';
import type { Composition } from '../store/composition.ts';
import { crc32 } from '../store/crc32.ts';
import { type Fragment, fill, type Literal, storedLiteral } from '../store/fragment.ts';
import type { ArticleNumber, Store } from '../store/store.ts';
import type { Hole } from '../store/template.ts';
import { dialects } from './dialects.ts';
import { type FeedFacts, NEVER } from './facts.ts';

/** The most removals that a feed tells of. */
const MAX_TOMBSTONES = 20;

/**
 * The main feed: stored entries in a stored envelope; nothing is rendered but the few words that fill its holes.
 *
 * @param origin such as `https://example.org`
 */
export function composeFeed(store: Store, site: Site, format: FeedFormat, origin: string): Composition {
  const articles = store.newest(site.feedSize);
  const lastModified = store.lastModified(articles);
  const envelope = store.siteFragment(format);
  const values = holeValues(mainFeedFacts(store, site, lastModified), format, origin);
  const holes = new Map<Hole, Fragment>(values.map(([hole, text]) => [hole, [storedLiteral(text)]]));
  const entries = articles.map((article) => store.articleFragment(article, format));
  const list = separated(
    entries.map(({ fragment }, index) => {
      const body = store.articleFragment(articles[index] as ArticleNumber, 'body').fragment; // one entry an article
      return fill(fragment, (hole) => (hole === 'body' ? body : (holes.get(hole) ?? [])));
    }),
    storedLiteral(dialects[format].separator),
  );
  const said = new TextEncoder().encode(values.map(([, text]) => text).join('\n'));
  return {
    literals: fill(envelope.fragment, (hole) => (hole === 'list' ? list : (holes.get(hole) ?? []))),
    frame: envelope.fingerprint + crc32(said).toString(36),
    entries: entries.map(({ fingerprint }) => fingerprint),
    lastModified,
  };
}

function mainFeedFacts(store: Store, site: Site, updated: number | undefined): FeedFacts {
  return {
    title: site.title,
    description: site.description,
    language: site.language,
    updated,
    homePath: paths.home,
    feedPaths: { rss: feedPath('rss'), atom: feedPath('atom'), json: feedPath('json') },
    removed: store.site.removed.slice(0, MAX_TOMBSTONES),
  };
}

function holeValues(facts: FeedFacts, format: FeedFormat, origin: string): [Hole, string][] {
  const { text, date, removed } = dialects[format];
  return [
    ['origin', text(origin)],
    ['title', text(facts.title)],
    ['description', text(facts.description)],
    ['language', text(facts.language)],
    ['updated', date(facts.updated ?? NEVER)],
    ['homePath', text(facts.homePath)],
    ['rssPath', text(facts.feedPaths.rss)],
    ['atomPath', text(facts.feedPaths.atom)],
    ['jsonPath', text(facts.feedPaths.json)],
    ['removed', removed(facts.removed)],
  ];
}

function separated(rows: readonly (readonly Literal[])[], separator: Literal): Literal[] {
  return rows.flatMap((row, index) => (index === 0 ? row : [separator, ...row]));
}
