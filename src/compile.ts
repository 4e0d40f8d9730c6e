import { createHash } from 'node:crypto';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import type { Article, Instant } from './article.ts';
import { type Collection, collectArticles, type SeedFiles } from './documents/collect.ts';
import { mintId } from './documents/identity/id.ts';
import { envelopeName } from './feeds/envelope-name.ts';
import { podcastEnvelope } from './feeds/podcast.ts';
import { feedWriters } from './feeds/writers.ts';
import { articlePage, mention, summary, teaser } from './pages/article.ts';
import { badQueryPage, failurePage, gonePage, notFoundPage, unavailablePage } from './pages/error.ts';
import { feedsPage } from './pages/feeds.ts';
import { homePage, subscribePage } from './pages/home.ts';
import { sharedParts } from './pages/layout.ts';
import { searchPages } from './pages/search.ts';
import { neighbourLinks, pagerLinks, slicePage } from './pages/slice.ts';
import { stylesheet } from './pages/stylesheet.ts';
import { articlePath } from './routes.ts';
import { type DocumentTerms, tokenizeDocument } from './search/document-terms.ts';
import { encodeSearch } from './search/encode-search.ts';
import { plainTextOf } from './search/plain-text.ts';
import type { Site } from './settings.ts';
import { type Dimension, valuesOf } from './slice.ts';
import type { ArticleFacts, SiteRecord } from './store/facts.ts';
import { FINGERPRINT_LENGTH } from './store/fragment-format.ts';
import { encodeArticle } from './store/record-format.ts';
import { type StoreCodec, storeWriter, type WrittenPart } from './store/writer.ts';

export interface Compilation extends Omit<Collection, 'articles' | 'moved' | 'removals' | 'podcasts'> {
  /** What goes into the worker. */
  readonly store: Uint8Array<ArrayBuffer>;
  /** What is published beside it, none twice. */
  readonly parts: readonly WrittenPart[];
}

/**
 * The left half of the house: files in, the store out. The same files give the same bytes, in any order.
 *
 * @param now is recorded in the ledger for what changed, and tells the scheduled and expired in `outcomes`
 * @throws LedgerError when the ledger cannot be read
 */
export async function compile(files: SeedFiles, site: Site, now: Instant): Promise<Compilation> {
  const { articles, moved, removals, podcasts, ...rest } = await collectArticles(files, site, now);
  const parts: WrittenPart[] = [];
  const writer = storeWriter(codec, (part) => parts.push(part));
  const ordered = inOrder(articles);
  for (const article of ordered) writer.add(factsOf(article, site), encodeRecord(article, site));
  const search = encodeSearch(ordered.map((article) => termsOf(article)));
  const store = writer.finish(siteRecord(site, { moved, removals, podcasts }), search);
  return { ...rest, store, parts };
}

/** What people call the dimensions. */
const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = {
  tag: 'Tags',
  source: 'Sources',
  author: 'Authors',
  language: 'Languages',
  year: 'Years',
  collection: 'Collections',
};

/** The order in which articles are numbered: of publication; those of one instant by their ids. */
function inOrder(articles: readonly Article[]): Article[] {
  return articles.toSorted((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1));
}

/** What the index is to know of an article. */
export function factsOf(article: Article, site: Site): ArticleFacts {
  const { id, slug, published, updated, expires, listed, contentHtml } = article;
  const names = new Intl.DisplayNames(site.language, { type: 'language' });
  return {
    id,
    slug,
    published,
    updated,
    expires,
    listed,
    size: Buffer.byteLength(contentHtml),
    values: valuesOf(article, site.timeZone, (tag) => names.of(tag) ?? tag),
  };
}

/** All that is laid out and compressed of an article, from itself alone. */
export function encodeRecord(article: Article, site: Site): Uint8Array<ArrayBuffer> {
  const fragments = {
    body: article.contentHtml,
    rss: feedWriters.rss.entry(article),
    atom: feedWriters.atom.entry(article),
    json: feedWriters.json.entry(article),
    page: articlePage(article, site),
    teaser: teaser(article, site),
    summary: summary(article),
    mention: mention(article),
  };
  return encodeArticle(article.slug, fragments, codec);
}

/** The words of an article, for the search index. */
export function termsOf({ title, contentHtml, tags, authors, source }: Article): DocumentTerms {
  return tokenizeDocument({
    title,
    text: plainTextOf(contentHtml),
    tags,
    authors: authors.map(({ name }) => name),
    source: source?.title,
  });
}

function siteRecord(
  site: Site,
  { moved, removals, podcasts }: Pick<Collection, 'moved' | 'removals' | 'podcasts'>,
): SiteRecord {
  return {
    facts: {
      styleSource: `'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`,
      feedId: site.id ?? mintId(`site:${site.title}`),
      dimensionNames: DIMENSION_NAMES,
      moved: Object.fromEntries([...moved].map(([address, slug]) => [pathOf(address), slug])),
      gone: removals.flatMap(({ addresses }) => addresses.map(pathOf)),
      removed: removals.map(({ id, removed }) => ({ id, removed })),
    },
    fragments: {
      rss: feedWriters.rss.envelope(site),
      atom: feedWriters.atom.envelope(site),
      json: feedWriters.json.envelope(site),
      ...podcastEnvelopes(site, podcasts),
      ...sharedParts(site),
      ...pagerLinks(),
      ...neighbourLinks(),
      home: homePage(site),
      slice: slicePage(site),
      feeds: feedsPage(site),
      ...searchPages(site),
      subscribe: subscribePage(site),
      badQuery: badQueryPage(site),
      notFound: notFoundPage(site),
      gone: gonePage(site),
      failure: failurePage(site),
      unavailable: unavailablePage(site),
    },
  };
}

/** In place of the envelope of RSS, for collections that are podcasts. */
function podcastEnvelopes(site: Site, podcasts: Collection['podcasts']): Record<string, string> {
  const envelopes = site.podcasts.flatMap((podcast): [string, string][] => {
    const facts = podcasts.get(podcast.collection);
    const name = envelopeName('rss', podcast.collection);
    return facts === undefined ? [] : [[name, podcastEnvelope(site, podcast, facts)]];
  });
  return Object.fromEntries(envelopes);
}

/** Of a slug, or of an address that is a path already, percent-encoded and without a slash at the end. */
function pathOf(address: string): string {
  return address.startsWith('/')
    ? new URL(address, 'https://origin.invalid').pathname.replace(/(?<=.)\/$/, '')
    : articlePath(address);
}

const codec: StoreCodec = {
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
  fingerprint: (text) => createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_LENGTH),
  digest: (bytes) => createHash('sha256').update(bytes).digest(),
  gzipLength: (bytes) => gzipSync(bytes).length,
};
