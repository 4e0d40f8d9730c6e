import type { Instant } from '../article.ts';
import {
  EVERYTHING,
  type Facet,
  isEverything,
  keyOf,
  type Slice,
  sliceTitle,
  valueOfSlice,
} from '../facets.ts';
import { composeFeed } from '../feeds/compose.ts';
import { envelopeName, type FeedHistory, type FeedMetadata, sliceId } from '../feeds/metadata.ts';
import {
  type Cadence,
  cadenceOf,
  DATA_HEADERS,
  type Freshness,
  freshFor,
  freshness,
  headersOf,
  pageHeaders,
  type ResponseHeaders,
} from '../http/headers.ts';
import { isNavigation } from '../http/negotiation.ts';
import { type Presentation, Representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { composeListPage, type ListPage, snippets } from '../pages/compose-list.ts';
import { spanInWords } from '../pages/dates.ts';
import { descriptionOf, headingOf, showName } from '../pages/value-names.ts';
import {
  byFormat,
  type FeedFormat,
  isFeedFormat,
  isSpelled,
  mediaTypes,
  parametersOf,
  parsePageNumber,
  parseSlice,
  paths,
  type SliceFormat,
  slicePath,
  slicePaths,
} from '../routes/paths.ts';
import { canonicalQuery } from '../search/query.ts';
import type { LruCache } from '../store/lru-cache.ts';
import type { RecordReader, Records } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';
import { type Composition, originChange } from '../templates/compose.ts';
import { redirectFormer } from './former-addresses.ts';
import { handleProblem, handleUnknownValue } from './problems.ts';
import { type RequestContext, redirectTo } from './request-context.ts';
import {
  fullPages,
  isSearch,
  lastModifiedOf,
  type SelectedArticles,
  type SliceRequest,
  selectArticles,
  untilOf,
} from './select-articles.ts';

/** The part of a slice that its route states. The parameters `key` and `page` and the query state the rest. */
export interface SliceAddress {
  readonly format: SliceFormat;
  /** The facet whose value is the parameter `key`. */
  readonly facet?: Facet;
  /** Whether the parameter `page` is the number of a page of history. */
  readonly isArchive?: boolean;
  /** Whether it is the search page, which shows only a form if the query is empty. */
  readonly isSearch?: boolean;
}

/** A feed or a page of articles: all of them, or a slice, or a page of its history. */
export async function handleSlice(context: RequestContext, address: SliceAddress): Promise<Response> {
  const { hono, snapshot, url } = context;
  const { format, facet, isArchive, isSearch } = address;
  const parameters = parametersOf(url);
  if (facet === undefined && !isArchive && parameters.length === 0) return handleEverything(context, address);

  const label = facet === undefined ? undefined : (hono.req.param('key') ?? '');
  const archive = isArchive ? parsePageNumber(hono.req.param('page') ?? '') : undefined;
  if ((isArchive && archive === undefined) || (label !== undefined && keyOf(label) === ''))
    return handleMissing(context);
  const value = facet === undefined || label === undefined ? undefined : { facet, label };
  const slice = parseSlice(value, parameters, canonicalQuery);
  if (slice === undefined) return handleProblem(context, 'badQuery');
  if (isSearch && isEverything(slice)) return handleEverything(context, address);
  const sliceRequest = archive === undefined ? { slice, format } : { slice, format, archive };
  const path = slicePath(slice, format, archive);
  const unknown = snapshot.store.findUnknown(slice);
  // The path of a list without articles may be a former address.
  if (unknown !== undefined) return (await redirectFormer(context)) ?? handleUnknownValue(context, unknown);
  if (!isSpelled(url, path)) return redirectTo(context, path);
  return respondCached(context, sliceRequest, snapshot.lists, `${format} ${path} ${context.origin}`);
}

/** All articles; on the search page, only its form. */
function handleEverything(context: RequestContext, { format, isSearch }: SliceAddress): Promise<Response> {
  const { snapshot, origin } = context;
  return isSearch
    ? respondCached(context, { slice: EVERYTHING, format: 'searchForm' }, snapshot.lists, `search ${origin}`)
    : respondCached(context, { slice: EVERYTHING, format }, snapshot.feeds, `${format} ${origin}`);
}

/** A browser that navigates to a feed gets the page that explains it; every other client gets the feed. */
async function respondCached(
  context: RequestContext,
  { slice, ...shown }: SliceRequest,
  cache: LruCache<string, Representation>,
  key: string,
): Promise<Response> {
  const { request, now } = context;
  const { format } = shown;
  if (isFeedFormat(format) && isNavigation(request.headers))
    return respondCached(
      context,
      { slice, format: 'subscribe', feedFormat: format },
      cache,
      `subscribe ${key}`,
    );
  const made = cache.find(key) ?? (await represent(context, { slice, ...shown }));
  return made === undefined ? handleMissing(context) : respond(request, cache.add(key, made), now);
}

/** The path of a page of history that is not there may be a former address: `/archive/2021/`. */
async function handleMissing(context: RequestContext): Promise<Response> {
  return (await redirectFormer(context)) ?? handleProblem(context, 'notFound');
}

/** @returns undefined if there is no such page of history */
async function represent(
  context: RequestContext,
  sliceRequest: SliceRequest,
): Promise<Representation | undefined> {
  const { snapshot, recordReader, site } = context;
  const { words } = sliceRequest.slice;
  const searchResult = words === undefined ? undefined : await context.search(words, snapshot.store);
  const selected = selectArticles(context, sliceRequest, searchResult);
  if (selected === undefined) return undefined;
  const { format, archive, articles } = selected;
  const common = { until: untilOf(context, selected), precompressed: snapshot.precompressed };
  if (!isFeedFormat(format))
    return representComposed(recordReader, articles, pageComposer(context, selected), {
      ...common,
      headers: pageFields(context, selected),
    });
  const hasDeltas = site.deltas && archive === undefined;
  const cadence = feedCadence(context, selected);
  return representComposed(recordReader, articles, feedComposer(context, selected, format, cadence), {
    ...common,
    headers: headersOf(mediaTypes[format], feedVary(hasDeltas), DATA_HEADERS),
    freshness: feedFreshness(context, cadence),
    hasDeltas,
  });
}

/** A cached representation keeps its closures in memory, so they capture only these arguments. */
async function representComposed(
  recordReader: RecordReader,
  articles: readonly number[],
  compose: (records: Records) => Composition,
  presentation: Presentation,
): Promise<Representation> {
  const recompose = async (): Promise<Composition> => compose(await recordReader.open(articles));
  return new Representation(await recompose(), presentation, recompose);
}

/** The maximum number of tombstones in a feed. */
const MAX_TOMBSTONES = 20;
/** The number of newest articles from which the frequency of changes is estimated. */
const MAX_CHANGED = 20;

function feedComposer(
  context: RequestContext,
  selected: SelectedArticles,
  format: FeedFormat,
  cadence: Cadence,
): (records: Records) => Composition {
  const { origin, snapshot } = context;
  const { slice, articles } = selected;
  const metadata = feedMetadata(context, selected, format, cadence);
  const change = originChange(context.site.url, origin);
  const envelope = snapshot.store.siteFragment(envelopeOf(context, slice, format));
  return (records) =>
    composeFeed({ format, origin, originChange: change, metadata, envelope, articles, records });
}

/** The request fields that choose between a feed, its delta, and the page that explains it. */
function feedVary(hasDeltas: boolean): string {
  return `${hasDeltas ? 'A-IM, ' : ''}Accept-Encoding, Sec-Fetch-Mode`;
}

/** How often a feed changed lately. */
function feedCadence({ snapshot: { store } }: RequestContext, { articles }: SelectedArticles): Cadence {
  const changes: Instant[] = [];
  for (const article of articles.slice(0, MAX_CHANGED))
    changes.push(store.published(article), store.changed(article));
  return cadenceOf(changes);
}

/** How long a feed is fresh in caches. */
function feedFreshness({ site, now }: RequestContext, cadence: Cadence): Freshness {
  return freshness(60 * (site.freshness ?? freshFor(cadence, now)));
}

/** The envelope of a podcast if the slice is its collection, otherwise that of all feeds. */
function envelopeOf({ snapshot }: RequestContext, slice: Slice, format: FeedFormat): string {
  const value = valueOfSlice(slice);
  const own = value?.facet === 'collection' ? envelopeName(format, value.key) : format;
  return snapshot.store.hasSiteFragment(own) ? own : format;
}

function feedMetadata(
  context: RequestContext,
  selected: SelectedArticles,
  format: FeedFormat,
  cadence: Cadence,
): FeedMetadata {
  const { site, snapshot } = context;
  const { store } = snapshot;
  const { slice, archive } = selected;
  const name = sliceTitle(slice, store.label);
  const pathOf = slicePaths(slice);
  const [language, ...others] = slice.clauses.filter(
    ({ facet, isNegated, keys }) => facet === 'language' && !isNegated && keys.length === 1,
  );
  return {
    title: name === '' ? site.title : `${name} – ${site.title}`,
    description: name === '' ? site.description : descriptionOf(site, slice, name),
    language: (others.length === 0 ? language?.keys[0] : undefined) ?? site.language,
    id: sliceId(store.site.feedId, slice),
    updated: lastModifiedOf(context, selected),
    homePath: pathOf('page', archive),
    feedPaths: byFormat((each) => pathOf(each, archive)),
    // Without the silence since then: the text changes only with the articles.
    ttl: site.freshness ?? freshFor(cadence),
    history: historyOf(selected, (page) => pathOf(format, page)),
    removed: name === '' && archive === undefined ? store.site.removed.slice(0, MAX_TOMBSTONES) : [],
  };
}

function historyOf(
  { archive, older, selection }: SelectedArticles,
  pathOf: (archive?: number) => string,
): FeedHistory {
  const previous = older > 0 ? { previous: pathOf(older) } : {};
  if (archive === undefined) return { ...previous, isComplete: older === 0 };
  const next = archive < fullPages(selection) ? { next: pathOf(archive + 1) } : {};
  return { current: pathOf(), ...previous, ...next, isComplete: false };
}

function pageComposer(
  context: RequestContext,
  selected: SelectedArticles,
): (records: Records) => Composition {
  const { origin, snapshot, site } = context;
  const { store } = snapshot;
  const { slice, format, selection, articles, archive, older, searchResult, feedFormat = 'rss' } = selected;
  const name = sliceTitle(slice, store.label);
  const span = archive === undefined ? '' : spanOf(context, articles, archive);
  const value = valueOfSlice(slice);
  const heading = [name, span].filter((part) => part !== '').join(' · ');
  const newer = archive === undefined ? 0 : archive + 1;
  const pathOf = slicePaths(slice);
  const list = {
    template: templateOf(selected, store),
    origin,
    articles,
    pinned: selected.pinned ?? 0,
    lastModified: lastModifiedOf(context, selected),
    title: heading === '' ? site.title : `${heading} – ${site.title}`,
    heading,
    name,
    description: descriptionOf(site, slice, name),
    about: value && headingOf(site, value.facet, value.key)?.description,
    person: value?.facet === 'author' ? headerOfPerson(store, value.key) : undefined,
    value: value && { facet: value.facet, count: store.countVisible(selection) },
    words: slice.words ?? '',
    // The page of all feeds also says what a page to subscribe says of all articles.
    ownPath: format === 'subscribe' && isEverything(slice) ? paths.feeds : pathOf('page', archive),
    feedPaths: byFormat((each) => pathOf(each)),
    feedPath: pathOf(feedFormat),
    newerPath: newer === 0 ? undefined : pathOf('page', newer <= fullPages(selection) ? newer : undefined),
    olderPath: older === 0 ? undefined : pathOf('page', older),
  };
  const query = isSearch(slice, format) ? searchResult?.query : undefined;
  return (records) =>
    composeListPage(store, {
      ...list,
      records,
      ...(query === undefined ? {} : { snippet: snippets(records, query) }),
    });
}

function pageFields(
  { snapshot: { store } }: RequestContext,
  { slice, format }: SelectedArticles,
): ResponseHeaders {
  const { site } = store;
  const vary = format === 'subscribe' ? feedVary(site.settings.deltas) : 'Accept-Encoding';
  const isIndexed = isEverything(slice) || valueOfSlice(slice) !== undefined;
  return headersOf(mediaTypes.html, vary, {
    ...pageHeaders(site),
    // There are too many combinations of values for search engines.
    ...(isIndexed ? {} : { 'X-Robots-Tag': 'noindex' }),
  });
}

function templateOf(
  { slice, format, archive, articles }: SelectedArticles,
  store: Store,
): ListPage['template'] {
  if (format === 'subscribe' || format === 'searchForm') return format;
  if (isSearch(slice, format) && archive === undefined)
    return articles.length === 0 ? 'searchNothing' : 'search';
  if (!isEverything(slice)) {
    const value = valueOfSlice(slice);
    const show = value?.facet === 'collection' ? showName(value.key) : undefined;
    return show !== undefined && archive === undefined && store.hasSiteFragment(show) ? show : 'slice';
  }
  if (archive !== undefined) return 'archive';
  return articles.length === 0 ? 'homeEmpty' : 'home';
}

/** The name of a page of history: the time span of its articles, or its number if there is none. */
function spanOf(
  { site, snapshot: { store } }: RequestContext,
  articles: readonly number[],
  page: number,
): string {
  const [newest, oldest] = [articles[0], articles.at(-1)];
  return newest === undefined || oldest === undefined
    ? String(page)
    : spanInWords(store.published(oldest), store.published(newest), site);
}

/** The header of a person's articles; undefined if no file describes the person. */
function headerOfPerson({ site: { people } }: Store, key: string): string | undefined {
  return Object.hasOwn(people, key) ? people[key] : undefined;
}
