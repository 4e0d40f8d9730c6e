import { mediaTypes, paths } from '../routes/paths.ts';
import type { Tombstone } from '../store/metadata.ts';
import { CORS_HEADERS } from './headers.ts';
import { type ErrorKind, negotiateErrorKind } from './negotiation.ts';
import { ALLOW } from './respond.ts';

/** The errors of requests, with the phrases of RFC 9110 §15. */
interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export const problems = {
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
} as const satisfies Record<string, Problem>;

export type ProblemName = keyof typeof problems;

/** An address that the client may have meant. */
export interface Suggestion {
  readonly label: string;
  /** URL. */
  readonly address: string;
}

/** Additional fields of an error response. */
export interface ProblemDetails {
  readonly suggestions?: readonly Suggestion[];
  /** The removed article. */
  readonly tombstone?: Tombstone;
}

/**
 * An error in the reader's format: a page, `application/problem+json` (RFC 9457), or lines of text.
 *
 * @param page renders the page for people
 */
export function problemResponse(
  request: Request,
  name: ProblemName,
  page: () => Uint8Array<ArrayBuffer> | string,
  { suggestions = [], tombstone }: ProblemDetails,
  headers: Readonly<Record<string, string>>,
): Response {
  const { status, title } = problems[name];
  const detail = tombstone === undefined ? problems[name].detail : tellOf(tombstone);
  const kind = negotiateErrorKind(request.headers.get('accept'));
  const extension = {
    ...(suggestions.length === 0 ? {} : { suggestions }),
    ...(tombstone === undefined
      ? {}
      : { article: tombstone.title, removed: new Date(tombstone.removed).toISOString() }),
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
