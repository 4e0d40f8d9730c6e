import { type Html, html } from './html.ts';

/** How many words of a title are enough to look for something like it. */
const MAX_WORDS = 12;

/** The title of what is gone, on a line of its own. */
export function tombstoneTitle(title: string): Html {
  return html`<strong dir="auto">${title}</strong><br>`;
}

/** The words of a title, as one would type them into a search. */
export function titleWords(title: string): string {
  const words = title.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  return words.split(' ', MAX_WORDS).join(' ');
}
