import { isEverything, sliceTitle, valueOfSlice } from '../facets.ts';
import { headersOf, pageHeaders, type ResponseHeaders } from '../http/headers.ts';
import { composeListPage, type ListPage, snippets } from '../pages/compose-list.ts';
import { spanInWords } from '../pages/dates.ts';
import { descriptionOf, headingOf, showName } from '../pages/value-names.ts';
import { mediaTypes, paths } from '../routes/paths.ts';
import { slicePaths } from '../routes/slice-paths.ts';
import { fullPages } from '../store/history.ts';
import type { Records } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';
import type { Composition } from '../templates/compose.ts';
import type { RequestContext } from './request-context.ts';
import { isSearch, lastModifiedOf, type SelectedArticles } from './select-articles.ts';
import { feedVary } from './slice-feed.ts';

export function pageComposer(
  context: RequestContext,
  selected: SelectedArticles,
): (records: Records) => Composition {
  const { origin, snapshot, site } = context;
  const { store } = snapshot;
  const { slice, form, selection, articles, archive, older, searchResult, format = 'rss' } = selected;
  const name = sliceTitle(slice, store.label);
  const span = archive === undefined ? '' : spanOf(context, articles, archive);
  const value = valueOfSlice(slice);
  const heading = [name, span].filter((part) => part !== '').join(' · ');
  const newer = archive === undefined ? 0 : archive + 1;
  const pathOf = slicePaths(slice);
  const list = {
    template: templateOf(selected, store),
    origin,
    articles,
    pinned: selected.pinned ?? 0,
    lastModified: lastModifiedOf(context, selected),
    title: heading === '' ? site.title : `${heading} – ${site.title}`,
    heading,
    name,
    description: descriptionOf(site, slice, name),
    about: value && headingOf(site, value.facet, value.key)?.description,
    person: value?.facet === 'author' ? personOf(store, value.key) : undefined,
    value: value && { facet: value.facet, count: store.countVisible(selection) },
    words: slice.words ?? '',
    // The page of all feeds also says what a page to subscribe says of all articles.
    ownPath: form === 'subscribe' && isEverything(slice) ? paths.feeds : pathOf('page', archive),
    feedPaths: { rss: pathOf('rss'), atom: pathOf('atom'), json: pathOf('json') },
    feedPath: pathOf(format),
    newerPath: newer === 0 ? undefined : pathOf('page', newer <= fullPages(selection) ? newer : undefined),
    olderPath: older === 0 ? undefined : pathOf('page', older),
  };
  const query = isSearch(slice, form) ? searchResult?.query : undefined;
  return (records) =>
    composeListPage(store, {
      ...list,
      records,
      ...(query === undefined ? {} : { snippet: snippets(records, query) }),
    });
}

export function pageFields(
  { snapshot: { store } }: RequestContext,
  { slice, form }: SelectedArticles,
): ResponseHeaders {
  const { site } = store;
  const vary = form === 'subscribe' ? feedVary(site.settings.deltas) : 'Accept-Encoding';
  const isIndexed = isEverything(slice) || valueOfSlice(slice) !== undefined;
  return headersOf(mediaTypes.html, vary, {
    ...pageHeaders(site),
    // There are too many combinations of values for search engines.
    ...(isIndexed ? {} : { 'X-Robots-Tag': 'noindex' }),
  });
}

function templateOf(
  { slice, form, archive, articles }: SelectedArticles,
  store: Store,
): ListPage['template'] {
  if (form === 'subscribe' || form === 'searchForm') return form;
  if (isSearch(slice, form) && archive === undefined)
    return articles.length === 0 ? 'searchNothing' : 'search';
  if (!isEverything(slice)) {
    const value = valueOfSlice(slice);
    const show = value?.facet === 'collection' ? showName(value.key) : undefined;
    return show !== undefined && archive === undefined && store.hasSiteFragment(show) ? show : 'slice';
  }
  if (archive !== undefined) return 'archive';
  return articles.length === 0 ? 'homeEmpty' : 'home';
}

/** The name of a page of history: the time span of its articles, or its number if there is none. */
function spanOf(
  { site, snapshot: { store } }: RequestContext,
  articles: readonly number[],
  page: number,
): string {
  const [newest, oldest] = [articles[0], articles.at(-1)];
  return newest === undefined || oldest === undefined
    ? String(page)
    : spanInWords(store.published(oldest), store.published(newest), site);
}

/** The header of a person's articles; undefined if no file describes the person. */
function personOf({ site: { people } }: Store, key: string): string | undefined {
  return Object.hasOwn(people, key) ? people[key] : undefined;
}
