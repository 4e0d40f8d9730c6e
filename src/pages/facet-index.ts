import type { Site } from '../config/site.ts';
import { EVERYTHING, type Facet, type Slice, sliceOfValue } from '../facets.ts';
import { directionOf } from '../locale.ts';
import { memoized } from '../memo.ts';
import { FEED_FORMATS, formatNames, indexPath, paths, slicePath, valuePath } from '../routes/paths.ts';
import type { FacetGroup } from '../store/facets-format.ts';
import type { Store } from '../store/store.ts';
import { HOLES } from '../templates/holes.ts';
import { dotted, type Html, html } from './html.ts';
import { sitePage } from './layout.ts';
import { siteCard } from './structured-data.ts';
import { headingOf } from './value-names.ts';

/** A facet with more values than this shows only the most frequent ones. */
const MAX_SHOWN = 1000;

/** The page that lists the values of a facet, with holes for its name and the values. */
export function facetIndexPage(site: Site): string {
  return sitePage(site, {
    title: `${HOLES.heading} – ${site.title}`,
    description: `${HOLES.heading}. ${site.description}`,
    canonicalPath: HOLES.ownPath,
    head: siteCard(site),
    isList: true,
    main: html`<h1>${HOLES.heading}</h1>
<ul class="index">
${HOLES.list}</ul>`,
  });
}

/** The list for the hole of `facetIndexPage`. */
export function facetIndexList(site: Site, { facet, values }: FacetGroup): string {
  const rows = mostFrequent(values).map(({ key, label, count }) => {
    const description = headingOf(site, facet, key)?.description;
    return html`<li><a href="${valuePath(facet, key)}"><bdi>${label}</bdi></a> <span class="count">${String(count)}</span>${description && html`<p>${description}</p>`}</li>
`;
  });
  return html`${rows}`.markup;
}

/** The list for the hole of the page of all feeds. */
export function feedsList(site: Site, groups: readonly FacetGroup[]): string {
  const opml = html` · <a href="${paths.opml}">OPML</a>`;
  const all = html`<ul class="feeds">\n${row(EVERYTHING, site.title, undefined, opml)}</ul>\n`;
  const sections = groups.map(({ facet, name, values }) => {
    const shown = mostFrequent(values).map(({ key, label, count }) =>
      row(sliceOfValue(facet, key), label, count),
    );
    return html`<section><h2><a href="${indexPath(facet)}">${name}</a></h2>\n<ul class="feeds">\n${shown}</ul>\n</section>\n`;
  });
  return html`${all}${sections}`.markup;
}

/** Not more than `MAX_SHOWN`. */
function mostFrequent(values: FacetGroup['values']): FacetGroup['values'] {
  if (values.length <= MAX_SHOWN) return values;
  const least = values.map(({ count }) => count).sort((a, b) => b - a)[MAX_SHOWN] ?? 0;
  return values.filter(({ count }) => count > least);
}

function row(slice: Slice, label: string, count: number | undefined, more?: Html): Html {
  const feeds = FEED_FORMATS.map(
    (format) => html` · <a href="${slicePath(slice, format)}">${formatNames[format]}</a>`,
  );
  const number = count === undefined ? undefined : html` <span class="count">${String(count)}</span>`;
  return html`<li><a href="${slicePath(slice, 'page')}"><bdi>${label}</bdi></a>${number}${feeds}${more}</li>\n`;
}

/** The facets with at least two values: a list of one value is of no use. */
export function browsableFacets(store: Store): Facet[] {
  return BROWSED.filter((facet) => store.hasValues(facet, 2));
}

const BROWSED: readonly Facet[] = ['collection', 'tag', 'author', 'source', 'language', 'year'];

const linksOf = memoized(
  (store: Store) => memoized((language: string | undefined) => writeIndexLinks(store, language)),
  new WeakMap(),
);

/**
 * Links to the lists of values, for the foot of pages.
 *
 * @param language of the words; undefined: that of the site
 */
export function indexLinks(store: Store, language: string | undefined): string {
  return linksOf(store)(language);
}

function writeIndexLinks(store: Store, language: string | undefined): string {
  const { facetNames, otherFacetNames } = store.site;
  const names = (language === undefined ? undefined : otherFacetNames[language]) ?? facetNames;
  const rows = browsableFacets(store).map((facet) => html`<a href="${indexPath(facet)}">${names[facet]}</a>`);
  if (rows.length === 0) return '';
  const attributes =
    language === undefined ? undefined : html` lang="${language}" dir="${directionOf(language)}"`;
  return html`<p${attributes}>${dotted(rows)}</p>\n`.markup;
}
