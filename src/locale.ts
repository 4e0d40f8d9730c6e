import { memoized, once } from './memo.ts';

/* Creating an `Intl` object takes a hundred times as long as using it. */

/** A language with the script and the territory that most of those who write it have (UTS #35, likely subtags). */
export const likelyLocale = memoized((language: string) => new Intl.Locale(language).maximize());

/** The English names of languages. `of` has none for codes that are not registered, and throws if a tag is malformed. */
export const englishNames = once(() => new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }));

const dateFormats = memoized((key: string) => new Intl.DateTimeFormat(...JSON.parse(key)));

/** @param languages BCP 47; the first that `Intl` supports is used */
export function dateFormat(
  languages: readonly string[],
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return dateFormats(JSON.stringify([languages, options]));
}

/** `2026-11-29 14:03:09`, as clocks of a zone show it. */
export function clockTime(instant: number, timeZone: string): string {
  // The first use of `Intl` takes 8 % of a build with nothing to do.
  if (timeZone === 'UTC') return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
  // The Swedish locale writes dates as ISO 8601 does.
  return dateFormat(['sv'], { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(instant);
}

/** BCP 47 for a language that is not known (RFC 5646 §4.1). */
export const UNDETERMINED = 'und';

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set('Arab Hebr Syrc Thaa Nkoo Adlm Rohg Mand Samr'.split(' '));

/** Letters that are written from right to left. */
export const RIGHT_TO_LEFT_LETTERS = new RegExp(
  `[${[...RIGHT_TO_LEFT].map((script) => `\\p{Script=${script}}`).join('')}]+`,
  'gu',
);

/** @param script ISO 15924 */
export function isRightToLeft(script: string): boolean {
  return RIGHT_TO_LEFT.has(script);
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return isRightToLeft(likelyLocale(language).script ?? '') ? 'rtl' : 'ltr';
}

/** The separator of names in a list, by script. */
const COMMAS: Readonly<Record<string, string>> = { Arab: '، ', Hans: '、', Hant: '、', Jpan: '、' };

/** The separator of names in a list in a language. */
export function commaOf(language: string): string {
  return COMMAS[likelyLocale(language).script ?? ''] ?? ', ';
}

const list = once(() => new Intl.ListFormat('en-GB'));

/**
 * Items in a sentence of a message: `a, b and c`.
 *
 * @param most the maximum number of named items: `a, b and 7 more`
 */
export function listInMessage(items: readonly string[], most = items.length): string {
  const left = items.length - most;
  return list().format(left > 0 ? [...items.slice(0, most), `${left} more`] : items);
}
