import { wordList, wordMap, wordSet } from '../strings.ts';
import { permitted } from './text.ts';
import { attribute, type Element, type ElementContent, h, rawText, text } from './tree.ts';

/*
 * Browsers support MathML Core. What it lacks of MathML 3, which pages and converters still write, is converted:
 * `mfenced` to operators, letters of a `mathvariant` to Unicode characters, and alignment, lines and frames to classes,
 * which the stylesheet of pages defines.
 */

/** The global attributes (MathML Core §2.1.1) except styles, links and scripts. */
const GLOBAL = 'dir displaystyle mathbackground mathcolor mathsize scriptlevel';
/** The elements of MathML Core, and `menclose`. */
const ELEMENTS = wordList(
  `math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace
  msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none`,
);
/** Further attributes of some elements. */
const OWN_ATTRIBUTES: Readonly<Record<string, string>> = {
  math: 'display',
  menclose: 'notation',
  mfrac: 'linethickness',
  mi: 'mathvariant',
  mo: 'fence form largeop lspace maxsize minsize movablelimits rspace separator stretchy symmetric',
  mover: 'accent',
  mpadded: 'width height depth lspace voffset',
  mspace: 'width height depth',
  mtd: 'columnspan rowspan',
  munder: 'accentunder',
  munderover: 'accent accentunder',
};
const ALLOWED = new Map(ELEMENTS.map((name) => [name, wordSet(`${GLOBAL} ${OWN_ATTRIBUTES[name] ?? ''}`)]));
/** Token elements (MathML Core §3.2), which contain text. */
const TOKENS = wordSet('mi mn mo ms mtext');
const DROPPED = wordSet('annotation annotation-xml mglyph malignmark maligngroup script style svg template');
const LINE = /^[^;]{0,40}(?:solid|dashed)/;
const MAX_DEPTH = 64;
export const TEX = 'application/x-tex';

/**
 * Converts a formula to MathML Core, without anything that could run, load or restyle anything.
 *
 * @param math in MathML
 * @param tex the same formula in TeX, which becomes its annotation
 * @returns undefined if it is nested too deep
 */
export function readMathMl(math: Element, tex?: string): Element | undefined {
  const isBlock = attribute(math, 'display') === 'block';
  const inside = readAll(math.children, 1);
  if (inside === undefined) return undefined;
  if (inside.length === 0) return h('math', {});
  const [only, ...others] = inside;
  const row = only !== undefined && others.length === 0 ? only : h('mrow', {}, inside);
  return h('math', isBlock ? { display: 'block' } : {}, [
    tex === undefined
      ? row
      : h('semantics', {}, [row, h('annotation', { encoding: TEX }, [text(permitted(tex))])]),
  ]);
}

function readAll(nodes: readonly ElementContent[], depth: number): ElementContent[] | undefined {
  const read: ElementContent[] = [];
  for (const node of nodes) {
    const found = node.type === 'element' ? readElement(node, depth) : [];
    if (found === undefined) return undefined;
    read.push(...found);
  }
  return read;
}

/** @returns undefined if it is nested too deep */
function readElement(element: Element, depth: number): ElementContent[] | undefined {
  const { tagName, children } = element;
  if (depth > MAX_DEPTH) return undefined;
  if (DROPPED.has(tagName)) return [];
  if (tagName === 'semantics' || tagName === 'maction')
    return readAll(children.filter((child) => child.type === 'element').slice(0, 1), depth + 1);
  if (tagName === 'mfenced') return readFenced(element, depth);
  const allowed = ALLOWED.get(tagName);
  if (allowed === undefined) return readAll(children, depth + 1);
  const properties = allowedProperties(element, allowed);
  if (TOKENS.has(tagName)) {
    const words = permitted(rawText(element)).replace(/\s+/g, ' ').trim();
    const edge = tagName === 'mtext' ? edgesOf(rawText(element), words) : words;
    return [h(tagName, properties, [text(inVariant(edge, attribute(element, 'mathvariant')))])];
  }
  const inside = readAll(children, depth + 1);
  if (inside === undefined) return undefined;
  return [h(tagName, properties, tagName === 'mtable' ? aligned(element, inside) : inside)];
}

/** The text of an `mtext`, with no-break spaces around it: MathML drops other spaces. */
function edgesOf(raw: string, words: string): string {
  if (words === '') return raw === '' ? '' : '\u00a0';
  return `${/^\s/.test(raw) ? '\u00a0' : ''}${words}${/\s$/.test(raw) ? '\u00a0' : ''}`;
}

function allowedProperties(element: Element, allowed: ReadonlySet<string>): Element['properties'] {
  const kept: Element['properties'] = {};
  for (const name of Object.keys(element.properties)) {
    const value = attribute(element, name);
    if (!allowed.has(name) || value === undefined || value === 'undefined' || value.length > 100) continue;
    // The only value in Core.
    if (name === 'mathvariant' && value !== 'normal') continue;
    kept[name] = permitted(value);
  }
  const { color, classes } = styleOf(element);
  if (color !== undefined && kept.mathcolor === undefined) kept.mathcolor = color;
  if (classes.length > 0) kept.className = classes;
  return kept;
}

