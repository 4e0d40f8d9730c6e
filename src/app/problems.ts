import { sliceOfValue } from '../facets.ts';
import { cacheControl, MISSING } from '../http/caching.ts';
import { pageHeaders } from '../http/headers.ts';
import { type ProblemDetails, type ProblemName, problemResponse, problems } from '../http/problem.ts';
import { composeErrorPage } from '../pages/compose-error.ts';
import { slicePath } from '../routes/slice-paths.ts';
import type { UnknownValue } from '../store/store.ts';
import { concatenate } from '../templates/gzip.ts';
import type { RequestContext } from './request-context.ts';

/** An error in the format that the client prefers. */
export function handleProblem(
  { request, snapshot, origin, now, site }: RequestContext,
  name: ProblemName,
  headers: Readonly<Record<string, string>> = {},
  metadata: ProblemDetails = {},
): Response {
  const { store } = snapshot;
  const page = () => concatenate(composeErrorPage(store, site, name, { origin, ...metadata }).write);
  const isPassing = name === 'failure' || name === 'unavailable';
  return problemResponse(request, name, page, metadata, {
    ...pageHeaders(store.site),
    'Cache-Control': isPassing ? 'no-store' : cacheControl(MISSING, store.until, now),
    ...(name === 'unavailable' ? { 'Retry-After': RETRY_AFTER } : {}),
    ...headers,
  });
}

/** A 404 that suggests values with a similar spelling. */
export function handleUnknownValue(context: RequestContext, { unknown, near }: UnknownValue): Response {
  const suggestions = near.map(({ key, label }) => ({
    label,
    address: context.origin + slicePath(sliceOfValue(unknown, key), 'page'),
  }));
  return handleProblem(context, 'unknownValue', {}, { suggestions });
}

/** Seconds. */
const RETRY_AFTER = '60';

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
    () => PAGE,
    {},
    {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'",
      'Retry-After': RETRY_AFTER,
    },
  );
}
