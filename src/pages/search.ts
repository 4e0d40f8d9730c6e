import type { Site } from '../config/site.ts';
import { FEED_FORMATS, paths } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language-attributes.ts';
import { sitePage } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { script } from './script.ts';
import { searchForm } from './search-form.ts';
import { searchScript } from './search-script.ts';
import { FEED_HOLES, foldedSubscribeBox } from './subscribe-box.ts';

/** The page to search on: before a search, with what it found, and when it found nothing. */
export function searchPages(site: Site): { searchForm: string; search: string; searchNothing: string } {
  const words = messagesFor(site.language);
  const attributes = languageAttributes(words, site.language);
  const feeds = FEED_FORMATS.map((format) => ({ format, path: FEED_HOLES[format], title: HOLES.title }));
  const of = (description: string, main: Html | undefined, ownFeeds: typeof feeds): string =>
    sitePage(site, {
      title: main === undefined ? `${words.search} – ${site.title}` : HOLES.title,
      description,
      canonicalPath: main === undefined ? paths.search : HOLES.ownPath,
      feeds: ownFeeds,
      scripts: [script, searchScript],
      main: html`<h1${attributes}>${words.search}</h1>
${searchForm(site, HOLES.words)}
<div class="found">${main}</div>`,
    });
  const subscribe = foldedSubscribeBox(site, words.subscribeToSearch);
  return {
    searchForm: of(`${words.searchHint}. ${site.description}`, undefined, []),
    search: of(
      `${words.results} ${HOLES.heading}`,
      html`${subscribe}
<h2 class="said"><span${attributes}>${words.results}</span> ${HOLES.heading}</h2>
<div class="articles">
${HOLES.list}</div>
${HOLES.pager}`,
      feeds,
    ),
    searchNothing: of(
      words.noResult,
      html`<div${attributes}>
<p class="said">${words.noResult} ${words.searchTip}</p>
</div>
${subscribe}`,
      feeds,
    ),
  };
}
