import type { Instant } from '../article.ts';
import { bareMediaType, FEED_FORMATS, type FeedFormat, mediaTypes } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';

/** What a feed says of itself, known when it is asked for: one for each hole of its envelope but the origin. */
export interface FeedMetadata {
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** Permanent IRI. */
  readonly id: string;
  /** The newest change of its entries; undefined without entries. */
  readonly updated: Instant | undefined;
  /** Path of the page that the feed is the feed of. */
  readonly homePath: string;
  /** Path of the feed in each format. */
  readonly feedPaths: Readonly<Record<FeedFormat, string>>;
  readonly history: FeedHistory;
  /** What was in the feed and is gone for good, the newest removal first. */
  readonly removed: readonly { readonly id: string; readonly removed: Instant }[];
}

/** A feed's place among the pages of its history (RFC 5005); every path is that of the same format. */
export interface FeedHistory {
  /** Path of the feed of the newest articles; absent in that feed itself. */
  readonly current?: string;
  /** The page before, with older articles. */
  readonly previous?: string;
  /** The page after, if it is full. */
  readonly next?: string;
  /** Whether the feed holds every article (§2); not said of a part of it. */
  readonly isComplete: boolean;
}

export const GENERATOR = 'Tidings';

/** RFC 4287 §4.2.15 wants an instant even of a feed without entries. */
export const EPOCH: Instant = 0;

/** Addresses of the same feed in each format, with holes. */
export const feedUrls: Readonly<Record<FeedFormat, string>> = {
  rss: HOLES.origin + HOLES.rssPath,
  atom: HOLES.origin + HOLES.atomPath,
  json: HOLES.origin + HOLES.jsonPath,
};

/** The same feed in the other formats, each with its media type, without parameters. */
export function otherFormats(own: FeedFormat): { type: string; url: string }[] {
  return FEED_FORMATS.filter((format) => format !== own).map((format) => ({
    type: bareMediaType(mediaTypes[format]),
    url: feedUrls[format],
  }));
}
