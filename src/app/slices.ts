import { composeFeed } from '../feeds/compose.ts';
import { envelopeName } from '../feeds/envelope-name.ts';
import type { FeedFacts, FeedHistory } from '../feeds/facts.ts';
import { sliceId } from '../feeds/slice-id.ts';
import {
  type Fields,
  type Presentation,
  type Representation,
  representation,
} from '../http/representation.ts';
import { FEED_HEADERS, pageHeaders } from '../http/security.ts';
import { composeListPage, type ListPage } from '../pages/compose.ts';
import { foundPassages } from '../pages/found.ts';
import { type FeedFormat, isFeedFormat, mediaTypes, paths, type SliceForm, slicePaths } from '../routes.ts';
import { rank } from '../search/rank.ts';
import { EVERYTHING, isEverything, type Slice, sliceTitle, valueOfSlice } from '../slice.ts';
import { membersByRank } from '../store/bits.ts';
import type { Composition } from '../store/composition.ts';
import { fullPages, newestOf, PAGE_SIZE, pageOf } from '../store/history.ts';
import type { Records, Shelf } from '../store/shelf.ts';
import type { Selection } from '../store/store.ts';
import { bitsOf, type Found } from './search.ts';
import type { Visit } from './visit.ts';

/** The most removals that a feed tells of. */
const MAX_TOMBSTONES = 20;
/** The most segments beside the worker that a feed's older part may need; Cloudflare's free plan allows 50 reads. */
const MAX_READS = 20;
/** How many articles a page of search results shows, and those that no full page of its history holds. */
const MAX_RESULTS = 10;
/** What chooses between a feed, a part of it and a page that explains it. */
const FEED_VARY = 'A-IM, Accept, Accept-Encoding, Sec-Fetch-Mode';

/** A slice, or a page of its history, in one of its forms. */
export interface SliceQuestion {
  readonly slice: Slice;
  readonly form: SliceForm | 'subscribe' | 'searchForm';
  /** Number of the page of history; absent for the newest articles. */
  readonly archive?: number | undefined;
  /** The format that a page to subscribe is about. */
  readonly format?: FeedFormat | undefined;
}

/** The articles that a question asks for, and what is around them. */
interface Excerpt extends SliceQuestion {
  readonly selection: Selection;
  /** In the order in which they are shown. */
  readonly articles: readonly number[];
  /** Number of the page with older articles; 0 without one. */
  readonly older: number;
  readonly found: Found | undefined;
}

/** @returns undefined when there is no such page of history */
export function representSlice(
  visit: Visit,
  question: SliceQuestion,
): Representation | undefined | Promise<Representation | undefined> {
  const { words } = question.slice;
  const found = words === undefined ? undefined : visit.search(words, visit.edition.store);
  return found instanceof Promise
    ? found.then((ready) => representFound(visit, question, ready))
    : representFound(visit, question, found);
}

function representFound(
  visit: Visit,
  question: SliceQuestion,
  found: Found | undefined,
): Representation | undefined | Promise<Representation> {
  const { store } = visit.edition;
  const { slice, form, archive, format } = question;
  const selection = store.select(slice, found && bitsOf(found.matches, store.length));
  if (archive !== undefined && archive > fullPages(selection)) return undefined;
  const { articles, older } = articlesOf(visit, question, selection, found);
  const excerpt: Excerpt = { slice, form, archive, format, selection, articles, older, found };
  const compose = isFeedFormat(form) ? feedComposer(visit, excerpt, form) : pageComposer(visit, excerpt);
  return represent(visit.shelf, articles, compose, {
    kind: isFeedFormat(form) ? feedKind(visit, form) : pageKind(visit, excerpt),
    until: untilOf(visit, excerpt),
    hasDeltas: isFeedFormat(form) && visit.site.deltas && archive === undefined,
  });
}

type Compose = (records: Records) => Composition;

/** What is made here is kept for long, so nothing but this is to be in its reach. */
function represent(
  shelf: Shelf,
  articles: readonly number[],
  compose: Compose,
  presentation: Presentation,
): Representation | Promise<Representation> {
  const again = (): Composition | Promise<Composition> => {
    const records = shelf.open(articles);
    return records instanceof Promise ? records.then(compose) : compose(records);
  };
  const made = again();
  return made instanceof Promise
    ? made.then((composition) => representation(composition, presentation, again))
    : representation(made, presentation, again);
}

function articlesOf(
  { site, shelf, edition: { store } }: Visit,
  { slice, form, archive }: SliceQuestion,
  selection: Selection,
  found: Found | undefined,
): Pick<Excerpt, 'articles' | 'older'> {
  if (archive !== undefined) return { articles: pageOf(store, selection, archive), older: archive - 1 };
  if (form === 'searchForm') return { articles: [], older: 0 };
  if (isSearch(slice, form) && found !== undefined) {
    const { matches } = found;
    const { articles } = matches;
    const full = articles.length > MAX_RESULTS ? fullPages(selection) : 0;
    const [firstOutside = Number.POSITIVE_INFINITY] = membersByRank(
      selection.members,
      full * PAGE_SIZE,
      selection.count,
    );
    const best = [...rank(matches, articles.length)]
      .filter(store.isVisible)
      .filter((article, place) => place < MAX_RESULTS || article >= firstOutside);
    return { articles: best, older: full };
  }
  const limits = { entries: site.feedSize, bytes: site.feedBytes, reads: MAX_READS };
  const { articles, pagesBefore } = newestOf(store, selection, limits, shelf.segmentBeside);
  return { articles, older: pagesBefore };
}

