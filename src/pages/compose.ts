import type { Composition } from '../store/composition.ts';
import type { SiteFragment } from '../store/format.ts';
import { type Fragment, fill, type Literal, storedLiteral } from '../store/fragment.ts';
import type { Stored } from '../store/fragment-format.ts';
import type { ArticleNumber, Store } from '../store/store.ts';
import type { Hole } from '../store/template.ts';

const SHARED = ['head', 'top', 'foot'] as const satisfies readonly SiteFragment[];

/** The permalink page of an article. */
export function composeArticlePage(store: Store, article: ArticleNumber, origin: string): Composition {
  const body = store.articleFragment(article, 'body');
  return composePage(store, store.articleFragment(article, 'page'), [article], origin, {
    body: body.fragment,
  });
}

/**
 * A page that lists articles.
 *
 * @param feedPath path of the feed that the page is about
 */
export function composeListPage(
  store: Store,
  name: 'home' | 'subscribe',
  articles: readonly ArticleNumber[],
  origin: string,
  feedPath = '',
): Composition {
  const teasers = articles.map((article) => store.articleFragment(article, 'teaser'));
  const composition = composePage(store, store.siteFragment(name), articles, origin, {
    list: teasers.flatMap(({ fragment }) => fragment),
    feed: [storedLiteral(feedPath)],
  });
  return { ...composition, entries: teasers.map(({ fingerprint }) => fingerprint) };
}

/** A page that tells of an error. */
export function composeErrorPage(
  store: Store,
  name: 'notFound' | 'gone' | 'failure',
  origin: string,
): Composition {
  return composePage(store, store.siteFragment(name), [], origin, {});
}

function composePage(
  store: Store,
  { fragment, fingerprint }: Stored,
  articles: readonly ArticleNumber[],
  origin: string,
  own: Partial<Record<Hole, Fragment>>,
): Composition {
  const shared = SHARED.map((name) => store.siteFragment(name));
  const [head, top, foot] = shared.map((stored) => stored.fragment);
  const originLiteral: Literal = storedLiteral(origin);
  const fillings: Partial<Record<Hole, Fragment>> = {
    ...own,
    head: head ?? [],
    top: top ?? [],
    foot: foot ?? [],
    origin: [originLiteral],
  };
  return {
    literals: fill(fragment, (hole) => fillings[hole] ?? []),
    frame: [fingerprint, ...shared.map((stored) => stored.fingerprint), originLiteral.crc.toString(36)].join(
      '',
    ),
    entries: [],
    lastModified: store.lastModified(articles),
  };
}
