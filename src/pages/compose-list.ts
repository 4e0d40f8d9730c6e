import type { Instant } from '../article.ts';
import type { Records } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';
import type { Composition } from '../templates/composition.ts';
import { type Fragment, fill, type Literal } from '../templates/fragment.ts';
import type { Stored } from '../templates/fragment-format.ts';
import type { Hole } from '../templates/template.ts';
import { checksum, composePage, feedTexts, type PageFeeds, textLiteral } from './compose.ts';

/** What a page that lists articles is composed of. */
export interface ListPage extends PageFeeds {
  readonly template: 'home' | 'homeEmpty' | 'slice' | 'subscribe' | 'searchForm' | 'search' | 'searchNothing';
  readonly origin: string;
  /** In the order in which they are shown. */
  readonly articles: readonly number[];
  readonly records: Records;
  readonly lastModified: Instant | undefined;
  /** Of the document, plain text. */
  readonly title: string;
  /** Plain text. */
  readonly heading: string;
  /** Number of the page of history. */
  readonly archive: number | undefined;
  /** What was searched for; may be empty. */
  readonly words: string;
  readonly ownPath: string;
  readonly newerPath: string | undefined;
  readonly olderPath: string | undefined;
  /** What is shown of an article in place of its summary. */
  readonly passage?: (article: number) => Literal;
}

export function composeListPage(store: Store, list: ListPage): Composition {
  const { template, origin, articles, records, lastModified, passage } = list;
  const teasers = articles.map((article) => {
    const { fragment, fingerprint } = records.fragment(article, 'teaser');
    const shown = passage?.(article);
    const summary = shown === undefined ? records.fragment(article, 'summary').fragment : [shown];
    return {
      fragment: fill(fragment, (hole) => (hole === 'summary' ? summary : [])),
      fingerprint: fingerprint + (shown?.crc.toString(36) ?? ''),
    };
  });
  const texts: Partial<Record<Hole, string>> = {
    title: list.title,
    heading: list.heading,
    page: list.archive === undefined ? '' : ` · ${list.archive}`,
    words: list.words,
    ownPath: list.ownPath,
    ...feedTexts(list, origin),
  };
  const composition = composePage(store, store.siteFragment(template), {
    origin,
    lastModified,
    texts,
    own: {
      list:
        template === 'home' || template === 'slice'
          ? byDay(list, teasers)
          : teasers.flatMap(({ fragment }) => fragment),
      pager: [...pagerLink(store, 'newer', list.newerPath), ...pagerLink(store, 'older', list.olderPath)],
    },
  });
  return {
    ...composition,
    envelopeTag: `${composition.envelopeTag}${checksum(`${list.newerPath} ${list.olderPath}`)}`,
    entries: teasers.map(({ fingerprint }) => fingerprint),
  };
}

/** Teasers with the heading of each day before the first of its articles. */
function byDay({ articles, records }: ListPage, teasers: readonly Stored[]): Fragment {
  let last: string | undefined;
  return teasers.flatMap(({ fragment }, index) => {
    const day = records.fragment(articles[index] as number, 'day'); // one teaser an article
    const isNew = day.fingerprint !== last;
    last = day.fingerprint;
    return isNew ? [...day.fragment, ...fragment] : fragment;
  });
}

function pagerLink(store: Store, name: 'newer' | 'older', path: string | undefined): Literal[] {
  if (path === undefined) return [];
  const link = textLiteral(path);
  return fill(store.siteFragment(name).fragment, () => [link]);
}
