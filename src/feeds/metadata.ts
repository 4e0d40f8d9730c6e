import type { Instant } from '../article.ts';
import { isEverything, keyOf, type Slice } from '../facets.ts';
import type { FeedFormat } from '../routes/paths.ts';
import { encodeUtf8 } from '../templates/bytes.ts';
import { HOLES } from '../templates/holes.ts';

/** The metadata of a feed that a request determines: a value for each hole of its envelope except the origin. */
export interface FeedMetadata {
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** Permanent IRI. */
  readonly id: string;
  /** The newest change of its entries. */
  readonly updated: Instant;
  /** Path of the page that the feed belongs to. */
  readonly homePath: string;
  /** Path of the feed in each format. */
  readonly feedPaths: Readonly<Record<FeedFormat, string>>;
  readonly history: FeedHistory;
  /** Minutes for which it need not be requested again. */
  readonly ttl: number;
  /** Articles removed from the feed, newest removal first. */
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

/** A placeholder: by default, `feed` takes the clock. */
export const EPOCH: Instant = 0;

/** Addresses of the same feed in each format, with holes. */
export const feedUrls: Readonly<Record<FeedFormat, string>> = {
  rss: HOLES.origin + HOLES.rssPath,
  atom: HOLES.origin + HOLES.atomPath,
  json: HOLES.origin + HOLES.jsonPath,
};

/**
 * The name under which an envelope is stored.
 *
 * @param collection one that has an envelope of its own
 */
export function envelopeName(format: FeedFormat, collection: string): string {
  return `${format}:${keyOf(collection)}`;
}

/**
 * The permanent id of the feed of a canonical slice: for all articles the id of the main feeds, otherwise a UUID (RFC
 * 9562 §5.8) derived from that id and the slice.
 */
export function sliceId(feedId: string, slice: Slice): string {
  const { clauses, words } = slice;
  if (isEverything(slice)) return feedId;
  const name = JSON.stringify([
    feedId,
    clauses.map(({ facet, isNegated, keys }) => [facet, isNegated, keys]),
    words,
  ]);
  const [a, b, c, d] = fnv128(encodeUtf8(name));
  const version = digits((b & 0xffff0fff) | 0x8000);
  const variant = digits((c & 0x3fffffff) | 0x80000000);
  return `urn:uuid:${digits(a)}-${version.slice(0, 4)}-${version.slice(4)}-${variant.slice(0, 4)}-${variant.slice(4)}${digits(d)}`;
}

function digits(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

/*
 * FNV-1a with 128 bits (draft-eastlake-fnv). Unlike the platform's digests, it is synchronous. The prime is 2^88 +
 * 0x13b.
 */
const OFFSET_BASIS = [0x6295c58d, 0x62b82175, 0x07bb0142, 0x6c62272e] as const;
const PRIME_LOW = 0x13b;
const WORD = 2 ** 32;

/** @returns words of 32 bits, the highest first */
function fnv128(bytes: Uint8Array): readonly [number, number, number, number] {
  // The lowest first.
  let [a, b, c, d]: [number, number, number, number] = [...OFFSET_BASIS];
  for (let i = 0; i < bytes.length; i++) {
    a = (a ^ (bytes[i] as number)) >>> 0; // i is in range
    const first = a * PRIME_LOW;
    const second = b * PRIME_LOW + Math.floor(first / WORD);
    const third = c * PRIME_LOW + Math.floor(second / WORD) + ((a << 24) >>> 0);
    const fourth = d * PRIME_LOW + Math.floor(third / WORD) + (a >>> 8) + ((b << 24) >>> 0);
    a = first >>> 0;
    b = second >>> 0;
    c = third >>> 0;
    d = fourth >>> 0;
  }
  return [d, c, b, a];
}
