import type { Article, Person } from '../article.ts';
import { articlePath } from '../routes/paths.ts';
import type { Dates } from './dates.ts';
import { dotted, type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/messages.ts';
import { authorUrl } from './related.ts';

/** The authors of an article, its dates, and its original publication, in paragraphs. */
export function byline(article: Article, messages: Messages, dates: Dates): Html {
  const { authors, source, slug, published, updated, language, corrections } = article;
  const isLater = dates.calendarDay(published) !== dates.calendarDay(updated);
  const names = authors.map((author, index) => html`${index > 0 ? ', ' : ''}${authorLink(author, article)}`);
  const parts = [
    ...(names.length === 0 ? [] : [html`${label('by', messages, language)} ${names}`]),
    html`<a class="u-url u-uid" rel="bookmark" href="${articlePath(slug)}">${dates.day(published, language, 'dt-published')}</a>`,
    ...(isLater
      ? [html`${label('updated', messages, language)} ${dates.day(updated, language, 'dt-updated')}`]
      : []),
    ...(corrections.length > 0
      ? [html`<a href="#corrections"${languageAttributes(messages, language)}>${messages.corrections}</a>`]
      : []),
  ];
  return html`<p>${dotted(parts)}</p>
${source === undefined ? undefined : html`<p>${label('originallyIn', messages, language)} ${sourceLine(source, language, dates)}</p>\n`}`;
}

/**
 * The byline in one line, for lists.
 *
 * @param episode the place and the length of an episode
 */
export function shortByline(
  { authors, source, published, language }: Article,
  episode: Html | undefined,
  dates: Dates,
): Html {
  const when = dates.day(published, language, 'dt-published');
  const rest = [
    ...authors.map(({ name }) => html`<span class="p-author">${name}</span>`),
    ...(source === undefined ? [] : [html`<cite>${source.title}</cite>`]),
    ...(episode === undefined ? [] : [episode]),
  ];
  return html`<span><span class="when">${when}${rest.length === 0 ? undefined : ' · '}</span>${dotted(rest)}</span>`;
}

/** A link to the author's articles on this site, or else to the author's home page. */
function authorLink(author: Person, article: Article): Html {
  const { name } = author;
  const address = authorUrl(author, article);
  return address === undefined
    ? html`<span class="p-author h-card" dir="auto">${name}</span>`
    : html`<a class="p-author h-card" dir="auto" rel="author" href="${address}">${name}</a>`;
}

function sourceLine(source: NonNullable<Article['source']>, language: string, dates: Dates): Html {
  const { title, uri, published } = source;
  const name = html`<cite>${title}</cite>`;
  const original =
    uri === undefined ? name : html`<a class="u-repost-of" rel="external" href="${uri}">${name}</a>`;
  return published === undefined ? original : html`${original}, ${dates.calendarDate(published, language)}`;
}

/** A label before a value, marked with its language where that differs from the text. */
function label(name: 'by' | 'updated' | 'originallyIn', messages: Messages, surrounding: string): Html {
  const attributes = languageAttributes(messages, surrounding);
  return attributes === undefined
    ? html`${messages[name]}`
    : html`<span${attributes}>${messages[name]}</span>`;
}
