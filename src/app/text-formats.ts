import { jsonAlone } from '../feeds/json.ts';
import { headersOf, type Representation, representation } from '../http/representation.ts';
import { FEED_HEADERS } from '../http/security.ts';
import {
  type ArticleForm,
  articlePath,
  bareMediaType,
  formPath,
  formTypes,
  mediaTypes,
} from '../routes/paths.ts';
import type { Stored } from '../templates/fragment-format.ts';
import { composeForm } from '../text-formats/compose.ts';
import type { Visit } from './request-context.ts';

/** An article and where its forms are. */
export interface FormAddresses {
  readonly slug: string;
  /** Those that have an address of their own: it may be another article's. */
  readonly forms: readonly ArticleForm[];
}

/** What is said of how a form was chosen. */
export interface FormHeaders {
  readonly vary: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Header fields of an article's form: where its page (RFC 6596) and its other forms are, where the client's wishes chose
 * it, its own address (RFC 9110 §8.7), and whether search engines are not to know it.
 */
export function formHeaders(
  { origin, edition }: Visit,
  article: number,
  { slug, forms }: FormAddresses,
  form: ArticleForm | 'page',
  isNegotiated: boolean,
): FormHeaders {
  const page = origin + articlePath(slug);
  const others = forms
    .filter((other) => other !== form)
    .map((other) => alternate(origin + formPath(slug, other), formTypes[other]));
  const links =
    form === 'page' ? others : [`<${page}>; rel="canonical"`, alternate(page, mediaTypes.html), ...others];
  const location = isNegotiated && form !== 'page' && forms.includes(form) ? formPath(slug, form) : undefined;
  return {
    vary: isNegotiated ? 'Accept, Accept-Encoding' : 'Accept-Encoding',
    headers: {
      ...(edition.store.isIndexed(article) ? {} : { 'X-Robots-Tag': 'noindex' }),
      ...(links.length === 0 ? {} : { Link: links.join(', ') }),
      ...(location === undefined ? {} : { 'Content-Location': location }),
    },
  };
}

function alternate(url: string, mediaType: string): string {
  return `<${url}>; rel="alternate"; type="${bareMediaType(mediaType)}"`;
}

export async function representForm(
  visit: Visit,
  article: number,
  form: ArticleForm,
  addresses: FormAddresses,
  { vary, headers }: FormHeaders,
): Promise<Representation> {
  const { store } = visit.edition;
  const lastModified = store.changed(article);
  const composition =
    form === 'json'
      ? await composeItem(visit, article, addresses)
      : composeForm({
          name: form,
          template: await readForm(visit, article, form),
          lastModified,
          texts: { origin: visit.origin },
        });
  return representation(
    { ...composition, lastModified },
    {
      kind: headersOf({ mediaType: formTypes[form], headers: { ...FEED_HEADERS, ...headers }, vary }),
      until: store.until,
    },
  );
}

async function readForm({ shelf }: Visit, article: number, form: 'markdown' | 'text'): Promise<Stored> {
  return (await shelf.openForms([article])).fragment(article, form);
}

async function composeItem(
  { site, origin, shelf, edition }: Visit,
  article: number,
  { slug, forms }: FormAddresses,
): Promise<ReturnType<typeof composeForm>> {
  const records = await shelf.open([article]);
  const others = forms.filter((form) => form !== 'json').map((form) => [form, origin + formPath(slug, form)]);
  return composeForm({
    name: 'json',
    template: records.fragment(article, 'json'),
    lastModified: edition.store.changed(article),
    texts: {
      origin: JSON.stringify(origin).slice(1, -1),
      alone: jsonAlone(site, origin, Object.fromEntries(others)),
    },
    own: { body: records.fragment(article, 'body').fragment },
  });
}
