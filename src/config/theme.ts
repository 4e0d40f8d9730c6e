import { SettingError } from './setting-error.ts';

/** How pages look; what is absent is as Tidings has it. */
export interface Theme {
  /** Behind everything. A colour of CSS, or one for light and one for dark; each as any colour here. */
  readonly paper?: Colour;
  /** Text. */
  readonly ink?: Colour;
  /** Text that stands back: dates, sources. */
  readonly faint?: Colour;
  readonly rule?: Colour;
  /** Links, and the mark beside the title. */
  readonly accent?: Colour;
  /** A list of font families of CSS, for articles. */
  readonly serif?: string;
  /** The same, for everything around them. */
  readonly sans?: string;
  /** The width of the text, a length of CSS such as `38rem`. */
  readonly measure?: string;
}

export type Colour = string | readonly [light: string, dark: string];

export const COLOURS = ['paper', 'ink', 'faint', 'rule', 'accent'] as const;
export const FONTS = ['serif', 'sans'] as const;

const COLOUR = /^(?:#[\da-f]{3,8}|[a-z]+|[a-z]+\([\w\s.,%/+-]+\))$/i;
const FONT = /^[\p{L}\p{N}\s"',-]+$/u;
const LENGTH = /^\d+(?:\.\d+)?(?:rem|em|ch|px)$/;

/** @throws SettingError for the first part that cannot be used */
export function parseTheme(value: unknown): Theme {
  if (typeof value !== 'object' || value === null) {
    throw new SettingError('theme', value, 'settings such as { accent: "#0b5f7a" }');
  }
  for (const [name, part] of Object.entries(value)) {
    if (COLOURS.some((known) => known === name)) checkColour(name, part);
    else if (FONTS.some((known) => known === name))
      check(name, part, FONT, 'font families, such as "Georgia, serif"');
    else if (name === 'measure') check(name, part, LENGTH, 'a length, such as "38rem"');
    else
      throw new SettingError('the theme’s', name, `one of ${[...COLOURS, ...FONTS, 'measure'].join(', ')}`);
  }
  return value;
}

function checkColour(name: string, value: unknown): void {
  const wanted = 'a colour of CSS, such as "#0b5f7a", or one for light and one for dark';
  if (!Array.isArray(value)) check(name, value, COLOUR, wanted);
  else if (value.length !== 2) throw new SettingError(`theme.${name}`, value, wanted);
  else for (const colour of value) check(name, colour, COLOUR, wanted);
}

function check(name: string, value: unknown, form: RegExp, wanted: string): void {
  if (typeof value !== 'string' || !form.test(value)) throw new SettingError(`theme.${name}`, value, wanted);
}
