import type { Instant } from '../article.ts';
import { type Slice, sliceTitle, valueOfSlice } from '../facets.ts';
import { composeFeed } from '../feeds/compose.ts';
import { envelopeName, type FeedHistory, type FeedMetadata, sliceId } from '../feeds/metadata.ts';
import { type Cadence, cadenceOf, type Freshness, freshFor, freshness } from '../http/headers.ts';
import { descriptionOf } from '../pages/value-names.ts';
import type { FeedFormat } from '../routes/paths.ts';
import { slicePaths } from '../routes/slice-paths.ts';
import { fullPages } from '../store/history.ts';
import type { Records } from '../store/record-reader.ts';
import { type Composition, originChange } from '../templates/compose.ts';
import type { RequestContext } from './request-context.ts';
import { lastModifiedOf, type SelectedArticles } from './select-articles.ts';

/** The maximum number of tombstones in a feed. */
const MAX_TOMBSTONES = 20;
/** The number of newest articles from which the frequency of changes is estimated. */
const MAX_CHANGED = 20;

export function feedComposer(
  context: RequestContext,
  selected: SelectedArticles,
  format: FeedFormat,
  cadence: Cadence,
): (records: Records) => Composition {
  const { origin, snapshot } = context;
  const { slice, articles } = selected;
  const metadata = feedMetadata(context, selected, format, cadence);
  const change = originChange(context.site.url, origin);
  const envelope = snapshot.store.siteFragment(envelopeOf(context, slice, format));
  return (records) =>
    composeFeed({ format, origin, originChange: change, metadata, envelope, articles, records });
}

/** The request fields that choose between a feed, its delta, and the page that explains it. */
export function feedVary(hasDeltas: boolean): string {
  return `${hasDeltas ? 'A-IM, ' : ''}Accept-Encoding, Sec-Fetch-Mode`;
}

/** How often a feed changed lately. */
export function feedCadence(
  { snapshot: { store } }: RequestContext,
  { articles }: SelectedArticles,
): Cadence {
  const changes: Instant[] = [];
  for (const article of articles.slice(0, MAX_CHANGED))
    changes.push(store.published(article), store.changed(article));
  return cadenceOf(changes);
}

/** How long a feed is fresh in caches. */
export function feedFreshness({ site, now }: RequestContext, cadence: Cadence): Freshness {
  return freshness(60 * (site.freshness ?? freshFor(cadence, now)));
}

/** The envelope of a podcast if the slice is its collection, otherwise that of all feeds. */
function envelopeOf({ snapshot }: RequestContext, slice: Slice, format: FeedFormat): string {
  const value = valueOfSlice(slice);
  const own = value?.facet === 'collection' ? envelopeName(format, value.key) : format;
  return snapshot.store.hasSiteFragment(own) ? own : format;
}

function feedMetadata(
  context: RequestContext,
  selected: SelectedArticles,
  format: FeedFormat,
  cadence: Cadence,
): FeedMetadata {
  const { site, snapshot } = context;
  const { store } = snapshot;
  const { slice, archive } = selected;
  const name = sliceTitle(slice, store.label);
  const pathOf = slicePaths(slice);
  const [language, ...others] = slice.clauses.filter(
    ({ facet, isNegated, keys }) => facet === 'language' && !isNegated && keys.length === 1,
  );
  return {
    title: name === '' ? site.title : `${name} – ${site.title}`,
    description: name === '' ? site.description : descriptionOf(site, slice, name),
    language: (others.length === 0 ? language?.keys[0] : undefined) ?? site.language,
    id: sliceId(store.site.feedId, slice),
    updated: lastModifiedOf(context, selected),
    homePath: pathOf('page', archive),
    feedPaths: {
      rss: pathOf('rss', archive),
      atom: pathOf('atom', archive),
      json: pathOf('json', archive),
    },
    // Without the silence since then: the text changes only with the articles.
    ttl: site.freshness ?? freshFor(cadence),
    history: historyOf(selected, (page) => pathOf(format, page)),
    removed: name === '' && archive === undefined ? store.site.removed.slice(0, MAX_TOMBSTONES) : [],
  };
}

function historyOf(
  { archive, older, selection }: SelectedArticles,
  pathOf: (archive?: number) => string,
): FeedHistory {
  const previous = older > 0 ? { previous: pathOf(older) } : {};
  if (archive === undefined) return { ...previous, isComplete: older === 0 };
  const next = archive < fullPages(selection) ? { next: pathOf(archive + 1) } : {};
  return { current: pathOf(), ...previous, ...next, isComplete: false };
}
