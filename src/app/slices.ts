import { composeFeed } from '../feeds/compose.ts';
import type { FeedFacts, FeedHistory } from '../feeds/facts.ts';
import { sliceId } from '../feeds/slice-id.ts';
import { type Representation, representation } from '../http/representation.ts';
import { FEED_HEADERS, pageHeaders } from '../http/security.ts';
import { composeListPage } from '../pages/compose.ts';
import { type FeedFormat, mediaTypes, type SliceForm, slicePath } from '../routes.ts';
import { type Slice, sliceTitle, valueOfSlice } from '../slice.ts';
import { fullPages, newestOf, pageOf } from '../store/history.ts';
import type { Records } from '../store/shelf.ts';
import type { Selection } from '../store/store.ts';
import type { Visit } from './visit.ts';

/** The most removals that a feed tells of. */
const MAX_TOMBSTONES = 20;
/** The most segments beside the worker that a feed's older part may need; Cloudflare's free plan allows 50 reads. */
const MAX_READS = 20;

/** What chooses between a feed, a part of it and a page that explains it. */
const FEED_VARY = 'A-IM, Accept, Accept-Encoding, Sec-Fetch-Mode';

/** A slice, or a page of its history, in one of its forms. */
export interface SliceQuestion {
  readonly slice: Slice;
  readonly form: SliceForm | 'subscribe';
  /** Number of the page of history; absent for the newest articles. */
  readonly archive?: number;
  /** The format that a page to subscribe is about. */
  readonly format?: FeedFormat;
}

/** The articles that a question asks for, and what is around them. */
interface Excerpt extends SliceQuestion {
  readonly selection: Selection;
  /** The newest first. */
  readonly articles: readonly number[];
  readonly records: Records;
  /** Number of the page with older articles; 0 without one. */
  readonly older: number;
}

/** @returns undefined when there is no such page of history */
export async function representSlice(
  visit: Visit,
  question: SliceQuestion,
): Promise<Representation | undefined> {
  const { edition, shelf, site } = visit;
  const { store } = edition;
  const { slice, archive } = question;
  const selection = store.select(slice);
  if (archive !== undefined && archive > fullPages(selection)) return undefined;
  const limits = { entries: site.feedSize, bytes: site.feedBytes, reads: MAX_READS };
  const { articles, pagesBefore } =
    archive === undefined
      ? newestOf(store, selection, limits, shelf.segmentBeside)
      : { articles: pageOf(store, selection, archive), pagesBefore: archive - 1 };
  const opened = shelf.open(articles);
  const records = opened instanceof Promise ? await opened : opened;
  const excerpt: Excerpt = { ...question, selection, articles, records, older: pagesBefore };
  const { form } = question;
  return form === 'page' || form === 'subscribe'
    ? pageOfExcerpt(visit, excerpt, form)
    : feedOfExcerpt(visit, excerpt, form);
}

function feedOfExcerpt(visit: Visit, excerpt: Excerpt, format: FeedFormat): Representation {
  const { origin, edition } = visit;
  const { slice, selection, articles, records, archive } = excerpt;
  const composition = composeFeed({
    format,
    origin,
    facts: feedFacts(visit, excerpt, format),
    envelope: edition.store.siteFragment(envelopeOf(visit, slice, format)),
    articles,
    records,
  });
  return representation(composition, {
    mediaType: mediaTypes[format],
    headers: FEED_HEADERS,
    vary: FEED_VARY,
    until: selection.until,
    hasDeltas: visit.site.deltas && archive === undefined,
  });
}

/** A collection may have an envelope of its own, such as that of a podcast. */
function envelopeOf({ edition }: Visit, slice: Slice, format: FeedFormat): string {
  const value = valueOfSlice(slice);
  const own = value?.dimension === 'collection' ? `${format}:${value.key}` : format;
  return edition.store.hasSiteFragment(own) ? own : format;
}

function feedFacts({ site, edition }: Visit, excerpt: Excerpt, format: FeedFormat): FeedFacts {
  const { store } = edition;
  const { slice, selection, articles } = excerpt;
  const isMain = slice.clauses.length === 0 && slice.words === undefined;
  const name = sliceTitle(slice, store.label);
  const [clause, ...others] = slice.clauses.filter(
    ({ dimension, isNegated, keys }) => dimension === 'language' && !isNegated && keys.length === 1,
  );
  return {
    title: isMain ? site.title : `${name} – ${site.title}`,
    description: isMain ? site.description : `${name}. ${site.description}`,
    language: (others.length === 0 ? clause?.keys[0] : undefined) ?? site.language,
    id: sliceId(store.site.feedId, slice),
    updated: store.lastModified(articles, selection),
    homePath: slicePath(slice, 'page', excerpt.archive),
    feedPaths: {
      rss: slicePath(slice, 'rss', excerpt.archive),
      atom: slicePath(slice, 'atom', excerpt.archive),
      json: slicePath(slice, 'json', excerpt.archive),
    },
    history: historyOf(excerpt, format),
    removed: isMain && excerpt.archive === undefined ? store.site.removed.slice(0, MAX_TOMBSTONES) : [],
  };
}

function historyOf({ slice, archive, older, selection }: Excerpt, format: FeedFormat): FeedHistory {
  const previous = older > 0 ? { previous: slicePath(slice, format, older) } : {};
  if (archive === undefined) return { ...previous, isComplete: older === 0 };
  const next = archive < fullPages(selection) ? { next: slicePath(slice, format, archive + 1) } : {};
  return { current: slicePath(slice, format), ...previous, ...next, isComplete: false };
}

function pageOfExcerpt(visit: Visit, excerpt: Excerpt, form: 'page' | 'subscribe'): Representation {
  const { origin, edition, site } = visit;
  const { store } = edition;
  const { slice, selection, articles, records, archive, older, format = 'rss' } = excerpt;
  const isMain = slice.clauses.length === 0 && slice.words === undefined && archive === undefined;
  const name = sliceTitle(slice, store.label);
  const newer = archive === undefined ? 0 : archive + 1;
  const composition = composeListPage(store, {
    template: form === 'subscribe' ? 'subscribe' : isMain ? 'home' : 'slice',
    origin,
    articles,
    records,
    lastModified: store.lastModified(articles, selection),
    title: name === '' ? site.title : `${name} – ${site.title}`,
    heading: name === '' ? site.title : name,
    ownPath: slicePath(slice, 'page', archive),
    feedPaths: {
      rss: slicePath(slice, 'rss'),
      atom: slicePath(slice, 'atom'),
      json: slicePath(slice, 'json'),
    },
    feedPath: slicePath(slice, format),
    newerPath:
      newer === 0 ? undefined : slicePath(slice, 'page', newer <= fullPages(selection) ? newer : undefined),
    olderPath: older === 0 ? undefined : slicePath(slice, 'page', older),
  });
  return representation(composition, {
    mediaType: mediaTypes.html,
    headers: {
      ...pageHeaders(store.site.styleSource),
      ...(isAlone(slice) ? {} : { 'X-Robots-Tag': 'noindex' }),
    },
    vary: form === 'page' ? 'Accept-Encoding' : FEED_VARY,
    until: selection.until,
  });
}

/** Whether a search engine should know the slice: combinations are without number. */
function isAlone(slice: Slice): boolean {
  return (slice.clauses.length === 0 && slice.words === undefined) || valueOfSlice(slice) !== undefined;
}
