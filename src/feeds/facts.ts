import type { Instant, Person } from '../article.ts';
import { FEED_FORMATS, type FeedFormat, mediaTypes } from '../routes.ts';

/** What a feed says of itself. Every URL is absolute. */
export interface FeedFacts {
  /** Permanent IRI. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  readonly copyright: string | undefined;
  readonly authors: readonly Person[];
  /** The newest change of its entries; undefined without entries. */
  readonly updated: Instant | undefined;
  /** The page that the feed is the feed of. */
  readonly homeUrl: string;
  /** The feed itself, in each format. */
  readonly feedUrls: Readonly<Record<FeedFormat, string>>;
  /** What was in the feed and is gone for good, the newest removal first. */
  readonly removed: readonly { readonly id: string; readonly removed: Instant }[];
  /** A square PNG. */
  readonly iconUrl: string;
}

/** The text around the entries of a feed. */
export interface Envelope {
  readonly head: string;
  readonly separator: string;
  readonly tail: string;
}

export const GENERATOR = 'Tidings';

/** RFC 4287 §4.2.15 wants an instant even of a feed without entries. */
export const NEVER: Instant = 0;

/** The same feed in the other formats, each with its media type, without parameters. */
export function otherFormats(facts: FeedFacts, own: FeedFormat): { type: string; url: string }[] {
  return FEED_FORMATS.filter((format) => format !== own).map((format) => ({
    type: mediaTypes[format].replace(/;.*/, ''),
    url: facts.feedUrls[format],
  }));
}
