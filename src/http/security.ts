/**
 * Header fields of every page: nothing but the page's own stylesheet, and media from anywhere over https.
 *
 * @param styleSource CSP source expression of that stylesheet
 */
export function pageHeaders(styleSource: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src ${styleSource}`,
      "img-src 'self' https: data:",
      "media-src 'self' https:",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  };
}

/** Header fields of every feed: data that must never act as a page. */
export const FEED_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
} as const;
