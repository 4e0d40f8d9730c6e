import type { Site } from '../config/site.ts';
import {
  bareMediaType,
  FEED_FORMATS,
  type FeedFormat,
  formatNames,
  mediaTypes,
  paths,
} from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import { sitePage } from './layout.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';
import { copyScript } from './scripts.ts';

/** Web feed readers with a subscribe URL that takes a feed URL. */
const READERS: readonly (readonly [name: string, address: string])[] = [
  ['Feedly', 'https://feedly.com/i/subscription/feed/'],
  ['Inoreader', 'https://www.inoreader.com/?add_feed='],
  ['NewsBlur', 'https://www.newsblur.com/?url='],
  ['Feedbin', 'https://feedbin.com/?subscribe='],
  ['The Old Reader', 'https://theoldreader.com/feeds/subscribe?url='],
];

/** Holes for the path of the feed in each format. */
export const FEED_HOLES: Readonly<Record<FeedFormat, string>> = {
  rss: HOLES.rssPath,
  atom: HOLES.atomPath,
  json: HOLES.jsonPath,
};

/** The ways to subscribe to the feed of a page. */
function subscribeBox(site: Site): Html {
  const messages = messagesFor(site.language);
  const formats = FEED_FORMATS.map(
    (format) =>
      html`<li><a href="${FEED_HOLES[format]}" type="${bareMediaType(mediaTypes[format])}">${formatNames[format]}</a>: <code>${HOLES.origin}${FEED_HOLES[format]}</code></li>\n`,
  );
  const readers = READERS.map(
    ([name, address]) =>
      html`<li><a href="${address}${HOLES.encodedFeed}" rel="noreferrer">${name}</a></li>\n`,
  );
  return html`<div class="kinds"${languageAttributes(messages, site.language)}>
<p>${messages.feedIs}</p>
<div class="copy"><code class="address">${HOLES.origin}${HOLES.feed}</code>${copyButton(messages)}</div>
<p>${messages.openIn}</p>
<ul class="readers">
${readers}<li class="scripted"><a>${messages.ownReader}</a></li>
</ul>
<p>${messages.formats}</p>
<ul>
${formats}</ul>
</div>`;
}

/** A button that only the script shows: it takes its place from the beginning, so nothing moves. */
function copyButton({ copy, copied }: Messages): Html {
  return html`<button type="button" class="scripted" aria-live="polite" data-done="${copied}">${copy}</button>`;
}

/** A link to the feed of a page. A browser that follows it gets the page that explains the feed. */
export function subscribeLink(site: Site, label: string): Html {
  const attributes = languageAttributes(messagesFor(site.language), site.language);
  return html`<p><a class="button quiet" href="${FEED_HOLES.rss}"${attributes}>${label}</a></p>
`;
}

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
${HOLES.list}`,
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
    scripts: [copyScript],
    main: html`<h1${attributes}>${title}</h1>
${subscribeBox(site)}
<h2${attributes}>${messages.newest}</h2>
<div class="articles">
${HOLES.list}</div>`,
  });
}
