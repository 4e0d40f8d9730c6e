import { EVERYTHING, FACETS, type Facet } from '../facets.ts';
import { opml } from '../feeds/opml.ts';
import { DATA_HEADERS, headersOf, pageHeaders } from '../http/headers.ts';
import { Representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { composeFacetIndex, composeFeedsPage } from '../pages/compose.ts';
import { browsableFacets, feedsList } from '../pages/facet-index.ts';
import { robots, sitemap, sitemapIndex } from '../pages/sitemap.ts';
import { indexPath, mediaTypes, parseSitemapNumber, paths, sitemapPath, slicePath } from '../routes/paths.ts';
import { membersByRank, membersWithin } from '../store/bits.ts';
import type { FacetCount, FacetGroup } from '../store/facets-format.ts';
import { SLUGS_IN_BLOB } from '../store/format.ts';
import { type Composition, compose, originChange, textComposition } from '../templates/compose.ts';
import { handleMissing } from './articles.ts';
import type { RequestContext } from './request-context.ts';
import { fullPages, latestOf } from './select-articles.ts';

/** How many articles `llms.txt` lists. */
const MAX_LINES = 50;
/** The age and the number of articles in a news sitemap (Google Search Central, "News sitemap"); milliseconds. */
const NEWS_AGE = 48 * 60 * 60 * 1000;
const MAX_NEWS = 1000;
/** The maximum number of assets that a list reads; Cloudflare's free plan allows 50 subrequests. */
const MAX_READS = 40;

/** Every feed of the site, for feed readers (OPML 2.0). */
export function handleOpml(context: RequestContext): Promise<Response> {
  return handleCached(context, 'opml', () => {
    const { site, origin, snapshot } = context;
    const text = opml(site, origin, lastChange(context), groups(context));
    return textRepresentation(context, text, mediaTypes.opml, snapshot.store.until);
  });
}

/** Every feed of the site, for people. */
export function handleFeeds(context: RequestContext): Promise<Response> {
  return handleCached(context, 'feeds', () => {
    const { site, origin, snapshot } = context;
    const { store } = snapshot;
    const list = feedsList(site, groups(context));
    return pageRepresentation(
      context,
      composeFeedsPage(store, { origin, lastModified: lastChange(context), list }),
    );
  });
}

/** The values of a facet, for people. */
export function handleFacetIndex(context: RequestContext, facet: Facet): Promise<Response> {
  const { origin, snapshot } = context;
  const { store } = snapshot;
  if (!store.hasValues(facet, 1)) return handleMissing(context);
  return handleCached(context, `index ${facet}`, () => {
    const values = collated(context, facet);
    const group = {
      facet,
      name: store.site.facetNames[facet],
      values: facet === 'year' ? values.reverse() : values,
    };
    return pageRepresentation(
      context,
      composeFacetIndex(store, group, { origin, lastModified: lastChange(context) }),
    );
  });
}

export function handleRobots(context: RequestContext): Promise<Response> {
  return handleCached(context, 'robots', () =>
    textRepresentation(context, robots(context.origin), mediaTypes.text, Number.POSITIVE_INFINITY),
  );
}

/** The sitemap, or the index of its parts if the site is large. */
export function handleSitemap(context: RequestContext): Promise<Response> {
  return handleCached(context, 'sitemap', () => {
    const { store } = context.snapshot;
    const parts = Math.ceil(store.publishedCount / SLUGS_IN_BLOB);
    if (parts <= 1) return sitemapPart(context, 1);
    const filled = Array.from({ length: parts }, (_, part) => {
      const articles = articlesOfPart(context, part);
      return articles.length === 0
        ? []
        : [{ path: sitemapPath(part + 1), changed: Math.max(...articles.map(store.changed)) }];
    }).flat();
    const text = sitemapIndex(context.origin, filled);
    return textRepresentation(context, text, mediaTypes.sitemap, store.until);
  });
}

/** A part of the sitemap of a large site. */
export function handleSitemapPart(context: RequestContext): Promise<Response> {
  const number = parseSitemapNumber(context.hono.req.param('file') ?? '');
  if (number === undefined || articlesOfPart(context, number - 1).length === 0) return handleMissing(context);
  return handleCached(context, `sitemap ${number}`, () => sitemapPart(context, number));
}

/** `llms.txt`: the newest articles as Markdown, the feeds, and links to everything else. */
export function handleLlms(context: RequestContext): Promise<Response> {
  return handleCached(context, 'llms', async () => {
    const { site, origin, snapshot, recordReader } = context;
    const { store } = snapshot;
    const selection = store.select(EVERYTHING);
    const articles = withinReads(context, latestOf(store, selection, MAX_LINES));
    const records = await recordReader.openTextFormats(articles);
    const pages = fullPages(selection);
    const older = store.siteFragment('llmsOlder');
    const composition = compose({
      originChange: originChange(site.url, origin),
      template: store.siteFragment('llms'),
      lastModified: store.lastModified(articles, selection),
      texts: { origin, ownPath: slicePath(EVERYTHING, 'page', pages) },
      pieces: {
        list: articles.map((article) => ({ fragment: records.fragment(article, 'line') })),
        pager: articles.length < selection.count && pages > 0 ? [{ fragment: older }] : [],
      },
    });
    return dataRepresentation(composition, mediaTypes.text, selection.until);
  });
}

/** The news of the last two days for search engines. */
export function handleNewsSitemap(context: RequestContext): Promise<Response> {
  const { site, origin, snapshot, recordReader, now } = context;
  const { store } = snapshot;
  const { oldest, published } = store.publishedAfter(now - NEWS_AGE);
  return handleCached(context, `news ${oldest}`, async () => {
    const selection = store.select(EVERYTHING);
    const recent = latestOf(store, selection, MAX_NEWS).filter(
      (article) => article >= oldest && store.isMapped(article),
    );
    const articles = withinReads(context, recent);
    const records = await recordReader.openTextFormats(articles);
    // The list also changed when its last article became too old.
    const aged = oldest === 0 ? Number.NEGATIVE_INFINITY : store.published(oldest - 1) + NEWS_AGE;
    const composition = compose({
      originChange: originChange(site.url, origin),
      template: store.siteFragment('newsSitemap'),
      lastModified: Math.max(aged, store.lastModified(articles, selection)),
      texts: { origin },
      pieces: { list: articles.map((article) => ({ fragment: records.fragment(article, 'news') })) },
    });
    return dataRepresentation(
      composition,
      mediaTypes.sitemap,
      Math.min(selection.until, published + NEWS_AGE),
    );
  });
}

/** The first articles that need at most `MAX_READS` reads. */
function withinReads({ recordReader }: RequestContext, articles: readonly number[]): number[] {
  const reads = new Set<number>();
  return articles.filter((article) => reads.add(recordReader.textFormatsSegment(article)).size <= MAX_READS);
}

function pageRepresentation(
  { snapshot: { store } }: RequestContext,
  composition: Composition,
): Representation {
  const headers = headersOf(mediaTypes.html, 'Accept-Encoding', pageHeaders(store.site));
  return new Representation(composition, { headers, until: store.until });
}

function dataRepresentation(composition: Composition, mediaType: string, until: number): Representation {
  const headers = headersOf(mediaType, 'Accept-Encoding', DATA_HEADERS);
  return new Representation(composition, { headers, until });
}

function textRepresentation(
  context: RequestContext,
  text: string,
  mediaType: string,
  until: number,
): Representation {
  const headers = headersOf(mediaType, 'Accept-Encoding', DATA_HEADERS);
  const composition = textComposition(text, lastChange(context));
  return new Representation(composition, { headers, until, isCompressed: false });
}

async function handleCached(
  context: RequestContext,
  name: string,
  make: () => Representation | Promise<Representation>,
): Promise<Response> {
  const { request, now, snapshot, origin } = context;
  const key = `${name} ${origin}`;
  const made = snapshot.lists.find(key) ?? snapshot.lists.add(key, await make());
  return respond(request, made, now);
}

/** The values of each facet, collated in the site's language. */
function groups(context: RequestContext): FacetGroup[] {
  const { store } = context.snapshot;
  return FACETS.flatMap((facet) => {
    const values = collated(context, facet);
    return values.length === 0 ? [] : [{ facet, name: store.site.facetNames[facet], values }];
  });
}

function collated({ site, snapshot: { store } }: RequestContext, facet: Facet): FacetCount[] {
  const { compare } = new Intl.Collator(site.language, { numeric: true });
  return store.values(facet).sort((a, b) => compare(a.label, b.label));
}

function lastChange({ snapshot: { store } }: RequestContext): number {
  const selection = store.select(EVERYTHING);
  return store.lastModified(membersByRank(selection.members, 0, selection.count), selection);
}

/** The visible articles and pages that search engines may index, in a part of the sitemap, counted from 0. */
function articlesOfPart({ snapshot: { store } }: RequestContext, part: number): number[] {
  const { members } = store.selectWithPages(EVERYTHING);
  const start = part * SLUGS_IN_BLOB;
  return membersWithin(members, start, start + SLUGS_IN_BLOB).filter(
    (article) => store.isVisible(article) && store.isMapped(article),
  );
}

async function sitemapPart(context: RequestContext, number: number): Promise<Representation> {
  const { origin, snapshot, recordReader } = context;
  const articles = articlesOfPart(context, number - 1);
  const slugs = await recordReader.openSlugs(number - 1);
  const entries = articles.map((article) => ({
    slug: slugs[article % SLUGS_IN_BLOB] ?? '',
    changed: snapshot.store.changed(article),
  }));
  const indexes = browsableFacets(snapshot.store).map(indexPath);
  const pages = number === 1 ? [paths.home, paths.feeds, ...indexes] : [];
  return textRepresentation(
    context,
    sitemap(origin, pages, entries),
    mediaTypes.sitemap,
    snapshot.store.until,
  );
}
