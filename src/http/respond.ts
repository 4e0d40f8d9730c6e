import type { Instant } from '../article.ts';
import { cacheControl, PUBLISHED } from './caching.ts';
import { FEED_MANIPULATION, findDeltaBase, wantsDelta } from './delta.ts';
import { type Coding, negotiateCoding } from './negotiation.ts';
import type { Representation } from './representation.ts';
import { evaluatePreconditions } from './validators.ts';

/** A GET or HEAD request answered with a representation; decides by its validators before any body is made. */
export function respond(request: Request, representation: Representation, now: Instant): Response {
  const freshness = cacheControl(PUBLISHED, representation.until, now);
  const precondition = evaluatePreconditions(request.headers, representation);
  if (precondition !== 'proceed') {
    const status = precondition === 'failed' ? 412 : 304;
    return new Response(null, { status, headers: representation.notModifiedHeaders(freshness) });
  }
  const coding = representation.isCompressed ? negotiateCoding(clientAcceptEncoding(request)) : 'identity';
  const delta = representation.hasDeltas
    ? deltaResponse(request, representation, coding, freshness)
    : undefined;
  if (delta !== undefined) return delta;
  const body = request.method === 'HEAD' ? null : representation.body(coding);
  return new Response(body, { headers: representation.fullHeaders(coding, freshness), encodeBody: 'manual' });
}

/**
 * RFC 3229: only the entries that the client does not have. It is for this client alone, so caches that do not know
 * instance manipulations must not store it (§10.8).
 */
function deltaResponse(
  request: Request,
  representation: Representation,
  coding: Coding,
  freshness: string,
): Response | undefined {
  if (!wantsDelta(request.headers)) return undefined;
  const base = findDeltaBase(request.headers, representation.entries);
  if (base === undefined) return undefined;
  const headers = new Headers(
    representation.fullHeaders(coding, `no-store, im, ${freshness.replace('public, ', '')}`),
  );
  headers.set('IM', FEED_MANIPULATION);
  headers.set('Delta-Base', base.etag);
  const body =
    request.method === 'HEAD'
      ? null
      : representation.part(coding, (fingerprint) => !base.fingerprints.has(fingerprint));
  return new Response(body, { status: 226, headers, encodeBody: 'manual' });
}

/** Cloudflare replaces the header field by its own wish and keeps the client's in `request.cf`, empty if it sent none. */
function clientAcceptEncoding(request: Request): string | null {
  const field = request.cf?.clientAcceptEncoding;
  return typeof field === 'string' ? field : request.headers.get('accept-encoding');
}
