import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { directionOf } from '../locale.ts';
import type { FeedFormat } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { atomEntry, atomEnvelope } from './atom.ts';
import { jsonEnvelope, jsonItem } from './json.ts';
import { rssEnvelope, rssItem } from './rss.ts';

/** The output of the build for a format: texts with holes. */
interface FeedWriter {
  readonly entry: (article: Article, site: Site) => string;
  /** Everything except the entries. */
  readonly envelope: (site: Site) => string;
}

export const feedWriters: Readonly<Record<FeedFormat, FeedWriter>> = {
  rss: { entry: withDirection(rssItem), envelope: rssEnvelope },
  atom: { entry: withDirection(atomEntry), envelope: atomEnvelope },
  json: { entry: withDirection(jsonItem), envelope: jsonEnvelope },
};

/**
 * Wraps content in an element that states its direction: feeds have no other place for it. Readers take left to right
 * for granted, whatever the language of the feed, and some take the direction of the feed's language.
 */
function withDirection(write: FeedWriter['entry']): FeedWriter['entry'] {
  return (article, site) => {
    const entry = write(article, site);
    if (article.direction === 'ltr' && directionOf(site.language) === 'ltr') return entry;
    return entry.replace(HOLES.body, `<div dir='${article.direction}'>${HOLES.body}</div>`);
  };
}
