import type { Messages } from './messages.ts';

export const en: Messages = {
  language: 'en',
  direction: 'ltr',

  skip: 'Skip to the content',
  subscribe: 'Subscribe',
  subscribeTo: (title) => `Subscribe to ${title}`,
  allFeeds: 'All feeds',
  search: 'Search',
  searchHint: 'Search the articles',

  feedIs:
    'A feed is an address that you give to a feed reader once; from then on it brings you every new article, without an account and without e-mail.',
  copy: 'Copy',
  copied: 'Copied',
  openIn: 'Subscribe with',
  ownReader: 'Reader on this device',
  formats: 'The same articles in three formats; any of them will do.',
  newest: 'Newest articles',
  articles: 'Articles',

  older: 'Older articles',
  newer: 'Newer articles',
  previous: 'Previous',
  next: 'Next',
  around: 'Articles before and after',

  results: 'Results for',
  noResult: 'Nothing was found.',
  searchTip: 'Fewer or other words may find more.',
  subscribeToSearch: 'Subscribe to this search',

  one: {
    tag: 'Tags',
    source: 'Source',
    author: 'Author',
    language: 'Language',
    year: 'Year',
    collection: 'Collection',
  },
  many: {
    tag: 'Tags',
    source: 'Sources',
    author: 'Authors',
    language: 'Languages',
    year: 'Years',
    collection: 'Collections',
  },

  updated: 'Updated',
  by: 'By',
  originallyIn: 'First published in',
  attachments: 'Attachments',
  alsoIn: 'Also in:',

  notFound: 'Not found',
  notFoundText: 'There is nothing at this address.',
  perhaps: 'Perhaps one of these was meant:',
  removed: 'Removed',
  removedText: 'The article that was here has been removed.',
  removedOn: 'Removed on',
  failure: 'Something went wrong',
  failureText: 'The fault is ours. Please try again in a few minutes.',
  unavailable: 'Not available at the moment',
  unavailableText: 'This part of the archive cannot be read. Please try again in a few minutes.',
  badQuery: 'Too much asked',
  badQueryText: 'The address asks for more than can be answered.',
};
