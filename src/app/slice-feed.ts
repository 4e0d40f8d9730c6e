import { type Slice, sliceTitle, valueOfSlice } from '../facets.ts';
import { composeFeed } from '../feeds/compose.ts';
import { envelopeName } from '../feeds/envelope-name.ts';
import type { FeedFacts, FeedHistory } from '../feeds/metadata.ts';
import { sliceId } from '../feeds/slice-id.ts';
import type { Fields } from '../http/representation.ts';
import { FEED_HEADERS } from '../http/security.ts';
import { type FeedFormat, mediaTypes } from '../routes/paths.ts';
import { slicePaths } from '../routes/slice-paths.ts';
import { fullPages } from '../store/history.ts';
import type { Records } from '../store/record-reader.ts';
import type { Composition } from '../templates/composition.ts';
import type { Visit } from './request-context.ts';
import { type Choice, lastModifiedOf } from './select-articles.ts';

/** The most removals that a feed tells of. */
const MAX_TOMBSTONES = 20;
/** What chooses between a feed, a part of it and a page that explains it. */
export const FEED_VARY = 'A-IM, Accept, Accept-Encoding, Sec-Fetch-Mode';

export function feedComposer(
  visit: Visit,
  choice: Choice,
  format: FeedFormat,
): (records: Records) => Composition {
  const { origin, edition } = visit;
  const { slice, articles } = choice;
  const facts = feedFacts(visit, choice, format);
  const envelope = edition.store.siteFragment(envelopeOf(visit, slice, format));
  return (records) => composeFeed({ format, origin, facts, envelope, articles, records });
}

export function feedKind({ edition }: Visit, format: FeedFormat): Fields {
  return edition.kind(format, () => ({
    mediaType: mediaTypes[format],
    headers: FEED_HEADERS,
    vary: FEED_VARY,
  }));
}

/** A collection may have an envelope of its own, such as that of a podcast. */
function envelopeOf({ edition }: Visit, slice: Slice, format: FeedFormat): string {
  const value = valueOfSlice(slice);
  const own = value?.dimension === 'collection' ? envelopeName(format, value.key) : format;
  return edition.store.hasSiteFragment(own) ? own : format;
}

function feedFacts(visit: Visit, choice: Choice, format: FeedFormat): FeedFacts {
  const { site, edition } = visit;
  const { store } = edition;
  const { slice, archive } = choice;
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
    updated: lastModifiedOf(visit, choice),
    homePath: pathOf('page', archive),
    feedPaths: {
      rss: pathOf('rss', archive),
      atom: pathOf('atom', archive),
      json: pathOf('json', archive),
    },
    history: historyOf(choice, (page) => pathOf(format, page)),
    removed: name === '' && archive === undefined ? store.site.removed.slice(0, MAX_TOMBSTONES) : [],
  };
}

function historyOf({ archive, older, selection }: Choice, pathOf: (archive?: number) => string): FeedHistory {
  const previous = older > 0 ? { previous: pathOf(older) } : {};
  if (archive === undefined) return { ...previous, isComplete: older === 0 };
  const next = archive < fullPages(selection) ? { next: pathOf(archive + 1) } : {};
  return { current: pathOf(), ...previous, ...next, isComplete: false };
}
