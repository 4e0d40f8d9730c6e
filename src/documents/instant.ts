import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { StatedDate } from '../dates/parse-date.ts';
import { attempt } from '../memo.ts';
import { DocumentError } from './stated.ts';

export interface StatedInstant extends Pick<StatedDate, 'text' | 'where'> {
  readonly instant: Instant;
  readonly isDay: boolean;
}

const DAY = 86_400_000;

/** Whether an instant is later than `latest`; a day is not if it has begun in any time zone. */
export function isAfter({ instant, isDay }: StatedInstant, latest: Instant): boolean {
  return instant - latest > (isDay ? DAY : 0);
}

/** @throws DocumentError like `instantOf` */
export function statedInstant(stated: StatedDate, site: Site): StatedInstant {
  const { text, where, time } = stated;
  return { instant: instantOf(stated, site), text, where, isDay: time === undefined };
}

/**
 * The instant of a stated date: in its time zone, otherwise in the site's; a day is at the site's time of day. A time
 * that a clock change skips is later by the length of the change.
 *
 * @throws DocumentError if there is no such day or time
 */
export function instantOf(stated: StatedDate, { timeZone, timeOfDay }: Site): Instant {
  const { text, where } = stated;
  const { hour, minute, second } = stated.time ?? {};
  // ISO 8601 also writes midnight as 24:00.
  const isMidnight = hour === 24 && minute === 0 && second === 0;
  const day = calendarDate(stated);
  const date = isMidnight ? day.add({ days: 1 }) : day;
  const plainTime = isMidnight
    ? new Temporal.PlainTime()
    : stated.time === undefined
      ? Temporal.PlainTime.from(timeOfDay)
      : clockTime(stated);
  try {
    return date.toZonedDateTime({ timeZone: stated.timeZone ?? timeZone, plainTime }).epochMilliseconds;
  } catch {
    throw new DocumentError(
      `Cannot parse date "${text}" in ${where}: expected an offset that exists, such as +03:00`,
    );
  }
}

/**
 * The day of a stated date.
 *
 * @throws DocumentError if there is no such day
 */
export function calendarDate({ year, month, day, text, where }: StatedDate): Temporal.PlainDate {
  const date = plainDate(year, month, day);
  if (date !== undefined) return date;
  const swapped = plainDate(year, day, month);
  const wanted = /^\d{4}/.test(text)
    ? `a day that exists${swapped === undefined ? '' : `, such as "${swapped}"`}`
    : swapped === undefined
      ? 'a day that exists, day before month'
      : `day before month, or "${swapped}"`;
  throw new DocumentError(`Cannot parse date "${text}" in ${where}: expected ${wanted}`);
}

function plainDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  return attempt(() => Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }));
}

function clockTime({ time, text, where }: StatedDate): Temporal.PlainTime {
  try {
    // A leap second has the number 60.
    const second = time?.second === 60 && time.minute === 59 ? 59 : time?.second;
    return Temporal.PlainTime.from(
      { ...time, ...(second !== undefined && { second }) },
      { overflow: 'reject' },
    );
  } catch {
    throw new DocumentError(
      `Cannot parse time "${text}" in ${where}: expected a time that exists, such as 14:30`,
    );
  }
}
