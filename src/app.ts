import { Hono } from 'hono';
import { answerArticle, answerMissing, redirectArticle } from './app/articles.ts';
import { editions } from './app/edition.ts';
import {
  answerFeeds,
  answerLlms,
  answerNewsSitemap,
  answerOpml,
  answerRobots,
  answerSitemap,
  answerSitemapPart,
} from './app/listings.ts';
import { answerProblem } from './app/problems.ts';
import { createSearch } from './app/search.ts';
import { answerSlice } from './app/slice-answers.ts';
import { type AppContext, type Environment, originOf, type Visit } from './app/visit.ts';
import type { Instant } from './article.ts';
import { ALLOW, answerOptions, READ_METHODS } from './http/methods.ts';
import { sliceRoute } from './routes/slices.ts';
import { FEED_FORMATS, paths } from './routes.ts';
import type { Site } from './settings.ts';
import { DIMENSIONS } from './slice.ts';
import type { StoreIndex } from './store/format.ts';
import { SegmentError } from './store/segment-format.ts';
import { createShelves, type ReadPart } from './store/shelf.ts';

export type { Environment } from './app/visit.ts';

type Answer = (visit: Visit) => Response | Promise<Response>;

/** What the app needs of where it runs. */
export interface Platform {
  /** The current instant. */
  readonly clock: () => Instant;
  /** Reads a part of the store that is published beside the worker. */
  readonly readPart: ReadPart;
}

/** The right half of the house: the store in, responses out. */
export function createApp(
  site: Site,
  index: StoreIndex,
  { clock, readPart }: Platform,
): Hono<{ Bindings: Environment }> {
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
      origin: originOf(context, url),
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
    if (error instanceof SegmentError) {
      console.error(error.message);
      return answerProblem(visitOf(context), 'unavailable');
    }
    console.error(error);
    return answerProblem(visitOf(context), 'failure');
  });
  return app;
}
