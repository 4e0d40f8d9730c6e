import type { Context } from 'hono';
import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { redirect } from '../http/respond.ts';
import type { RecordReader } from '../store/record-reader.ts';
import type { Search } from './search.ts';
import type { Snapshot } from './snapshot.ts';

export interface Environment {
  /** Overrides the `url` of the site's settings; empty: links take the origin of each request. */
  readonly SITE_URL?: string;
}

export type AppContext = Context<{ Bindings: Environment }>;

/** A request, and the site at its instant. */
export interface RequestContext {
  readonly hono: AppContext;
  readonly request: Request;
  readonly site: Site;
  /** The URL of the request. Reading it from the request is expensive. */
  readonly url: string;
  /** Such as `https://example.org`. */
  readonly origin: string;
  readonly now: Instant;
  readonly snapshot: Snapshot;
  readonly recordReader: RecordReader;
  readonly search: Search;
}

/**
 * The origin of the site's links. `X-Forwarded-*` is ignored: any client can send it.
 *
 * @param siteUrl the `url` of the site's settings
 */
export function originOf(hono: AppContext, url: string, siteUrl: string | undefined): string {
  const override = hono.env?.SITE_URL;
  if (override) {
    if (/^https?:/i.test(override) && URL.canParse(override)) return new URL(override).origin;
    console.error(`Cannot use SITE_URL "${override}": expected an address such as https://example.org`);
  }
  if (override !== '' && siteUrl !== undefined) return siteUrl;
  return url.slice(0, url.indexOf('/', 'https://'.length));
}

/** A redirect to a path of the site. */
export function redirectTo(
  { origin, snapshot, now }: RequestContext,
  path: string,
  status: 301 | 308,
): Response {
  return redirect(origin + path, status, snapshot.store.until, now);
}
