import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { FeedFormat } from '../routes/paths.ts';
import { atomEntry, atomEnvelope } from './atom.ts';
import { jsonEnvelope, jsonItem } from './json.ts';
import { rssEnvelope, rssItem } from './rss.ts';

/** What the build writes of a format: texts with holes. */
interface FormatWriter {
  readonly entry: (article: Article) => string;
  /** All but the entries. */
  readonly envelope: (site: Site) => string;
}

export const feedWriters: Readonly<Record<FeedFormat, FormatWriter>> = {
  rss: { entry: rssItem, envelope: rssEnvelope },
  atom: { entry: atomEntry, envelope: atomEnvelope },
  json: { entry: jsonItem, envelope: jsonEnvelope },
};
