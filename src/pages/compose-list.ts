import type { Instant } from '../article.ts';
import type { Facet } from '../facets.ts';
import { readCanonical } from '../html/canonical.ts';
import { textWithoutNotes } from '../html/text.ts';
import { indexPath } from '../routes/paths.ts';
import { excerpt } from '../search/excerpt.ts';
import type { Query } from '../search/query.ts';
import type { Records } from '../store/record-reader.ts';
import type { Store } from '../store/store.ts';
import { decodeUtf8 } from '../templates/bytes.ts';
import type { Composition, Entries, NestedFragment } from '../templates/compose.ts';
import { crcOfText } from '../templates/crc32.ts';
import { concatenate } from '../templates/gzip.ts';
import { composePage, feedTexts, holeTexts, type PageFeeds } from './compose.ts';
import { type Html, html } from './html.ts';

/** The parts of a page that lists articles. */
export interface ListPage extends PageFeeds {
  readonly template:
    | 'home'
    | 'homeEmpty'
    | 'slice'
    | 'archive'
    | 'subscribe'
    | 'searchForm'
    | 'search'
    | 'searchNothing'
    | `show:${string}`;
  readonly origin: string;
  /** In display order. */
  readonly articles: readonly number[];
  /** The number of pinned articles, which are above all days. */
  readonly pinned: number;
  readonly records: Records;
  readonly lastModified: Instant;
  /** The title of the document, plain text. */
  readonly title: string;
  /** Plain text. */
  readonly heading: string;
  /** The name of the slice; plain text. */
  readonly name: string;
  /** A description of the slice, for search engines; plain text. */
  readonly description: string;
  /** The same for people, where the publisher states it; plain text. */
  readonly about: string | undefined;
  /** The header of a person's articles, as HTML. */
  readonly person: string | undefined;
  /** The facet and the number of articles of a slice that is all articles with a value. */
  readonly value: { readonly facet: Facet; readonly count: number } | undefined;
  /** The search query; may be empty. */
  readonly words: string;
  readonly ownPath: string;
  readonly newerPath: string | undefined;
  readonly olderPath: string | undefined;
  /** Markup to show instead of an article's summary. */
  readonly snippet?: (article: number) => string;
}

export function composeListPage(store: Store, list: ListPage): Composition {
  const { template, origin, lastModified } = list;
  return composePage(store, store.siteFragment(template), {
    origin,
    lastModified,
    texts: {
      title: list.title,
      heading: list.heading,
      name: list.name,
      description: list.description,
      words: list.words,
      ownPath: list.ownPath,
      ...feedTexts(list, origin),
    },
    markup: {
      kicker: list.value === undefined ? '' : kicker(store, list.value),
      about:
        list.person ?? (list.about === undefined ? '' : html`<p class="lead">${list.about}</p>\n`.markup),
    },
    pieces: {
      pager: [...pagerLink(store, 'newer', list.newerPath), ...pagerLink(store, 'older', list.olderPath)],
    },
    entries: teasers(list),
  });
}

/** The templates with headings of days, if there are several articles a day. */
const GROUPED: ReadonlySet<ListPage['template']> = new Set(['home', 'slice', 'archive']);

/** On the home page, the first article is the lead, above all days. */
function teasers({ template, articles, pinned, records, snippet }: ListPage): Entries {
  const snippets = snippet && articles.map(snippet);
  const hasLead = template === 'home';
  const days = GROUPED.has(template)
    ? articles.map((article) => records.fragment(article, 'day').fingerprint)
    : [];
  const isGrouped = days.length > 0 && 2 * new Set(days).size <= days.length;
  const firstInDays = Math.max(pinned, hasLead ? 1 : 0);
  return {
    fingerprints: articles.map((article, index) => {
      const { fingerprint } = records.fragment(article, 'teaser');
      const shown = snippets?.[index];
      return shown === undefined ? fingerprint : fingerprint + crcOfText(shown).toString(36);
    }),
    write(sink, index, fill) {
      const article = articles[index] as number; // one fingerprint per article
      const isFirstOfDay = index === firstInDays || (index > firstInDays && days[index] !== days[index - 1]);
      if (isGrouped && isFirstOfDay) records.fragment(article, 'day').write(sink, fill);
      const picture = hasLead && index === 0 ? 'leadPicture' : 'picture';
      records.fragment(article, 'teaser').write(sink, (hole) => {
        const shown = snippets?.[index];
        if (hole === 'picture') records.fragment(article, picture).write(sink, fill);
        else if (hole !== 'summary') fill(hole);
        else if (shown === undefined) records.fragment(article, 'summary').write(sink, fill);
        else sink.text(shown);
      });
    },
  };
}

/** The line above the name of a value: a link to the list of all values, and the number of articles. */
function kicker(
  { site }: Store,
  { facet, count }: { readonly facet: Facet; readonly count: number },
): string {
  return html`<p class="kicker"><a href="${indexPath(facet)}">${site.facetNames[facet]}</a> · <span class="count">${String(count)}</span></p>
`.markup;
}

function pagerLink(store: Store, name: 'newer' | 'older', path: string | undefined): NestedFragment[] {
  if (path === undefined) return [];
  return [{ fragment: store.siteFragment(name), texts: holeTexts({ ownPath: path }) }];
}

/** UTF-16 code units. */
const PASSAGE_LENGTH = 260;
/** Content after this offset is not searched; bytes. */
const MAX_READ = 250_000;

/** Returns the best-matching passage of an article as markup. */
export function snippets(records: Records, query: Query): (article: number) => string {
  return (article) => {
    const { text, highlights, isCutBefore, isCutAfter } = excerpt(
      bodyText(records, article),
      query,
      PASSAGE_LENGTH,
    );
    const pieces: Html[] = [];
    let at = 0;
    for (const [start, end] of highlights) {
      pieces.push(html`${text.slice(at, start)}<mark>${text.slice(start, end)}</mark>`);
      at = end;
    }
    return html`${isCutBefore ? '… ' : ''}${pieces}${text.slice(at)}${isCutAfter ? ' …' : ''}`.markup;
  };
}

function bodyText(records: Records, article: number): string {
  const body = records.fragment(article, 'body');
  const markup = concatenate((sink) => body.write(sink, () => {}));
  return textWithoutNotes(readCanonical(decodeUtf8(markup.subarray(0, MAX_READ))));
}
