import { isObject, type JsonObject } from '../json.ts';
import { englishNames } from '../locale.ts';
import { attempt } from '../memo.ts';
import { editDistance } from '../strings.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export type KeyPath = readonly (string | number)[];

export interface Problem {
  readonly path: KeyPath;
  /** Undefined if the setting is missing. */
  readonly value: unknown;
  readonly expected: string;
  /** Whether the key is unknown; otherwise its value cannot be used. */
  readonly isUnknownKey?: boolean;
}

interface ValuePlace {
  readonly path: KeyPath;
  readonly report: (problem: Problem) => void;
}

export interface Type<Value> {
  readonly expected: string;
  readonly schema: JsonSchema;
  readonly settings?: Settings;
  /** Undefined, and a problem reported, if the value is not of this type. */
  read(value: unknown, place: ValuePlace): Value | undefined;
}

export interface Setting<Value = unknown> {
  readonly type: Type<Value>;
  readonly default?: Value;
  /** The default, if it depends on other settings. */
  readonly otherwise?: string;
  readonly isRequired?: true;
  /** Markdown, one paragraph. */
  readonly description: string;
  /** TOML. */
  readonly example: string;
  /** Its names in other tools. */
  readonly synonyms?: readonly string[];
}

export type Settings = Readonly<Record<string, Setting>>;

type ValueOf<Stated> = Stated extends { readonly type: Type<infer Value> } ? Value : never;
type PresentKey<Table> = {
  [Key in keyof Table]: Table[Key] extends { readonly default: unknown } | { readonly isRequired: true }
    ? Key
    : never;
}[keyof Table];
/** The values of a table; those without a default may be absent. */
export type Values<Table> = { readonly [Key in PresentKey<Table>]: ValueOf<Table[Key]> } & {
  readonly [Key in Exclude<keyof Table, PresentKey<Table>>]?: ValueOf<Table[Key]>;
};

interface Definition<Value> {
  readonly expected: string;
  readonly schema: JsonSchema;
  /** Undefined if the value is not of this type. */
  readonly accept: (value: unknown) => Value | undefined;
  readonly suggest?: (value: unknown) => string | undefined;
}

function define<Value>({ expected, schema, accept, suggest }: Definition<Value>): Type<Value> {
  return {
    expected,
    schema,
    read(value, { path, report }) {
      const accepted = accept(value);
      if (accepted !== undefined) return accepted;
      const suggestion = suggest?.(value);
      report({ path, value, expected: suggestion === undefined ? expected : JSON.stringify(suggestion) });
      return undefined;
    },
  };
}

export function matching(expected: string, pattern: RegExp): Type<string> {
  return define({
    expected,
    schema: { type: 'string', pattern: pattern.source },
    accept: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined),
  });
}

/** @param maxBytes as UTF-8 */
export function textMatching(expected: string, maxBytes = Number.POSITIVE_INFINITY): Type<string> {
  return define({
    expected,
    schema: { type: 'string', minLength: 1 },
    accept(value) {
      if (typeof value !== 'string' || /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(value))
        return undefined;
      const text = value.trim();
      return text === '' || new TextEncoder().encode(text).length > maxBytes ? undefined : text;
    },
  });
}

export const textLine = textMatching('a text without control characters, not empty');

export const languageTag: Type<string> = define({
  expected: 'a BCP 47 tag, such as "en" or "pt-BR"',
  schema: { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$' },
  accept(value) {
    // Language codes have at most three letters: a longer word is the name of a language.
    if (typeof value !== 'string' || !/^[a-z]{2,3}(?:-|$)/i.test(value)) return undefined;
    return attempt(() => Intl.getCanonicalLocales(value)[0]);
  },
  suggest: (value) => (typeof value === 'string' ? codeOfLanguage(value) : undefined),
});

/** The code of a language by its name in English or in itself. */
function codeOfLanguage(name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return codes.find((code) => {
    const known = englishNames().of(code);
    if (known === undefined) return false;
    const own = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' }).of(code);
    return known.toLowerCase() === wanted || own?.toLowerCase() === wanted;
  });
}

export const timeZone: Type<string> = define({
  expected: 'an IANA time zone, such as "Europe/Istanbul"',
  schema: { type: 'string' },
  accept: (value) =>
    typeof value === 'string'
      ? attempt(() => new Intl.DateTimeFormat('en', { timeZone: value }) && value)
      : undefined,
  suggest: (value) => (typeof value === 'string' ? zoneOfCity(value) : undefined),
});

function zoneOfCity(name: string): string | undefined {
  const end = `/${name.trim().replace(/\s+/g, '_')}`.toLowerCase();
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(end));
}

export const httpUrl: Type<string> = define({
  expected: 'an absolute http or https URL',
  schema: { type: 'string', format: 'uri', pattern: '^https?:' },
  accept: (value) =>
    typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value) ? value : undefined,
});

