import type { Site } from '../config/site.ts';
import { FEED_FORMATS, paths } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { type Html, html } from './html.ts';
import { siteData } from './json-ld.ts';
import { languageAttributes } from './language.ts';
import { sitePage } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { siteCard } from './open-graph.ts';
import { script } from './script.ts';
import { searchForm } from './search.ts';
import { FEED_HOLES, foldedSubscribeBox, subscribeBox } from './subscribe-box.ts';

/** The page of a slice, or of a history page, with holes for its title and articles. */
export function slicePage(site: Site): string {
  const messages = messagesFor(site.language);
  return sitePage(site, {
    title: `${HOLES.title}${HOLES.page}`,
    description: `${HOLES.heading}${HOLES.page}. ${site.description}`,
    canonicalPath: HOLES.ownPath,
    head: siteCard(site),
    feeds: FEED_FORMATS.map((format) => ({ format, path: FEED_HOLES[format], title: HOLES.title })),
    scripts: [script],
    main: html`<div class="h-feed">
<h1 class="p-name">${HOLES.heading}${HOLES.page}</h1>
${foldedSubscribeBox(site, messages.subscribeTo(HOLES.heading))}
<div class="articles days">
${HOLES.list}</div>
${HOLES.pager}</div>`,
  });
}

/** Links to newer and to older articles. */
export function pagerLinks(site: Site): { newer: string; older: string } {
  const messages = messagesFor(site.language);
  const attributes = html`href="${HOLES.ownPath}"${languageAttributes(messages, site.language)}`;
  return {
    newer: html`<p class="pager"><a ${attributes} rel="next">${messages.newer}</a></p>\n`.markup,
    older: html`<p class="pager"><a ${attributes} rel="prev">${messages.older}</a></p>\n`.markup,
  };
}

/** The newest articles, with a hole for them. */
export function homePage(site: Site): string {
  return home(
    site,
    html`<div class="articles days">
${HOLES.list}</div>
${HOLES.pager}`,
  );
}

/** The home page of a site without articles, which tells the publisher how to write the first one. */
export function emptyHomePage(site: Site): string {
  return home(
    site,
    html`<div class="content" lang="en" dir="ltr">
<h2>There is no article yet</h2>
<p>Put a document into the folder <code>seeds/</code>: plain text, Markdown or HTML. For example <code>seeds/hello.md</code>:</p>
<pre><code>---
title: Hello
date: 2026-11-29
---

My first article.
</code></pre>
<p>The preview shows it at once. On the live site it appears with the next <code>wrangler deploy</code>.</p>
</div>`,
  );
}

function home(site: Site, articles: Html): string {
  const messages = messagesFor(site.language);
  return sitePage(site, {
    title: site.title,
    description: site.description,
    canonicalPath: paths.home,
    head: html`${siteCard(site)}${siteData(site)}`,
    scripts: [script],
    main: html`<div class="h-feed">
<h1 class="p-name">${site.title}</h1>
<p class="lead">${site.description}</p>
${searchForm(site)}
${foldedSubscribeBox(site, messages.subscribe)}
${articles}</div>`,
  });
}

/** The page that browsers get for a feed URL: explains feeds, and shows the URL and the newest entries. */
export function subscribePage(site: Site): string {
  const messages = messagesFor(site.language);
  const title = messages.subscribeTo(HOLES.title);
  const attributes = languageAttributes(messages, site.language);
  return sitePage(site, {
    title,
    description: messages.feedIs,
    canonicalPath: HOLES.ownPath,
    scripts: [script],
    main: html`<h1${attributes}>${title}</h1>
${subscribeBox(site)}
<h2${attributes}>${messages.newest}</h2>
<div class="articles">
${HOLES.list}</div>`,
  });
}
