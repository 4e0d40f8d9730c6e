import type { Site } from '../config/site.ts';
import { paths } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { neighbourLinks } from './article.ts';
import { facetIndexPage } from './facet-index.ts';
import { html } from './html.ts';
import { languageAttributes } from './language.ts';
import { type SharedStyle, sharedParts, sitePage } from './layout.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';
import { articleScript, prefillScript } from './scripts.ts';
import { searchForm, searchPages } from './search.ts';
import { archivePage, emptyHomePage, homePage, pagerLinks, slicePage } from './slice.ts';
import { feedsPage, subscribePage } from './subscribe.ts';

/**
 * The pages other than articles, and the parts that pages share, by the names that compose.ts uses: texts with the
 * markers of templates/holes.ts.
 *
 * @param languages of the pages of articles, other than that of the site
 */
export function sitePages(
  site: Site,
  style: SharedStyle,
  languages: readonly string[],
): Readonly<Record<string, string>> {
  return {
    ...sharedParts(site, style, languages),
    ...pagerLinks(site),
    ...neighbourLinks,
    ...errorParts(site),
    articleScript: `<script>${articleScript}</script>\n`,
    home: homePage(site, style.logo),
    homeEmpty: emptyHomePage(site, style.logo),
    slice: slicePage(site),
    archive: archivePage(site),
    feeds: feedsPage(site),
    facetIndex: facetIndexPage(site),
    ...searchPages(site),
    subscribe: subscribePage(site),
    ...Object.fromEntries(ERROR_PAGES.map((name) => [name, errorPage(site, name)])),
  };
}

/** The errors that have a page of their own. */
const ERROR_PAGES = ['notFound', 'gone', 'badQuery', 'failure', 'unavailable'] as const;
type ErrorPage = (typeof ERROR_PAGES)[number];

const TEXTS: Readonly<Record<ErrorPage, readonly [title: keyof Messages, text: keyof Messages]>> = {
  notFound: ['notFound', 'notFoundText'],
  gone: ['removed', 'removedText'],
  badQuery: ['badQuery', 'badQueryText'],
  failure: ['failure', 'failureText'],
  unavailable: ['unavailable', 'unavailableText'],
};

/** An error page, with a hole for suggestions. */
function errorPage(site: Site, name: ErrorPage): string {
  const messages = messagesFor(site.language);
  const [title = '', text = ''] = TEXTS[name].map((key) => String(messages[key]));
  const isMissing = name === 'notFound' || name === 'gone';
  return sitePage(site, {
    title: `${title} – ${site.title}`,
    description: text,
    scripts: isMissing ? [prefillScript] : [],
    main: html`<div${languageAttributes(messages, site.language)}>
<h1>${title}</h1>
<p>${text}</p>
${HOLES.list}${isMissing ? searchForm(site, HOLES.words, html` data-address`) : undefined}
<p><a href="${paths.home}">${messages.newest}</a></p>
</div>`,
  });
}

/** Markup around the parts that depend on the request: suggestions, and the removed article with its date. */
function errorParts(site: Site): { suggestions: string; goneFacts: string } {
  const messages = messagesFor(site.language);
  return {
    suggestions: html`<p>${messages.perhaps}</p>
<ul>
${HOLES.list}</ul>
`.markup,
    goneFacts: html`<p>${HOLES.title}${messages.removedOn} ${HOLES.list}</p>
`.markup,
  };
}
