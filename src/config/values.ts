import { SettingError } from './setting-error.ts';

/** A text of one line, trimmed. */
export function plainText(setting: string, value: unknown): string {
  if (
    typeof value === 'string' &&
    value.trim() !== '' &&
    !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(value)
  ) {
    return value.trim();
  }
  throw new SettingError(setting, value, 'a text without control characters, not empty');
}

/** A BCP 47 tag in its canonical form. */
export function languageTag(setting: string, value: unknown): string {
  try {
    const [tag] = Intl.getCanonicalLocales(typeof value === 'string' ? value : []);
    if (tag !== undefined) return tag;
  } catch {}
  throw new SettingError(setting, value, 'a BCP 47 tag, such as "en" or "pt-BR"');
}

export function httpAddress(setting: string, value: unknown): string {
  if (typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new SettingError(setting, value, 'an absolute http or https URL');
}

export function emailAddress(setting: string, value: unknown): string {
  if (typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value)) return value;
  throw new SettingError(setting, value, 'an address such as "jane@example.org"');
}

export function truth(setting: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new SettingError(setting, value, 'true or false');
}

export function oneOf<Choice extends string>(
  setting: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((known) => known === value);
  if (choice !== undefined) return choice;
  throw new SettingError(setting, value, `one of ${choices.join(', ')}`);
}

/** A group of settings, each with its name; `known` are the names that it may have. */
export function group(setting: string, value: unknown, known: readonly string[]): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SettingError(setting, value, `settings such as { ${known[0]}: … }`);
  const named = new Map<string, unknown>(Object.entries(value).filter(([, stated]) => stated !== undefined));
  for (const name of named.keys()) {
    if (!known.includes(name))
      throw new SettingError(`the setting of ${setting}`, name, `one of ${known.join(', ')}`);
  }
  return named;
}

/** What `read` makes of a setting that may be left out. */
export function optional<Value>(value: unknown, read: (value: unknown) => Value): Value | undefined {
  return value === undefined ? undefined : read(value);
}
