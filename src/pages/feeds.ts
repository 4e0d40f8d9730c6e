import type { Site } from '../config/site.ts';
import { EVERYTHING, type Slice, sliceOfValue } from '../facets.ts';
import { FEED_FORMATS, formatNames, paths } from '../routes/paths.ts';
import { indexPath, slicePath } from '../routes/slice-paths.ts';
import type { FacetGroup } from '../store/facets-format.ts';
import { HOLES } from '../templates/holes.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import { sitePage } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { copyScript } from './scripts.ts';
import { subscribeBox } from './subscribe-box.ts';

/** A facet with more values than this shows only the most frequent ones. */
const MAX_SHOWN = 1000;

/** The page of all feeds, with a hole for the list, and how to subscribe to the main feed. */
export function feedsPage(site: Site): string {
  const messages = messagesFor(site.language);
  return sitePage(site, {
    title: `${messages.subscribe} – ${site.title}`,
    description: messages.feedIs,
    canonicalPath: paths.feeds,
    scripts: [copyScript],
    main: html`<h1${languageAttributes(messages, site.language)}>${messages.subscribeTo(site.title)}</h1>
${subscribeBox(site)}
<h2${languageAttributes(messages, site.language)}>${messages.allFeeds}</h2>
<p><a href="${paths.opml}">OPML</a></p>
${HOLES.list}`,
  });
}

/** The list for the hole of `feedsPage`. */
export function feedsList(site: Site, groups: readonly FacetGroup[]): string {
  const all = html`<ul class="feeds">\n${row(EVERYTHING, site.title, undefined)}</ul>\n`;
  const sections = groups.map(({ facet, name, values }) => {
    const shown = mostFrequent(values).map(({ key, label, count }) =>
      row(sliceOfValue(facet, key), label, count),
    );
    return html`<section><h2><a href="${indexPath(facet)}">${name}</a></h2>\n<ul class="feeds">\n${shown}</ul>\n</section>\n`;
  });
  return html`${all}${sections}`.markup;
}

/** Not more than `MAX_SHOWN`. */
export function mostFrequent(values: FacetGroup['values']): FacetGroup['values'] {
  if (values.length <= MAX_SHOWN) return values;
  const least = values.map(({ count }) => count).sort((a, b) => b - a)[MAX_SHOWN] ?? 0;
  return values.filter(({ count }) => count > least);
}

function row(slice: Slice, label: string, count: number | undefined): Html {
  const feeds = FEED_FORMATS.map(
    (format) => html` · <a href="${slicePath(slice, format)}">${formatNames[format]}</a>`,
  );
  const number = count === undefined ? undefined : html` <span class="count">${String(count)}</span>`;
  return html`<li><a href="${slicePath(slice, 'page')}"><bdi>${label}</bdi></a>${number}${feeds}</li>\n`;
}
