import { createHash } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';
import type { Article, Instant } from './article.ts';
import { DocumentError, type SourceFile } from './documents/document.ts';
import { mintId } from './documents/id.ts';
import { normalize } from './documents/normalize.ts';
import { parseDocument } from './documents/parse.ts';
import { feedWriters } from './feeds/writers.ts';
import { articlePage, teaser } from './pages/article.ts';
import { failurePage, notFoundPage } from './pages/error.ts';
import { homePage, subscribePage } from './pages/home.ts';
import { sharedParts } from './pages/layout.ts';
import { stylesheet } from './pages/stylesheet.ts';
import type { Site } from './settings.ts';
import {
  type ArticleRecord,
  type Codec,
  encodeStore,
  FINGERPRINT_LENGTH,
  type SiteRecord,
} from './store/format.ts';

/** What became of a document. */
export type Outcome =
  | { readonly path: string; readonly status: 'published' | 'scheduled'; readonly article: Article }
  | { readonly path: string; readonly status: 'refused'; readonly error: DocumentError };

export interface Compilation {
  readonly store: Uint8Array<ArrayBuffer>;
  /** One for each file, in the order of their paths. */
  readonly outcomes: readonly Outcome[];
}

/**
 * The left half of the house: files in, the store out. The same files give the same bytes, in any order.
 *
 * @param now only tells the scheduled from the published in `outcomes`; the store holds both
 */
export function compile(files: readonly SourceFile[], site: Site, now: Instant): Compilation {
  const outcomes = refuseTwins(
    [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map((file) => readArticle(file, site, now)),
  );
  const articles = outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [] : [outcome.article]));
  return {
    store: encodeStore(
      siteRecord(site),
      articles.map((article) => articleRecord(article, site)),
      codec,
    ),
    outcomes,
  };
}

function readArticle(file: SourceFile, site: Site, now: Instant): Outcome {
  try {
    const article = normalize(parseDocument(file), file.path, site);
    return { path: file.path, status: article.published <= now ? 'published' : 'scheduled', article };
  } catch (error) {
    if (error instanceof DocumentError) return { path: file.path, status: 'refused', error };
    throw error;
  }
}

/** Of two articles that want one permalink or one id, the one published first has it, so that nothing new takes it away. */
function refuseTwins(outcomes: readonly Outcome[]): Outcome[] {
  const owners = new Map<string, string>();
  const firstPublished = outcomes
    .flatMap((outcome) => (outcome.status === 'refused' ? [] : [outcome]))
    .sort((a, b) => a.article.published - b.article.published);
  const refused = new Map<string, DocumentError>();
  for (const { path, article } of firstPublished) {
    const twin = owners.get(article.slug) ?? owners.get(article.id);
    if (twin === undefined) {
      owners.set(article.slug, path).set(article.id, path);
      continue;
    }
    const what = owners.has(article.slug) ? `slug "${article.slug}"` : `id "${article.id}"`;
    const wanted = owners.has(article.slug) ? 'a headline of its own' : 'a hash of its own in the file name';
    refused.set(
      path,
      new DocumentError(
        `Cannot publish seeds/${path}: the ${what} belongs to seeds/${twin}; expected ${wanted}`,
      ),
    );
  }
  return outcomes.map((outcome) => {
    const error = refused.get(outcome.path);
    return error === undefined ? outcome : { path: outcome.path, status: 'refused', error };
  });
}

function articleRecord(article: Article, site: Site): ArticleRecord {
  const { slug, published, updated, contentHtml } = article;
  return {
    slug,
    published,
    updated,
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

function siteRecord(site: Site): SiteRecord {
  return {
    facts: {
      feedId: site.id ?? mintId(`site:${site.title}`),
      styleSource: `'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`,
    },
    fragments: {
      ...sharedParts(site),
      home: homePage(site),
      subscribe: subscribePage(site),
      notFound: notFoundPage(site),
      failure: failurePage(site),
    },
  };
}

const codec: Codec = {
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
  fingerprint: (text) => createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_LENGTH),
};
