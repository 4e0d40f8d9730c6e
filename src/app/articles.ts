import { jsonAlone } from '../feeds/json.ts';
import { DATA_HEADERS, headersOf, pageHeaders } from '../http/headers.ts';
import { negotiateFormat } from '../http/negotiation.ts';
import { Representation } from '../http/representation.ts';
import { READ_METHODS, respond } from '../http/respond.ts';
import { composeArticlePage } from '../pages/compose.ts';
import {
  ARTICLE_FORMATS,
  type ArticleFormat,
  articlePath,
  bareMediaType,
  formatEndings,
  formatPath,
  formatTypes,
  mediaTypes,
  slugOfPath,
  spellPath,
  splitFormatPath,
} from '../routes/paths.ts';
import { compose, originChange, type Parts } from '../templates/compose.ts';
import { redirectFormer } from './former-addresses.ts';
import { handleProblem } from './problems.ts';
import type { RequestContext } from './request-context.ts';

/**
 * The permalink of an article, in the format that the client prefers. With the ending of a format, such as `.md`, it is
 * that format, unless an article has a slug with this ending.
 */
export async function handleArticle(context: RequestContext): Promise<Response> {
  const { hono, snapshot, origin, request, now } = context;
  const slug = hono.req.param('slug') ?? '';
  const format = negotiateFormat(request.headers.get('accept'));
  const key = `${format} ${slug} ${origin}`;
  const known = snapshot.pages.find(key);
  if (known !== undefined) return respond(request, known, now);
  const made =
    (await representArticle(context, slug, format, true)) ?? (await representEnding(context, slug));
  return made === undefined ? handleMissing(context) : respond(request, snapshot.pages.add(key, made), now);
}

async function representEnding(context: RequestContext, slug: string): Promise<Representation | undefined> {
  const split = splitFormatPath(slug);
  return split && representArticle(context, split.before, split.format, false);
}

/** @returns undefined if no article has this slug */
async function representArticle(
  context: RequestContext,
  slug: string,
  format: ArticleFormat | 'page',
  isNegotiated: boolean,
): Promise<Representation | undefined> {
  const article = await findBySlug(context, slug);
  if (article === undefined) return undefined;
  const taken = await Promise.all(
    ARTICLE_FORMATS.map((other) => findBySlug(context, slug + formatEndings[other])),
  );
  const addresses = { slug, formats: ARTICLE_FORMATS.filter((_, index) => taken[index] === undefined) };
  const around = formatHeaders(context, article, addresses, format, isNegotiated);
  return format === 'page'
    ? articlePage(context, article, around)
    : representTextFormat(context, article, format, addresses, around);
}

/** An address without a resource: a former address redirects, a removed article is 410, anything else 404. */
export async function handleMissing(context: RequestContext): Promise<Response> {
  const { hono, snapshot, url } = context;
  const { store } = snapshot;
  if (!READ_METHODS.includes(hono.req.method)) return handleProblem(context, 'notFound');
  const path = spellPath(new URL(url).pathname.replace(/(?<=.)\/$/, ''));
  const split = slugOfPath(path) === undefined ? undefined : splitFormatPath(path);
  const tombstone = store.findTombstone(path) ?? (split && store.findTombstone(split.before));
  if (tombstone !== undefined) return handleProblem(context, 'gone', {}, { tombstone });
  return (await redirectFormer(context)) ?? handleProblem(context, 'notFound');
}

async function findBySlug(
  { snapshot, recordReader }: RequestContext,
  slug: string,
): Promise<number | undefined> {
  const candidates = snapshot.store.withSlug(slug);
  const records = await recordReader.open(candidates);
  return candidates.find((candidate) => records.slug(candidate) === slug);
}

