import type { Instant } from '../article.ts';
import { type FeedFormat, feedPath } from '../routes.ts';
import type { Site } from '../settings.ts';
import { type Composition, writeLiterals } from '../store/composition.ts';
import { crc32 } from '../store/crc32.ts';
import type { Gone } from '../store/facts.ts';
import { type Fragment, fill, type Literal } from '../store/fragment.ts';
import type { Stored } from '../store/fragment-format.ts';
import type { Records } from '../store/shelf.ts';
import type { Store } from '../store/store.ts';
import { storedLiteral } from '../store/stored-literal.ts';
import type { Hole } from '../store/template.ts';
import { encodeUtf8 } from '../store/utf8.ts';
import { datesIn } from './dates.ts';
import { goneTitle, wordsOf } from './gone.ts';
import { type Html, html } from './html.ts';
import { visibleTranslations } from './translations.ts';

const SHARED = ['head', 'top', 'foot'] as const;

/** What the permalink page of an article is composed of. */
export interface ArticlePage {
  readonly article: number;
  /** The articles before and after it, as far as they are to be mentioned. */
  readonly previous: number | undefined;
  readonly next: number | undefined;
  readonly records: Records;
  readonly origin: string;
  readonly now: Instant;
}

export function composeArticlePage(store: Store, page: ArticlePage): Composition {
  const { article, previous, next, records, origin, now } = page;
  const translations = visibleTranslations(records.fragment(article, 'translations').fragment, now);
  const around = [neighbour(store, records, 'previous', previous), neighbour(store, records, 'next', next)];
  const composition = composePage(store, records.fragment(article, 'page'), {
    origin,
    lastModified: Math.max(
      store.changed(article),
      next === undefined ? 0 : store.published(next),
      translations.changed,
    ),
    own: {
      body: records.fragment(article, 'body').fragment,
      alternates: translations.alternates,
      translations: translations.translations,
      neighbours: around.flatMap(({ fragment }) => fragment),
    },
  });
  return {
    ...composition,
    frame: composition.frame + around.map(({ fingerprint }) => fingerprint).join('') + translations.name,
  };
}

function neighbour(
  store: Store,
  records: Records,
  name: 'previous' | 'next',
  article: number | undefined,
): { fingerprint: string; fragment: Fragment } {
  if (article === undefined) return { fingerprint: '', fragment: [] };
  const link = store.siteFragment(name);
  const mention = records.fragment(article, 'mention');
  return {
    fingerprint: link.fingerprint + mention.fingerprint,
    fragment: fill(link.fragment, () => mention.fragment),
  };
}

/** What a page that lists articles is composed of. */
export interface ListPage {
  readonly template: 'home' | 'slice' | 'subscribe' | 'searchForm' | 'search' | 'searchNothing';
  readonly origin: string;
  /** In the order in which they are shown. */
  readonly articles: readonly number[];
  readonly records: Records;
  readonly lastModified: Instant | undefined;
  /** Of the document, plain text. */
  readonly title: string;
  /** Plain text. */
  readonly heading: string;
  /** What was searched for; may be empty. */
  readonly words: string;
  readonly ownPath: string;
  /** Paths of the same slice as a feed. */
  readonly feedPaths: Readonly<Record<FeedFormat, string>>;
  /** The one of them that the page is about. */
  readonly feedPath: string;
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
    frame: `${composition.frame}${checksum(`${list.newerPath} ${list.olderPath}`)}`,
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

const MAIN_FEEDS: Readonly<Record<FeedFormat, string>> = {
  rss: feedPath('rss'),
  atom: feedPath('atom'),
  json: feedPath('json'),
};

function feedTexts(
  { feedPaths, feedPath }: Pick<ListPage, 'feedPaths' | 'feedPath'>,
  origin: string,
): Partial<Record<Hole, string>> {
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
  return { ...composition, frame: composition.frame + literal.crc.toString(36) };
}

/** The page of each error. */
const ERROR_TEMPLATES = {
  badQuery: 'badQuery',
  notFound: 'notFound',
  unknownValue: 'notFound',
  methodNotAllowed: 'notFound',
  gone: 'gone',
  failure: 'failure',
  unavailable: 'unavailable',
} as const;

/** What the page of an error is composed of. */
export interface ErrorFacts {
  readonly origin: string;
  /** What may have been meant. */
  readonly suggestions?: readonly { readonly label: string; readonly address: string }[];
  /** What was there. */
  readonly gone?: Gone;
}

/** A page that tells of an error. */
export function composeErrorPage(
  store: Store,
  { language, timeZone }: Site,
  name: keyof typeof ERROR_TEMPLATES,
  { origin, suggestions = [], gone }: ErrorFacts,
): Composition {
  const items = suggestions.map(({ label, address }) => html`<li><a href="${address}">${label}</a></li>\n`);
  const list = [
    ...(items.length === 0 ? [] : around(store, 'suggestions', { list: html`${items}` })),
    ...(gone === undefined
      ? []
      : around(store, 'goneFacts', {
          title: gone.title === undefined ? html`` : goneTitle(gone.title),
          list: datesIn(timeZone).day(gone.removed, language),
        })),
  ];
  const texts = { words: gone?.title === undefined ? '' : wordsOf(gone.title) };
  const template = store.siteFragment(ERROR_TEMPLATES[name]);
  return composePage(store, template, { origin, lastModified: undefined, texts, own: { list } });
}

/** What pages share around something that only a request knows. */
function around(
  store: Store,
  name: 'suggestions' | 'goneFacts',
  contents: Partial<Record<Hole, Html>>,
): Literal[] {
  return fill(store.siteFragment(name).fragment, (hole) => [storedLiteral(contents[hole]?.markup ?? '')]);
}

interface PageParts {
  readonly origin: string;
  readonly lastModified: Instant | undefined;
  /** What fills holes: plain texts. */
  readonly texts?: Partial<Record<Hole, string>>;
  /** What fills holes: markup, known by what the page says otherwise. */
  readonly own: Partial<Record<Hole, Fragment>>;
}

function composePage(store: Store, { fragment, fingerprint }: Stored, parts: PageParts): Composition {
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
    frame: [
      fingerprint,
      ...shared.map((stored) => stored.fingerprint),
      checksum(Object.values({ ...texts, origin }).join('\n')),
    ].join(''),
    entries: [],
    lastModified,
  };
}

/** A plain text as markup. */
function textLiteral(text: string): Literal {
  return storedLiteral(html`${text}`.markup);
}

function checksum(text: string): string {
  return crc32(encodeUtf8(text)).toString(36);
}
