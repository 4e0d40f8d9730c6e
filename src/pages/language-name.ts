const names = new Map<string, string>();

/** What people call a language, in another one; both BCP 47. */
export function languageName(tag: string, inLanguage: string): string {
  const key = `${tag} ${inLanguage}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag) ?? tag;
  names.set(key, name);
  return name;
}