/** The styles that formulas need, as classes. */
function styleOf(element: Element): { readonly color: string | undefined; readonly classes: string[] } {
  const style = (attribute(element, 'style') ?? '').slice(0, 500);
  const names = attribute(element, 'class') ?? '';
  const [, color] = /(?:^|;)\s*color:\s*(#\w{3,8}|(?!undefined)[a-z]{3,30})\s*(?:;|$)/.exec(style) ?? [];
  const isCell = element.tagName === 'mtd';
  const classes = [
    ...(/(?:^|\s)(?:tml-right|columnalign-right)(?:\s|$)/.test(names) ? ['right'] : []),
    ...(/(?:^|\s)tml-left(?:\s|$)/.test(names) ? ['left'] : []),
    ...(/(?:^|\s)tml-jot(?:\s|$)/.test(names) ? ['aligned'] : []),
    ...(/width:\s*100%/.test(style) ? ['tagged'] : []),
    ...(isCell && /width:\s*50%/.test(style) ? ['rest'] : []),
    ...(isCell && /padding-left:\s*[12](?:\.\d+)?em/.test(style) ? ['gap'] : []),
    ...(/(?:^|;)\s*border:\s*[^;0]/.test(style) ? ['boxed'] : []),
    ...['left', 'right', 'top', 'bottom'].flatMap((side) =>
      LINE.exec(style.split(`border-${side}:`, 2)[1] ?? '') ? [`line-${side}`] : [],
    ),
  ];
  return { color, classes };
}

/** Aligns cells by the `columnalign` of their row or table. */
function aligned(table: Element, rows: ElementContent[]): ElementContent[] {
  const stated = (element: Element | undefined): readonly string[] =>
    (element && attribute(element, 'columnalign'))?.trim().split(/\s+/) ?? [];
  const written = table.children.filter((row) => row.type === 'element');
  for (const [index, row] of rows.entries()) {
    if (row.type !== 'element') continue;
    const own = stated(written[index]);
    const sides = own.length > 0 ? own : stated(table);
    if (sides.length === 0) continue;
    for (const [column, cell] of row.children.entries()) {
      const side = sides[Math.min(column, sides.length - 1)];
      if (cell.type === 'element' && (side === 'left' || side === 'right'))
        cell.properties.className ??= [side];
    }
  }
  return rows;
}

/** `<mfenced>` with the operators that it stands for (MathML 3 §3.3.8). */
function readFenced(element: Element, depth: number): ElementContent[] | undefined {
  const inside = readAll(element.children, depth + 1);
  if (inside === undefined) return undefined;
  const separators = [...(attribute(element, 'separators') ?? ',').replace(/\s+/g, '')];
  const operator = (words: string): ElementContent[] =>
    words === '' ? [] : [h('mo', {}, [text(permitted(words))])];
  const children = inside.flatMap((child, index) =>
    index === 0 ? [child] : [...operator(separators[Math.min(index, separators.length) - 1] ?? ''), child],
  );
  const open = (attribute(element, 'open') ?? '(').trim().slice(0, 10);
  const close = (attribute(element, 'close') ?? ')').trim().slice(0, 10);
  return [h('mrow', {}, [...operator(open), ...children, ...operator(close)])];
}

/** Where the letters and digits of a style begin in the block of mathematical alphanumeric symbols (Unicode §22.2). */
const LETTERS = wordMap(
  `bold=1d400 italic=1d434 bold-italic=1d468 script=1d49c bold-script=1d4d0 fraktur=1d504 double-struck=1d538
  bold-fraktur=1d56c sans-serif=1d5a0 bold-sans-serif=1d5d4 monospace=1d670`,
);
const DIGITS = wordMap(
  'bold=1d7ce double-struck=1d7d8 sans-serif=1d7e2 bold-sans-serif=1d7ec monospace=1d7f6',
);
/** Letters that Unicode had encoded before that block. */
const OLDER: ReadonlyMap<number, string> = new Map(
  wordList(
    `1d455 1d49d 1d4a0 1d4a1 1d4a3 1d4a4 1d4a7 1d4a8 1d4ad 1d4ba 1d4bc 1d4c4 1d506 1d50b
    1d50c 1d515 1d51d 1d53a 1d53f 1d545 1d547 1d548 1d549 1d551`,
  ).map((code, index) => [Number.parseInt(code, 16), 'ℎℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤ'.charAt(index)]),
);

function inVariant(words: string, variant = ''): string {
  const letters = Number.parseInt(LETTERS.get(variant) ?? '', 16);
  const digits = Number.parseInt(DIGITS.get(variant) ?? '', 16);
  if (Number.isNaN(letters)) return words;
  return words.replace(/[A-Za-z0-9]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x41) return Number.isNaN(digits) ? character : String.fromCodePoint(digits + code - 0x30);
    const styled = letters + (code < 0x61 ? code - 0x41 : code - 0x61 + 26);
    return OLDER.get(styled) ?? String.fromCodePoint(styled);
  });
}
