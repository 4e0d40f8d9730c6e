import { DIMENSIONS, EVERYTHING } from '../facets.ts';
import { opml } from '../feeds/opml.ts';
import { type Fields, headersOf, type Representation, representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { FEED_HEADERS, pageHeaders } from '../http/security.ts';
import { composeTemplate } from '../pages/compose.ts';
import { feedsList } from '../pages/feeds.ts';
import { robots, sitemap, sitemapIndex } from '../pages/sitemap.ts';
import { mediaTypes, parseSitemapNumber, paths, sitemapPath } from '../routes/paths.ts';
import { slicePath } from '../routes/slice-paths.ts';
import { membersByRank, membersWithin } from '../store/bits.ts';
import type { ValueGroup } from '../store/facet-group.ts';
import { SLUGS_IN_BLOB } from '../store/format.ts';
import { fullPages, latestOf } from '../store/history.ts';
import { type Composition, textComposition } from '../templates/composition.ts';
import { composeForm } from '../text-formats/compose.ts';
import type { Visit } from './request-context.ts';

/** How many articles a language model is told of. */
const MAX_LINES = 50;
/** News that is older is none, and a sitemap of it holds so many articles (Google Search Central, "News sitemap"). */
const NEWS_AGE = 48 * 60 * 60 * 1000;
const MAX_NEWS = 1000;
/** The most reads beside the worker for a list; Cloudflare's free plan allows 50 for a request. */
const MAX_READS = 40;

/** Every feed of the site, for feed readers (OPML 2.0). */
export function answerOpml(visit: Visit): Response | Promise<Response> {
  return answerKept(visit, 'opml', () => {
    const { site, origin, edition } = visit;
    const { title, description, language, authors } = site;
    const owner = authors[0].name;
    const text = opml(
      { title, description, language, owner, updated: lastChange(visit), origin },
      groups(visit),
    );
    return textRepresentation(visit, text, mediaTypes.opml, edition.store.until);
  });
}

/** Every feed of the site, for people. */
export function answerFeeds(visit: Visit): Response | Promise<Response> {
  return answerKept(visit, 'feeds', () => {
    const { site, origin, edition } = visit;
    const { store } = edition;
    const list = feedsList(site, groups(visit));
    return representation(
      composeTemplate(store, 'feeds', { origin, lastModified: lastChange(visit), list }),
      {
        kind: headersOf({
          mediaType: mediaTypes.html,
          headers: pageHeaders(store.site),
          vary: 'Accept-Encoding',
        }),
        until: store.until,
      },
    );
  });
}

export function answerRobots(visit: Visit): Response | Promise<Response> {
  return answerKept(visit, 'robots', () =>
    textRepresentation(visit, robots(visit.origin), mediaTypes.text, Number.POSITIVE_INFINITY),
  );
}

/** The sitemap; of a large site, an index of its parts. */
export function answerSitemap(visit: Visit): Response | Promise<Response> {
  return answerKept(visit, 'sitemap', () => {
    const { store } = visit.edition;
    const parts = Math.ceil(store.come / SLUGS_IN_BLOB);
    if (parts <= 1) return sitemapPart(visit, 1);
    const filled = Array.from({ length: parts }, (_, part) => {
      const articles = articlesOfPart(visit, part);
      return articles.length === 0
        ? []
        : [{ path: sitemapPath(part + 1), changed: Math.max(...articles.map(store.changed)) }];
    }).flat();
    const text = sitemapIndex(visit.origin, filled);
    return textRepresentation(visit, text, mediaTypes.sitemap, store.until);
  });
}

/** A part of the sitemap of a large site. */
export function answerSitemapPart(visit: Visit): Response | Promise<Response> | undefined {
  const number = parseSitemapNumber(visit.context.req.param('file') ?? '');
  if (number === undefined || articlesOfPart(visit, number - 1).length === 0) return undefined;
  return answerKept(visit, `sitemap ${number}`, () => sitemapPart(visit, number));
}

/** What a language model is told of the site: its newest articles as Markdown, its feeds, and where the rest is. */
export function answerLlms(visit: Visit): Response | Promise<Response> {
  return answerKept(visit, 'llms', async () => {
    const { origin, edition, shelf } = visit;
    const { store } = edition;
    const selection = store.select(EVERYTHING);
    const articles = withinReads(visit, latestOf(store, selection, MAX_LINES));
    const records = await shelf.openForms(articles);
    const pages = fullPages(selection);
    const older = store.siteFragment('llmsOlder');
    const composition = composeForm({
      name: 'llms',
      template: store.siteFragment('llms'),
      lastModified: store.lastModified(articles, selection),
      texts: { origin, ownPath: slicePath(EVERYTHING, 'page', pages) },
      own: { pager: articles.length < selection.count && pages > 0 ? older.fragment : [] },
      list: articles.map((article) => records.fragment(article, 'line')),
    });
    return dataRepresentation(composition, mediaTypes.text, selection.until);
  });
}

/** The news of the last two days for search engines. */
export function answerNewsSitemap(visit: Visit): Response | Promise<Response> {
  const { origin, edition, shelf, now } = visit;
  const { store } = edition;
  const { oldest, published } = store.publishedAfter(now - NEWS_AGE);
  return answerKept(visit, `news ${oldest}`, async () => {
    const selection = store.select(EVERYTHING);
    const recent = latestOf(store, selection, MAX_NEWS).filter(
      (article) => article >= oldest && store.isIndexed(article),
    );
    const articles = withinReads(visit, recent);
    const records = await shelf.openForms(articles);
    // When the last that is too old now became so, the list changed too.
    const aged = oldest === 0 ? Number.NEGATIVE_INFINITY : store.published(oldest - 1) + NEWS_AGE;
    const newestChange = Math.max(aged, store.lastModified(articles, selection) ?? aged);
    const composition = composeForm({
      name: 'news',
      template: store.siteFragment('newsSitemap'),
      lastModified: Number.isFinite(newestChange) ? newestChange : undefined,
      texts: { origin },
      list: articles.map((article) => records.fragment(article, 'news')),
    });
    return dataRepresentation(
      composition,
      mediaTypes.sitemap,
      Math.min(selection.until, published + NEWS_AGE),
    );
  });
}

/** The first of the articles, as many as can be had with `MAX_READS` reads beside the worker. */
function withinReads({ shelf }: Visit, articles: readonly number[]): number[] {
  const reads = new Set<number>();
  return articles.filter((article) => reads.add(shelf.formsBeside(article)).size <= MAX_READS);
}

function dataRepresentation(composition: Composition, mediaType: string, until: number): Representation {
  return representation(composition, { kind: dataHeaders(mediaType), until });
}

function dataHeaders(mediaType: string): Fields {
  return headersOf({ mediaType, headers: FEED_HEADERS, vary: 'Accept-Encoding' });
}

function answerKept(
  visit: Visit,
  name: string,
  make: () => Representation | Promise<Representation>,
): Response | Promise<Response> {
  const { request, now, edition, origin } = visit;
  const key = `${name} ${origin}`;
  const known = edition.lists.find(key);
  if (known !== undefined) return respond(request, known, now);
  return Promise.resolve(make()).then((made) => respond(request, edition.lists.add(key, made), now));
}

function textRepresentation(visit: Visit, text: string, mediaType: string, until: number): Representation {
  return representation(textComposition(text, lastChange(visit)), {
    kind: dataHeaders(mediaType),
    until,
    isCompressed: false,
  });
}

/** By name, in the order of people who read the site's language. */
function groups({ site, edition: { store } }: Visit): ValueGroup[] {
  const { compare } = new Intl.Collator(site.language, { numeric: true });
  return DIMENSIONS.flatMap((dimension) => {
    const values = store.values(dimension).toSorted((a, b) => compare(a.label, b.label));
    return values.length === 0 ? [] : [{ dimension, name: store.site.dimensionNames[dimension], values }];
  });
}

function lastChange({ edition: { store } }: Visit): number | undefined {
  const selection = store.select(EVERYTHING);
  return store.lastModified(membersByRank(selection.members, 0, selection.count), selection);
}

/** The listed visible articles of a part that search engines are to know, counted from 0. */
function articlesOfPart({ edition: { store } }: Visit, part: number): number[] {
  const { members } = store.select(EVERYTHING);
  const start = part * SLUGS_IN_BLOB;
  return membersWithin(members, start, start + SLUGS_IN_BLOB).filter(
    (article) => store.isVisible(article) && store.isIndexed(article),
  );
}

async function sitemapPart(visit: Visit, number: number): Promise<Representation> {
  const { origin, edition, shelf } = visit;
  const articles = articlesOfPart(visit, number - 1);
  const slugs = await shelf.openSlugs(number - 1);
  const entries = articles.map((article) => ({
    slug: slugs[article % SLUGS_IN_BLOB] ?? '',
    changed: edition.store.changed(article),
  }));
  const pages = number === 1 ? [paths.home, paths.feeds] : [];
  return textRepresentation(visit, sitemap(origin, pages, entries), mediaTypes.sitemap, edition.store.until);
}