async function articlePage(
  { snapshot, origin, recordReader }: RequestContext,
  article: number,
  { vary, headers }: FormatHeaders,
): Promise<Representation> {
  const { store } = snapshot;
  const { previous, next } = store.neighbours(article);
  // At most two reads: the next article is left out if all three would need one.
  const around = [article, previous, next].filter((other) => other !== undefined);
  const reads = new Set(around.map(recordReader.externalSegment).filter((segment) => segment !== undefined));
  const mentioned = { previous, next: reads.size > 2 ? undefined : next };
  const records = await recordReader.open(
    [article, mentioned.previous, mentioned.next].filter((other) => other !== undefined),
  );
  return new Representation(composeArticlePage(store, { article, ...mentioned, records, origin }), {
    headers: headersOf(mediaTypes.html, vary, { ...pageHeaders(store.site), ...headers }),
    until: store.until,
  });
}

/** An article and the addresses of its formats. */
interface FormatAddresses {
  readonly slug: string;
  /** The formats that have an address: another article's slug may take it. */
  readonly formats: readonly ArticleFormat[];
}

/** Header fields about the choice of a format. */
interface FormatHeaders {
  readonly vary: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Links to the article's page (RFC 6596) and to its other formats, `Content-Location` of a negotiated format (RFC 9110
 * §8.7), and `X-Robots-Tag`.
 */
function formatHeaders(
  { origin, snapshot }: RequestContext,
  article: number,
  { slug, formats }: FormatAddresses,
  format: ArticleFormat | 'page',
  isNegotiated: boolean,
): FormatHeaders {
  const page = origin + articlePath(slug);
  const others = formats
    .filter((other) => other !== format)
    .map((other) => alternate(origin + formatPath(slug, other), formatTypes[other]));
  const links =
    format === 'page' ? others : [`<${page}>; rel="canonical"`, alternate(page, mediaTypes.html), ...others];
  const location =
    isNegotiated && format !== 'page' && formats.includes(format) ? formatPath(slug, format) : undefined;
  return {
    vary: isNegotiated ? 'Accept, Accept-Encoding' : 'Accept-Encoding',
    headers: {
      ...(snapshot.store.isIndexed(article) ? {} : { 'X-Robots-Tag': 'noindex' }),
      ...(links.length === 0 ? {} : { Link: links.join(', ') }),
      ...(location === undefined ? {} : { 'Content-Location': location }),
    },
  };
}

function alternate(url: string, mediaType: string): string {
  return `<${url}>; rel="alternate"; type="${bareMediaType(mediaType)}"`;
}

async function representTextFormat(
  context: RequestContext,
  article: number,
  format: ArticleFormat,
  addresses: FormatAddresses,
  { vary, headers }: FormatHeaders,
): Promise<Representation> {
  const { site, origin, recordReader, snapshot } = context;
  const parts =
    format === 'json'
      ? await itemParts(context, article, addresses)
      : {
          template: (await recordReader.openTextFormats([article])).fragment(article, format),
          texts: { origin },
        };
  const composition = compose({
    ...parts,
    name: format,
    lastModified: snapshot.store.changed(article),
    originChange: originChange(site.url, origin),
  });
  return new Representation(composition, {
    headers: headersOf(formatTypes[format], vary, { ...DATA_HEADERS, ...headers }),
    until: snapshot.store.until,
  });
}

/** An item of JSON Feed. */
async function itemParts(
  { site, origin, recordReader }: RequestContext,
  article: number,
  { slug, formats }: FormatAddresses,
): Promise<Pick<Parts, 'template' | 'texts' | 'pieces'>> {
  const records = await recordReader.open([article]);
  const others = formats
    .filter((format) => format !== 'json')
    .map((format) => [format, origin + formatPath(slug, format)]);
  return {
    template: records.fragment(article, 'json'),
    texts: {
      origin: JSON.stringify(origin).slice(1, -1),
      alone: jsonAlone(site, origin, Object.fromEntries(others)),
    },
    pieces: { body: [{ fragment: records.fragment(article, 'body') }] },
  };
}
