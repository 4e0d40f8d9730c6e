import type { Instant } from '../article.ts';
import type { Sink } from '../templates/fragment.ts';
import { concatenate, gzip } from '../templates/gzip.ts';
import { CORS_HEADERS, cacheControl, REDIRECTED } from './headers.ts';
import { type Coding, type CodingChoice, type ComposedCoding, negotiateCoding } from './negotiation.ts';
import type { Body, Representation } from './representation.ts';
import { type DeltaBase, evaluatePreconditions, FEED_MANIPULATION, findDeltaBase } from './validators.ts';

/** The response to a GET or HEAD request. Preconditions are evaluated before a body is made. */
export async function respond(
  request: Request,
  representation: Representation,
  now: Instant,
): Promise<Response> {
  const { headers: requestHeaders } = request;
  const freshness = cacheControl(representation.freshness, representation.until, now);
  const precondition = evaluatePreconditions(requestHeaders, representation, now);
  if (precondition === 'failed')
    return new Response(null, { status: 412, headers: { ...CORS_HEADERS, 'Cache-Control': 'no-store' } });
  if (precondition === 'not modified') return notModified(representation, freshness);
  const { hasDeltas, hasBrotli, isCompressed } = representation;
  const field = isCompressed ? requestHeaders.get('accept-encoding') : null;
  const own = clientAcceptEncoding(request, field);
  const choice = negotiateCoding(own);
  const isManipulated = hasDeltas && requestHeaders.has('a-im');
  const base = isManipulated ? findDeltaBase(requestHeaders, representation.etag) : undefined;
  if (base !== undefined) return deltaResponse(request, representation, base, choice.composed, freshness);
  const codingOf = ({ any, composed }: CodingChoice): Coding => (hasBrotli ? any : composed);
  const coding = codingOf(choice);
  // A cache key has the field as Cloudflare rewrites it, and a response to `A-IM` must not reach other clients.
  const isShared = !isManipulated && (own === field || codingOf(negotiateCoding(field)) === coding);
  const headers = representation.headersFor(`${coding} ${isShared} ${freshness}`, () => ({
    ...fullHeaders(representation, coding, freshness),
    // RFC 9213; other clients of the cache would get it too.
    ...(!isShared && { 'CDN-Cache-Control': 'no-store' }),
  }));
  if (request.method === 'HEAD') return response(null, 200, headers);
  const known = representation.knownBody(coding);
  if (known !== undefined) return response(known, 200, headers);
  const { write } = await representation.composition();
  const body = encode(choice.composed, write);
  representation.keepBody(choice.composed, body);
  return response(body, 200, headers);
}

/** The header fields of RFC 9110 §15.4.5, and those that let scripts read them. */
function notModified(representation: Representation, freshness: string): Response {
  const headers = representation.headersFor(freshness, () => {
    const { Vary, 'Content-Location': location } = representation.headers;
    return {
      ...CORS_HEADERS,
      ...(location !== undefined && { 'Content-Location': location }),
      'Cache-Control': freshness,
      ETag: representation.etag,
      Vary,
    };
  });
  return new Response(null, { status: 304, headers });
}

/**
 * Only the entries that the client lacks (RFC 3229). Caches that do not know instance manipulations must not store it
 * (§10.8).
 */
async function deltaResponse(
  request: Request,
  representation: Representation,
  base: DeltaBase,
  coding: ComposedCoding,
  freshness: string,
): Promise<Response> {
  const headers = {
    ...fullHeaders(representation, coding, `no-store, im, ${freshness.replace('public, ', '')}`),
    IM: FEED_MANIPULATION,
    'Delta-Base': base.etag,
  };
  if (request.method === 'HEAD') return response(null, 226, headers);
  const { write } = await representation.composition();
  const isWanted = (fingerprint: string): boolean => !base.fingerprints.has(fingerprint);
  return response(
    encode(coding, (sink) => write(sink, isWanted)),
    226,
    headers,
  );
}

function fullHeaders(
  { headers, etag, lastModified }: Representation,
  coding: Coding,
  cacheControl: string,
): Record<string, string> {
  return {
    ...headers,
    'Cache-Control': cacheControl,
    ETag: etag,
    ...(coding !== 'identity' && { 'Content-Encoding': coding }),
    ...(lastModified !== undefined && { 'Last-Modified': new Date(lastModified).toUTCString() }),
  };
}

function encode(coding: ComposedCoding, write: (sink: Sink) => void): Body {
  return coding === 'gzip' ? gzip(write) : concatenate(write);
}

/** `Response` copies the body (Fetch §5.2), which may be a buffer that is used again. */
function response(body: Body | null, status: number, headers: Headers | Record<string, string>): Response {
  return new Response(body, { status, headers, encodeBody: 'manual' });
}

/**
 * What the client accepts: Cloudflare replaces the header field with `gzip, br` and keeps the client's value in
 * `request.cf`; it is empty if the client sent none.
 */
function clientAcceptEncoding(request: Request, field: string | null): string | null {
  // Reading `cf` is as expensive as reading many header fields.
  if (field === null || !field.includes('br')) return field;
  const kept = request.cf?.clientAcceptEncoding;
  return typeof kept === 'string' ? kept : field;
}

/** Every resource is read-only. */
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
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Max-Age': '86400',
    },
  });
}

/**
 * A redirect that scripts of other sites may follow: CORS applies to every response of a chain of redirects (Fetch
 * §4.4).
 *
 * @param until the instant from which it may lead elsewhere
 */
export function redirect(location: string, status: 301 | 308, until: Instant, now: Instant): Response {
  return new Response(null, {
    status,
    headers: {
      ...CORS_HEADERS,
      'Cache-Control': cacheControl(REDIRECTED, until, now),
      Location: location,
    },
  });
}
