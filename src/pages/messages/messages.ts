import type { Facet } from '../../facets.ts';

/**
 * What pages say by themselves, in one language. A text that stands before a value ends as its language wants it, a
 * space aside. Nothing depends on how many things there are.
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
  /** In the field for a search, while it is empty. */
  readonly searchHint: string;

  /** What a feed is, in one sentence. */
  readonly feedIs: string;
  readonly copy: string;
  readonly copied: string;
  /** Before a list of feed readers. */
  readonly openIn: string;
  /** A feed reader of this device, whichever it is. */
  readonly ownReader: string;
  readonly formats: string;
  readonly newest: string;

  readonly older: string;
  readonly newer: string;
  readonly previous: string;
  readonly next: string;
  /** Of the links to articles before and after. */
  readonly around: string;

  readonly results: string;
  readonly noResult: string;
  readonly searchTip: string;
  readonly subscribeToSearch: string;

  /** What an article can be chosen by, on its own page. */
  readonly one: Readonly<Record<Facet, string>>;
  /** The same, above a list of values. */
  readonly many: Readonly<Record<Facet, string>>;

  readonly updated: string;
  readonly by: string;
  /** Before the name of the publication that an article comes from. */
  readonly originallyIn: string;
  readonly attachments: string;
  /** Before the names of the languages into which an article is translated. */
  readonly alsoIn: string;

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
