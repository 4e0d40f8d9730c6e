import { problemResponse, problems } from '../http/problem.ts';
import { encodeUtf8 } from '../templates/utf8.ts';

/** Seconds. */
export const RETRY_AFTER = '60';

const { title, detail } = problems.unavailable;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
<p>${detail}</p>
</html>
`;

/** The response to every request if the store cannot be opened: the site's own error page is in the store. */
export function handleWithoutStore(request: Request): Response {
  return problemResponse(
    request,
    'unavailable',
    () => new Uint8Array(encodeUtf8(PAGE)),
    {},
    {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'",
      'Retry-After': RETRY_AFTER,
    },
  );
}
