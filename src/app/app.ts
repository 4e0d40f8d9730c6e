import { Hono } from 'hono';
import type { Instant } from '../article.ts';
import { DIMENSIONS } from '../facets.ts';
import { ALLOW, answerOptions, READ_METHODS } from '../http/methods.ts';
import { FEED_FORMATS, paths } from '../routes/paths.ts';
import { sliceRoute } from '../routes/slice-paths.ts';
import { decodeStore, type StoreIndex } from '../store/format.ts';
import { StoreError } from '../store/integrity.ts';
import { createShelves, type ReadPart } from '../store/record-reader.ts';
import { answerArticle, answerMissing, redirectArticle } from './articles.ts';
import {
  answerFeeds,
  answerLlms,
  answerNewsSitemap,
  answerOpml,
  answerRobots,
  answerSitemap,
  answerSitemapPart,
} from './listings.ts';
import { answerProblem } from './problems.ts';
import { type AppContext, type Environment, originOf, type Visit } from './request-context.ts';
import { createSearch } from './search.ts';
import { answerSlice } from './slice-answers.ts';
import { editions } from './snapshot.ts';
import { answerWithoutStore } from './unavailable.ts';

export type { Environment } from './request-context.ts';

type Answer = (visit: Visit) => Response | Promise<Response>;

/** What the app needs of where it runs. */
export interface Platform {
  /** The current instant. */
  readonly clock: () => Instant;
  /** Reads a part of the store that is published beside the worker. */
  readonly readPart: ReadPart;
}

/** The app over a store as it was built; if that cannot be opened, every request is answered with 503. */
export function openApp(store: ArrayBuffer, platform: Platform): Hono<{ Bindings: Environment }> {
  try {
    return createApp(decodeStore(store), platform);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(error.message);
    const app = new Hono<{ Bindings: Environment }>();
    return app.notFound((context) => answerWithoutStore(context.req.raw));
  }
}

/** The right half of the house: the store in, responses out. */
export function createApp(index: StoreIndex, { clock, readPart }: Platform): Hono<{ Bindings: Environment }> {
  const site = index.site.settings;
  const shelves = createShelves(index, readPart);
  const editionAt = editions(index, shelves);
  const search = createSearch(index, shelves);

  function visitOf(context: AppContext): Visit {
    const now = clock();
    const request = context.req.raw;
    const { url } = request;
    const edition = editionAt(now);
    return {
      context,
      request,
      site,
      url,
      origin: originOf(context, url, site.url),
      now,
      edition,
      shelf: edition.shelf,
      search,
    };
  }

  const app = new Hono<{ Bindings: Environment }>({ strict: true });
  // One handler a path: with more of them Hono goes a longer way.
  const resource = (path: string, answer: Answer): void => {
    app.all(path, (context) => {
      const { method } = context.req;
      if (READ_METHODS.includes(method)) return answer(visitOf(context));
      if (method === 'OPTIONS') return answerOptions();
      return answerProblem(visitOf(context), 'methodNotAllowed', { Allow: ALLOW });
    });
  };
  for (const format of FEED_FORMATS)
    for (const path of paths[format]) resource(path, (visit) => answerSlice(visit, { form: format }));
  resource(paths.home, (visit) => answerSlice(visit, { form: 'page' }));
  for (const form of ['page', ...FEED_FORMATS] as const) {
    resource(sliceRoute(form, undefined, true), (visit) => answerSlice(visit, { form, isArchive: true }));
    for (const dimension of DIMENSIONS) {
      for (const isArchive of [false, true]) {
        resource(sliceRoute(form, dimension, isArchive), (visit) =>
          answerSlice(visit, { form, dimension, isArchive }),
        );
      }
    }
  }
  resource(paths.search, (visit) => answerSlice(visit, { form: 'page', isSearch: true }));
  resource(paths.feeds, answerFeeds);
  resource(paths.opml, answerOpml);
  resource(paths.robots, answerRobots);
  resource(paths.sitemap, answerSitemap);
  resource(paths.newsSitemap, answerNewsSitemap);
  resource(paths.llms, answerLlms);
  resource(paths.sitemapPart, (visit) => answerSitemapPart(visit) ?? answerMissing(visit));
  resource(paths.article, answerArticle);
  resource(paths.articleSlash, redirectArticle);
  app.notFound((context) => answerMissing(visitOf(context)));
  app.onError((error, context) => {
    if (error instanceof StoreError) {
      console.error(error.message);
      return answerProblem(visitOf(context), 'unavailable');
    }
    console.error(error);
    return answerProblem(visitOf(context), 'failure');
  });
  return app;
}
