import { FEED_FORMATS, type FeedFormat, formatNames, paths } from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { html } from './html.ts';
import { page } from './layout.ts';

/** The newest articles, with a hole for them. */
export function homePage(site: Site): string {
  return page({
    title: site.title,
    description: site.description,
    language: site.language,
    canonicalPath: paths.home,
    main: html`<h1>${site.title}</h1>
<p class="lead">${site.description}</p>
<ol class="articles h-feed">
${HOLES.list}</ol>
${HOLES.pager}`,
  });
}

/** What a browser gets that navigates to a feed: what a feed is, its address, and its newest entries. */
export function subscribePage(site: Site): string {
  const feeds: Readonly<Record<FeedFormat, string>> = {
    rss: HOLES.rssPath,
    atom: HOLES.atomPath,
    json: HOLES.jsonPath,
  };
  const formats = FEED_FORMATS.map(
    (format) => html`<li>${formatNames[format]}: <code>${HOLES.origin}${feeds[format]}</code></li>\n`,
  );
  return page({
    title: `Subscribe to ${HOLES.title}`,
    language: site.language,
    main: html`<h1>Subscribe to ${HOLES.title}</h1>
<div class="subscribe">
<p>This is the address of a web feed. A feed reader that knows it brings you every new article. Copy it into yours:</p>
<p><code class="address">${HOLES.origin}${HOLES.feed}</code></p>
<p>The same articles come in three formats; any of them will do.</p>
<ul>
${formats}</ul>
</div>
<h2 class="label">Newest articles</h2>
<ol class="articles">
${HOLES.list}</ol>`,
  });
}
