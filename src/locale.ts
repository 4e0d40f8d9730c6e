const locales = new Map<string, Intl.Locale>();

/** A language with the script and the territory that most of those who write it have (UTS #35, likely subtags). */
export function likelyLocale(language: string): Intl.Locale {
  const locale = locales.get(language) ?? new Intl.Locale(language).maximize();
  locales.set(language, locale);
  return locale;
}

/** BCP 47 for a language that is not known (RFC 5646 §4.1). */
export const UNDETERMINED = 'und';

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set('Arab Hebr Syrc Thaa Nkoo Adlm Rohg Mand Samr'.split(' '));

/** @param script ISO 15924 */
export function isRightToLeft(script: string): boolean {
  return RIGHT_TO_LEFT.has(script);
}

/** The writing direction of a language. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return isRightToLeft(likelyLocale(language).script ?? '') ? 'rtl' : 'ltr';
}

/** What stands between the names in a list, by the script. */
const COMMAS: Readonly<Record<string, string>> = { Arab: '، ', Hans: '、', Hant: '、', Jpan: '、' };

/** What stands between the names in a list in a language. */
export function commaOf(language: string): string {
  return COMMAS[likelyLocale(language).script ?? ''] ?? ', ';
}

let list: Intl.ListFormat | undefined;

/** Items in a sentence of a message: `a, b and c`. */
export function listInMessage(items: readonly string[]): string {
  // To load this takes 11 ms; most builds list nothing.
  list ??= new Intl.ListFormat('en-GB');
  return list.format(items);
}
