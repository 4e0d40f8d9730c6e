import { foldName } from './names.ts';

/* The calendar of Iran and Afghanistan. */

/** Its new year lies so many years after that of the common era. */
const ERA = 621;
const DAY = 86_400_000;

let months: ReadonlyMap<string, number> | undefined;

/** 1 for Farvardin, which may be called a month. */
export function persianMonthNamed(name: string): number | undefined {
  months ??= new Map(
    ['fa', 'fa-AF', 'en'].flatMap((language) => {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-persian`, { month: 'long', timeZone: 'UTC' });
      // Each begins between the 19th and the 24th of a month.
      return Array.from({ length: 12 }, (_, index): [string, number] => [
        foldName(format.format(Date.UTC(2021, 3 + index, 1))),
        index + 1,
      ]);
    }),
  );
  return months.get(name.replace(/ ?ماه$/u, ''));
}

/** The day in the Gregorian calendar; undefined if there is no such day. */
export function fromPersian(
  year: number,
  month: number,
  day: number,
): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const format = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { dateStyle: 'short', timeZone: 'UTC' });
  const daysBefore = month > 7 ? 186 + (month - 7) * 30 : (month - 1) * 31;
  const earliest = Date.UTC(year + ERA, 2, 18) + (daysBefore + day - 1) * DAY;
  for (let time = earliest; time < earliest + 6 * DAY; time += DAY) {
    const [foundMonth, foundDay, foundYear] = format.format(time).match(/\d+/g)?.map(Number) ?? [];
    if (foundMonth !== month || foundDay !== day || foundYear !== year) continue;
    const date = new Date(time);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }
  return undefined;
}
