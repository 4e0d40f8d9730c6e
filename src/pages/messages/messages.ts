import type { Facet } from '../../facets.ts';

/**
 * The texts of pages in one language. A label before a value includes its punctuation, but no trailing space. No
 * message depends on a plural.
 */
export interface Messages {
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';

  readonly skip: string;
  readonly subscribe: string;
  readonly subscribeTo: (title: string) => string;
  readonly allFeeds: string;
  readonly search: string;
  /** The placeholder of the search field. */
  readonly searchHint: string;

  /** Explains feeds in one sentence. */
  readonly feedIs: string;
  readonly copy: string;
  readonly copied: string;
  /** Before a list of feed readers. */
  readonly openIn: string;
  /** The default feed reader of this device. */
  readonly ownReader: string;
  readonly formats: string;
  readonly newest: string;
  /** The heading of a list. */
  readonly articles: string;

  readonly older: string;
  readonly newer: string;
  /** Labels the links to the previous and next articles. */
  readonly neighbours: string;

  readonly results: string;
  readonly noResult: string;
  readonly searchTip: string;
  readonly subscribeToSearch: string;

  /** The names of facets, above a list of values. */
  readonly many: Readonly<Record<Facet, string>>;

  readonly updated: string;
  readonly by: string;
  /** Before the name of the publication that an article comes from. */
  readonly originallyIn: string;
  readonly attachments: string;
  /** Before the names of the languages into which an article is translated. */
  readonly alsoIn: string;

  readonly related: string;
  /** The table of contents. */
  readonly contents: string;
  /** The heading of footnotes, for assistive technology. */
  readonly notes: string;
  readonly corrections: string;
  readonly part: (part: number, parts: number) => string;
  readonly previousPart: string;
  readonly nextPart: string;
  readonly share: string;
  readonly byMail: string;

  /** With a number. */
  readonly episode: (number: number) => string;
  readonly season: (number: number) => string;
  readonly trailer: string;
  readonly bonus: string;
  readonly episodes: string;
  readonly chapters: string;
  readonly transcript: string;
  readonly host: string;
  readonly guest: string;
  /** Before the names of podcast directories. */
  readonly listenOn: string;

  readonly notFound: string;
  readonly notFoundText: string;
  readonly perhaps: string;
  readonly removed: string;
  readonly removedText: string;
  /** Before a day. */
  readonly removedOn: string;
  readonly failure: string;
  readonly failureText: string;
  readonly unavailable: string;
  readonly unavailableText: string;
  readonly badQuery: string;
  readonly badQueryText: string;
}
