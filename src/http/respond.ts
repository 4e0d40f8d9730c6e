import type { Instant } from '../article.ts';
import { cacheControl, PUBLISHED } from './caching.ts';
import { type DeltaBase, FEED_MANIPULATION, findDeltaBase, wantsDelta } from './delta.ts';
import { type Coding, negotiateCoding } from './negotiation.ts';
import { type Body, CORS_HEADERS, type Representation } from './representation.ts';
import { evaluatePreconditions } from './validators.ts';

/**
 * A GET or HEAD request answered with a representation; decides by its validators before any body is made.
 *
 * @param ifNoneMatch that header field, where it was asked for before
 */
export function respond(
  request: Request,
  representation: Representation,
  now: Instant,
  ifNoneMatch = request.headers.get('if-none-match'),
): Response | Promise<Response> {
  // To ask the request for them again and again costs.
  const { headers: requestHeaders } = request;
  const freshness = cacheControl(PUBLISHED, representation.until, now);
  const precondition = evaluatePreconditions(requestHeaders, ifNoneMatch, representation, now);
  if (precondition !== 'proceed') {
    const status = precondition === 'failed' ? 412 : 304;
    return new Response(null, { status, headers: representation.notModifiedHeaders(freshness) });
  }
  const coding = representation.isCompressed
    ? negotiateCoding(clientAcceptEncoding(request, requestHeaders))
    : 'identity';
  if (representation.hasDeltas && ifNoneMatch !== null && wantsDelta(requestHeaders)) {
    const base = findDeltaBase(ifNoneMatch, representation.etag);
    if (base !== undefined) return deltaResponse(request, representation, base, coding, freshness);
  }
  const headers = representation.fullHeaders(coding, freshness);
  if (request.method === 'HEAD') return response(null, 200, headers);
  return representation.useBody(coding, (body) => response(body, 200, headers));
}

/**
 * RFC 3229: only the entries that the client does not have. It is for this client alone, so caches that do not know
 * instance manipulations must not store it (§10.8).
 */
function deltaResponse(
  request: Request,
  representation: Representation,
  base: DeltaBase,
  coding: Coding,
  freshness: string,
): Response | Promise<Response> {
  const headers = new Headers(
    representation.fullHeaders(coding, `no-store, im, ${freshness.replace('public, ', '')}`),
  );
  headers.set('IM', FEED_MANIPULATION);
  headers.set('Delta-Base', base.etag);
  if (request.method === 'HEAD') return response(null, 226, headers);
  const isWanted = (fingerprint: string): boolean => !base.fingerprints.has(fingerprint);
  return representation.usePart(coding, isWanted, (body) => response(body, 226, headers));
}

/** Its body is a copy (Fetch §5.2). */
function response(body: Body | null, status: number, headers: Headers | Record<string, string>): Response {
  return new Response(body, { status, headers, encodeBody: 'manual' });
}

/**
 * Cloudflare replaces the header field by its own wish, `gzip, br`, and keeps the client's in `request.cf`, empty if it sent
 * none.
 */
function clientAcceptEncoding(request: Request, requestHeaders: Headers): string | null {
  const field = requestHeaders.get('accept-encoding');
  // To ask for `cf` costs as much as many header fields.
  if (field === null || !field.includes('br')) return field;
  const kept = request.cf?.clientAcceptEncoding;
  return typeof kept === 'string' ? kept : field;
}

/** Every resource is read; none is written. */
export const READ_METHODS = ['GET', 'HEAD'];
export const ALLOW = 'GET, HEAD, OPTIONS';

/** RFC 9110 §9.3.7, and the preflight of Fetch §4.8. */
export function handleOptions(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      Allow: ALLOW,
      'Access-Control-Allow-Methods': ALLOW,
      'Access-Control-Allow-Headers': 'A-IM, If-None-Match, If-Modified-Since, Cache-Control',
      'Access-Control-Max-Age': '86400',
    },
  });
}

/** A redirect that scripts of other sites may follow too: every response on the way has to let them (Fetch §4.4). */
export function redirect(location: string, status: 301 | 308): Response {
  return new Response(null, { status, headers: { ...CORS_HEADERS, Location: location } });
}
