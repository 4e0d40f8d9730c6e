import type { Instant } from '../article.ts';
import { type FeedFormat, feedPath } from '../routes/paths.ts';
import type { Store } from '../store/store.ts';
import { type Composition, writeLiterals } from '../templates/composition.ts';
import { crc32 } from '../templates/crc32.ts';
import { type Fragment, fill, type Literal } from '../templates/fragment.ts';
import type { Stored } from '../templates/fragment-format.ts';
import { storedLiteral } from '../templates/stored-literal.ts';
import type { Hole } from '../templates/template.ts';
import { encodeUtf8 } from '../templates/utf8.ts';
import { html } from './html.ts';

const SHARED = ['head', 'top', 'foot'] as const;

interface PageParts {
  readonly origin: string;
  readonly lastModified: Instant | undefined;
  /** What fills holes: plain texts. */
  readonly texts?: Partial<Record<Hole, string>>;
  /** What fills holes: markup, known by what the page says otherwise. */
  readonly own: Partial<Record<Hole, Fragment>>;
}

/** What is the same for every page around what is its own. */
export function composePage(store: Store, { fragment, fingerprint }: Stored, parts: PageParts): Composition {
  const { origin, lastModified, texts = {}, own } = parts;
  const shared = SHARED.map((name) => store.siteFragment(name));
  const [head = [], top = [], foot = []] = shared.map((stored) => stored.fragment);
  const written = Object.entries({ ...texts, origin }).map(([hole, text]) => [hole, [textLiteral(text)]]);
  const fillings: Partial<Record<Hole, Fragment>> = {
    ...own,
    head,
    top,
    foot,
    ...Object.fromEntries(written),
  };
  return {
    write: writeLiterals(fill(fragment, (hole) => fillings[hole] ?? [])),
    envelopeTag: [
      fingerprint,
      ...shared.map((stored) => stored.fingerprint),
      checksum(Object.values({ ...texts, origin }).join('\n')),
    ].join(''),
    entries: [],
    lastModified,
  };
}

const MAIN_FEEDS: Readonly<Record<FeedFormat, string>> = {
  rss: feedPath('rss'),
  atom: feedPath('atom'),
  json: feedPath('json'),
};

/** The feeds of what a page shows. */
export interface PageFeeds {
  /** Paths of the same slice as a feed. */
  readonly feedPaths: Readonly<Record<FeedFormat, string>>;
  /** The one of them that the page is about. */
  readonly feedPath: string;
}

/** What pages say of them. */
export function feedTexts({ feedPaths, feedPath }: PageFeeds, origin: string): Partial<Record<Hole, string>> {
  return {
    rssPath: feedPaths.rss,
    atomPath: feedPaths.atom,
    jsonPath: feedPaths.json,
    feed: feedPath,
    encodedFeed: encodeURIComponent(origin + feedPath),
  };
}

/** A page about the main feeds, with markup, known by its checksum, in its hole for a list. */
export function composeTemplate(
  store: Store,
  template: string,
  { origin, lastModified, list }: { origin: string; lastModified: Instant | undefined; list: string },
): Composition {
  const literal = storedLiteral(list);
  const composition = composePage(store, store.siteFragment(template), {
    origin,
    lastModified,
    texts: feedTexts({ feedPaths: MAIN_FEEDS, feedPath: MAIN_FEEDS.rss }, origin),
    own: { list: [literal] },
  });
  return { ...composition, envelopeTag: composition.envelopeTag + literal.crc.toString(36) };
}

/** A plain text as markup. */
export function textLiteral(text: string): Literal {
  return storedLiteral(html`${text}`.markup);
}

/** Of a text that a page holds, for its entity tag. */
export function checksum(text: string): string {
  return crc32(encodeUtf8(text)).toString(36);
}
