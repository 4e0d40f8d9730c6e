import type { Instant } from '../article.ts';
import { attempt } from '../memo.ts';

const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}:\S+$/i;
const TAG = /^tag:(?:[\w.-]+@)?[a-z0-9.-]+,\d{4}(?:-\d\d){0,2}:\S*$/i;
const WEB = /^(?:https?|ftp):\/\/[^\s/?#]+/i;

/** An absolute IRI (RFC 3987 §2.2). Tag URIs must match RFC 4151, UUIDs RFC 9562. */
export function isAbsoluteIri(text: string): boolean {
  const [scheme] = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(text) ?? [];
  if (scheme === undefined || /[\s<>"{}|\\^`\p{Cc}]|%(?![0-9a-f]{2})/iu.test(text)) return false;
  switch (scheme.toLowerCase()) {
    case 'urn':
      return /^urn:uuid:/i.test(text) ? UUID.test(text) : URN.test(text);
    case 'tag':
      return TAG.test(text);
    case 'http':
    case 'https':
    case 'ftp':
      return WEB.test(text);
    default:
      return text.length > scheme.length + 1;
  }
}

/** An absolute URI (RFC 3986 §4.3), that is, an ASCII IRI. */
export function isAbsoluteUri(text: string): boolean {
  return isAbsoluteIri(text) && /^[\x21-\x7e]+$/.test(text);
}

/** A URL that can be fetched. */
export function isWebAddress(text: string): boolean {
  return /^https?:/i.test(text) && isAbsoluteIri(text) && URL.canParse(text);
}

/** A well-formed language tag (BCP 47 §2.2.9). No language of more than three letters is registered. */
export function isLanguageTag(text: string): boolean {
  const isLanguage = /^(?:[a-z]{2,3}|[ix])(?:-|$)/i.test(text);
  return isLanguage && attempt(() => Intl.getCanonicalLocales(text))?.length === 1;
}

/** A media type (RFC 9110 §8.3.1). */
export function isMediaType(text: string): boolean {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:"[^"]*"|[^\s;"]+))*$/.test(text);
}

export function isEmailAddress(text: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+$/.test(text);
}

/** Tolerance for clock skew, the same as in the W3C feed validator. */
const TOLERANCE = 10 * 60 * 1000;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC_822 = new RegExp(
  `^(?:(${WEEKDAYS.join('|')}), )?(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4}) ` +
    '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)? (?:UT|GMT|Z|[ECMP][SD]T|[+-]\\d{4})$',
);
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

interface MailDate {
  readonly instant: Instant;
  /** False if the date names the wrong day of the week. */
  readonly weekdayIsRight: boolean;
}

/** Parses an RFC 822 §5 date with a four-digit year, as RSS 2.0 requires; undefined if it is invalid. */
export function parseRfc822(text: string): MailDate | undefined {
  const [, weekday, day, month = '', year] = RFC_822.exec(text) ?? [];
  const date = calendarDate(Number(year), MONTHS.indexOf(month), Number(day));
  if (date === undefined) return undefined;
  return {
    instant: Date.parse(text),
    weekdayIsRight: weekday === undefined || weekday === WEEKDAYS[date.getUTCDay()],
  };
}

/** Parses an RFC 3339 date with upper-case letters, as RFC 4287 §3.3 requires; undefined if it is invalid. */
export function parseRfc3339(text: string): Instant | undefined {
  const [, year, month, day] = RFC_3339.exec(text) ?? [];
  const date = calendarDate(Number(year), Number(month) - 1, Number(day));
  return date === undefined ? undefined : Date.parse(text);
}

/** Parses an IMF-fixdate, the only format that servers may send (RFC 9110 §5.6.7); undefined if it is invalid. */
export function parseHttpDate(text: string): Instant | undefined {
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && new Date(instant).toUTCString() === text ? instant : undefined;
}

export function isFuture(instant: Instant, now: Instant): boolean {
  return instant > now + TOLERANCE;
}

function calendarDate(year: number, month: number, day: number): Date | undefined {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date : undefined;
}
