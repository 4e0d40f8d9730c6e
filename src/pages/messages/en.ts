import type { Facet } from '../../facets.ts';

/**
 * The texts of pages in one language. A label before a value includes its punctuation, but no trailing space. No
 * message depends on a plural.
 */
export type Messages = Readonly<typeof en>;

export const en = {
  /** BCP 47. */
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',

  skip: 'Skip to the content',
  subscribe: 'Subscribe',
  subscribeTo: (title: string) => `Subscribe to ${title}`,
  allFeeds: 'All feeds',
  search: 'Search',
  /** The placeholder of the search field. */
  searchHint: 'Search the articles',

  /** Explains feeds in one sentence. */
  feedIs:
    'A feed is an address that you give to a feed reader once; from then on it brings you every new article, without an account and without e-mail.',
  copy: 'Copy',
  copied: 'Copied',
  /** Before a list of feed readers. */
  openIn: 'Subscribe with',
  /** The default feed reader of this device. */
  ownReader: 'Reader on this device',
  formats: 'The same articles in three formats; any of them will do.',
  newest: 'Newest articles',
  /** The heading of a list. */
  articles: 'Articles',

  older: 'Older articles',
  newer: 'Newer articles',
  /** Labels the links to the previous and next articles. */
  neighbours: 'Articles before and after',

  results: 'Results for',
  noResult: 'Nothing was found.',
  searchTip: 'Fewer or other words may find more.',
  subscribeToSearch: 'Subscribe to this search',

  /** The names of facets, above a list of values. */
  many: {
    tag: 'Tags',
    source: 'Sources',
    author: 'Authors',
    language: 'Languages',
    year: 'Years',
    collection: 'Collections',
    series: 'Series',
  } satisfies Readonly<Record<Facet, string>>,

  updated: 'Updated',
  by: 'By',
  /** Before the name of the publication that an article comes from. */
  originallyIn: 'First published in',
  attachments: 'Attachments',
  /** Before the names of the languages into which an article is translated. */
  alsoIn: 'Also in:',

  related: 'Related articles',
  /** The table of contents. */
  contents: 'Contents',
  /** The heading of footnotes, for assistive technology. */
  notes: 'Notes',
  corrections: 'Corrections',
  part: (part: number, parts: number) => `Part ${part} of ${parts}`,
  previousPart: 'Previous part',
  nextPart: 'Next part',
  share: 'Share',
  byMail: 'By e-mail',

  /** With a number. */
  episode: (number: number) => `Episode ${number}`,
  season: (number: number) => `Season ${number}`,
  trailer: 'Trailer',
  bonus: 'Bonus',
  episodes: 'Episodes',
  chapters: 'Chapters',
  transcript: 'Transcript',
  host: 'Host',
  guest: 'Guest',
  /** Before the names of podcast directories. */
  listenOn: 'Listen on',

  notFound: 'Not found',
  notFoundText: 'There is nothing at this address.',
  perhaps: 'Perhaps one of these was meant:',
  removed: 'Removed',
  removedText: 'The article that was here has been removed.',
  /** Before a day. */
  removedOn: 'Removed on',
  failure: 'Something went wrong',
  failureText: 'The fault is ours. Please try again in a few minutes.',
  unavailable: 'Not available at the moment',
  unavailableText: 'This part of the archive cannot be read. Please try again in a few minutes.',
  badQuery: 'The query is too large',
  badQueryText: 'Please use fewer words or values.',
};
