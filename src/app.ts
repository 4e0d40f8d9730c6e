import { type Context, Hono } from 'hono';
import type { Instant } from './article.ts';
import { composeFeed } from './feeds/compose.ts';
import { cacheControl, MISSING } from './http/caching.ts';
import { concatenate } from './http/gzip.ts';
import { keep } from './http/keep.ts';
import { ALLOW, answerOptions, READ_METHODS } from './http/methods.ts';
import { isNavigation } from './http/negotiation.ts';
import { type ProblemName, problemResponse } from './http/problem.ts';
import { type Representation, representation } from './http/representation.ts';
import { respond } from './http/respond.ts';
import { FEED_HEADERS, pageHeaders } from './http/security.ts';
import { hasCurrent } from './http/validators.ts';
import { composeArticlePage, composeErrorPage, composeListPage } from './pages/compose.ts';
import { articlePath, FEED_FORMATS, type FeedFormat, feedPath, mediaTypes, paths } from './routes.ts';
import type { Site } from './settings.ts';
import type { Columns } from './store/format.ts';
import { openStore, type Store } from './store/store.ts';

export interface Environment {
  /** The site's origin, such as `https://example.org`; without it every request's own origin is taken. */
  readonly SITE_URL?: string;
}

type AppContext = Context<{ Bindings: Environment }>;

/** Whole representations kept: feeds and lists in a few formats for a few origins, and the pages of some articles. */
const MAX_KEPT_LISTS = 16;
const MAX_KEPT_PAGES = 64;

/**
 * The right half of the house: the store in, responses out.
 *
 * @param clock the current instant
 */
export function createApp(
  site: Site,
  columns: Columns,
  clock: () => Instant,
): Hono<{ Bindings: Environment }> {
  let store: Store | undefined;
  let kept = keep<Representation>(MAX_KEPT_LISTS);
  let keptPages = keep<Representation>(MAX_KEPT_PAGES);

  function storeAt(now: Instant): Store {
    if (store === undefined || now < store.from || now >= store.until) {
      store = openStore(columns, now);
      kept = keep(MAX_KEPT_LISTS);
      keptPages = keep(MAX_KEPT_PAGES);
    }
    return store;
  }

  function feed(context: AppContext, format: FeedFormat): Response {
    const now = clock();
    const current = storeAt(now);
    const origin = originOf(context);
    const made = kept(`${format} ${origin}`, () =>
      representation(composeFeed(current, site, format, origin), {
        mediaType: mediaTypes[format],
        headers: FEED_HEADERS,
        vary: 'Accept, Accept-Encoding, Sec-Fetch-Mode',
        until: current.until,
      }),
    );
    const request = context.req.raw;
    if (hasCurrent(request.headers, made) || !isNavigation(request.headers))
      return respond(request, made, now);
    const page = kept(`subscribe ${format} ${origin}`, () => listPage(current, 'subscribe', origin, format));
    return respond(request, page, now);
  }

  function listPage(
    current: Store,
    name: 'home' | 'subscribe',
    origin: string,
    format: FeedFormat,
  ): Representation {
    return representation(
      composeListPage(current, name, current.newest(site.feedSize), origin, feedPath(format)),
      {
        mediaType: mediaTypes.html,
        headers: pageHeaders(current.site.styleSource),
        vary: name === 'home' ? 'Accept-Encoding' : 'Accept, Accept-Encoding, Sec-Fetch-Mode',
        until: current.until,
      },
    );
  }

  function home(context: AppContext): Response {
    const now = clock();
    const current = storeAt(now);
    const origin = originOf(context);
    return respond(
      context.req.raw,
      kept(`home ${origin}`, () => listPage(current, 'home', origin, 'rss')),
      now,
    );
  }

  function article(context: AppContext): Response {
    const now = clock();
    const current = storeAt(now);
    const found = current.findBySlug(context.req.param('slug') ?? '');
    if (found === undefined) return missing(context);
    const origin = originOf(context);
    const page = keptPages(`${found} ${origin}`, () =>
      representation(composeArticlePage(current, found, origin), {
        mediaType: mediaTypes.html,
        headers: pageHeaders(current.site.styleSource),
        vary: 'Accept-Encoding',
        until: current.until,
      }),
    );
    return respond(context.req.raw, page, now);
  }

  /** An address at which nothing is: it may have been something before. */
  function missing(context: AppContext): Response {
    const current = storeAt(clock());
    const path = new URL(context.req.url).pathname.replace(/(?<=.)\/$/, '');
    const isRead = READ_METHODS.includes(context.req.method);
    const slug = isRead ? current.findMoved(path) : undefined;
    if (slug !== undefined) return context.redirect(originOf(context) + articlePath(slug), 308);
    return problem(context, isRead && current.isGone(path) ? 'gone' : 'notFound');
  }

  function problem(context: AppContext, name: ProblemName, headers: Record<string, string> = {}): Response {
    const now = clock();
    const current = storeAt(now);
    const shown = name === 'methodNotAllowed' ? 'notFound' : name;
    const page = (): Uint8Array<ArrayBuffer> =>
      concatenate(composeErrorPage(current, shown, originOf(context)).literals);
    return problemResponse(context.req.raw, name, page, {
      ...pageHeaders(current.site.styleSource),
      'Cache-Control': name === 'failure' ? 'no-store' : cacheControl(MISSING, current.until, now),
      ...headers,
    });
  }

  const app = new Hono<{ Bindings: Environment }>({ strict: true });
  // One handler a path: with more of them Hono goes a longer way.
  const resource = (path: string, handler: (context: AppContext) => Response): void => {
    app.all(path, (context) => {
      const { method } = context.req;
      if (READ_METHODS.includes(method)) return handler(context);
      return method === 'OPTIONS' ? answerOptions() : problem(context, 'methodNotAllowed', { Allow: ALLOW });
    });
  };
  for (const format of FEED_FORMATS) {
    for (const path of paths[format]) resource(path, (context) => feed(context, format));
  }
  resource(paths.home, home);
  resource(paths.article, article);
  resource(paths.articleSlash, withoutSlash);
  app.notFound(missing);
  app.onError((error, context) => {
    console.error(error);
    return problem(context, 'failure');
  });
  return app;
}

function withoutSlash(context: AppContext): Response {
  return context.redirect(originOf(context) + articlePath(context.req.param('slug') ?? ''), 308);
}

/** Never from `X-Forwarded-*`, which anybody may send. */
function originOf(context: AppContext): string {
  const pinned = context.env?.SITE_URL;
  if (pinned) {
    if (/^https?:/i.test(pinned) && URL.canParse(pinned)) return new URL(pinned).origin;
    console.error(`Cannot use SITE_URL "${pinned}": expected an address such as https://example.org`);
  }
  const { url } = context.req;
  return url.slice(0, url.indexOf('/', 'https://'.length));
}
