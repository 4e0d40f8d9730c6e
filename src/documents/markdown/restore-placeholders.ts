import { parseHtml } from '../../html/parse.ts';
import {
  type Element,
  type ElementContent,
  HEADINGS,
  isBlank,
  isElement,
  type Parent,
  type Root,
  rawText,
  text,
} from '../../html/tree.ts';
import { wordSet } from '../../strings.ts';
import type { Piece, SetAside } from './extract-syntax.ts';

export const CODE = wordSet('code pre kbd samp script style textarea');
const EMBEDDED: readonly string[] = ['img', 'source', 'iframe', 'embed'];
const BLOCKS: readonly string[] = ['pre', 'figure', 'p', 'blockquote'];

/**
 * Puts the pieces back where their marks stand: as code within code, as an address within an attribute, else as HTML.
 *
 * @returns what could not be converted
 */
export function restorePieces(content: Root, { pieces, marks }: SetAside): Piece[] {
  if (pieces.length === 0) return [];
  const leftOut = new Set<Piece>();
  /** The last heading, until other text follows. */
  let heading: Element | undefined;
  let isInHeading = false;

  const pieceOf = (index: string | undefined): Piece | undefined => pieces[Number(index)];
  /** Replaces the marks in a text, and tells whether one of them is a block or nothing. */
  const restoreText = (value: string): { nodes: ElementContent[]; isHollow: boolean } => {
    const nodes: ElementContent[] = [];
    let isHollow = false;
    let at = 0;
    for (const match of value.matchAll(marks)) {
      const piece = pieceOf(match[1]);
      if (piece === undefined) continue;
      if (match.index > at) nodes.push(text(value.slice(at, match.index)));
      at = match.index + match[0].length;
      if (piece.headingId !== undefined && heading !== undefined) heading.properties.id = piece.headingId;
      if (piece.html === undefined) leftOut.add(piece);
      const inside = (parseHtml(piece.html ?? '')?.children ?? []) as ElementContent[]; // a fragment has no doctype
      const [first] = inside;
      if (piece.formula !== undefined && first?.type === 'element')
        first.data = { formula: first.tagName === 'pre' ? 'block' : piece.formula };
      isHollow ||= inside.length === 0 || isElement(first, ...BLOCKS);
      for (const each of inside) nodes.push(each);
    }
    if (at < value.length) nodes.push(text(value.slice(at)));
    return { nodes, isHollow };
  };
  /** @returns whether the element says anything without what is left out of it */
  const restoreAttributes = ({ tagName, properties }: Element): boolean => {
    let isLost = false;
    for (const [name, value] of Object.entries(properties)) {
      const stated = Array.isArray(value) ? value.join(' ') : String(value);
      const found = [...`${name} ${stated}`.matchAll(marks)].flatMap(([, index]) => pieceOf(index) ?? []);
      if (found.length === 0) continue;
      const lost = found.filter(({ url }) => url === undefined);
      for (const piece of lost) leftOut.add(piece);
      if (lost.length > 0 || name.match(marks)) {
        isLost ||= lost.length > 0;
        delete properties[name];
      } else {
        const restored = stated.replace(marks, (mark, index) => pieceOf(index)?.url ?? mark);
        properties[name] = Array.isArray(value) ? restored.split(' ') : restored;
      }
    }
    return !isLost || !EMBEDDED.includes(tagName) || 'src' in properties;
  };
  /** Of what stands in a formula, pages show only words, as feeds do. */
  const restoreWords = (element: Element): void => {
    restoreAttributes(element);
    for (const node of element.children) {
      if (node.type === 'element') restoreWords(node);
      else if (node.type === 'text')
        node.value = node.value.replace(marks, (_, index) => {
          const words = parseHtml(pieceOf(index)?.html ?? '');
          return words === undefined ? '' : rawText(words);
        });
    }
  };
  /** A formula in an element that says that it is one. */
  const restoreFormula = (code: Element): void => {
    const [only, ...others] = code.children;
    const [mark, index] =
      (only?.type === 'text' && others.length === 0 && [...only.value.matchAll(marks)][0]) || [];
    const piece = pieceOf(index);
    if (mark === undefined || only?.type !== 'text' || only.value !== mark || piece?.formula === undefined)
      return;
    const tex = parseHtml(piece.html ?? '');
    code.children = tex === undefined ? [] : [text(rawText(tex))];
  };
  /** @returns whether something is a block or was left out, and nothing else is there to read */
  const restore = (parent: Parent, isCode: boolean): boolean => {
    const children: ElementContent[] = [];
    let isHollow = false;
    let hasText = false;
    for (const node of parent.children) {
      if (node.type === 'text') {
        if (isCode) node.value = node.value.replace(marks, (mark, index) => pieceOf(index)?.code ?? mark);
        const restored = isCode ? { nodes: [node], isHollow: false } : restoreText(node.value);
        isHollow ||= restored.isHollow;
        hasText ||= restored.nodes.some((each) => !isElement(each, ...BLOCKS) && !isBlank(each));
        for (const each of restored.nodes) children.push(each);
        if (!isInHeading && node.value.trim() !== '') heading = undefined;
      } else if (node.type === 'element') {
        if (!restoreAttributes(node)) {
          isHollow = true;
          continue;
        }
        if (node.data?.formula !== undefined) restoreFormula(node);
        const { mathml } = node.data ?? {};
        if (mathml !== undefined) restoreWords(mathml);
        const isHeading = HEADINGS.includes(node.tagName);
        if (isHeading) {
          heading = node;
          isInHeading = true;
        }
        if (restore(node, isCode || CODE.has(node.tagName)) && node.tagName === 'p')
          for (const each of node.children) children.push(each);
        else children.push(node);
        if (isHeading) isInHeading = false;
        hasText ||= node.tagName !== 'br';
      } else children.push(node as ElementContent); // no doctype
    }
    parent.children = children;
    return isHollow && !hasText;
  };
  restore(content, false);
  return [...leftOut];
}
