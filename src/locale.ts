const locales = new Map<string, Intl.Locale>();

/** A language with the script and the territory that most of those who write it have (UTS #35, likely subtags). */
export function likelyLocale(language: string): Intl.Locale {
  const locale = locales.get(language) ?? new Intl.Locale(language).maximize();
  locales.set(language, locale);
  return locale;
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set('Arab Hebr Syrc Thaa Nkoo Adlm Rohg Mand Samr'.split(' '));

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(likelyLocale(language).script ?? '') ? 'rtl' : 'ltr';
}
