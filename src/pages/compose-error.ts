import type { Site } from '../config/site.ts';
import type { Tombstone } from '../store/metadata.ts';
import type { Store } from '../store/store.ts';
import type { Composition } from '../templates/composition.ts';
import { fill, type Literal } from '../templates/fragment.ts';
import { storedLiteral } from '../templates/stored-literal.ts';
import type { Hole } from '../templates/template.ts';
import { composePage } from './compose.ts';
import { datesIn } from './dates.ts';
import { type Html, html } from './html.ts';
import { titleWords, tombstoneTitle } from './tombstone.ts';

/** The page of each error. */
const ERROR_TEMPLATES = {
  badQuery: 'badQuery',
  notFound: 'notFound',
  unknownValue: 'notFound',
  methodNotAllowed: 'notFound',
  gone: 'gone',
  failure: 'failure',
  unavailable: 'unavailable',
} as const;

/** What the page of an error is composed of. */
export interface ErrorDetails {
  readonly origin: string;
  /** What may have been meant. */
  readonly suggestions?: readonly { readonly label: string; readonly address: string }[];
  /** What was there. */
  readonly gone?: Tombstone;
}

/** A page that tells of an error. */
export function composeErrorPage(
  store: Store,
  { language, timeZone }: Site,
  name: keyof typeof ERROR_TEMPLATES,
  { origin, suggestions = [], gone }: ErrorDetails,
): Composition {
  const items = suggestions.map(({ label, address }) => html`<li><a href="${address}">${label}</a></li>\n`);
  const list = [
    ...(items.length === 0 ? [] : around(store, 'suggestions', { list: html`${items}` })),
    ...(gone === undefined
      ? []
      : around(store, 'goneFacts', {
          title: gone.title === undefined ? html`` : tombstoneTitle(gone.title),
          list: datesIn({ timeZone, language }).day(gone.removed, language),
        })),
  ];
  const texts = { words: gone?.title === undefined ? '' : titleWords(gone.title) };
  const template = store.siteFragment(ERROR_TEMPLATES[name]);
  return composePage(store, template, { origin, lastModified: undefined, texts, own: { list } });
}

/** What pages share around something that only a request knows. */
function around(
  store: Store,
  name: 'suggestions' | 'goneFacts',
  contents: Partial<Record<Hole, Html>>,
): Literal[] {
  return fill(store.siteFragment(name).fragment, (hole) => [storedLiteral(contents[hole]?.markup ?? '')]);
}
