import type { Article } from '../article.ts';
import type { FeedFormat } from '../routes.ts';
import { atomEntry, atomEnvelope } from './atom.ts';
import type { Envelope, FeedFacts } from './facts.ts';
import { jsonEnvelope, jsonItem } from './json.ts';
import { rssEnvelope, rssItem } from './rss.ts';

interface FormatWriter {
  /** For the build: one article, with holes for the origin and the body. */
  readonly entry: (article: Article) => string;
  /** For the request: all but the entries. */
  readonly envelope: (facts: FeedFacts) => Envelope;
}

export const feedWriters: Readonly<Record<FeedFormat, FormatWriter>> = {
  rss: { entry: rssItem, envelope: rssEnvelope },
  atom: { entry: atomEntry, envelope: atomEnvelope },
  json: { entry: jsonItem, envelope: jsonEnvelope },
};
