import { EVERYTHING, type Facet, isEverything, keyOf } from '../facets.ts';
import { FEED_HEADERS, headersOf } from '../http/headers.ts';
import { isNavigation } from '../http/negotiation.ts';
import { type Presentation, Representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { isFeedFormat, mediaTypes, parsePageNumber } from '../routes/paths.ts';
import { isSpelled, parametersOf, parseSlice, type SliceFormat, slicePath } from '../routes/slice-paths.ts';
import { canonicalQuery } from '../search/query.ts';
import type { LruCache } from '../store/lru-cache.ts';
import type { RecordReader, Records } from '../store/record-reader.ts';
import type { Composition } from '../templates/compose.ts';
import { redirectFormer } from './former-addresses.ts';
import { handleProblem, handleUnknownValue } from './problems.ts';
import { type RequestContext, redirectTo } from './request-context.ts';
import { type SliceRequest, selectArticles, untilOf } from './select-articles.ts';
import { feedCadence, feedComposer, feedFreshness, feedVary } from './slice-feed.ts';
import { pageComposer, pageFields } from './slice-page.ts';

/** The part of a slice that its route states. The parameters `key` and `page` and the query state the rest. */
export interface SliceAddress {
  readonly form: SliceFormat;
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
  const { form, facet, isArchive, isSearch } = address;
  const parameters = parametersOf(url);
  if (facet === undefined && !isArchive && parameters.length === 0) return handleEverything(context, address);

  const label = facet === undefined ? undefined : (hono.req.param('key') ?? '');
  const archive = isArchive ? parsePageNumber(hono.req.param('page') ?? '') : undefined;
  if ((isArchive && archive === undefined) || (label !== undefined && keyOf(label) === ''))
    return handleProblem(context, 'notFound');
  const value = facet === undefined || label === undefined ? undefined : { facet, label };
  const slice = parseSlice(value, parameters, canonicalQuery);
  if (slice === undefined) return handleProblem(context, 'badQuery');
  if (isSearch && isEverything(slice)) return handleEverything(context, address);
  const sliceRequest = archive === undefined ? { slice, form } : { slice, form, archive };
  const path = slicePath(slice, form, archive);
  const unknown = snapshot.store.findUnknown(slice);
  // The path of a list without articles may be a former address.
  if (unknown !== undefined) return (await redirectFormer(context)) ?? handleUnknownValue(context, unknown);
  if (!isSpelled(url, path)) return redirectTo(context, path);
  return respondCached(context, sliceRequest, snapshot.lists, `${form} ${path} ${context.origin}`);
}

/** All articles; on the search page, only its form. */
function handleEverything(context: RequestContext, { form, isSearch }: SliceAddress): Promise<Response> {
  const { snapshot, origin } = context;
  return isSearch
    ? respondCached(context, { slice: EVERYTHING, form: 'searchForm' }, snapshot.lists, `search ${origin}`)
    : respondCached(context, { slice: EVERYTHING, form }, snapshot.feeds, `${form} ${origin}`);
}

/** A browser that navigates to a feed gets the page that explains it; every other client gets the feed. */
async function respondCached(
  context: RequestContext,
  { slice, ...shown }: SliceRequest,
  cache: LruCache<string, Representation>,
  key: string,
): Promise<Response> {
  const { request, now } = context;
  const { form } = shown;
  if (isFeedFormat(form) && isNavigation(request.headers))
    return respondCached(context, { slice, form: 'subscribe', format: form }, cache, `subscribe ${key}`);
  const made = cache.find(key) ?? (await represent(context, { slice, ...shown }));
  return made === undefined
    ? handleProblem(context, 'notFound')
    : respond(request, cache.add(key, made), now);
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
  const { form, archive, articles } = selected;
  const common = { until: untilOf(context, selected), precompressed: snapshot.precompressed };
  if (!isFeedFormat(form))
    return representComposed(recordReader, articles, pageComposer(context, selected), {
      ...common,
      headers: pageFields(context, selected),
    });
  const hasDeltas = site.deltas && archive === undefined;
  const cadence = feedCadence(context, selected);
  return representComposed(recordReader, articles, feedComposer(context, selected, form, cadence), {
    ...common,
    headers: headersOf(mediaTypes[form], feedVary(hasDeltas), FEED_HEADERS),
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
