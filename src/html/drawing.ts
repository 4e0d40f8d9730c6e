import { wordList, wordSet } from '../strings.ts';
import { permitted } from './text.ts';
import { attribute, descendants, type Element, type ElementContent, h, isElement, rawText } from './tree.ts';

/*
 * Inline drawings as files: without scripts and without anything that they would load from other sites. Their names are
 * computed as in browsers (SVG-AAM §8).
 */

interface Drawing {
  /** SVG as XML. */
  readonly source: string;
  /** Pixels: as stated, otherwise from the view box; undefined without both. */
  readonly width: number | undefined;
  readonly height: number | undefined;
}

const SHAPES = wordList('path rect circle ellipse line polyline polygon text image use foreignObject');
const ELEMENTS = new Set([
  ...SHAPES,
  ...wordList(`svg g defs symbol title desc tspan textPath style switch marker mask pattern clipPath
    linearGradient radialGradient stop filter view`),
]);
/** The elements of HTML allowed in `foreignObject`. */
const FOREIGN = wordSet('div span p br b i em strong code ul ol li small sub sup');
/** Hyphenated attributes, by the lower-case name that HTML reads from JSX. */
const HYPHENATED = new Map(
  wordList(
    `alignment-baseline baseline-shift clip-path clip-rule color-interpolation dominant-baseline fill-opacity
    fill-rule flood-color flood-opacity font-family font-size font-style font-variant font-weight letter-spacing
    marker-end marker-mid marker-start paint-order shape-rendering stop-color stop-opacity stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
    text-decoration text-rendering transform-origin vector-effect word-spacing writing-mode`,
  ).map((name) => [name.replaceAll('-', ''), name]),
);
const NOT_DRAWN = /^(?:on.*|xmlns.*|role|tabindex|focusable|data-.*|aria-.*|href|xlink:href|src)$/i;
/** Values that load something from elsewhere, or run something. */
const UNSAFE = /url\((?!["']?#)|@import|expression\s*\(|javascript:|<|\\/i;
const EMBEDDED = /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*$/i;
/** The maximum side of an icon: in pixels, and in em. */
const MAX_ICON = 32;
const MAX_EM = 3;
/** A drawing with more shapes is no icon. */
const MAX_ICON_SHAPES = 6;
const ICON_NAME = /(?:^|[\s_-])(?:icons?|emoji|glyph|octicon|feather|lucide|heroicon|fa|bi)(?=[\s_-]|$)/i;
/** The colours of text on light and on dark pages, for drawings in `currentColor`. */
const TEXT_COLOR =
  '<style>:root{color:#1b1f24}@media(prefers-color-scheme:dark){:root{color:#d6dae0}}</style>';
const MAX_NAME_LENGTH = 200;

/** @returns undefined if it has no shapes */
export function drawingOf(svg: Element): Drawing | undefined {
  const ids = new Set([...descendants(svg)].flatMap((element) => attribute(element, 'id') ?? []));
  const isDrawn = descendants(svg).some(
    (element) =>
      SHAPES.includes(element.tagName) &&
      (element.tagName !== 'use' || ids.has((attribute(element, 'href') ?? '').slice(1))),
  );
  if (!isDrawn) return undefined;
  const [width, height] = drawingSize(svg);
  const inside = svg.children.map(writeNode).join('');
  const color =
    inside.includes('currentColor') || attributesOf(svg).includes('currentColor') ? TEXT_COLOR : '';
  const source = `<svg xmlns="http://www.w3.org/2000/svg"${attributesOf(svg)}>${color}${inside}</svg>`;
  return { source, width, height };
}

/** The URL of the picture in a drawing of nothing else; undefined for any other drawing. */
export function photographIn(svg: Element): string | undefined {
  const [only, ...others] = shapesIn(svg);
  const src = only === undefined ? '' : (attribute(only, 'href') ?? attribute(only, 'xlink:href') ?? '');
  return only?.tagName === 'image' && others.length === 0 && !/^(?:data:|#|$)/.test(src) ? src : undefined;
}

function shapesIn({ children }: Element): Element[] {
  return children.flatMap((child) => {
    if (child.type !== 'element' || /^(?:defs|clipPath|mask|pattern|symbol)$/.test(child.tagName)) return [];
    return SHAPES.includes(child.tagName) ? [child] : shapesIn(child);
  });
}

/** A drawing with the symbols that it uses from other drawings of its page. */
export function withSymbols(svg: Element, symbols: ReadonlyMap<unknown, Element>): Element {
  const children = svg.children.map((child) => {
    if (child.type !== 'element') return child;
    const href = attribute(child, 'href') ?? attribute(child, 'xlink:href') ?? '';
    const symbol = child.tagName === 'use' ? symbols.get(href.slice(1)) : undefined;
    if (symbol === undefined) return withSymbols(child, symbols);
    const { viewBox } = symbol.properties;
    return h('svg', { ...child.properties, viewBox, href: undefined }, symbol.children);
  });
  return { ...svg, children };
}

/** The name of a drawing, otherwise its text. */
export function nameOfDrawing(svg: Element): string {
  const labelled = (attribute(svg, 'aria-labelledby') ?? '').split(/\s+/);
  const parts = [...descendants(svg)];
  const named = labelled.flatMap(
    (id) => parts.find((part) => id !== '' && attribute(part, 'id') === id) ?? [],
  );
  const child = (name: string): string =>
    rawText(svg.children.find((each) => isElement(each, name)) ?? NOTHING);
  const texts = textsIn(svg);
  const names = [
    named.map(rawText).join(' '),
    attribute(svg, 'aria-label') ?? '',
    child('title'),
    child('desc'),
  ];
  const found = [...names, texts.join(' ')].map((name) => name.replace(/\s+/gu, ' ').trim());
  return (found.find((name) => name !== '') ?? '').slice(0, MAX_NAME_LENGTH);
}

/**
 * The texts of a drawing. A `switch` draws its first choice: draw.io adds others for programs that cannot show it.
 */
function textsIn({ tagName, children }: Element): string[] {
  const elements = children.filter((child) => child.type === 'element');
  return (tagName === 'switch' ? elements.slice(0, 1) : elements).flatMap((child) =>
    /^(?:text|foreignObject)$/.test(child.tagName) ? rawText(child) : textsIn(child),
  );
}

const NOTHING = h('g', {});

/**
 * Whether a drawing without text is an icon, by its name or its size.
 *
 * @param isInLine whether it is in a link or a heading, where a drawing without a size is an icon
 */
export function isIcon(svg: Element, isInLine = false): boolean {
  const parts = [...descendants(svg)];
  if (parts.some(({ tagName }) => tagName === 'text' || tagName === 'foreignObject')) return false;
  if (ICON_NAME.test(attribute(svg, 'class') ?? '')) return true;
  const em = /^([\d.]+)(?:em|ex|rem)$/.exec(attribute(svg, 'height') ?? attribute(svg, 'width') ?? '')?.[1];
  if (em !== undefined) return Number(em) <= MAX_EM;
  const isSized = ['width', 'height'].some((name) => attribute(svg, name) !== undefined);
  if (isInLine && !isSized && shapesIn(svg).length <= MAX_ICON_SHAPES) return true;
  const sides = drawingSize(svg).flatMap((side) => side ?? []);
  return sides.length === 0 ? isInLine : sides.every((side) => side <= MAX_ICON);
}

function drawingSize(svg: Element): readonly [number | undefined, number | undefined] {
  const [width, height] = ['width', 'height'].map((name) => pixels(attribute(svg, name)));
  const box = (attribute(svg, 'viewBox') ?? attribute(svg, 'viewbox') ?? '').trim().split(/[\s,]+/);
  const [across, down] = box.length === 4 ? [pixels(box[2]), pixels(box[3])] : [];
  if (width !== undefined && height !== undefined) return [width, height];
  if (across === undefined || down === undefined) return [width, height];
  const scale = width === undefined ? (height === undefined ? 1 : height / down) : width / across;
  return [Math.round(across * scale), Math.round(down * scale)];
}

function pixels(stated: string | undefined): number | undefined {
  const number = Number(/^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(stated ?? '')?.[1]);
  return number > 0 ? Math.round(number) : undefined;
}

function writeNode(node: ElementContent): string {
  if (node.type === 'text') return escaped(node.value);
  if (node.type !== 'element') return '';
  const { tagName, children } = node;
  const isForeign = FOREIGN.has(tagName);
  // A link is replaced by its content.
  if (tagName === 'a') return `<g>${children.map(writeNode).join('')}</g>`;
  if (tagName === 'style' && UNSAFE.test(rawText(node))) return '';
  if (!ELEMENTS.has(tagName) && !isForeign && !/^fe[A-Z]\w+$/.test(tagName)) return '';
  const space = isForeign ? ' xmlns="http://www.w3.org/1999/xhtml"' : '';
  return `<${tagName}${space}${attributesOf(node)}>${children.map(writeNode).join('')}</${tagName}>`;
}

function attributesOf(element: Element): string {
  const written = Object.keys(element.properties).flatMap((stated) => {
    const name = stated === 'className' ? 'class' : (HYPHENATED.get(stated) ?? stated);
    const value = attribute(element, name === 'class' ? 'class' : stated) ?? '';
    if (!/^[A-Za-z][\w-]*$/.test(name) || NOT_DRAWN.test(name) || UNSAFE.test(value)) return [];
    return [` ${name === 'viewbox' ? 'viewBox' : name}="${escaped(value)}"`];
  });
  const href = attribute(element, 'href') ?? attribute(element, 'xlink:href') ?? '';
  const isKept = /^#[\w:.-]+$/.test(href) || (element.tagName === 'image' && EMBEDDED.test(href));
  return written.join('') + (isKept ? ` href="${escaped(href)}"` : '');
}

function escaped(value: string): string {
  return permitted(value)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
