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
import {
  type AppContext,
  createSearch,
  type Environment,
  originOf,
  type RequestContext,
  redirectTo,
  snapshots,
} from './request-context.ts';
import { handleSlice } from './slices.ts';

export type { Environment } from './request-context.ts';

type Handler = (context: RequestContext) => Response | Promise<Response>;

/** The platform functions that the app needs. */
interface Platform {
  /** The current instant. */
  readonly clock: () => Instant;
  /** Reads a part of the store that is a static asset. */
  readonly readAsset: ReadAsset;
}

/** The app for the bytes of a store. If they cannot be opened, every response is 503. */
export function openApp(store: ArrayBuffer, platform: Platform): Hono<{ Bindings: Environment }> {
  try {
    return createApp(decodeStore(store), platform);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(error.message);
    const app = new Hono<{ Bindings: Environment }>();
    return app.notFound((hono) => handleWithoutStore(hono.req.raw));
  }
}

/** The app for an opened store. */
export function createApp(
  index: StoreIndex,
  { clock, readAsset }: Platform,
): Hono<{ Bindings: Environment }> {
  const site = index.site.settings;
  const recordReaders = createRecordReaders(index, readAsset);
  const snapshotAt = snapshots(index, recordReaders);
  const search = createSearch(index, recordReaders);

  function contextOf(hono: AppContext): RequestContext {
    const now = clock();
    const request = hono.req.raw;
    const { url } = request;
    const snapshot = snapshotAt(now);
    return {
      hono,
      request,
      site,
      url,
      origin: originOf(hono, url, site.url),
      now,
      snapshot,
      recordReader: snapshot.recordReader,
      search,
    };
  }

  const app = new Hono<{ Bindings: Environment }>();
  // One handler per path: Hono is slower with several.
  const resource = (path: string, handler: Handler): void => {
    app.all(path, (hono) => {
      const { method } = hono.req;
      if (READ_METHODS.includes(method)) return handler(contextOf(hono));
      if (method === 'OPTIONS') return handleOptions();
      return handleProblem(contextOf(hono), 'methodNotAllowed', { Allow: ALLOW });
    });
  };
  for (const format of FEED_FORMATS)
    for (const path of paths[format]) resource(path, (context) => handleSlice(context, { form: format }));
  resource(
    paths.home,
    async (context) => (await redirectQuery(context)) ?? handleSlice(context, { form: 'page' }),
  );
  for (const form of ['page', ...FEED_FORMATS] as const) {
    resource(sliceRoute(form, undefined, true), (context) => handleSlice(context, { form, isArchive: true }));
    for (const facet of FACETS) {
      for (const isArchive of [false, true]) {
        resource(sliceRoute(form, facet, isArchive), (context) =>
          handleSlice(context, { form, facet, isArchive }),
        );
      }
    }
  }
  for (const facet of FACETS) resource(indexPath(facet), (context) => handleFacetIndex(context, facet));
  resource(paths.search, (context) => handleSlice(context, { form: 'page', isSearch: true }));
  resource(paths.feeds, handleFeeds);
  resource(paths.opml, handleOpml);
  resource(paths.robots, handleRobots);
  resource(paths.sitemap, handleSitemap);
  resource(paths.newsSitemap, handleNewsSitemap);
  resource(paths.llms, handleLlms);
  resource(paths.sitemapPart, handleSitemapPart);
  resource(paths.article, handleArticle);
  const isRoute = (path: string): boolean => app.router.match('GET', path)[0].length > 0;
  /** The redirect to another spelling of an address, or its response if there is nothing. */
  const trySpelling = async (context: RequestContext, path: string): Promise<Response | undefined> => {
    const { hono, request, url } = context;
    const { pathname, search } = new URL(url);
    if (path === pathname || !isRoute(path)) return undefined;
    const { method } = request;
    const headers = { Accept: request.headers.get('accept') ?? '*/*' };
    const response = await app.request(new URL(path + search, url).href, { method, headers }, hono.env);
    return response.ok ? redirectTo(context, path + search) : response;
  };
  app.notFound(async (hono) => {
    // Browsers do not follow redirects of a preflight request.
    if (hono.req.method === 'OPTIONS') return handleOptions();
    const context = contextOf(hono);
    const bare = new URL(context.url).pathname.replace(/\/{2,}/g, '/').replace(/(?<=[^/])\/$/, '');
    const response = (await trySpelling(context, bare)) ?? (await handleMissing(context));
    if (response.status !== 404) return response;
    return (await trySpelling(context, bare.toLowerCase())) ?? response;
  });
  app.onError((error, hono) => {
    if (error instanceof StoreError) {
      console.error(error.message);
      return handleProblem(contextOf(hono), 'unavailable');
    }
    console.error(error);
    return handleProblem(contextOf(hono), 'failure');
  });
  return app;
}
