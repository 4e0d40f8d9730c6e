import { READ_METHODS } from '../http/methods.ts';
import { type Representation, representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { pageHeaders } from '../http/security.ts';
import { composeArticlePage } from '../pages/compose.ts';
import { articlePath, mediaTypes } from '../routes.ts';
import { answerProblem } from './problems.ts';
import type { Visit } from './visit.ts';

/** The permalink of an article. */
export async function answerArticle(visit: Visit): Promise<Response> {
  const { context, edition, origin, request, now } = visit;
  const slug = context.req.param('slug') ?? '';
  const key = `${slug} ${origin}`;
  const known = edition.pages.find(key);
  if (known !== undefined) return respond(request, known, now);
  const article = await findArticle(visit, slug);
  if (article === undefined) return answerMissing(visit);
  return respond(request, edition.pages.add(key, await articlePage(visit, article)), now);
}

/** The permalink with a slash behind. */
export function redirectArticle({ context, origin }: Visit): Response {
  return context.redirect(origin + articlePath(context.req.param('slug') ?? ''), 308);
}

/** An address at which nothing is: it may have been something before. */
export function answerMissing(visit: Visit): Response {
  const { context, edition, origin } = visit;
  const { store } = edition;
  const path = new URL(context.req.url).pathname.replace(/(?<=.)\/$/, '');
  const isRead = READ_METHODS.includes(context.req.method);
  const slug = isRead ? store.findMoved(path) : undefined;
  if (slug !== undefined) return context.redirect(origin + articlePath(slug), 308);
  const removed = isRead ? store.removedAt(path) : undefined;
  return removed === undefined
    ? answerProblem(visit, 'notFound')
    : answerProblem(visit, 'gone', {}, { removed });
}

async function findArticle({ edition, shelf }: Visit, slug: string): Promise<number | undefined> {
  const candidates = edition.store.withSlug(slug);
  const records = await shelf.open(candidates);
  return candidates.find((candidate) => records.slug(candidate) === slug);
}

async function articlePage({ edition, origin, shelf }: Visit, article: number): Promise<Representation> {
  const { store } = edition;
  const { previous, next } = store.neighbours(article);
  // At most two reads: the second neighbour is left out where each of the three would need one.
  const around = [article, previous, next].filter((other) => other !== undefined);
  const reads = new Set(around.map(shelf.segmentBeside).filter((segment) => segment !== undefined));
  const mentioned = { previous, next: reads.size > 2 ? undefined : next };
  const records = await shelf.open(
    [article, mentioned.previous, mentioned.next].filter((other) => other !== undefined),
  );
  return representation(composeArticlePage(store, { article, ...mentioned, records, origin }), {
    mediaType: mediaTypes.html,
    headers: pageHeaders(store.site),
    vary: 'Accept-Encoding',
    until: store.until,
  });
}
