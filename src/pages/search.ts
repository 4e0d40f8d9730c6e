import type { Site } from '../config/site.ts';
import { FEED_FORMATS, paths } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import { sitePage } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { searchScript } from './scripts.ts';
import { FEED_HOLES, subscribeLink } from './subscribe.ts';

/** The search page: before a search, with results, and without results. */
export function searchPages(site: Site): { searchForm: string; search: string; searchNothing: string } {
  const messages = messagesFor(site.language);
  const attributes = languageAttributes(messages, site.language);
  const feeds = FEED_FORMATS.map((format) => ({ format, path: FEED_HOLES[format], title: HOLES.title }));
  const of = (description: string, main: Html | undefined, ownFeeds: typeof feeds): string =>
    sitePage(site, {
      title: main === undefined ? `${messages.search} – ${site.title}` : HOLES.title,
      description,
      canonicalPath: main === undefined ? paths.search : HOLES.ownPath,
      feeds: ownFeeds,
      isList: true,
      scripts: [searchScript],
      main: html`<h1${attributes}>${messages.search}</h1>
${searchForm(site, HOLES.words, main === undefined ? html` autofocus` : undefined)}
<div class="found">${main}</div>`,
    });
  const subscribe = subscribeLink(site, messages.subscribeToSearch);
  return {
    searchForm: of(`${messages.searchHint}. ${site.description}`, undefined, []),
    search: of(
      `${messages.results} ${HOLES.heading}`,
      html`<h2 class="said"><span${attributes}>${messages.results}</span> ${HOLES.heading}</h2>
${subscribe}<div class="articles">
${HOLES.list}</div>
${HOLES.pager}`,
      feeds,
    ),
    searchNothing: of(
      messages.noResult,
      html`<div${attributes}>
<p class="said">${messages.noResult} ${messages.searchTip}</p>
</div>
${subscribe}`,
      feeds,
    ),
  };
}

/**
 * A search form.
 *
 * @param value the value of the field, plain text
 * @param attributes further attributes of the field
 */
export function searchForm(site: Site, value = '', attributes?: Html): Html {
  const messages = messagesFor(site.language);
  return html`<form role="search" action="${paths.search}"${languageAttributes(messages, site.language)}>
<input type="search" name="q" value="${value}" placeholder="${messages.searchHint}" aria-label="${messages.searchHint}" maxlength="200" dir="auto"${attributes}>
<button type="submit">${messages.search}</button>
</form>`;
}
