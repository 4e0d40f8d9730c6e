import type { Site } from '../config/site.ts';
import type { Tombstone } from '../store/metadata.ts';
import type { Store } from '../store/store.ts';
import type { Composition, NestedFragment } from '../templates/compose.ts';
import type { Hole } from '../templates/holes.ts';
import { composePage, holeTexts } from './compose.ts';
import { datesIn } from './dates.ts';
import { type Html, html } from './html.ts';

const ERROR_TEMPLATES = {
  badQuery: 'badQuery',
  notFound: 'notFound',
  unknownValue: 'notFound',
  methodNotAllowed: 'notFound',
  gone: 'gone',
  failure: 'failure',
  unavailable: 'unavailable',
} as const;

/** What an error response says besides the error. */
export interface ErrorDetails {
  /** What the reader may have meant. */
  readonly suggestions?: readonly { readonly label: string; readonly address: string }[];
  /** The removed article. */
  readonly tombstone?: Tombstone;
}

export function composeErrorPage(
  store: Store,
  { language, timeZone }: Site,
  origin: string,
  name: keyof typeof ERROR_TEMPLATES,
  { suggestions = [], tombstone }: ErrorDetails,
): Composition {
  const items = suggestions.map(({ label, address }) => html`<li><a href="${address}">${label}</a></li>\n`);
  const list = [
    ...(items.length === 0 ? [] : composePart(store, 'suggestions', { list: html`${items}` })),
    ...(tombstone === undefined
      ? []
      : composePart(store, 'goneFacts', {
          title: tombstone.title === undefined ? html`` : tombstoneTitle(tombstone.title),
          list: datesIn({ timeZone, language }).day(tombstone.removed, language),
        })),
  ];
  const texts = { words: tombstone?.title === undefined ? '' : titleWords(tombstone.title) };
  const template = store.siteFragment(ERROR_TEMPLATES[name]);
  return composePage(store, template, { origin, lastModified: undefined, texts, pieces: { list } });
}

/** The part of the page that depends on the request. */
function composePart(
  store: Store,
  name: 'suggestions' | 'goneFacts',
  contents: Partial<Record<Hole, Html>>,
): NestedFragment[] {
  const markup = Object.entries(contents).map(([hole, { markup }]) => [hole, markup]);
  return [{ fragment: store.siteFragment(name), texts: holeTexts({}, Object.fromEntries(markup)) }];
}

/** The number of title words to use in a search for similar articles. */
const MAX_WORDS = 12;

/** The title of the removed article, on a line of its own. */
function tombstoneTitle(title: string): Html {
  return html`<strong dir="auto">${title}</strong><br>`;
}

/** The words of a title as a search query. */
function titleWords(title: string): string {
  const words = title.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  return words.split(' ', MAX_WORDS).join(' ');
}
