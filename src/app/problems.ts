import { CORS_HEADERS, cacheControl, MISSING, pageHeaders } from '../http/headers.ts';
import { type ErrorKind, negotiateErrorKind } from '../http/negotiation.ts';
import { ALLOW } from '../http/respond.ts';
import { composeErrorPage, type ErrorDetails } from '../pages/error.ts';
import { mediaTypes, paths, valuePath } from '../routes/paths.ts';
import type { Tombstone } from '../store/metadata.ts';
import type { UnknownValue } from '../store/store.ts';
import { unlessEmpty } from '../strings.ts';
import { concatenate } from '../templates/gzip.ts';
import type { RequestContext } from './request-context.ts';

/** The errors of requests, with the phrases of RFC 9110 §15. */
const problems = {
  badQuery: { status: 400, title: 'Bad Request', detail: 'The query names too many values.' },
  notFound: { status: 404, title: 'Not Found', detail: 'There is nothing at this address.' },
  unknownValue: {
    status: 404,
    title: 'Not Found',
    detail: `No article has what the address asks for; ${paths.feeds} lists all that there is.`,
  },
  methodNotAllowed: { status: 405, title: 'Method Not Allowed', detail: `This address answers to ${ALLOW}.` },
  gone: { status: 410, title: 'Gone', detail: 'The article has been removed.' },
  failure: {
    status: 500,
    title: 'Internal Server Error',
    detail: 'The fault is ours; please try again in a few minutes.',
  },
  unavailable: {
    status: 503,
    title: 'Service Unavailable',
    detail: 'This part of the archive cannot be read at the moment; please try again in a few minutes.',
  },
} as const;

type ProblemName = keyof typeof problems;

/**
 * An error in the reader's format: a page, `application/problem+json` (RFC 9457), or lines of text.
 *
 * @param page renders the page for people
 */
function problemResponse(
  request: Request,
  name: ProblemName,
  page: () => Uint8Array<ArrayBuffer> | string,
  { suggestions = [], tombstone }: ErrorDetails,
  headers: Readonly<Record<string, string>>,
): Response {
  const { status, title } = problems[name];
  const detail = tombstone === undefined ? problems[name].detail : tellOf(tombstone);
  const kind = negotiateErrorKind(request.headers.get('accept'));
  const extension = {
    suggestions: unlessEmpty(suggestions),
    article: tombstone?.title,
    removed: tombstone && new Date(tombstone.removed).toISOString(),
  };
  const bodies: Record<ErrorKind, () => Uint8Array<ArrayBuffer> | string> = {
    html: page,
    problem: () => `${JSON.stringify({ type: 'about:blank', title, status, detail, ...extension })}\n`,
    text: () =>
      [`${title}. ${detail}`, ...suggestions.map(({ label, address }) => `${label}: ${address}`), ''].join(
        '\n',
      ),
  };
  return new Response(request.method === 'HEAD' ? null : bodies[kind](), {
    status,
    headers: {
      ...headers,
      ...CORS_HEADERS,
      'Content-Type': mediaTypes[kind],
      Vary: 'Accept',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function tellOf({ title, removed }: Tombstone): string {
  const article = title === undefined ? 'The article' : `The article “${title}”`;
  return `${article} was removed on ${new Date(removed).toISOString().slice(0, 10)}.`;
}

/** An error in the format that the client prefers. */
export function handleProblem(
  { request, snapshot, origin, now, site }: RequestContext,
  name: ProblemName,
  headers: Readonly<Record<string, string>> = {},
  details: ErrorDetails = {},
): Response {
  const { store } = snapshot;
  const page = () => concatenate(composeErrorPage(store, site, origin, name, details).write);
  const isTransient = name === 'failure' || name === 'unavailable';
  return problemResponse(request, name, page, details, {
    ...pageHeaders(store.site),
    'Cache-Control': isTransient ? 'no-store' : cacheControl(MISSING, store.until, now),
    ...(name === 'unavailable' ? { 'Retry-After': RETRY_AFTER } : {}),
    ...headers,
  });
}

/** A 404 that suggests values with a similar spelling. */
export function handleUnknownValue(context: RequestContext, { unknown, near }: UnknownValue): Response {
  const suggestions = near.map(({ key, label }) => ({
    label,
    address: context.origin + valuePath(unknown, key),
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
