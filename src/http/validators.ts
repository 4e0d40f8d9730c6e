import type { Instant } from '../article.ts';
import type { Composition } from '../templates/compose.ts';
import { entityTag, parseEntityTags } from './entity-tag.ts';

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
export type Precondition = 'proceed' | 'not modified' | 'failed';

/** @param now a later `If-Modified-Since` is invalid and ignored */
export function evaluatePreconditions(headers: Headers, validators: Validators, now: Instant): Precondition {
  const { etag, lastModified } = validators;
  const ifMatch = headers.get('if-match');
  const ifUnmodifiedSince = headers.get('if-unmodified-since');
  if (ifMatch !== null) {
    // §13.1.1 compares strongly, and a weak tag never matches strongly.
    if (ifMatch.trim() !== '*') return 'failed';
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

/** RFC 9110 §13.1.2: `*`, or a list with the same opaque tag, weak or not. */
function matchesWeakly(field: string, etag: string): boolean {
  if (field === etag || field.trim() === '*') return true;
  const opaque = etag.slice('W/'.length);
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