/** Whether a page shows the best answers first, not the newest. */
function isSearch({ clauses, words }: Slice, form: SliceQuestion['form']): boolean {
  return form === 'page' && words !== undefined && clauses.length === 0;
}

function feedComposer(visit: Visit, excerpt: Excerpt, format: FeedFormat): Compose {
  const { origin, edition } = visit;
  const { slice, articles } = excerpt;
  const facts = feedFacts(visit, excerpt, format);
  const envelope = edition.store.siteFragment(envelopeOf(visit, slice, format));
  return (records) => composeFeed({ format, origin, facts, envelope, articles, records });
}

function feedKind({ edition }: Visit, format: FeedFormat): Fields {
  return edition.kind(format, () => ({
    mediaType: mediaTypes[format],
    headers: FEED_HEADERS,
    vary: FEED_VARY,
  }));
}

/** Which articles to come will have the words of a search is not known. */
function untilOf({ edition }: Visit, { selection, found }: Excerpt): number {
  return found === undefined ? selection.until : edition.store.until;
}

/** Of a search, the last time that any article went counts: whether it was one with these words is not to be told. */
function lastModifiedOf(
  { edition: { store } }: Visit,
  { articles, selection, found }: Excerpt,
): number | undefined {
  return store.lastModified(articles, found === undefined ? selection : store.select(EVERYTHING));
}

/** A collection may have an envelope of its own, such as that of a podcast. */
function envelopeOf({ edition }: Visit, slice: Slice, format: FeedFormat): string {
  const value = valueOfSlice(slice);
  const own = value?.dimension === 'collection' ? envelopeName(format, value.key) : format;
  return edition.store.hasSiteFragment(own) ? own : format;
}

function feedFacts(visit: Visit, excerpt: Excerpt, format: FeedFormat): FeedFacts {
  const { site, edition } = visit;
  const { store } = edition;
  const { slice, archive } = excerpt;
  const name = sliceTitle(slice, store.label);
  const pathOf = slicePaths(slice);
  const [language, ...others] = slice.clauses.filter(
    ({ dimension, isNegated, keys }) => dimension === 'language' && !isNegated && keys.length === 1,
  );
  return {
    title: name === '' ? site.title : `${name} – ${site.title}`,
    description: name === '' ? site.description : `${name}. ${site.description}`,
    language: (others.length === 0 ? language?.keys[0] : undefined) ?? site.language,
    id: sliceId(store.site.feedId, slice),
    updated: lastModifiedOf(visit, excerpt),
    homePath: pathOf('page', archive),
    feedPaths: {
      rss: pathOf('rss', archive),
      atom: pathOf('atom', archive),
      json: pathOf('json', archive),
    },
    history: historyOf(excerpt, (page) => pathOf(format, page)),
    removed: name === '' && archive === undefined ? store.site.removed.slice(0, MAX_TOMBSTONES) : [],
  };
}

function historyOf(
  { archive, older, selection }: Excerpt,
  pathOf: (archive?: number) => string,
): FeedHistory {
  const previous = older > 0 ? { previous: pathOf(older) } : {};
  if (archive === undefined) return { ...previous, isComplete: older === 0 };
  const next = archive < fullPages(selection) ? { next: pathOf(archive + 1) } : {};
  return { current: pathOf(), ...previous, ...next, isComplete: false };
}

function pageComposer(visit: Visit, excerpt: Excerpt): Compose {
  const { origin, edition, site } = visit;
  const { store } = edition;
  const { slice, form, selection, articles, archive, older, found, format = 'rss' } = excerpt;
  const name = sliceTitle(slice, store.label);
  const newer = archive === undefined ? 0 : archive + 1;
  const pathOf = slicePaths(slice);
  const list = {
    template: templateOf(excerpt),
    origin,
    articles,
    lastModified: lastModifiedOf(visit, excerpt),
    title: name === '' ? site.title : `${name} – ${site.title}`,
    heading: name === '' ? site.title : name,
    words: slice.words ?? '',
    // What a page to subscribe says of all articles, the page of all feeds says too.
    ownPath: form === 'subscribe' && isEverything(slice) ? paths.feeds : pathOf('page', archive),
    feedPaths: { rss: pathOf('rss'), atom: pathOf('atom'), json: pathOf('json') },
    feedPath: pathOf(format),
    newerPath: newer === 0 ? undefined : pathOf('page', newer <= fullPages(selection) ? newer : undefined),
    olderPath: older === 0 ? undefined : pathOf('page', older),
  };
  const query = isSearch(slice, form) ? found?.query : undefined;
  return (records) =>
    composeListPage(store, {
      ...list,
      records,
      ...(query === undefined ? {} : { passage: foundPassages(records, query) }),
    });
}

function pageKind({ edition: { kind, store } }: Visit, { slice, form }: Excerpt): Fields {
  return kind(`page ${form === 'subscribe'} ${isAlone(slice)}`, () => ({
    mediaType: mediaTypes.html,
    headers: {
      ...pageHeaders(store.site),
      ...(isAlone(slice) ? {} : { 'X-Robots-Tag': 'noindex' }),
    },
    vary: form === 'subscribe' ? FEED_VARY : 'Accept-Encoding',
  }));
}

function templateOf({ slice, form, archive, articles }: Excerpt): ListPage['template'] {
  if (form === 'subscribe' || form === 'searchForm') return form;
  if (isSearch(slice, form) && archive === undefined)
    return articles.length === 0 ? 'searchNothing' : 'search';
  return isEverything(slice) && archive === undefined ? 'home' : 'slice';
}

/** Whether a search engine should know the slice: combinations are without number. */
function isAlone(slice: Slice): boolean {
  return isEverything(slice) || valueOfSlice(slice) !== undefined;
}
