import { CORS_HEADERS } from './representation.ts';

/** A redirect that scripts of other sites may follow too: every response on the way has to let them (Fetch §4.4). */
export function redirect(location: string, status: 301 | 308): Response {
  return new Response(null, { status, headers: { ...CORS_HEADERS, Location: location } });
}
