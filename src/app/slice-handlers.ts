import { EVERYTHING, type Facet, isEverything, keyOf } from '../facets.ts';
import type { LruCache } from '../http/lru-cache.ts';
import { isNavigation } from '../http/negotiation.ts';
import { type Presentation, type Representation, representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { isFeedFormat, parsePageNumber } from '../routes/paths.ts';
import { isSpelled, parametersOf, parseSlice, type SliceFormat, slicePath } from '../routes/slice-paths.ts';
import { canonicalQuery } from '../search/query.ts';
import type { RecordReader, Records } from '../store/record-reader.ts';
import type { UnknownValue } from '../store/store.ts';
import type { Composition } from '../templates/compose.ts';
import { redirectFormer } from './former-addresses.ts';
import { handleProblem, handleUnknownValue } from './problems.ts';
import { type RequestContext, redirectTo } from './request-context.ts';
import type { SearchResult } from './search.ts';
import { type SliceRequest, selectArticles, untilOf } from './select-articles.ts';
import { feedCadence, feedComposer, feedFreshness, feedKind } from './slice-feed.ts';
import { pageComposer, pageKind } from './slice-page.ts';

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
export function handleSlice(context: RequestContext, address: SliceAddress): Response | Promise<Response> {
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
  if (unknown !== undefined) return handleUnknown(context, unknown);
  // More feed readers follow 301 than 308.
  if (!isSpelled(url, path)) return redirectTo(context, path, form === 'page' ? 308 : 301);
  return respondCached(context, sliceRequest, snapshot.lists, `${form} ${path} ${context.origin}`);
}

/** Handles a list of an unknown value, whose path may be a former address. */
async function handleUnknown(context: RequestContext, unknown: UnknownValue): Promise<Response> {
  return (await redirectFormer(context)) ?? handleUnknownValue(context, unknown);
}

/** All articles; on the search page, only its form. */
function handleEverything(
  context: RequestContext,
  { form, isSearch }: SliceAddress,
): Response | Promise<Response> {
  const { snapshot, origin } = context;
  return isSearch
    ? respondCached(context, { slice: EVERYTHING, form: 'searchForm' }, snapshot.lists, `search ${origin}`)
    : respondCached(context, { slice: EVERYTHING, form }, snapshot.feeds, `${form} ${origin}`);
}

function respondCached(
  context: RequestContext,
  sliceRequest: SliceRequest,
  cache: LruCache<Representation>,
  key: string,
): Response | Promise<Response> {
  const known = cache.find(key);
  if (known !== undefined) return send(context, sliceRequest, known, cache, key);
  const sent = (made: Representation | undefined): Response | Promise<Response> => {
    if (made === undefined) return handleProblem(context, 'notFound');
    const response = send(context, sliceRequest, cache.add(key, made), cache, key);
    made.release();
    return response;
  };
  const made = representSlice(context, sliceRequest);
  return made instanceof Promise ? made.then(sent) : sent(made);
}

/** A browser that navigates to a feed gets the page that explains it; every other client gets the feed. */
function send(
  context: RequestContext,
  sliceRequest: SliceRequest,
  made: Representation,
  cache: LruCache<Representation>,
  key: string,
): Response | Promise<Response> {
  const { request, now } = context;
  const { form } = sliceRequest;
  const { headers } = request;
  const ifNoneMatch = headers.get('if-none-match');
  if (isFeedFormat(form) && ifNoneMatch !== made.etag && isNavigation(headers))
    return respondCached(
      context,
      { slice: sliceRequest.slice, form: 'subscribe', format: form },
      cache,
      `subscribe ${key}`,
    );
  return respond(request, made, now, ifNoneMatch);
}

/** @returns undefined if there is no such page of history */
function representSlice(
  context: RequestContext,
  sliceRequest: SliceRequest,
): Representation | undefined | Promise<Representation | undefined> {
  const { words } = sliceRequest.slice;
  const searchResult = words === undefined ? undefined : context.search(words, context.snapshot.store);
  return searchResult instanceof Promise
    ? searchResult.then((ready) => representSelected(context, sliceRequest, ready))
    : representSelected(context, sliceRequest, searchResult);
}

function representSelected(
  context: RequestContext,
  sliceRequest: SliceRequest,
  searchResult: SearchResult | undefined,
): Representation | undefined | Promise<Representation> {
  const selected = selectArticles(context, sliceRequest, searchResult);
  if (selected === undefined) return undefined;
  const { form, archive, articles } = selected;
  const common = { until: untilOf(context, selected), precompressed: context.snapshot.precompressed };
  if (!isFeedFormat(form))
    return represent(context.recordReader, articles, pageComposer(context, selected), {
      ...common,
      kind: pageKind(context, selected),
    });
  const hasDeltas = context.site.deltas && archive === undefined;
  const cadence = feedCadence(context, selected);
  return represent(context.recordReader, articles, feedComposer(context, selected, form, cadence), {
    ...common,
    kind: feedKind(context, form, hasDeltas),
    freshness: feedFreshness(context, cadence),
    hasDeltas,
  });
}

type Compose = (records: Records) => Composition;

/** A cached representation keeps its closures in memory, so they capture only these arguments. */
function represent(
  recordReader: RecordReader,
  articles: readonly number[],
  compose: Compose,
  presentation: Presentation,
): Representation | Promise<Representation> {
  const recompose = (): Composition | Promise<Composition> => {
    const records = recordReader.open(articles);
    return records instanceof Promise ? records.then(compose) : compose(records);
  };
  const made = recompose();
  return made instanceof Promise
    ? made.then((composition) => representation(composition, presentation, recompose))
    : representation(made, presentation, recompose);
}
