import type { Instant } from '../article.ts';
import { cacheControl, PUBLISHED } from './caching.ts';
import { negotiateCoding } from './negotiation.ts';
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
  const coding = negotiateCoding(clientAcceptEncoding(request));
  const body = request.method === 'HEAD' ? null : representation.body(coding);
  return new Response(body, { headers: representation.fullHeaders(coding, freshness), encodeBody: 'manual' });
}

/** Cloudflare replaces the header field by its own wish and keeps the client's in `request.cf`, empty if it sent none. */
function clientAcceptEncoding(request: Request): string | null {
  const field = request.cf?.clientAcceptEncoding;
  return typeof field === 'string' ? field : request.headers.get('accept-encoding');
}
