import { type Html, html } from './html.ts';
import type { Messages } from './messages/messages.ts';

/** Attributes for words in a text of another language; nothing when it is the same. */
export function languageAttributes(messages: Messages, surrounding: string): Html | undefined {
  if (baseOf(messages.language) === baseOf(surrounding)) return undefined;
  return html` lang="${messages.language}" dir="${messages.direction}"`;
}

/** RFC 5646 §2.2.1 */
function baseOf(language: string): string {
  return language.split('-', 1)[0] ?? '';
}

const names = new Map<string, string>();

/** What people call a language, in another one; both BCP 47. */
export function languageName(tag: string, inLanguage: string): string {
  const key = `${tag} ${inLanguage}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag) ?? tag;
  names.set(key, name);
  return name;
}
