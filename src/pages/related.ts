import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { type Facet, type FacetValue, keyOf, sliceOfValue } from '../facets.ts';
import { UNDETERMINED } from '../locale.ts';
import { slicePath } from '../routes/slice-paths.ts';
import type { Dates } from './dates.ts';
import { type Html, html } from './html.ts';
import { languageAttributes, languageName } from './language.ts';
import type { Messages } from './messages/messages.ts';
import { valueName } from './value-names.ts';

/** Links to the slices of an article; none for an unlisted article. */
export function related(article: Article, site: Site, messages: Messages, dates: Dates): Html | undefined {
  if (!article.listed) return undefined;
  const { tags, collection, source, authors, language, published } = article;
  const isTold = language !== UNDETERMINED;
  const rows: [Facet, readonly FacetValue[]][] = [
    ['tag', values(tags, (tag) => valueName(site, 'tag', tag))],
    [
      'collection',
      values(collection === undefined ? [] : [collection], (label) => valueName(site, 'collection', label)),
    ],
    ['source', values(source === undefined ? [] : [source.title])],
    ['author', values(authors.map(({ name }) => name))],
    ['language', isTold && language !== site.language ? [languageValue(language, messages)] : []],
    ['year', values([dates.calendarDay(published).slice(0, -'-MM-DD'.length)])],
  ];
  const attributes = languageAttributes(messages, language);
  const terms = rows
    .filter(([, row]) => row.length > 0)
    .map(
      ([facet, row]) =>
        html`<dt${attributes}>${messages.one[facet]}</dt><dd>${row.map((value) => valueLink(facet, value))}</dd>\n`,
    );
  return html`<dl class="about">
${terms}</dl>
`;
}

/** A link to the articles with a facet value. */
export function valueLink(facet: Facet, { key, label }: FacetValue): Html {
  const path = slicePath(sliceOfValue(facet, key), 'page');
  return facet === 'tag'
    ? html`<a class="p-category" rel="tag" href="${path}">${label}</a> `
    : html`<a href="${path}">${label}</a> `;
}

/** A value without a name in URLs has no link. */
export function values(labels: readonly string[], nameOf = (label: string): string => label): FacetValue[] {
  return labels.map((label) => ({ key: keyOf(label), label: nameOf(label) })).filter(({ key }) => key !== '');
}

function languageValue(tag: string, messages: Messages): FacetValue {
  return { key: tag.toLowerCase(), label: languageName(tag, messages.language) };
}
