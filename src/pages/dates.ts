import type { Site } from '../config/site.ts';
import { dateFormat } from '../locale.ts';
import { type Html, html } from './html.ts';

/** Formats dates for people. */
export interface Dates {
  /** The day of an instant as a `time` element. */
  day(instant: number, language: string, className?: string): Html;
  /** @param date `YYYY-MM-DD` */
  calendarDate(date: string, language: string): Html;
  words(instant: number, language: string): string;
  /** `YYYY-MM-DD` */
  calendarDay(instant: number): string;
}

/** Formats days in the site's time zone; uses the site's language if there are no messages in the requested one. */
export function datesIn({ timeZone, language: fallback }: Pick<Site, 'timeZone' | 'language'>): Dates {
  const numbers = dateFormat(['en-CA'], { dateStyle: 'short', timeZone });
  const inWords = (instant: number, language: string, zone: string): string =>
    dateFormat([language, fallback, 'en'], { dateStyle: 'long', timeZone: zone }).format(instant);

  return {
    day(instant, language, className) {
      const attribute = className === undefined ? undefined : html` class="${className}"`;
      const iso = new Date(instant).toISOString();
      return html`<time${attribute} datetime="${iso}">${inWords(instant, language, timeZone)}</time>`;
    },
    calendarDate: (date, language) =>
      html`<time datetime="${date}">${inWords(Date.parse(date), language, 'UTC')}</time>`,
    words: (instant, language) => inWords(instant, language, timeZone),
    calendarDay: (instant) => numbers.format(instant),
  };
}

const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** From one instant to another in words: months, or days within a month, or times within a day. */
export function spanInWords(
  from: number,
  to: number,
  { timeZone, language }: Pick<Site, 'timeZone' | 'language'>,
): string {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    dateFormat([language, 'en'], { ...options, timeZone });
  const [months, days] = [format({ month: 'long', year: 'numeric' }), format(DAY)];
  if (months.format(from) !== months.format(to)) return months.formatRange(from, to);
  if (from === to || days.format(from) !== days.format(to)) return days.formatRange(from, to);
  return format({ ...DAY, hour: 'numeric', minute: 'numeric' }).formatRange(from, to);
}
