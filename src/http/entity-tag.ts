import type { Composition } from '../templates/compose.ts';
import { FINGERPRINT_LENGTH } from '../templates/fragment.ts';
import { parseWeights } from './negotiation.ts';

/**
 * The entity tag of a composition (RFC 9110 §8.8.3). It is weak: it names the content, not its coding. It names
 * everything around the entries, then each entry, so it also tells which entries a client has.
 */
export function entityTag({ envelopeTag, entries }: Composition): string {
  return `W/"${envelopeTag}.${entries.join('')}"`;
}

/** The fingerprints of the entries that a tag of `entityTag` names; empty for any other tag. */
function entriesOfTag(etag: string): ReadonlySet<string> {
  const listed = /^(?:W\/)?"[\w-]+\.([\w-]*)"$/.exec(etag)?.[1] ?? '';
  const entries = new Set<string>();
  for (let at = 0; at + FINGERPRINT_LENGTH <= listed.length; at += FINGERPRINT_LENGTH)
    entries.add(listed.slice(at, at + FINGERPRINT_LENGTH));
  return entries;
}

/** The tags in a list, each as it was sent. */
export function parseEntityTags(field: string): string[] {
  return [...field.matchAll(/(?:W\/)?"[^"]*"/g)].map(([tag]) => tag);
}

/** The instance manipulation that leaves out the entries that a client has (RFC 3229 §10.5.3). */
export const FEED_MANIPULATION = 'feed';

/**
 * Clients that ask for deltas and then treat 226 as an error. feedparser always asks; rss2email, which uses it, accepts
 * five status codes.
 */
const DROPS_DELTAS = /feedparser|rss2email/i;

/** The maximum number of entity tags in a request that are compared. */
const MAX_BASES = 16;

/** Whether a client asks for a delta and understands the response (RFC 3229 §10.5.3). */
function wantsDelta(headers: Headers): boolean {
  const weight = parseWeights(headers.get('a-im') ?? '').get(FEED_MANIPULATION) ?? 0;
  return weight > 0 && !DROPS_DELTAS.test(headers.get('user-agent') ?? '');
}

/** The instance of a feed that a client has. */
export interface DeltaBase {
  /** Its entity tag, as it was sent. */
  readonly etag: string;
  readonly fingerprints: ReadonlySet<string>;
}

/**
 * The instance in `If-None-Match` that shares most entries with the current one; undefined if none shares any, or if
 * the client does not want a delta.
 *
 * @param headers of the request
 * @param current the entity tag of the current one
 */
export function findDeltaBase(headers: Headers, current: string): DeltaBase | undefined {
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch === null || !wantsDelta(headers)) return undefined;
  const entries = entriesOfTag(current);
  let best: DeltaBase | undefined;
  let most = 0;
  for (const etag of parseEntityTags(ifNoneMatch).slice(0, MAX_BASES)) {
    const fingerprints = entriesOfTag(etag);
    const common = [...entries].filter((entry) => fingerprints.has(entry)).length;
    if (common > most) {
      most = common;
      best = { etag, fingerprints };
    }
  }
  return best;
}
