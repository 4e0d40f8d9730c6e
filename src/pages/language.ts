import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { directionOf } from '../locale.ts';
import { memoized } from '../memo.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { dotted, type Html, html } from './html.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';

/** The `lang` and `dir` attributes for text in another language; empty if the language is the same. */
export function languageAttributes(messages: Messages, surrounding: string): Html | undefined {
  if (baseOf(messages.language) === baseOf(surrounding)) return undefined;
  return html` lang="${messages.language}" dir="${messages.direction}"`;
}

/** RFC 5646 §2.2.1 */
function baseOf(language: string): string {
  return language.split('-', 1)[0] ?? '';
}

const namesIn = memoized((language: string) => {
  const names = new Intl.DisplayNames(language, { type: 'language' });
  return memoized((tag: string) => names.of(tag) ?? tag);
});

/** The name of a language in another language; both are BCP 47 tags. */
export function languageName(tag: string, inLanguage: string): string {
  return namesIn(inLanguage)(tag);
}

/** `hreflang` links to the translations of an article and to itself; empty without translations. */
export function alternateLinks({ translations, language, slug }: Article): Html | undefined {
  if (translations.length === 0) return undefined;
  const links = [{ language, slug }, ...translations].map(
    (each) =>
      html`<link rel="alternate" hreflang="${each.language}" href="${HOLES.origin}${articlePath(each.slug)}">\n`,
  );
  return html`${links}`;
}

/** Visible links to the translations of an article; empty without translations. */
export function translationLinks({ translations, language }: Article, site: Site): Html | undefined {
  if (translations.length === 0) return undefined;
  const messages = messagesFor(language, site.language);
  const links = translations.map(
    ({ language: other, slug }) =>
      html`<a href="${articlePath(slug)}" rel="alternate" hreflang="${other}" lang="${other}" dir="${directionOf(other)}">${ownName(other)}</a>`,
  );
  return html`<p${languageAttributes(messages, language)}>${messages.alsoIn} ${dotted(links)}</p>\n`;
}

/** The native name of a language, capitalized. */
function ownName(language: string): string {
  return languageName(language, language).replace(/^./u, (letter) => letter.toLocaleUpperCase(language));
}
