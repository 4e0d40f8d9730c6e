import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { directionOf } from '../locale.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { type Html, html } from './html.ts';
import { languageAttributes, languageName } from './language.ts';
import { messagesFor } from './messages/messages-for.ts';

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
    ({ language: other, slug }, index) =>
      html`${index === 0 ? '' : ' · '}<a href="${articlePath(slug)}" rel="alternate" hreflang="${other}" lang="${other}" dir="${directionOf(other)}">${ownName(other)}</a>`,
  );
  return html`<p${languageAttributes(messages, language)}>${messages.alsoIn} ${links}</p>\n`;
}

/** The native name of a language, capitalized. */
function ownName(language: string): string {
  return languageName(language, language).replace(/^./u, (letter) => letter.toLocaleUpperCase(language));
}
