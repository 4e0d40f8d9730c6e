import type { Instant } from '../article.ts';
import type { Composition } from '../templates/compose.ts';
import { FINGERPRINT_LENGTH } from '../templates/fragment.ts';
import { parseWeights } from './negotiation.ts';

export interface Validators {
  /** RFC 9110 §8.8.3. */
  readonly etag: string;
  /** Whole seconds, since HTTP dates have no more. */
  readonly lastModified: Instant | undefined;
}

export function validatorsOf(composition: Composition): Validators {
  const { lastModified } = composition;
  return {
    etag: entityTag(composition),
    lastModified: lastModified === undefined ? undefined : Math.floor(lastModified / 1000) * 1000,
  };
}

/** The result of the preconditions of a GET or HEAD request (RFC 9110 §13.2.2). */
type Precondition = 'proceed' | 'not modified' | 'failed';

/** @param now a later `If-Modified-Since` is invalid and ignored */
export function evaluatePreconditions(headers: Headers, validators: Validators, now: Instant): Precondition {
  const { etag, lastModified } = validators;
  const ifMatch = headers.get('if-match');
  const ifUnmodifiedSince = headers.get('if-unmodified-since');
  if (ifMatch !== null) {
    if (ifMatch.trim() !== '*' && !parseEntityTags(ifMatch).some((tag) => matchesStrongly(tag, etag)))
      return 'failed';
  } else if (ifUnmodifiedSince !== null && lastModified !== undefined) {
    const since = parseHttpDate(ifUnmodifiedSince);
    if (since !== undefined && lastModified > since) return 'failed';
  }

  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== null) return matchesWeakly(ifNoneMatch, etag) ? 'not modified' : 'proceed';
  const ifModifiedSince = headers.get('if-modified-since');
  if (ifModifiedSince !== null && lastModified !== undefined) {
    const since = parseHttpDate(ifModifiedSince);
    if (since !== undefined && since <= now && lastModified <= since) return 'not modified';
  }
  return 'proceed';
}

/** RFC 9110 §8.8.3.2: a weak tag matches no tag strongly. */
export function matchesStrongly(tag: string, etag: string): boolean {
  return tag === etag && !etag.startsWith('W/');
}

/** RFC 9110 §13.1.2: `*`, or a list with the same opaque tag, weak or not. */
function matchesWeakly(field: string, etag: string): boolean {
  if (field.trim() === '*') return true;
  const opaque = etag.replace('W/', '');
  return parseEntityTags(field).some((tag) => tag.replace('W/', '') === opaque);
}

const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT|[a-z]*, \d{2}-[A-Z][a-z]{2}-\d{2} [\d:]{8} GMT| [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4})$/;

/** Parses the three date formats of RFC 9110 §5.6.7; undefined for any other text, which must be ignored. */
function parseHttpDate(text: string): Instant | undefined {
  if (!HTTP_DATE.test(text)) return undefined;
  const instant = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(instant) ? undefined : instant;
}

/**
 * The entity tag of a composition (RFC 9110 §8.8.3). It is weak: it names the content, not its coding. It names
 * everything around the entries, then each entry, so it also tells which entries a client has.
 */
function entityTag({ envelopeTag, entries }: Composition): string {
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
function parseEntityTags(field: string): string[] {
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
