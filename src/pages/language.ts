import { type Html, html } from './html.ts';
import type { Messages } from './messages/messages.ts';

/** The `lang` and `dir` attributes for text in another language; empty if the language is the same. */
export function languageAttributes(messages: Messages, surrounding: string): Html | undefined {
  if (baseOf(messages.language) === baseOf(surrounding)) return undefined;
  return html` lang="${messages.language}" dir="${messages.direction}"`;
}

/** RFC 5646 §2.2.1 */
function baseOf(language: string): string {
  return language.split('-', 1)[0] ?? '';
}

const names = new Map<string, string>();

/** The name of a language in another language; both are BCP 47 tags. */
export function languageName(tag: string, inLanguage: string): string {
  const key = `${tag} ${inLanguage}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag) ?? tag;
  names.set(key, name);
  return name;
}
