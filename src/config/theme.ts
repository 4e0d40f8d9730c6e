import { wordSet } from '../strings.ts';
import { mapped, matching, type Setting, type Type, table, type Values } from './types.ts';

export type Colour = string | readonly [light: string, dark: string];

/** The names of CSS Color 4, and those of the system's colours that suit a page. */
const COLOUR_NAMES =
  wordSet(`aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
  burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
  darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid
  darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
  deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro
  ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
  lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow
  lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
  lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine
  mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise
  mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab
  orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru
  pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown
  seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan
  teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen transparent
  currentcolor canvas canvastext linktext`);

const SINGLE_COLOUR = mapped(
  matching(
    'a colour of CSS, such as "#0b5f7a"',
    /^(?:#(?:[\da-fA-F]{3,4}){1,2}|[a-zA-Z]+|[a-zA-Z]+\([\w\s.,%/+-]+\))$/,
  ),
  (value) => (/^[a-z]+$/i.test(value) && !COLOUR_NAMES.has(value.toLowerCase()) ? undefined : value),
);

const COLOUR: Type<Colour> = {
  expected: 'a colour of CSS, such as "#0b5f7a", or a list of one for light and one for dark',
  schema: {
    anyOf: [SINGLE_COLOUR.schema, { type: 'array', items: SINGLE_COLOUR.schema, minItems: 2, maxItems: 2 }],
  },
  read(value, { path, report }) {
    const colours: readonly unknown[] = Array.isArray(value) && value.length === 2 ? value : [value];
    const problem = { path, value, expected: COLOUR.expected };
    const [light, dark] = colours.map((colourSetting) =>
      SINGLE_COLOUR.read(colourSetting, { path, report: () => report(problem) }),
    );
    return light === undefined || dark === undefined ? light : [light, dark];
  },
};

const FONT = matching('font families of CSS, such as "Georgia, serif"', /^[\p{L}\p{N}\s"',-]+$/u);

function colourSetting(description: string, example: string): Setting<Colour> {
  return { type: COLOUR, description, example };
}

const THEME = {
  paper: colourSetting('The background.', '["#fffdf8", "#14120e"]'),
  ink: colourSetting('The text.', '["#1d1b16", "#e9e4d8"]'),
  faint: colourSetting('Dates, sources and other secondary text.', '"#6b665c"'),
  rule: colourSetting('Lines.', '"#ddd6c8"'),
  accent: colourSetting('Links, and the mark beside the title.', '["#7a2e0b", "#f0b08a"]'),
  serif: { type: FONT, description: 'The fonts of articles.', example: '"Charter, Georgia, serif"' },
  sans: { type: FONT, description: 'The fonts of everything else.', example: '"Inter, sans-serif"' },
  measure: {
    type: matching('a length of CSS, such as "38rem"', /^\d+(?:\.\d+)?(?:rem|em|ch|px)$/),
    description: 'The width of the text.',
    example: '"38rem"',
  },
};

export type Theme = Values<typeof THEME>;

export const theme: Type<Theme> = table(THEME, 'settings such as { accent = "#0b5f7a" }');

export const COLOURS = ['paper', 'ink', 'faint', 'rule', 'accent'] as const;
export const FONTS = ['serif', 'sans'] as const;
