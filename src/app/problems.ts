import { sliceOfValue } from '../facets.ts';
import { cacheControl, MISSING } from '../http/caching.ts';
import { type ProblemFacts, type ProblemName, problemResponse } from '../http/problem.ts';
import { pageHeaders } from '../http/security.ts';
import { composeErrorPage } from '../pages/compose-error.ts';
import { slicePath } from '../routes/slice-paths.ts';
import type { UnknownValue } from '../store/store.ts';
import { concatenate } from '../templates/gzip.ts';
import type { Visit } from './request-context.ts';
import { RETRY_AFTER } from './unavailable.ts';

/** An error in the reader's format, with the site's face. */
export function answerProblem(
  { request, edition, origin, now, site }: Visit,
  name: ProblemName,
  headers: Readonly<Record<string, string>> = {},
  facts: ProblemFacts = {},
): Response {
  const { store } = edition;
  const page = (): Uint8Array<ArrayBuffer> =>
    concatenate(
      composeErrorPage(store, site, name, { origin, ...facts }).write,
      (bytes) => new Uint8Array(bytes),
    );
  const isPassing = name === 'failure' || name === 'unavailable';
  return problemResponse(request, name, page, facts, {
    ...pageHeaders(store.site),
    'Cache-Control': isPassing ? 'no-store' : cacheControl(MISSING, store.until, now),
    ...(name === 'unavailable' ? { 'Retry-After': RETRY_AFTER } : {}),
    ...headers,
  });
}

/** There is no such value; those that are spelled alike may have been meant. */
export function answerUnknown(visit: Visit, { unknown, near }: UnknownValue): Response {
  const suggestions = near.map(({ key, label }) => ({
    label,
    address: visit.origin + slicePath(sliceOfValue(unknown, key), 'page'),
  }));
  return answerProblem(visit, 'unknownValue', {}, { suggestions });
}
