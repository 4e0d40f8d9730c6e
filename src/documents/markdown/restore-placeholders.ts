import { parseHtml } from '../../html/parse.ts';
import {
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  isBlank,
  isElement,
  type Parent,
  type Root,
  rawText,
  text,
} from '../../html/tree.ts';
import { wordSet } from '../../strings.ts';
import type { Extraction, Piece } from './extract-syntax.ts';

export const CODE = wordSet('code pre kbd samp script style textarea');
const EMBEDDED: readonly string[] = ['img', 'source', 'iframe', 'embed'];
const BLOCKS: readonly string[] = ['pre', 'figure', 'p', 'blockquote'];

interface Restoration extends Pick<Extraction, 'pieces' | 'marks'> {
  /** Collects the pieces that could not be converted. */
  readonly leftOut: Set<Piece>;
  /** The last heading, until other text follows. */
  heading: Element | undefined;
  isInHeading: boolean;
}

/**
 * Replaces placeholders with their pieces: as code within code, as an address within an attribute, otherwise as HTML.
 *
 * @returns what could not be converted
 */
export function restorePieces(content: Root, { pieces, marks }: Extraction): Piece[] {
  if (pieces.length === 0) return [];
  const leftOut = new Set<Piece>();
  restoreChildren(content, false, { pieces, marks, leftOut, heading: undefined, isInHeading: false });
  return [...leftOut];
}

/** @returns whether there are only blocks and pieces that were left out */
function restoreChildren(parent: Parent, isCode: boolean, state: Restoration): boolean {
  const { pieces, marks } = state;
  const children: ElementContent[] = [];
  let mayUnwrap = false;
  let hasText = false;
  for (const node of parent.children) {
    if (node.type === 'text') {
      if (isCode)
        node.value = node.value.replace(marks, (mark, index) => pieces[Number(index)]?.code ?? mark);
      const restored = isCode ? [node] : restoreText(node.value, state);
      mayUnwrap ||= !isCode && node.value.search(marks) >= 0;
      hasText ||= restored.some((each) => !isElement(each, ...BLOCKS) && !isBlank(each));
      for (const each of restored) children.push(each);
      if (!state.isInHeading && node.value.trim() !== '') state.heading = undefined;
    } else if (node.type === 'element') {
      if (restoreAttributes(node, state)) {
        for (const each of restoreElement(node, isCode, state)) children.push(each);
        hasText ||= node.tagName !== 'br';
      } else mayUnwrap = true;
    } else children.push(node as ElementContent); // no doctype
  }
  parent.children = children;
  return mayUnwrap && !hasText;
}

/** @returns the element; a paragraph of blocks only is these */
function restoreElement(element: Element, isCode: boolean, state: Restoration): ElementContent[] {
  if (element.data?.formula !== undefined) restoreFormula(element, state);
  const { mathml } = element.data ?? {};
  if (mathml !== undefined) restoreWords(mathml, state);
  const isHeading = HEADINGS.includes(element.tagName);
  if (isHeading) {
    state.heading = element;
    state.isInHeading = true;
  }
  const isUnwrapped = restoreChildren(element, isCode || CODE.has(element.tagName), state);
  if (isHeading) state.isInHeading = false;
  return isUnwrapped && element.tagName === 'p' ? element.children : [element];
}

function restoreText(value: string, { pieces, marks, leftOut, heading }: Restoration): ElementContent[] {
  const nodes: ElementContent[] = [];
  let at = 0;
  for (const match of value.matchAll(marks)) {
    const piece = pieces[Number(match[1])];
    if (piece === undefined) continue;
    if (match.index > at) nodes.push(text(value.slice(at, match.index)));
    at = match.index + match[0].length;
    if (piece.headingId !== undefined && heading !== undefined) heading.properties.id = piece.headingId;
    if (piece.html === undefined) leftOut.add(piece);
    const inside = (parseHtml(piece.html ?? '')?.children ?? []) as ElementContent[]; // a fragment has no doctype
    const [first] = inside;
    if (piece.formula !== undefined && first?.type === 'element')
      first.data = { formula: first.tagName === 'pre' ? 'block' : piece.formula };
    else if (isElement(first, 'figure'))
      for (const code of findAll(first, 'code'))
        if (String(code.properties.className) === 'language-math')
          Object.assign(code, { properties: { className: ['language-tex'] }, data: { formula: 'inline' } });
    for (const each of inside) nodes.push(each);
  }
  if (at < value.length) nodes.push(text(value.slice(at)));
  return nodes;
}

/** @returns whether the element has content without the pieces that were left out */
function restoreAttributes(
  { tagName, properties }: Element,
  { pieces, marks, leftOut }: Restoration,
): boolean {
  let isLost = false;
  for (const [name, value] of Object.entries(properties)) {
    const stated = Array.isArray(value) ? value.join(' ') : String(value);
    const found = [...`${name} ${stated}`.matchAll(marks)].flatMap(
      ([, index]) => pieces[Number(index)] ?? [],
    );
    if (found.length === 0) continue;
    const lost = found.filter(({ url }) => url === undefined);
    for (const piece of lost) leftOut.add(piece);
    if (lost.length > 0 || name.match(marks)) {
      isLost ||= lost.length > 0;
      delete properties[name];
    } else {
      properties[name] = stated.replace(marks, (mark, index) => {
        const piece = pieces[Number(index)];
        // The words of a picture, and no address.
        const isName = name !== 'href' && piece?.url?.startsWith('wikilink:');
        return isName ? pieceText(piece) : (piece?.url ?? mark);
      });
    }
  }
  return !isLost || !EMBEDDED.includes(tagName) || 'src' in properties;
}

/** Replaces placeholders in a formula with text: elements have no meaning in it. */
function restoreWords(element: Element, state: Restoration): void {
  restoreAttributes(element, state);
  for (const node of element.children) {
    if (node.type === 'element') restoreWords(node, state);
    else if (node.type === 'text')
      node.value = node.value.replace(state.marks, (_, index) => pieceText(state.pieces[Number(index)]));
  }
}

function pieceText(piece: Piece | undefined): string {
  const words = parseHtml(piece?.html ?? '');
  return words === undefined ? '' : rawText(words);
}

/** Restores a formula in an element for formulas. */
function restoreFormula(code: Element, { pieces, marks }: Restoration): void {
  const [only, ...others] = code.children;
  if (only?.type !== 'text' || others.length > 0) return;
  const [match] = only.value.matchAll(marks);
  const piece = pieces[Number(match?.[1])];
  if (match?.[0] !== only.value || piece?.formula === undefined) return;
  code.children = [text(pieceText(piece))];
}
