import type { Instant } from '../article.ts';
import { negotiateCoding } from './negotiation.ts';
import type { Representation } from './representation.ts';
import { evaluatePreconditions } from './validators.ts';

/** How long a response may be used without asking, and for how long after that while asking; seconds. */
const MAX_AGE = 300;
const STALE_WHILE_REVALIDATE = 600;

/** Public data, for every script (Fetch §3.3). */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
} as const;

/** A GET or HEAD request answered with a representation; decides by its validators before any body is made. */
export function respond(request: Request, representation: Representation, now: Instant): Response {
  const { etag, lastModified, vary } = representation;
  const precondition = evaluatePreconditions(request.headers, representation);
  const headers: Record<string, string> = {
    ...representation.headers,
    ...CORS_HEADERS,
    'Cache-Control': cacheControl(representation.until, now),
    ETag: etag,
    Vary: vary,
    'X-Content-Type-Options': 'nosniff',
  };
  if (lastModified !== undefined) headers['Last-Modified'] = new Date(lastModified).toUTCString();
  if (precondition === 'not modified') return new Response(null, { status: 304, headers });
  if (precondition === 'failed') return new Response(null, { status: 412, headers });

  headers['Content-Type'] = representation.mediaType;
  const coding = negotiateCoding(clientAcceptEncoding(request));
  if (coding === 'gzip') headers['Content-Encoding'] = 'gzip';
  if (request.method === 'HEAD') return new Response(null, { headers, encodeBody: 'manual' });
  return new Response(representation.body(coding), { headers, encodeBody: 'manual' });
}

/** Neither fresh nor stale use may outlast the instant at which a scheduled article appears. */
function cacheControl(until: Instant, now: Instant): string {
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  if (left >= MAX_AGE + STALE_WHILE_REVALIDATE) return LONG_LIVED;
  const maxAge = Math.min(MAX_AGE, left);
  return `public, max-age=${maxAge}, stale-while-revalidate=${Math.min(STALE_WHILE_REVALIDATE, left - maxAge)}`;
}

const LONG_LIVED = `public, max-age=${MAX_AGE}, stale-while-revalidate=${STALE_WHILE_REVALIDATE}`;

/** Cloudflare replaces the header field by its own wish and keeps the client's in `request.cf`, empty if it sent none. */
function clientAcceptEncoding(request: Request): string | null {
  const field = request.cf?.clientAcceptEncoding;
  return typeof field === 'string' ? field : request.headers.get('accept-encoding');
}
