import type { Records } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';
import type { Composition } from '../templates/composition.ts';
import { type Fragment, fill } from '../templates/fragment.ts';
import { composePage } from './compose.ts';

/** What the permalink page of an article is composed of. */
export interface ArticlePage {
  readonly article: number;
  /** The articles before and after it, as far as they are to be mentioned. */
  readonly previous: number | undefined;
  readonly next: number | undefined;
  readonly records: Records;
  readonly origin: string;
}

export function composeArticlePage(store: Store, page: ArticlePage): Composition {
  const { article, previous, next, records, origin } = page;
  const around = [neighbour(store, records, 'previous', previous), neighbour(store, records, 'next', next)];
  const composition = composePage(store, records.fragment(article, 'page'), {
    origin,
    lastModified: Math.max(store.changed(article), next === undefined ? 0 : store.published(next)),
    own: {
      body: records.fragment(article, 'body').fragment,
      neighbours: around.flatMap(({ fragment }) => fragment),
    },
  });
  return {
    ...composition,
    envelopeTag: composition.envelopeTag + around.map(({ fingerprint }) => fingerprint).join(''),
  };
}

function neighbour(
  store: Store,
  records: Records,
  name: 'previous' | 'next',
  article: number | undefined,
): { fingerprint: string; fragment: Fragment } {
  if (article === undefined) return { fingerprint: '', fragment: [] };
  const link = store.siteFragment(name);
  const mention = records.fragment(article, 'mention');
  return {
    fingerprint: link.fingerprint + mention.fingerprint,
    fragment: fill(link.fragment, () => mention.fragment),
  };
}
