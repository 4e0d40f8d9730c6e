import { READ_METHODS } from '../http/methods.ts';
import { negotiateForm } from '../http/negotiation.ts';
import { redirect } from '../http/redirect.ts';
import { headersOf, type Representation, representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import { pageHeaders } from '../http/security.ts';
import { composeArticlePage } from '../pages/compose-article.ts';
import {
  ARTICLE_FORMS,
  type ArticleForm,
  articlePath,
  formEndings,
  formPath,
  mediaTypes,
  slugOfPath,
  spellPath,
  splitFormPath,
} from '../routes/paths.ts';
import { answerProblem } from './problems.ts';
import type { Visit } from './request-context.ts';
import { type FormHeaders, formHeaders, representForm } from './text-formats.ts';

/**
 * The permalink of an article, in the form that the client wants most; or, with the ending of a form behind it, that
 * form. An article whose own slug ends so comes first.
 */
export async function answerArticle(visit: Visit): Promise<Response> {
  const { context, edition, origin, request, now } = visit;
  const slug = context.req.param('slug') ?? '';
  const form = negotiateForm(request.headers.get('accept'));
  const key = `${form} ${slug} ${origin}`;
  const known = edition.pages.find(key);
  if (known !== undefined) return respond(request, known, now);
  const made = (await representArticle(visit, slug, form, true)) ?? (await representEnding(visit, slug));
  return made === undefined ? answerMissing(visit) : respond(request, edition.pages.add(key, made), now);
}

async function representEnding(visit: Visit, slug: string): Promise<Representation | undefined> {
  const split = splitFormPath(slug);
  return split && representArticle(visit, split.before, split.form, false);
}

/** @returns undefined when there is no article with this slug */
async function representArticle(
  visit: Visit,
  slug: string,
  form: ArticleForm | 'page',
  isNegotiated: boolean,
): Promise<Representation | undefined> {
  const article = await findArticle(visit, slug);
  if (article === undefined) return undefined;
  const taken = await Promise.all(
    ARTICLE_FORMS.map((other) => findArticle(visit, slug + formEndings[other])),
  );
  const addresses = { slug, forms: ARTICLE_FORMS.filter((_, index) => taken[index] === undefined) };
  const around = formHeaders(visit, article, addresses, form, isNegotiated);
  return form === 'page'
    ? articlePage(visit, article, around)
    : representForm(visit, article, form, addresses, around);
}

/** The permalink with a slash behind. */
export function redirectArticle({ context, origin }: Visit): Response {
  return redirect(origin + articlePath(context.req.param('slug') ?? ''), 308);
}

/** An address at which nothing is: it may have been something before. */
export function answerMissing(visit: Visit): Response {
  const { context, edition, origin } = visit;
  const { store } = edition;
  if (!READ_METHODS.includes(context.req.method)) return answerProblem(visit, 'notFound');
  const path = spellPath(new URL(context.req.url).pathname.replace(/(?<=.)\/$/, ''));
  const slug = store.findMoved(path);
  if (slug !== undefined) return redirect(origin + articlePath(slug), 308);
  // Perhaps a form of what was an article.
  const split = slugOfPath(path) === undefined ? undefined : splitFormPath(path);
  const movedTo = split && store.findMoved(split.before);
  if (split && movedTo !== undefined) return redirect(origin + formPath(movedTo, split.form), 308);
  const gone = store.findGone(path) ?? (split && store.findGone(split.before));
  return gone === undefined ? answerProblem(visit, 'notFound') : answerProblem(visit, 'gone', {}, { gone });
}

async function findArticle({ edition, shelf }: Visit, slug: string): Promise<number | undefined> {
  const candidates = edition.store.withSlug(slug);
  const records = await shelf.open(candidates);
  return candidates.find((candidate) => records.slug(candidate) === slug);
}

async function articlePage(
  { edition, origin, shelf }: Visit,
  article: number,
  { vary, headers }: FormHeaders,
): Promise<Representation> {
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
    kind: headersOf({
      mediaType: mediaTypes.html,
      headers: { ...pageHeaders(store.site), ...headers },
      vary,
    }),
    until: store.until,
  });
}
