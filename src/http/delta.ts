import { entriesOfTag, parseEntityTags } from './entity-tag.ts';
import { parseWeights } from './negotiation.ts';

/** The instance manipulation that leaves out the entries that a client has (RFC 3229 §10.5.3). */
export const FEED_MANIPULATION = 'feed';

/**
 * Clients that ask for deltas and then take a 226 for an error: feedparser asks whatever it is used by, and rss2email,
 * on top of it, takes five status codes only.
 */
const DROPS_DELTAS = /feedparser|rss2email/i;

/** A client that names more instances is not heard beyond. */
const MAX_BASES = 16;

/** Whether a client asks for a feed without the entries that it has, and can take it (RFC 3229 §10.5.3). */
export function wantsDelta(headers: Headers): boolean {
  const field = headers.get('a-im');
  if (field === null || !((parseWeights(field).get(FEED_MANIPULATION) ?? 0) > 0)) return false;
  return !DROPS_DELTAS.test(headers.get('user-agent') ?? '');
}

/** What a client has of a feed. */
export interface DeltaBase {
  /** The entity tag that says so, as it was sent. */
  readonly etag: string;
  readonly fingerprints: ReadonlySet<string>;
}

/**
 * The instance that a client names in `If-None-Match` and that has most in common with the current one; undefined when
 * none has anything.
 *
 * @param current the entity tag of the current one
 */
export function findDeltaBase(ifNoneMatch: string, current: string): DeltaBase | undefined {
  const entries = entriesOfTag(current);
  let best: DeltaBase | undefined;
  let most = 0;
  for (const etag of parseEntityTags(ifNoneMatch).slice(0, MAX_BASES)) {
    const fingerprints = entriesOfTag(etag);
    let common = 0;
    for (const entry of entries) if (fingerprints.has(entry)) common++;
    if (common > most) {
      most = common;
      best = { etag, fingerprints };
    }
  }
  return best;
}