/** Addresses that only the machine itself can reach. */
const LOOPBACK = /^(?:localhost|.+\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/;

export const originUrl: Type<string> = define({
  expected: 'the public address of the site without a path, such as "https://news.example"',
  schema: { type: 'string', format: 'uri', pattern: '^https?://[^/]+/?$' },
  accept(value) {
    const url = typeof value === 'string' && /^https?:/i.test(value) ? URL.parse(value) : null;
    return url !== null && url.href === `${url.origin}/` && !LOOPBACK.test(url.hostname)
      ? url.origin
      : undefined;
  },
});

export const boolean: Type<boolean> = define({
  expected: 'true or false, without quotes',
  schema: { type: 'boolean' },
  accept: (value) => (typeof value === 'boolean' ? value : undefined),
});

export function wholeNumber(minimum: number, maximum: number): Type<number> {
  return define({
    expected: `a whole number from ${minimum} to ${maximum}, without quotes`,
    schema: { type: 'integer', minimum, maximum },
    accept: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum
        ? value
        : undefined,
  });
}

export function oneOf<Choice extends string>(choices: readonly Choice[]): Type<Choice> {
  return define({
    expected: `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`,
    schema: { enum: choices },
    accept: (value) => choices.find((choice) => choice === value),
  });
}

/** A type whose values are converted from another type; a value whose conversion is undefined is rejected. */
export function mapped<From, To>(
  type: Type<From>,
  map: (value: From) => To | undefined,
  expected = type.expected,
): Type<To> {
  return {
    ...type,
    expected,
    read(value, place) {
      const read = type.read(value, place);
      if (read === undefined) return undefined;
      const made = map(read);
      if (made === undefined) place.report({ path: place.path, value, expected });
      return made;
    },
  };
}

export function list<Value>(type: Type<Value>, expected: string): Type<readonly Value[]> {
  return {
    expected,
    schema: { type: 'array', items: type.schema },
    ...(type.settings && { settings: type.settings }),
    read(value, { path, report }) {
      if (Array.isArray(value))
        return value.flatMap((item, index) => type.read(item, { path: [...path, index], report }) ?? []);
      report({ path, value, expected });
      return undefined;
    },
  };
}

export function oneOrMore<Value>(type: Type<Value>): Type<readonly Value[]> {
  const several = list(type, type.expected);
  return {
    expected: `${type.expected}, or a list of such`,
    schema: { anyOf: [type.schema, { ...several.schema, minItems: 1 }] },
    read(value, place) {
      if (Array.isArray(value) && value.length > 0) return several.read(value, place);
      const read = type.read(value, place);
      return read === undefined ? undefined : [read];
    },
  };
}

/** Tables by names that the publisher chooses. */
export function record<Value>(type: Type<Value>, expected: string): Type<Readonly<Record<string, Value>>> {
  return {
    expected,
    schema: { type: 'object', additionalProperties: type.schema },
    ...(type.settings && { settings: type.settings }),
    read(value, { path, report }) {
      if (!isTable(value)) {
        report({ path, value, expected });
        return undefined;
      }
      return Object.fromEntries(
        Object.entries(value).flatMap(([name, item]) => {
          const read = type.read(item, { path: [...path, name], report });
          return read === undefined ? [] : [[name, read]];
        }),
      );
    },
  };
}

/** A table with these settings and no others. */
export function table<Table extends Settings>(settings: Table, expected: string): Type<Values<Table>> {
  const entries = Object.entries<Setting>(settings);
  return {
    expected,
    settings,
    schema: {
      type: 'object',
      additionalProperties: false,
      required: entries.filter(([, { isRequired }]) => isRequired).map(([key]) => key),
      properties: Object.fromEntries(
        entries.map(([key, { type, description, default: fallback }]) => [
          key,
          { description, ...type.schema, ...(fallback === undefined ? {} : { default: fallback }) },
        ]),
      ),
    },
    read(value, { path, report }) {
      if (!isTable(value)) {
        report({ path, value, expected });
        return undefined;
      }
      for (const key of Object.keys(value)) {
        if (!Object.hasOwn(settings, key))
          report({
            path: [...path, key],
            value: key,
            expected: nearestKey(key, settings),
            isUnknownKey: true,
          });
      }
      const values = entries.flatMap(([key, setting]) => {
        const stated = value[key];
        const place = { path: [...path, key], report };
        if (stated === undefined && setting.isRequired)
          report({ path: place.path, value: stated, expected: setting.type.expected });
        const read = stated === undefined ? setting.default : setting.type.read(stated, place);
        return read === undefined ? [] : [[key, read]];
      });
      return Object.fromEntries(values) as Values<Table>; // of the types that the table states
    },
  };
}

function isTable(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof Date);
}

/** The key that was probably meant, or else all keys. */
function nearestKey(key: string, settings: Settings): string {
  const spelled = key.toLowerCase().replace(/[-_]/g, '');
  const scored = Object.entries(settings).map(([name, { synonyms = [] }]) => ({
    name,
    distance: Math.min(...[name, ...synonyms].map((known) => editDistance(spelled, known.toLowerCase()))),
  }));
  const nearest = scored.reduce((best, each) => (each.distance < best.distance ? each : best));
  return nearest.distance <= Math.max(1, Math.floor(spelled.length / 3))
    ? JSON.stringify(nearest.name)
    : `one of ${Object.keys(settings).join(', ')}`;
}
