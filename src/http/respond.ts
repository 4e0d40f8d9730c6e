import type { Instant } from '../article.ts';
import { cacheControl, PUBLISHED } from './caching.ts';
import { negotiateCoding } from './negotiation.ts';
import type { Representation } from './representation.ts';
import { evaluatePreconditions } from './validators.ts';

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
    'Cache-Control': cacheControl(PUBLISHED, representation.until, now),
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

/** Cloudflare replaces the header field by its own wish and keeps the client's in `request.cf`, empty if it sent none. */
function clientAcceptEncoding(request: Request): string | null {
  const field = request.cf?.clientAcceptEncoding;
  return typeof field === 'string' ? field : request.headers.get('accept-encoding');
}
