import type { Instant } from '../article.ts';
import { byFormat, type FeedFormat, feedPath, indexPath } from '../routes/paths.ts';
import type { FacetGroup } from '../store/facets-format.ts';
import type { Records } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';
import {
  type Composition,
  compose,
  type Entries,
  type HoleTexts,
  type NestedFragment,
  type NestedFragments,
  originChange,
} from '../templates/compose.ts';
import type { StoredFragment } from '../templates/fragment.ts';
import { facetIndexList, indexLinks } from './facet-index.ts';
import { escapeMarkup } from './html.ts';
import { frameNames } from './value-names.ts';

/** The values for the holes of a page, except those that all pages share. */
interface PageParts {
  readonly origin: string;
  readonly lastModified: Instant | undefined;
  /** BCP 47 of the interface; undefined: that of the site. */
  readonly language?: string | undefined;
  /** Plain texts. */
  readonly texts?: HoleTexts;
  /** Markup. */
  readonly markup?: HoleTexts;
  readonly pieces?: NestedFragments;
  /** After the foot. */
  readonly after?: readonly NestedFragment[];
  readonly entries?: Entries;
}

/** Composes a page with the shared head, header and footer. */
export function composePage(store: Store, template: StoredFragment, parts: PageParts): Composition {
  const { origin, lastModified, language, texts = {}, markup = {}, pieces, after = [], entries } = parts;
  const { top, foot } = frameNames(language);
  return compose({
    template,
    texts: holeTexts({ ...texts, origin }, { ...markup, indexes: indexLinks(store, language) }),
    pieces: {
      head: [{ fragment: store.siteFragment('head') }],
      top: [{ fragment: store.siteFragment(top) }],
      foot: [{ fragment: store.siteFragment(foot) }, ...after],
      ...pieces,
    },
    ...(entries && { entries }),
    originChange: originChange(store.site.settings.url, origin),
    lastModified,
  });
}

/** @param texts plain text, which this function escapes */
export function holeTexts(texts: HoleTexts, markup: HoleTexts = {}): HoleTexts {
  const escaped = Object.entries(texts).map(([hole, text]) => [hole, escapeMarkup(text)]);
  return { ...Object.fromEntries(escaped), ...markup };
}

const MAIN_FEEDS = byFormat(feedPath);

/** The feeds of a page's slice. */
export interface PageFeeds {
  /** The feed paths of the same slice. */
  readonly feedPaths: Readonly<Record<FeedFormat, string>>;
  /** The feed that the page is about. */
  readonly feedPath: string;
}

/** The feed links of a page. */
export function feedTexts({ feedPaths, feedPath }: PageFeeds, origin: string): HoleTexts {
  return {
    rssPath: feedPaths.rss,
    atomPath: feedPaths.atom,
    jsonPath: feedPaths.json,
    feed: feedPath,
    encodedFeed: encodeURIComponent(origin + feedPath),
  };
}

export function composeFeedsPage(
  store: Store,
  { origin, lastModified, list }: { origin: string; lastModified: Instant; list: string },
): Composition {
  return composePage(store, store.siteFragment('feeds'), {
    origin,
    lastModified,
    texts: feedTexts({ feedPaths: MAIN_FEEDS, feedPath: MAIN_FEEDS.rss }, origin),
    markup: { list },
  });
}

/** The page that lists the values of a facet. */
export function composeFacetIndex(
  store: Store,
  group: FacetGroup,
  { origin, lastModified }: Pick<PageParts, 'origin' | 'lastModified'>,
): Composition {
  return composePage(store, store.siteFragment('facetIndex'), {
    origin,
    lastModified,
    texts: { heading: group.name, ownPath: indexPath(group.facet) },
    markup: { list: facetIndexList(store.site.settings, group) },
  });
}

/** The parts of the permalink page of an article. */
interface ArticlePage {
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
