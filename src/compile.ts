import { createHash } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';
import type { Article, Instant } from './article.ts';
import { type Collection, collectArticles, type SeedFiles } from './documents/collect.ts';
import { mintId } from './documents/identity/id.ts';
import { feedWriters } from './feeds/writers.ts';
import { articlePage, teaser } from './pages/article.ts';
import { failurePage, gonePage, notFoundPage } from './pages/error.ts';
import { homePage, subscribePage } from './pages/home.ts';
import { sharedParts } from './pages/layout.ts';
import { stylesheet } from './pages/stylesheet.ts';
import { articlePath } from './routes.ts';
import type { Site } from './settings.ts';
import { type ArticleRecord, encodeStore, type SiteRecord } from './store/format.ts';
import { type Codec, FINGERPRINT_LENGTH } from './store/fragment-format.ts';

export interface Compilation extends Omit<Collection, 'articles' | 'moved' | 'removals' | 'podcasts'> {
  readonly store: Uint8Array<ArrayBuffer>;
}

/**
 * The left half of the house: files in, the store out. The same files give the same bytes, in any order.
 *
 * @param now is recorded in the ledger for what changed, and tells the scheduled and expired in `outcomes`
 * @throws LedgerError when the ledger cannot be read
 */
export async function compile(files: SeedFiles, site: Site, now: Instant): Promise<Compilation> {
  const { articles, moved, removals, podcasts: _, ...rest } = await collectArticles(files, site, now);
  const records = articles.map((article) => articleRecord(article, site));
  return { ...rest, store: encodeStore(siteRecord(site, moved, removals), records, codec) };
}

function articleRecord(article: Article, site: Site): ArticleRecord {
  const { slug, published, updated, expires, listed, contentHtml } = article;
  return {
    slug,
    published,
    updated,
    expires,
    listed,
    fragments: {
      body: contentHtml,
      rss: feedWriters.rss.entry(article),
      atom: feedWriters.atom.entry(article),
      json: feedWriters.json.entry(article),
      page: articlePage(article, site),
      teaser: teaser(article, site),
    },
  };
}

function siteRecord(site: Site, moved: Collection['moved'], removals: Collection['removals']): SiteRecord {
  const feedId = site.id ?? mintId(`site:${site.title}`);
  return {
    facts: {
      styleSource: `'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`,
      moved: Object.fromEntries([...moved].map(([address, slug]) => [pathOf(address), slug])),
      gone: removals.flatMap(({ addresses }) => addresses.map(pathOf)),
      removed: removals.map(({ id, removed }) => ({ id, removed })),
    },
    fragments: {
      rss: feedWriters.rss.envelope(site, feedId),
      atom: feedWriters.atom.envelope(site, feedId),
      json: feedWriters.json.envelope(site, feedId),
      ...sharedParts(site),
      home: homePage(site),
      subscribe: subscribePage(site),
      notFound: notFoundPage(site),
      gone: gonePage(site),
      failure: failurePage(site),
    },
  };
}

/** Of a slug, or of an address that is a path already, percent-encoded and without a slash at the end. */
function pathOf(address: string): string {
  return address.startsWith('/')
    ? new URL(address, 'https://origin.invalid').pathname.replace(/(?<=.)\/$/, '')
    : articlePath(address);
}

const codec: Codec = {
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
  fingerprint: (text) => createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_LENGTH),
};
