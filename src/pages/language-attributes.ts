import { type Html, html } from './html.ts';
import type { Messages } from './messages/messages.ts';

/** Attributes for words in a text of another language; nothing when it is the same. */
export function languageAttributes(words: Messages, surrounding: string): Html | undefined {
  if (baseOf(words.language) === baseOf(surrounding)) return undefined;
  return html` lang="${words.language}" dir="${words.direction}"`;
}

/** RFC 5646 §2.2.1 */
function baseOf(language: string): string {
  return language.split('-', 1)[0] ?? '';
}
