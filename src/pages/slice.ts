import type { Site } from '../config/site.ts';
import { FEED_FORMATS } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import { html } from './html.ts';
import { languageAttributes } from './language-attributes.ts';
import { sitePage } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { siteCard } from './open-graph.ts';
import { script } from './script.ts';
import { FEED_HOLES, foldedSubscribeBox } from './subscribe-box.ts';

/** Articles with something in common, or a page of history, with holes for what they are. */
export function slicePage(site: Site): string {
  const words = messagesFor(site.language);
  return sitePage(site, {
    title: `${HOLES.title}${HOLES.page}`,
    description: `${HOLES.heading}${HOLES.page}. ${site.description}`,
    canonicalPath: HOLES.ownPath,
    head: siteCard(site),
    feeds: FEED_FORMATS.map((format) => ({ format, path: FEED_HOLES[format], title: HOLES.title })),
    scripts: [script],
    main: html`<div class="h-feed">
<h1 class="p-name">${HOLES.heading}${HOLES.page}</h1>
${foldedSubscribeBox(site, words.subscribeTo(HOLES.heading))}
<div class="articles days">
${HOLES.list}</div>
${HOLES.pager}</div>`,
  });
}

/** Links to newer and to older articles. */
export function pagerLinks(site: Site): { newer: string; older: string } {
  const words = messagesFor(site.language);
  const attributes = html`href="${HOLES.ownPath}"${languageAttributes(words, site.language)}`;
  return {
    newer: html`<p class="pager"><a ${attributes} rel="next">${words.newer}</a></p>\n`.markup,
    older: html`<p class="pager"><a ${attributes} rel="prev">${words.older}</a></p>\n`.markup,
  };
}
