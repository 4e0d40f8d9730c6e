import { createHash } from 'node:crypto';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import type { Article, Instant } from './article.ts';
import { type Collection, collectArticles, type SeedFiles } from './documents/collect.ts';
import { mintId } from './documents/identity/id.ts';
import { envelopeName } from './feeds/envelope-name.ts';
import { podcastEnvelope } from './feeds/podcast.ts';
import { feedWriters } from './feeds/writers.ts';
import { llmsLine, llmsOlder, llmsTxt } from './forms/llms.ts';
import { markdownForm } from './forms/markdown.ts';
import { textForm } from './forms/text.ts';
import { type ArticleTexts, articleWriter } from './pages/article-writer.ts';
import { parseThemeFile, THEME_FILE } from './pages/publisher-css.ts';
import { script } from './pages/script.ts';
import { sitePages } from './pages/site-pages.ts';
import { newsEntry, newsSitemap } from './pages/sitemap.ts';
import { stylesheet } from './pages/stylesheet.ts';
import { wordsFor } from './pages/words/words-for.ts';
import { articlePath } from './routes.ts';
import { type DocumentTerms, tokenizeDocument } from './search/document-terms.ts';
import { encodeSearch } from './search/encode-search.ts';
import { plainTextOf } from './search/plain-text.ts';
import type { Site } from './settings.ts';
import { valuesOf } from './slice.ts';
import type { ArticleFacts, SiteRecord } from './store/facts.ts';
import { FINGERPRINT_LENGTH } from './store/fragment-format.ts';
import { encodeArticle, encodeForms } from './store/record-format.ts';
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
  const css = await files.read(THEME_FILE);
  const style = stylesheet(site.theme, css && parseThemeFile(css));
  const pages = articleWriter(site);
  const parts: WrittenPart[] = [];
  const writer = storeWriter(codec, (part) => parts.push(part));
  const ordered = inOrder(articles);
  for (const article of ordered) {
    const record = encodeRecord(article, pages(article));
    writer.add(factsOf(article, site), record, encodeFormRecord(article, site));
  }
  const search = encodeSearch(ordered.map((article) => termsOf(article)));
  const store = writer.finish(siteRecord(site, style, { moved, removals, podcasts }), search);
  return { ...rest, store, parts };
}

/**
 * The order in which articles are numbered: of publication. Those of one instant, as all that have the same day are, go
 * by when they came to the site, so that a new one comes after those that readers have.
 */
function inOrder(articles: readonly Article[]): Article[] {
  return articles.toSorted(
    (a, b) => a.published - b.published || (a.added ?? 0) - (b.added ?? 0) || (a.id < b.id ? -1 : 1),
  );
}

/** What the index is to know of an article. */
export function factsOf(article: Article, site: Site): ArticleFacts {
  const { id, slug, published, updated, added = 0, expires, listed, contentHtml } = article;
  const names = new Intl.DisplayNames(site.language, { type: 'language' });
  return {
    id,
    slug,
    published,
    changed: Math.max(updated, added),
    expires,
    listed,
    size: Buffer.byteLength(contentHtml),
    values: valuesOf(article, site.timeZone, (tag) => names.of(tag) ?? tag),
  };
}

/** All that is laid out and compressed of an article, from itself alone. */
export function encodeRecord(article: Article, texts: ArticleTexts): Uint8Array<ArrayBuffer> {
  const fragments = {
    body: article.contentHtml,
    rss: feedWriters.rss.entry(article),
    atom: feedWriters.atom.entry(article),
    json: feedWriters.json.entry(article),
    ...texts,
  };
  return encodeArticle(article.slug, fragments, codec);
}

/** An article in its other forms, and as it stands in lists for machines. */
export function encodeFormRecord(article: Article, site: Site): Uint8Array<ArrayBuffer> {
  const fragments = {
    markdown: markdownForm(article),
    text: textForm(article, site),
    line: llmsLine(article),
    news: newsEntry(article, site),
  };
  return encodeForms(article.slug, fragments, codec);
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
  style: string,
  { moved, removals, podcasts }: Pick<Collection, 'moved' | 'removals' | 'podcasts'>,
): SiteRecord {
  return {
    facts: {
      styleSource: sourceOf(style),
      scriptSource: sourceOf(script),
      feedId: site.id ?? mintId(`site:${site.title}`),
      dimensionNames: wordsFor(site.language).many,
      moved: Object.fromEntries([...moved].map(([address, slug]) => [pathOf(address), slug])),
      gone: Object.fromEntries(
        removals.flatMap(({ addresses, removed }) => addresses.map((address) => [pathOf(address), removed])),
      ),
      removed: removals.map(({ id, removed }) => ({ id, removed })),
    },
    fragments: {
      rss: feedWriters.rss.envelope(site),
      atom: feedWriters.atom.envelope(site),
      json: feedWriters.json.envelope(site),
      ...podcastEnvelopes(site, podcasts),
      ...sitePages(site, style),
      llms: llmsTxt(site),
      llmsOlder: llmsOlder(),
      newsSitemap: newsSitemap(),
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

/** A source expression of a content security policy (CSP §2.3.1). */
function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
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
