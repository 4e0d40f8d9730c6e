import { jsonAlone } from '../feeds/json.ts';
import { headersOf, Representation } from '../http/representation.ts';
import { FEED_HEADERS } from '../http/security.ts';
import {
  type ArticleFormat,
  articlePath,
  bareMediaType,
  formatPath,
  formatTypes,
  mediaTypes,
} from '../routes/paths.ts';
import { type Composition, compose, originChange } from '../templates/compose.ts';
import type { StoredFragment } from '../templates/fragment.ts';
import type { RequestContext } from './request-context.ts';

/** An article and the addresses of its formats. */
export interface FormatAddresses {
  readonly slug: string;
  /** The formats that have an address: another article's slug may take it. */
  readonly forms: readonly ArticleFormat[];
}

/** Header fields about the choice of a format. */
export interface FormatHeaders {
  readonly vary: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Links to the article's page (RFC 6596) and to its other formats, `Content-Location` of a negotiated format (RFC 9110
 * §8.7), and `X-Robots-Tag`.
 */
export function formatHeaders(
  { origin, snapshot }: RequestContext,
  article: number,
  { slug, forms }: FormatAddresses,
  form: ArticleFormat | 'page',
  isNegotiated: boolean,
): FormatHeaders {
  const page = origin + articlePath(slug);
  const others = forms
    .filter((other) => other !== form)
    .map((other) => alternate(origin + formatPath(slug, other), formatTypes[other]));
  const links =
    form === 'page' ? others : [`<${page}>; rel="canonical"`, alternate(page, mediaTypes.html), ...others];
  const location =
    isNegotiated && form !== 'page' && forms.includes(form) ? formatPath(slug, form) : undefined;
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

export async function representTextFormat(
  context: RequestContext,
  article: number,
  form: ArticleFormat,
  addresses: FormatAddresses,
  { vary, headers }: FormatHeaders,
): Promise<Representation> {
  const { store } = context.snapshot;
  const lastModified = store.changed(article);
  const composition =
    form === 'json'
      ? await composeItem(context, article, addresses)
      : compose({
          name: form,
          template: await readTextFormat(context, article, form),
          lastModified,
          originChange: originChange(context.site.url, context.origin),
          texts: { origin: context.origin },
        });
  return new Representation(
    { ...composition, lastModified },
    {
      headers: headersOf(formatTypes[form], vary, { ...FEED_HEADERS, ...headers }),
      until: store.until,
    },
  );
}

async function readTextFormat(
  { recordReader }: RequestContext,
  article: number,
  form: 'markdown' | 'text',
): Promise<StoredFragment> {
  return (await recordReader.openTextFormats([article])).fragment(article, form);
}

async function composeItem(
  { site, origin, recordReader, snapshot }: RequestContext,
  article: number,
  { slug, forms }: FormatAddresses,
): Promise<Composition> {
  const records = await recordReader.open([article]);
  const others = forms
    .filter((form) => form !== 'json')
    .map((form) => [form, origin + formatPath(slug, form)]);
  return compose({
    name: 'json',
    template: records.fragment(article, 'json'),
    lastModified: snapshot.store.changed(article),
    originChange: originChange(site.url, origin),
    texts: {
      origin: JSON.stringify(origin).slice(1, -1),
      alone: jsonAlone(site, origin, Object.fromEntries(others)),
    },
    pieces: { body: [{ fragment: records.fragment(article, 'body') }] },
  });
}
