import type { StatedDate } from './document.ts';

type Parts = Omit<StatedDate, 'text' | 'where'>;

/** Languages whose month names are understood. */
const LANGUAGES = [
  'en',
  'tr',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'nb',
  'fi',
  'pl',
  'cs',
  'sk',
  'hu',
  'ro',
  'hr',
  'sr',
  'bg',
  'uk',
  'ru',
  'el',
  'az',
  'kk',
  'id',
  'ar',
  'he',
  'fa',
];

const YEAR = '(?<year>[12]\\d{3})';
const MONTH = '(?<month>\\d{1,2})';
const DAY = '(?<day>\\d{1,2})';
const NAME = '(?<name>\\p{L}[\\p{L}\\p{M}]*)\\.?';

const FORMS: readonly RegExp[] = [
  new RegExp(`^${YEAR}[-./]${MONTH}[-./]${DAY}$`, 'u'),
  new RegExp(`^${DAY}(?<separator>[-./])\\s?${MONTH}\\k<separator>\\s?${YEAR}$`, 'u'),
  new RegExp(`^${DAY}(?:st|nd|rd|th|er|º|\\.)?\\s+(?:de\\s+)?${NAME},?\\s+(?:de\\s+)?${YEAR}$`, 'u'),
  new RegExp(`^${NAME}\\s+${DAY}(?:st|nd|rd|th)?,?\\s+${YEAR}$`, 'u'),
];

/**
 * Reads a calendar date: `2017-11-22`, `22.11.2017` (day first), `21 Nov 2017`, `Nov. 21, 2017`, with month names in
 * many languages. The date need not exist: whether it does is the normaliser's question.
 */
export function findDate(text: string, where: string): StatedDate | undefined {
  for (const form of FORMS) {
    const groups = form.exec(text.trim())?.groups;
    if (groups === undefined) continue;
    const month = groups.name === undefined ? Number(groups.month) : monthNames().get(fold(groups.name));
    if (month === undefined) continue;
    const parts: Parts = { year: Number(groups.year), month, day: Number(groups.day) };
    return { ...parts, text: text.trim(), where };
  }
  return undefined;
}

let names: ReadonlyMap<string, number> | undefined;

/** Month names, long and short, in the form that stands beside a day and in the form that stands alone. */
function monthNames(): ReadonlyMap<string, number> {
  if (names !== undefined) return names;
  const found = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const options of [
      { month: 'long' },
      { month: 'short' },
      { month: 'long', day: 'numeric' },
      { month: 'short', day: 'numeric' },
    ] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { ...options, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const part = format.formatToParts(Date.UTC(2021, month - 1, 1)).find(({ type }) => type === 'month');
        const name = fold(part?.value ?? '');
        if (/^\p{L}/u.test(name) && !found.has(name)) found.set(name, month);
      }
    }
  }
  names = found.set('sept', 9);
  return names;
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .replace(/ı/g, 'i');
}
