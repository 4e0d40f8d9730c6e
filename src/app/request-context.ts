import type { Context } from 'hono';
import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { RecordReader } from '../store/record-reader.ts';
import type { Search } from './search.ts';
import type { Snapshot } from './snapshot.ts';

export interface Environment {
  /** The site's origin, such as `https://example.org`; without it every request's own origin is taken. */
  readonly SITE_URL?: string;
}

export type AppContext = Context<{ Bindings: Environment }>;

/** A request and what it meets. */
export interface RequestContext {
  readonly hono: AppContext;
  readonly request: Request;
  readonly site: Site;
  /** That was asked for, whole; to ask the request for it costs. */
  readonly url: string;
  /** Such as `https://example.org`. */
  readonly origin: string;
  readonly now: Instant;
  readonly snapshot: Snapshot;
  readonly recordReader: RecordReader;
  readonly search: Search;
}

/** Never from `X-Forwarded-*`, which anybody may send. */
export function originOf(hono: AppContext, url: string): string {
  const pinned = hono.env?.SITE_URL;
  if (pinned) {
    if (/^https?:/i.test(pinned) && URL.canParse(pinned)) return new URL(pinned).origin;
    console.error(`Cannot use SITE_URL "${pinned}": expected an address such as https://example.org`);
  }
  return url.slice(0, url.indexOf('/', 'https://'.length));
}
