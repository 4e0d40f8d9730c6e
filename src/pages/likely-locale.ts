const locales = new Map<string, Intl.Locale>();

/** A language with the script and the territory that most of those who write it have (UTS #35, likely subtags). */
export function likelyLocale(language: string): Intl.Locale {
  const locale = locales.get(language) ?? new Intl.Locale(language).maximize();
  locales.set(language, locale);
  return locale;
}
