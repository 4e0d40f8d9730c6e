import { Hono } from 'hono';
import type { Instant } from '../article.ts';
import { FACETS } from '../facets.ts';
import { ALLOW, handleOptions, READ_METHODS } from '../http/respond.ts';
import { FEED_FORMATS, indexPath, paths, sliceRoute } from '../routes/paths.ts';
import { decodeStore, type StoreIndex } from '../store/format.ts';
import { StoreError } from '../store/integrity.ts';
import { createRecordReaders, type ReadAsset } from '../store/record-reader.ts';
import { handleArticle, handleMissing } from './articles.ts';
import { redirectQuery } from './former-addresses.ts';
import {
  handleFacetIndex,
  handleFeeds,
  handleLlms,
  handleNewsSitemap,
  handleOpml,
  handleRobots,
  handleSitemap,
  handleSitemapPart,
} from './listings.ts';
import { handleProblem, handleWithoutStore } from './problems.ts';
import { handleRecording } from './recordings.ts';
import {
  type AppContext,
  createSearch,
  type Environment,
  type OpenAsset,
  originOf,
  type RequestContext,
  redirectTo,
  snapshots,
} from './request-context.ts';
import { handleSlice, type SliceAddress } from './slices.ts';

export type { Environment } from './request-context.ts';

type App = Hono<{ Bindings: Environment }>;

/** The platform functions that the app needs. */
interface Platform {
  readonly clock: () => Instant;
  /** Reads a part of the store that is a static asset. */
  readonly readAsset: ReadAsset;
  /** Absent where nobody asks for recordings. */
  readonly openAsset?: OpenAsset;
}

/** The app for the bytes of a store. If they cannot be opened, every response is 503. */
export function openApp(store: ArrayBuffer, platform: Platform): App {
  try {
    return createApp(decodeStore(store), platform);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(error.message);
    const app: App = new Hono();
    return app.notFound((hono) => handleWithoutStore(hono.req.raw));
  }
}

/** The app for an opened store. */
export function createApp(index: StoreIndex, platform: Platform): App {
  const openContext = contextOpener(index, platform);
  const app: App = new Hono();
  // One handler per path: Hono is slower with several.
  for (const [path, handle] of ROUTES) {
    app.all(path, (hono) => {
      const { method } = hono.req;
      if (READ_METHODS.includes(method)) return handle(openContext(hono));
      if (method === 'OPTIONS') return handleOptions();
      return handleProblem(openContext(hono), 'methodNotAllowed', { Allow: ALLOW });
    });
  }
  // Browsers do not follow redirects of a preflight request.
  app.notFound((hono) =>
    hono.req.method === 'OPTIONS' ? handleOptions() : handleUnrouted(app, openContext(hono)),
  );
  app.onError((error, hono) => {
    const isDamaged = error instanceof StoreError;
    console.error(isDamaged ? error.message : error);
    return handleProblem(openContext(hono), isDamaged ? 'unavailable' : 'failure');
  });
  return app;
}

function contextOpener(
  index: StoreIndex,
  { clock, readAsset, openAsset }: Platform,
): (hono: AppContext) => RequestContext {
  const site = index.site.settings;
  const recordReaders = createRecordReaders(index, readAsset);
  const snapshotAt = snapshots(index, recordReaders);
  const search = createSearch(index, recordReaders);
  return (hono) => {
    const now = clock();
    const request = hono.req.raw;
    const { url } = request;
    const snapshot = snapshotAt(now);
    const { recordReader } = snapshot;
    const origin = originOf(hono, url, site.url);
    return { hono, request, site, url, origin, now, snapshot, recordReader, openAsset, search };
  };
}

type Handle = (context: RequestContext) => Response | Promise<Response>;
type Route = readonly [path: string, handle: Handle];

const ROUTES: readonly Route[] = [
  ...FEED_FORMATS.flatMap((format) => paths[format].map((path) => sliceAt(path, { format }))),
  [paths.home, async (context) => (await redirectQuery(context)) ?? handleSlice(context, { format: 'page' })],
  ...(['page', ...FEED_FORMATS] as const).flatMap((format) => [
    sliceAt(sliceRoute(format, undefined, true), { format, isArchive: true }),
    ...FACETS.flatMap((facet) => [
      sliceAt(sliceRoute(format, facet, false), { format, facet }),
      sliceAt(sliceRoute(format, facet, true), { format, facet, isArchive: true }),
    ]),
  ]),
  ...FACETS.map((facet): Route => [indexPath(facet), (context) => handleFacetIndex(context, facet)]),
  sliceAt(paths.search, { format: 'page', isSearch: true }),
  [paths.feeds, handleFeeds],
  [paths.opml, handleOpml],
  [paths.robots, handleRobots],
  [paths.sitemap, handleSitemap],
  [paths.newsSitemap, handleNewsSitemap],
  [paths.llms, handleLlms],
  [paths.sitemapPart, handleSitemapPart],
  [paths.article, handleArticle],
  [paths.media, handleRecording],
];

function sliceAt(path: string, address: SliceAddress): Route {
  return [path, (context) => handleSlice(context, address)];
}

/** A redirect to the usual spelling of the path or from a former address, or an error. */
async function handleUnrouted(app: App, context: RequestContext): Promise<Response> {
  const bare = new URL(context.url).pathname.replace(/\/{2,}/g, '/').replace(/(?<=[^/])\/$/, '');
  const response = (await trySpelling(app, context, bare)) ?? (await handleMissing(context));
  if (response.status !== 404) return response;
  return (await trySpelling(app, context, bare.toLowerCase())) ?? response;
}

/** The redirect to another spelling of an address, or the response there if that fails; undefined without a route. */
async function trySpelling(app: App, context: RequestContext, path: string): Promise<Response | undefined> {
  const { hono, request, url } = context;
  const { pathname, search } = new URL(url);
  const hasRoute = path !== pathname && app.router.match('GET', path)[0].length > 0;
  if (!hasRoute) return undefined;
  const { method } = request;
  const headers = { Accept: request.headers.get('accept') ?? '*/*' };
  const response = await app.request(new URL(path + search, url).href, { method, headers }, hono.env);
  return response.ok ? redirectTo(context, path + search) : response;
}
