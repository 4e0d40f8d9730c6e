import { fixtureFiles, makeApp } from './app.ts';

/** An app with the articles of the fixtures. */
export const { ask, read } = await makeApp(fixtureFiles());

export const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json'] as const;

export const PERMALINK = '/articles/isis-has-been-militarily-defeated-in-iraq-and-syria';

export const BROWSER = {
  'sec-fetch-mode': 'navigate',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
};
