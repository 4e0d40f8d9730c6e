import type { Instant } from '../article.ts';

/** Clocks differ; the W3C feed validator forgives as much. */
const TOLERANCE = 10 * 60 * 1000;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC_822 = new RegExp(
  `^(?:(${WEEKDAYS.join('|')}), )?(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4}) ` +
    '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)? (?:UT|GMT|Z|[ECMP][SD]T|[+-]\\d{4})$',
);
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

export interface MailDate {
  readonly instant: Instant;
  /** Whether it states the day of the week that it is, or none. */
  readonly weekdayIsRight: boolean;
}

/** RFC 822 §5 with years of four digits, as RSS 2.0 wants them; undefined when it is none. */
export function parseRfc822(text: string): MailDate | undefined {
  const [, weekday, day, month = '', year] = RFC_822.exec(text) ?? [];
  const date = calendarDate(Number(year), MONTHS.indexOf(month), Number(day));
  if (date === undefined) return undefined;
  return {
    instant: Date.parse(text),
    weekdayIsRight: weekday === undefined || weekday === WEEKDAYS[date.getUTCDay()],
  };
}

/** RFC 3339 with upper case letters, as RFC 4287 §3.3 wants them; undefined when it is none. */
export function parseRfc3339(text: string): Instant | undefined {
  const [, year, month, day] = RFC_3339.exec(text) ?? [];
  const date = calendarDate(Number(year), Number(month) - 1, Number(day));
  return date === undefined ? undefined : Date.parse(text);
}

/** IMF-fixdate, the only form that RFC 9110 §5.6.7 lets a server send; undefined when it is none. */
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
