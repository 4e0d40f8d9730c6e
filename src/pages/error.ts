import type { Site } from '../config/site.ts';
import { paths } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { html } from './html.ts';
import { languageAttributes } from './language.ts';
import { sitePage } from './layout.ts';
import type { Messages } from './messages/messages.ts';
import { messagesFor } from './messages/messages-for.ts';
import { prefillScript } from './scripts.ts';
import { searchForm } from './search.ts';

/** The errors that have a page of their own. */
export const ERROR_PAGES = ['notFound', 'gone', 'badQuery', 'failure', 'unavailable'] as const;
type ErrorPage = (typeof ERROR_PAGES)[number];

const TEXTS: Readonly<Record<ErrorPage, readonly [title: keyof Messages, text: keyof Messages]>> = {
  notFound: ['notFound', 'notFoundText'],
  gone: ['removed', 'removedText'],
  badQuery: ['badQuery', 'badQueryText'],
  failure: ['failure', 'failureText'],
  unavailable: ['unavailable', 'unavailableText'],
};

/** An error page, with a hole for suggestions. */
export function errorPage(site: Site, name: ErrorPage): string {
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
export function errorParts(site: Site): { suggestions: string; goneFacts: string } {
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
