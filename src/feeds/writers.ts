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

/** Wraps content whose direction is not the site's in an element that states it: feeds have no other place for it. */
function withDirection(write: FeedWriter['entry']): FeedWriter['entry'] {
  return (article, site) => {
    const entry = write(article, site);
    if (article.direction === directionOf(site.language)) return entry;
    return entry.replace(HOLES.body, `<div dir='${article.direction}'>${HOLES.body}</div>`);
  };
}
