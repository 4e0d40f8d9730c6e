import { bareMediaType, FEED_FORMATS, type FeedFormat, formatNames, mediaTypes } from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { html } from './html.ts';
import { page } from './layout.ts';

/** Paths of the page's own feeds. */
export const FEED_HOLES: Readonly<Record<FeedFormat, string>> = {
  rss: HOLES.rssPath,
  atom: HOLES.atomPath,
  json: HOLES.jsonPath,
};

/** Articles with something in common, or a page of history, with holes for what they are. */
export function slicePage(site: Site): string {
  const feeds = FEED_FORMATS.map(
    (format, index) =>
      html`${index > 0 ? ' · ' : ''}<a href="${FEED_HOLES[format]}" type="${bareMediaType(mediaTypes[format])}">${formatNames[format]}</a>`,
  );
  return page({
    title: HOLES.title,
    language: site.language,
    canonicalPath: HOLES.ownPath,
    feeds: FEED_FORMATS.map((format) => ({ format, path: FEED_HOLES[format], title: HOLES.title })),
    main: html`<h1>${HOLES.heading}</h1>
<p class="meta">${feeds}</p>
<ol class="articles h-feed">
${HOLES.list}</ol>
${HOLES.pager}`,
  });
}

/** Links to the articles before and after an article. */
export function neighbourLinks(): { previous: string; next: string } {
  return {
    previous: html`<p>Previous: ${HOLES.mention}</p>\n`.markup,
    next: html`<p>Next: ${HOLES.mention}</p>\n`.markup,
  };
}

/** Links to newer and to older articles. */
export function pagerLinks(): { newer: string; older: string } {
  return {
    newer: html`<p><a href="${HOLES.ownPath}" rel="next">Newer articles</a></p>\n`.markup,
    older: html`<p><a href="${HOLES.ownPath}" rel="prev">Older articles</a></p>\n`.markup,
  };
}
