import type { Instant } from '../article.ts';

/** Scripts of every site may read responses (Fetch §3.3). */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Location, Delta-Base, ETag, IM, Last-Modified, Link',
} as const;

/** Header fields by name. */
export interface ResponseHeaders extends Readonly<Record<string, string>> {
  /** The request fields that choose the representation (RFC 9110 §12.5.5). */
  readonly Vary: string;
}

/** The header fields of all responses with a media type. */
export function headersOf(
  mediaType: string,
  vary: string,
  headers: Readonly<Record<string, string>>,
): ResponseHeaders {
  return {
    ...headers,
    ...CORS_HEADERS,
    'Content-Type': mediaType,
    Vary: vary,
    'X-Content-Type-Options': 'nosniff',
  };
}

interface PageSources {
  readonly styleSource: string;
  readonly scriptSource: string;
}

/**
 * Header fields of every page. They allow only the page's own stylesheet and scripts, and media from any site over
 * https.
 *
 * @param sources CSP source expressions of these two
 */
export function pageHeaders(sources: PageSources): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src ${sources.styleSource}`,
      `script-src ${sources.scriptSource}`,
      "img-src 'self' https: data:",
      // A recording that is loaded whole is a blob: it can be sought even if its server supports no ranges.
      "media-src 'self' https: blob:",
      "font-src 'self'",
      "manifest-src 'self'",
      // For search while typing, and for browser extensions that look for feeds from within a page.
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  };
}

/** Header fields of everything that is not a page and must never run as one. */
export const DATA_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
} as const;

/** Lifetimes of a response in caches (RFC 5861); seconds. */
export interface Freshness {
  readonly maxAge: number;
  /** How long caches may serve it stale while they revalidate or the worker fails; 0: never. */
  readonly stale: number;
}

/** The bounds of the lifetime of a feed, unless the publisher states it. */
const MIN_AGE = 300;
const MAX_AGE = 3600;

export const PUBLISHED = freshness(MIN_AGE);
export const REDIRECTED = freshness(MAX_AGE);
export const MISSING = freshness(60, 0);

export function freshness(maxAge: number, stale = 600): Freshness {
  return { maxAge, stale };
}

/** `Cache-Control` of a response that is valid until an instant; no cache may serve it after that. */
export function cacheControl({ maxAge, stale }: Freshness, until: Instant, now: Instant): string {
  const left = Math.max(0, Math.floor((until - now) / 1000));
  const isWhole = left >= maxAge + stale && stale > 0;
  // Without such a directive, Cloudflare serves a stale response for as long as the worker fails.
  const later = isWhole ? `stale-while-revalidate=${stale}, stale-if-error=${stale}` : 'must-revalidate';
  return `public, max-age=${Math.min(maxAge, left)}, ${later}`;
}

/** The number of latest changes from which the frequency of changes is estimated. */
const CHANGES = 10;
/** Changes within this time, such as those of an imported archive, count as one; milliseconds. */
const SLOT = 1000 * MIN_AGE;
/** The usual time between two changes is divided by this: a daily feed is fresh for an hour. */
const SHARE = 24;

/** How often a feed changed lately. */
export interface Cadence {
  readonly last: Instant;
  /** The usual time between two changes; Infinity if it is unknown. */
  readonly gap: number;
}

/** @param changes when it changed, in any order */
export function cadenceOf(changes: readonly Instant[]): Cadence {
  const slots = new Set(changes.map((change) => Math.floor(change / SLOT)));
  const latest = [...slots].sort((a, b) => b - a).slice(0, CHANGES);
  const [last = Number.NEGATIVE_INFINITY] = latest;
  const gaps = latest.length - 1;
  return {
    last: last * SLOT,
    gap: gaps > 0 ? ((last - (latest[gaps] ?? 0)) / gaps) * SLOT : Number.POSITIVE_INFINITY,
  };
}

/**
 * The minutes for which a feed is fresh.
 *
 * @param now the time since the last change counts if it is longer than usual; absent: it does not count
 */
export function freshFor({ last, gap }: Cadence, now?: Instant): number {
  const silence = now === undefined ? 0 : now - last;
  const seconds = Math.max(gap, silence) / SHARE / 1000;
  return Math.round(Math.min(MAX_AGE, Math.max(MIN_AGE, seconds)) / 60);
}
