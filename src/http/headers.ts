/** Public data, for every script (Fetch §3.3). */
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
      // A recording as a whole is a blob, in which one can seek whatever the server.
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

/** Header fields of every feed, which must never run as a page. */
export const FEED_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
} as const;
