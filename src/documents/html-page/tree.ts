import { parsePage } from '../../html/parse.ts';
import {
  attribute,
  type Element,
  type ElementContent,
  findAll,
  isElement,
  type RootContent,
} from '../../html/tree.ts';
import { wordSet } from '../../strings.ts';
import { readWordProcessor } from './word-processors.ts';

const INLINE = wordSet(
  `a abbr acronym audio b basefont bdi bdo big blink br button cite code data del dfn em embed font i
  iframe img input ins kbd label map mark math meter nobr object output picture progress q rp rt ruby s
  samp select small source span strike strong sub sup svg textarea time track tt u var video wbr`,
);
const LEFT_OUT: ReadonlySet<string> = new Set(['style', 'template']);

/**
 * Reads a page as browsers do (HTML §13.2), without comments, styles and templates.
 *
 * @returns its `html` element; undefined if the page has too many elements
 */
export function parseTree(html: string): Element | undefined {
  const page = parsePage(html);
  if (page !== undefined) readWordProcessor(page, html);
  const root = page?.children.find((node) => isElement(node, 'html'));
  if (root !== undefined) settle(root, false);
  return root;
}

function settle(element: Element, isWithinDrawing: boolean): void {
  const children: ElementContent[] = [];
  // A drawing keeps its styles.
  const isDrawing = isWithinDrawing || element.tagName === 'svg';
  for (const child of element.children) {
    const last = children.at(-1);
    if (child.type === 'text' && last?.type === 'text') last.value += child.value;
    else if (child.type === 'text') children.push(child);
    if (child.type !== 'element' || (LEFT_OUT.has(child.tagName) && !isDrawing)) continue;
    child.parent = element;
    settle(child, isDrawing);
    children.push(child);
  }
  element.children = children;
}

/** The line of the page at which an element begins; undefined if the page leaves its tag out. */
export function lineOf({ position }: Element): number | undefined {
  return position?.start.line;
}

/** An attribute without the white space around it; undefined if it is empty. */
export function trimmedAttribute(element: Element, name: string): string | undefined {
  return attribute(element, name)?.trim() || undefined;
}

/** The first of several attributes that is not empty. */
export function firstAttribute(element: Element, ...names: readonly string[]): string | undefined {
  return names.map((name) => trimmedAttribute(element, name)).find((value) => value !== undefined);
}

export function hasAttribute({ properties }: Element, name: string): boolean {
  return Object.hasOwn(properties, name);
}

/** The text of one or more nodes in one line, with a space between blocks and lines. */
export function textOf(content: RootContent | readonly RootContent[]): string {
  return innerText(content).replace(/\s+/gu, ' ').trim();
}

/** The text of nodes with its white space, without drawings; each block and each line break begins a line. */
export function innerText(content: RootContent | readonly RootContent[]): string {
  if (!('type' in content)) return content.map(innerText).join('');
  if (content.type === 'text') return content.value;
  if (content.type !== 'element') return '';
  if (content.tagName === 'br') return '\n';
  if (content.tagName === 'svg') return '';
  const text = innerText(content.children);
  return isBlock(content) ? `\n${text}\n` : text;
}

/** Whether `textOf` is not empty. */
export function hasText(node: RootContent): boolean {
  if (node.type === 'text') return node.value.trim() !== '';
  return node.type === 'element' && node.tagName !== 'svg' && node.children.some(hasText);
}

/** Whether an element begins a line of its own. */
export function isBlock({ tagName }: Element): boolean {
  return !INLINE.has(tagName);
}

/** An element and its ancestors, from the inside out. */
export function* lineage(element: Element): Generator<Element> {
  for (let above: Element | undefined = element; above !== undefined; above = above.parent) yield above;
}

export function isWithin(element: Element, other: Element): boolean {
  return lineage(element).some((above) => above === other);
}

/** Whether a text is prose, not a label: it is long, or ends like a sentence. */
export function isProse(text: string): boolean {
  return text.length > MAX_LABEL || /[\p{L}\p{N}][.!?…。！？؟۔]["'”’»)\]]*$/u.test(text);
}

const MAX_LABEL = 120;

/** The words of the `title` element; undefined without any. */
export function pageTitleOf(page: Element): string | undefined {
  const title = findAll(page, 'title').find(({ parent }) => parent?.tagName === 'head');
  return title && textOf(title);
}

/** Whether it is a page and not a fragment: it has a head, or at least the tag of a page. */
export function isPage(root: Element): boolean {
  const [head, body] = root.children.filter((node) => node.type === 'element');
  return (
    [root, head, body].some((element) => element !== undefined && lineOf(element) !== undefined) ||
    head?.children.some((node) => node.type === 'element') === true
  );
}

/** The class names of an element, in lower case. */
export function classOf(element: Element): string {
  return trimmedAttribute(element, 'class')?.toLowerCase() ?? '';
}
