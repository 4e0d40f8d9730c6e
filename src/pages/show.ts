import type { Media } from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { directionOf } from '../locale.ts';
import { FEED_FORMATS } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { peopleList, podcastStyle } from './episode.ts';
import { type Html, html } from './html.ts';
import { podcastData } from './json-ld.ts';
import { languageAttributes } from './language.ts';
import { page } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { showCard } from './open-graph.ts';
import { pictureAttributes, SIZES } from './pictures.ts';
import { FEED_HOLES } from './subscribe.ts';

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
    head: html`${showCard(site, podcast, artwork)}${podcastData(site, podcast, artwork)}${podcastStyle}`,
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
