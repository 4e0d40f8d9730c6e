import type { Media } from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { directionOf } from '../locale.ts';
import { FEED_FORMATS, paths } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { peopleList, podcastStyle } from './enclosures.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import { homeMasthead, page, sitePage } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { pictureAttributes, SIZES } from './pictures.ts';
import { podcastData, siteCard, siteData } from './structured-data.ts';
import { FEED_HOLES, subscribeLink } from './subscribe.ts';

/** The page of a slice, or of a page of its history, with holes for its title and articles. */
export function slicePage(site: Site): string {
  return listPage(site, {
    feeds: FEED_FORMATS.map((format) => ({
      format,
      path: FEED_HOLES[format],
      title: `${HOLES.name} – ${site.title}`,
    })),
    description: HOLES.description,
    above: html`${HOLES.kicker}`,
    below: html`${HOLES.about}`,
    subscribe: subscribeLink(site, messagesFor(site.language).subscribeTo(HOLES.name)),
  });
}

/** A page of the history of all articles, whose feeds are those of every page. */
export function archivePage(site: Site): string {
  return listPage(site, { feeds: [], description: `${HOLES.heading}. ${site.description}` });
}

interface ListPageParts extends Pick<Parameters<typeof sitePage>[1], 'feeds'> {
  readonly description: string;
  /** The HTML above the heading. */
  readonly above?: Html;
  /** The HTML below the heading. */
  readonly below?: Html;
  readonly subscribe?: Html;
}

function listPage(site: Site, { above, below, subscribe, ...parts }: ListPageParts): string {
  return sitePage(site, {
    ...parts,
    title: HOLES.title,
    canonicalPath: HOLES.ownPath,
    head: siteCard(site),
    isList: true,
    main: html`<div class="h-feed">
${above}<h1 class="p-name">${HOLES.heading}</h1>
${below}${subscribe}${articleList(site, messagesFor(site.language).articles)}
${HOLES.pager}</div>`,
  });
}

/** @param heading of the list, for assistive technology */
function articleList(site: Site, heading: string): Html {
  return html`<h2 class="skip"${languageAttributes(messagesFor(site.language), site.language)}>${heading}</h2>
<div class="articles">
${HOLES.list}</div>`;
}

export function pagerLinks(site: Site): { newer: string; older: string } {
  const messages = messagesFor(site.language);
  const attributes = html`href="${HOLES.ownPath}"${languageAttributes(messages, site.language)}`;
  return {
    newer: html`<p class="pager"><a ${attributes} rel="next">${messages.newer}</a></p>\n`.markup,
    older: html`<p class="pager"><a ${attributes} rel="prev">${messages.older}</a></p>\n`.markup,
  };
}

/** The newest articles, with a hole for them. */
export function homePage(site: Site, logo: Media | undefined): string {
  return home(
    site,
    logo,
    html`<div class="h-feed front">
<data class="p-name" value="${site.title}"></data>
${articleList(site, messagesFor(site.language).newest)}
${HOLES.pager}</div>`,
    true,
  );
}

/** The home page of a site without articles, which tells the publisher how to write the first one. */
export function emptyHomePage(site: Site, logo: Media | undefined): string {
  return home(
    site,
    logo,
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
    false,
  );
}

function home(site: Site, logo: Media | undefined, main: Html, isList: boolean): string {
  return sitePage(site, {
    title: site.title,
    description: site.description,
    canonicalPath: paths.home,
    head: html`${siteCard(site)}${siteData(site)}`,
    top: homeMasthead(site, logo),
    isList,
    main,
  });
}

/** The page of a podcast, with holes for its episodes. */
export function showPage(site: Site, podcast: Podcast, artwork: Media | undefined): string {
  const { title, description, author, language, directories, funding, link } = podcast;
  const messages = messagesFor(language, site.language);
  const words = languageAttributes(messages, language);
  const links = directories.map(({ label, url }) => html`<li><a href="${url}">${label}</a></li>\n`);
  return page({
    title: HOLES.title,
    description,
    language,
    direction: directionOf(language),
    canonicalPath: HOLES.ownPath,
    isList: true,
    feeds: FEED_FORMATS.map((format) => ({ format, path: FEED_HOLES[format], title })),
    head: html`${siteCard(site, podcast, artwork)}${podcastData(site, podcast, artwork)}${podcastStyle}`,
    main: html`<div class="h-feed">
<header class="show">
${artwork && cover(artwork)}<div>
<h1 class="p-name">${HOLES.heading}</h1>
<p class="lead">${description}</p>
<p class="meta p-author">${author}${link === undefined ? undefined : html` · <a class="u-url" href="${link}">${new URL(link).hostname}</a>`}${funding === undefined ? undefined : html` · <a href="${funding.uri}">${funding.text}</a>`}</p>
${links.length === 0 ? undefined : html`<p class="listen meta"${words}>${messages.listenOn}</p>\n<ul class="listen">\n${links}</ul>\n`}<p><a class="button quiet" href="${FEED_HOLES.rss}"${words}>${messages.subscribeTo(title)}</a></p>
${peopleList(podcast.people, messages)}</div>
</header>
<h2${words}>${messages.episodes}</h2>
<div class="articles">
${HOLES.list}</div>
${HOLES.pager}</div>`,
  });
}

function cover(artwork: Media): Html {
  return html`<img class="cover u-photo" ${pictureAttributes(artwork, SIZES.cover)} alt="" fetchpriority="high">
`;
}
