import type { Article, Mention, Person } from '../article.ts';
import type { Site } from '../config/site.ts';
import { type Facet, type FacetValue, keyOf } from '../facets.ts';
import { directionOf } from '../locale.ts';
import { articlePath, paths, valuePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { podcastOf } from './enclosures.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/en.ts';
import { hrefOf } from './pictures.ts';
import { valueName } from './value-names.ts';

/** Above the title: the series that an article is a part of. */
export function seriesLine({ series, language }: Article, messages: Messages): Html | undefined {
  if (series === undefined) return undefined;
  const { name, part, parts } = series;
  const place =
    parts < 2
      ? undefined
      : html`<span${languageAttributes(messages, language)}>${messages.part(part, parts)}</span> · `;
  return html`<p class="kicker">${place}<a href="${valuePath('series', keyOf(name))}">${name}</a></p>
`;
}

/** Links to the parts before and after an article in its series. */
export function seriesLinks({ series, language }: Article, messages: Messages): Html | undefined {
  if (series === undefined || series.parts < 2) return undefined;
  const attributes = languageAttributes(messages, language);
  const link = (mention: Mention | undefined, label: string, className: string): Html | undefined =>
    mention &&
    html`<p class="${className}"><small${attributes}>${label}</small> ${mentionLink(mention)}</p>\n`;
  return html`<nav class="around" aria-label="${series.name}">
${link(series.previous, messages.previousPart, 'older')}${link(series.next, messages.nextPart, 'newer')}</nav>
`;
}

/** Articles about the same. */
export function relatedArticles({ related, language }: Article, messages: Messages): Html | undefined {
  if (related.length === 0) return undefined;
  const items = related.map((mention) => html`<li>${mentionLink(mention)}</li>\n`);
  return html`<section class="related" aria-labelledby="tidings_related">
<h2 id="tidings_related"${languageAttributes(messages, language)}>${messages.related}</h2>
<ul>
${items}</ul>
</section>
`;
}

/** A link to another article. */
export function mentionLink({ slug, title, language }: Mention): Html {
  return html`<a href="${articlePath(slug)}" hreflang="${language}" lang="${language}" dir="${directionOf(language)}">${title}</a>`;
}

/** The part after the text: authors, tags, and links to share the article. */
export function articleFoot(article: Article, site: Site, messages: Messages): Html {
  const { language, title, slug, tags, source, listed } = article;
  const attributes = languageAttributes(messages, language);
  const podcast = podcastOf(article, site);
  // A browser that follows it gets the page that explains the feed.
  const feed =
    podcast === undefined ? paths.feeds : valuePath('collection', keyOf(podcast.collection), 'rss');
  const links = listed
    ? [
        ...values(tags, (tag) => valueName(site, 'tag', tag)).map((value) => valueLink('tag', value)),
        ...values(source === undefined ? [] : [source.title]).map((value) => valueLink('source', value)),
      ]
    : [];
  // Spaces and slashes need no encoding in the query of such a URL, but the title may hold anything.
  const mail = `mailto:?subject=${encodeURIComponent(title)}&body=${HOLES.origin}${articlePath(slug)}`;
  return html`<footer>
${article.authors.flatMap((author) => authorCard(author, article) ?? [])}${
  links.length === 0 ? undefined : html`<p class="tags">${links}</p>\n`
}<p class="share"${attributes}><a class="button quiet" href="${feed}">${messages.subscribeTo((podcast ?? site).title)}</a> <a href="${mail}">${messages.byMail}</a> <button type="button" class="button quiet scripted">${messages.share}</button></p>
</footer>
`;
}

/** The header of the list of a person's articles: picture, biography and home page; undefined without any. */
export function personHeader({ uri, image, biography }: Person): Html | undefined {
  if (uri === undefined && image === undefined && biography === undefined) return undefined;
  const site = uri?.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
  const lines = [
    ...(biography === undefined ? [] : [html`<span class="p-note" dir="auto">${biography}</span>`]),
    ...(uri === undefined ? [] : [html`<a class="u-url" href="${uri}" rel="me">${site}</a>`]),
  ];
  return html`<div class="author h-card">${portrait(image)}<p>${lines.flatMap((line, at) => (at === 0 ? [line] : [html`<br>`, line]))}</p></div>
`;
}

/** The portrait of a person; undefined without one. */
export function portrait(image: string | undefined): Html | undefined {
  return image === undefined
    ? undefined
    : html`<img src="${hrefOf(image)}" alt="" width="64" height="64" loading="lazy" decoding="async">`;
}

/** An author with a picture or a biography. */
function authorCard(author: Person, article: Article): Html | undefined {
  const { name, image, biography } = author;
  if (image === undefined && biography === undefined) return undefined;
  const url = authorUrl(author, article);
  const named = url === undefined ? html`${name}` : html`<a href="${url}">${name}</a>`;
  return html`<div class="author">${portrait(image)}<p><strong dir="auto">${named}</strong>${biography === undefined ? undefined : html`<br><span dir="auto">${biography}</span>`}</p></div>
`;
}

/** The author's articles on this site, or else the author's home page. */
export function authorUrl({ name, uri }: Person, { listed }: Article): string | undefined {
  const key = keyOf(name);
  return listed && key !== '' ? valuePath('author', key) : uri;
}

export function valueLink(facet: Facet, { key, label }: FacetValue): Html {
  const path = valuePath(facet, key);
  return facet === 'tag'
    ? html`<a class="p-category" rel="tag" href="${path}">${label}</a> `
    : html`<a href="${path}">${label}</a> `;
}

/** A value without a name in URLs has no link. */
export function values(labels: readonly string[], nameOf = (label: string): string => label): FacetValue[] {
  return labels.map((label) => ({ key: keyOf(label), label: nameOf(label) })).filter(({ key }) => key !== '');
}
