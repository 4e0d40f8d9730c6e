import { matching, type Setting, type Type, table, type Values } from './types.ts';

/** A colour of CSS, or one for light and one for dark. */
export type Colour = string | readonly [light: string, dark: string];

const SINGLE_COLOUR = matching(
  'a colour of CSS, such as "#0b5f7a"',
  /^(?:#[\da-fA-F]{3,8}|[a-zA-Z]+|[a-zA-Z]+\([\w\s.,%/+-]+\))$/,
);

const COLOUR: Type<Colour> = {
  expected: 'a colour of CSS, such as "#0b5f7a", or a list of one for light and one for dark',
  schema: {
    anyOf: [SINGLE_COLOUR.schema, { type: 'array', items: SINGLE_COLOUR.schema, minItems: 2, maxItems: 2 }],
  },
  read(value, { path, report }) {
    const colours: readonly unknown[] = Array.isArray(value) && value.length === 2 ? value : [value];
    const problem = { path, value, expected: COLOUR.expected };
    const [light, dark] = colours.map((colour) =>
      SINGLE_COLOUR.read(colour, { path, report: () => report(problem) }),
    );
    return light === undefined || dark === undefined ? light : [light, dark];
  },
};

const FONT = matching('font families of CSS, such as "Georgia, serif"', /^[\p{L}\p{N}\s"',-]+$/u);

function colour(description: string, example: string): Setting<Colour> {
  return { type: COLOUR, description, example };
}

const THEME = {
  paper: colour('The background.', '["#fffdf8", "#14120e"]'),
  ink: colour('The text.', '["#1d1b16", "#e9e4d8"]'),
  faint: colour('Dates, sources and other secondary text.', '"#6b665c"'),
  rule: colour('Lines.', '"#ddd6c8"'),
  accent: colour('Links, and the mark beside the title.', '["#7a2e0b", "#f0b08a"]'),
  serif: { type: FONT, description: 'The fonts of articles.', example: '"Charter, Georgia, serif"' },
  sans: { type: FONT, description: 'The fonts of everything else.', example: '"Inter, sans-serif"' },
  measure: {
    type: matching('a length of CSS, such as "38rem"', /^\d+(?:\.\d+)?(?:rem|em|ch|px)$/),
    description: 'The width of the text.',
    example: '"38rem"',
  },
};

/** How pages look. */
export type Theme = Values<typeof THEME>;

export const theme: Type<Theme> = table(THEME, 'settings such as { accent = "#0b5f7a" }');

export const COLOURS = ['paper', 'ink', 'faint', 'rule', 'accent'] as const;
export const FONTS = ['serif', 'sans'] as const;
