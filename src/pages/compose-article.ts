import type { Records } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';
import type { Composition, NestedFragment } from '../templates/compose.ts';
import { composePage } from './compose.ts';

/** The parts of the permalink page of an article. */
export interface ArticlePage {
  readonly article: number;
  /** The articles before and after it, if they are mentioned. */
  readonly previous: number | undefined;
  readonly next: number | undefined;
  readonly records: Records;
  readonly origin: string;
}

export function composeArticlePage(store: Store, page: ArticlePage): Composition {
  const { article, previous, next, records, origin } = page;
  return composePage(store, records.fragment(article, 'page'), {
    origin,
    lastModified: Math.max(store.pageChanged(article), next === undefined ? 0 : store.published(next)),
    language: store.interfaceLanguage(article),
    after: [{ fragment: store.siteFragment('articleScript') }],
    pieces: {
      body: [{ fragment: records.fragment(article, 'body') }],
      neighbours: [
        ...neighbour(store, records, 'previous', previous),
        ...neighbour(store, records, 'next', next),
      ],
    },
  });
}

function neighbour(
  store: Store,
  records: Records,
  name: 'previous' | 'next',
  article: number | undefined,
): NestedFragment[] {
  if (article === undefined) return [];
  const mention = [{ fragment: records.fragment(article, 'mention') }];
  return [{ fragment: store.siteFragment(name), pieces: { mention } }];
}
