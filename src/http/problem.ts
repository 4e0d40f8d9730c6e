import { mediaTypes } from '../routes.ts';
import { type ErrorKind, negotiateErrorKind } from './negotiation.ts';
import { CORS_HEADERS } from './representation.ts';

export interface Problem {
  readonly status: 404 | 405 | 410 | 500;
  readonly title: string;
  readonly detail: string;
  /** The whole page for people. */
  readonly page: () => Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** An error in the reader's format: a page, `application/problem+json` (RFC 9457), or a line of text. */
export function problemResponse(request: Request, problem: Problem): Response {
  const { status, title, detail } = problem;
  const kind = negotiateErrorKind(request.headers.get('accept'));
  const bodies: Record<ErrorKind, () => Uint8Array<ArrayBuffer> | string> = {
    html: problem.page,
    problem: () => `${JSON.stringify({ type: 'about:blank', title, status, detail })}\n`,
    text: () => `${title}. ${detail}\n`,
  };
  const headers = {
    ...problem.headers,
    ...CORS_HEADERS,
    'Content-Type': mediaTypes[kind],
    Vary: 'Accept',
    'X-Content-Type-Options': 'nosniff',
  };
  return new Response(request.method === 'HEAD' ? null : bodies[kind](), { status, headers });
}
