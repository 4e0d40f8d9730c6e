import { type Dimension, EVERYTHING, isEverything, keyOf } from '../facets.ts';
import type { Kept } from '../http/lru-cache.ts';
import { isNavigation } from '../http/negotiation.ts';
import { redirect } from '../http/redirect.ts';
import type { Representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { isFeedFormat, parsePageNumber } from '../routes/paths.ts';
import { isSpelled, parametersOf, parseSlice, type SliceForm, slicePath } from '../routes/slice-paths.ts';
import { canonicalQuery } from '../search/query.ts';
import { answerProblem, answerUnknown } from './problems.ts';
import type { Visit } from './request-context.ts';
import type { SliceQuestion } from './select-articles.ts';
import { representSlice } from './slices.ts';

/** What an address says by itself; the rest is in its parameters `key` and `page`, and in its query. */
export interface SliceAddress {
  readonly form: SliceForm;
  /** The dimension whose value is the parameter `key`. */
  readonly dimension?: Dimension;
  /** Whether the parameter `page` is the number of a page of history. */
  readonly isArchive?: boolean;
  /** Whether it is the page to search on when the query asks for nothing. */
  readonly isSearch?: boolean;
}

/** A feed or a page of articles: all of them, or a slice, or a page of its history. */
export function answerSlice(visit: Visit, address: SliceAddress): Response | Promise<Response> {
  const { context, edition, url } = visit;
  const { form, dimension, isArchive, isSearch } = address;
  const parameters = parametersOf(url);
  if (dimension === undefined && !isArchive && parameters.length === 0)
    return answerEverything(visit, address);

  const label = dimension === undefined ? undefined : (context.req.param('key') ?? '');
  const archive = isArchive ? parsePageNumber(context.req.param('page') ?? '') : undefined;
  if ((isArchive && archive === undefined) || (label !== undefined && keyOf(label) === ''))
    return answerProblem(visit, 'notFound');
  const value = dimension === undefined || label === undefined ? undefined : { dimension, label };
  const slice = parseSlice(value, parameters, canonicalQuery);
  if (slice === undefined) return answerProblem(visit, 'badQuery');
  if (isSearch && isEverything(slice)) return answerEverything(visit, address);
  const question = archive === undefined ? { slice, form } : { slice, form, archive };
  const path = slicePath(slice, form, archive);
  const unknown = edition.store.findUnknown(slice);
  if (unknown !== undefined) return answerUnknown(visit, unknown);
  // Feed readers follow 301 more gladly than 308.
  if (!isSpelled(url, path)) return redirect(visit.origin + path, form === 'page' ? 308 : 301);
  return answer(visit, question, edition.lists, `${form} ${path} ${visit.origin}`);
}

/** Without anything to search for, the page to search on. */
function answerEverything(visit: Visit, { form, isSearch }: SliceAddress): Response | Promise<Response> {
  const { edition, origin } = visit;
  return isSearch
    ? answer(visit, { slice: EVERYTHING, form: 'searchForm' }, edition.lists, `search ${origin}`)
    : answer(visit, { slice: EVERYTHING, form }, edition.feeds, `${form} ${origin}`);
}

function answer(
  visit: Visit,
  question: SliceQuestion,
  kept: Kept<Representation>,
  key: string,
): Response | Promise<Response> {
  const known = kept.find(key);
  if (known !== undefined) return send(visit, question, known, kept, key);
  const sent = (made: Representation | undefined): Response | Promise<Response> => {
    if (made === undefined) return answerProblem(visit, 'notFound');
    const response = send(visit, question, kept.add(key, made), kept, key);
    made.settle();
    return response;
  };
  const made = representSlice(visit, question);
  return made instanceof Promise ? made.then(sent) : sent(made);
}

/** A browser that navigates to a feed gets a page that explains it; everyone else gets the feed. */
function send(
  visit: Visit,
  question: SliceQuestion,
  made: Representation,
  kept: Kept<Representation>,
  key: string,
): Response | Promise<Response> {
  const { request, now } = visit;
  const { form } = question;
  const { headers } = request;
  const ifNoneMatch = headers.get('if-none-match');
  if (isFeedFormat(form) && ifNoneMatch !== made.etag && isNavigation(headers))
    return answer(
      visit,
      { slice: question.slice, form: 'subscribe', format: form },
      kept,
      `subscribe ${key}`,
    );
  return respond(request, made, now, ifNoneMatch);
}
