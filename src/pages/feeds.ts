import { FEED_FORMATS, formatNames, paths, slicePath } from '../routes.ts';
import type { Site } from '../settings.ts';
import { EVERYTHING, type Slice, sliceOfValue } from '../slice.ts';
import { HOLES } from '../store/template.ts';
import type { ValueGroup } from '../store/value-group.ts';
import { type Html, html } from './html.ts';
import { page } from './layout.ts';

/** A dimension more of whose values are shown than this shows those that most articles have. */
const MAX_SHOWN = 1000;

/** Every feed of the site, with a hole for them. */
export function feedsPage(site: Site): string {
  return page({
    title: `Feeds – ${site.title}`,
    language: site.language,
    canonicalPath: paths.feeds,
    main: html`<h1>Feeds</h1>
<p class="lead"><a href="${paths.opml}">All of them as a list for a feed reader (OPML)</a></p>
${HOLES.list}`,
  });
}

/** What fills the hole of `feedsPage`. */
export function feedsList(site: Site, groups: readonly ValueGroup[]): string {
  const all = html`<ul class="feeds">\n${row(EVERYTHING, site.title, undefined)}</ul>\n`;
  const sections = groups.map(({ dimension, name, values }) => {
    const shown = mostFrequent(values).map(({ key, label, count }) =>
      row(sliceOfValue(dimension, key), label, count),
    );
    return html`<section><h2>${name}</h2>\n<ul class="feeds">\n${shown}</ul>\n</section>\n`;
  });
  return html`${all}${sections}`.markup;
}

function mostFrequent(values: ValueGroup['values']): ValueGroup['values'] {
  if (values.length <= MAX_SHOWN) return values;
  const least = values.map(({ count }) => count).sort((a, b) => b - a)[MAX_SHOWN] ?? 0;
  return values.filter(({ count }) => count > least);
}

function row(slice: Slice, label: string, count: number | undefined): Html {
  const feeds = FEED_FORMATS.map(
    (format) => html` · <a href="${slicePath(slice, format)}">${formatNames[format]}</a>`,
  );
  const number = count === undefined ? undefined : html` <span class="count">${String(count)}</span>`;
  return html`<li><a href="${slicePath(slice, 'page')}">${label}</a>${number}${feeds}</li>\n`;
}
