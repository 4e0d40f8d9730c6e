import { CORS_HEADERS } from './representation.ts';

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
