import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment } from 'parse5';

type Parsed = DefaultTreeAdapterTypes.Element;

/** An element of a page; text stands between elements as strings. */
export interface Element {
  /** In lower case; those of SVG as it writes them. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Node[];
  readonly parent: Element | undefined;
  /** Where its tag stands; undefined when the page leaves it out. */
  readonly line: number | undefined;
}

export type Node = Element | string;

interface Growing extends Element {
  readonly children: Node[];
  readonly parent: Growing | undefined;
}

/** A page of more elements is not read: a few kilobytes of unclosed tags can make millions. */
const MAX_ELEMENTS = 1_000_000;
/** What is nested deeper stands side by side, as in browsers, so that every walk may recurse. */
const MAX_DEPTH = 128;

const VOID: ReadonlySet<string> = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);
const INLINE: ReadonlySet<string> = new Set(
  (
    'a abbr acronym audio b basefont bdi bdo big blink br button cite code data del dfn em embed font i iframe img ' +
    'input ins kbd label map mark math meter nobr object output picture progress q rp rt ruby s samp select small ' +
    'source span strike strong sub sup svg textarea time track tt u var video wbr'
  ).split(' '),
);

/**
 * Reads a page as browsers do (HTML §13.2), without comments, styles and templates.
 *
 * @returns its `html` element; undefined when the page has too many elements
 */
export function parseTree(html: string): Element | undefined {
  let elements = 0;
  const isTooLarge = (): boolean => elements > MAX_ELEMENTS;
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement: (...parts) => {
      elements++;
      if (isTooLarge()) throw new RangeError('too many elements');
      return defaultTreeAdapter.createElement(...parts);
    },
  };
  try {
    const document = parse(html, { treeAdapter, scriptingEnabled: false, sourceCodeLocationInfo: true });
    const root = document.childNodes.find((node): node is Parsed => node.nodeName === 'html');
    return root && convert(root);
  } catch (error) {
    if (isTooLarge()) return undefined;
    throw error;
  }
}

function convert(source: Parsed): Element {
  const root = copy(source, undefined);
  const open = [{ source, next: 0, element: root, target: root, depth: 0 }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const child = level.source.childNodes[level.next++];
    if (child === undefined) {
      open.pop();
    } else if ('value' in child) {
      const { children } = level.target;
      const before = children.at(-1);
      if (typeof before === 'string') children[children.length - 1] = before + child.value;
      else children.push(child.value);
    } else if ('tagName' in child && child.tagName !== 'style' && child.tagName !== 'template') {
      const isDeepest = level.depth === MAX_DEPTH;
      if (isDeepest) level.target = level.element.parent ?? level.element;
      const element = copy(child, level.target);
      level.target.children.push(element);
      open.push({
        source: child,
        next: 0,
        element,
        target: element,
        depth: level.depth + (isDeepest ? 0 : 1),
      });
    }
  }
  return root;
}

function copy({ tagName, attrs, sourceCodeLocation }: Parsed, parent: Growing | undefined): Growing {
  return {
    name: tagName,
    attributes: new Map(attrs.map(({ name, value }) => [name, value])),
    children: [],
    parent,
    line: sourceCodeLocation?.startLine,
  };
}

/** All elements below one, in the order of the page. */
export function* descendants(element: Element): Generator<Element, void, undefined> {
  const waiting = element.children.toReversed();
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object') continue;
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] ?? '');
  }
}

/** An attribute without the white space around it; undefined when it is empty. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attributes.get(name)?.trim() || undefined;
}

/** The text of one or more nodes in one line; what stands in separate blocks or lines is set apart by a space. */
export function textOf(content: Node | readonly Node[]): string {
  return rawText(content).replace(/\s+/gu, ' ').trim();
}

/** The text of nodes with its white space; each block and each line break begins a line. */
export function rawText(content: Node | readonly Node[]): string {
  if (typeof content === 'string') return content;
  if (!('name' in content)) return content.map(rawText).join('');
  if (content.name === 'br') return '\n';
  const text = rawText(content.children);
  return isBlock(content) ? `\n${text}\n` : text;
}

/** Whether an element begins a line of its own. */
export function isBlock({ name }: Element): boolean {
  return !INLINE.has(name);
}

/** Writes nodes as HTML. */
export function serialize(nodes: readonly Node[]): string {
  return nodes.map(serializeNode).join('');
}

function serializeNode(node: Node): string {
  if (typeof node === 'string') return escapeText(node);
  const attributes = [...node.attributes].map(([name, value]) => ` ${name}="${escapeText(value)}"`).join('');
  const tag = `<${node.name}${attributes}>`;
  return VOID.has(node.name) ? tag : `${tag}${serialize(node.children)}</${node.name}>`;
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Text in which references such as `&#8217;` and `&rsquo;` stand for characters; everything else is as it is. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  const node = parseFragment(text.replace(/</g, '&lt;')).childNodes[0];
  return node !== undefined && 'value' in node ? node.value : text;
}

/** Whether an element is another one or in it. */
export function isWithin(element: Element, other: Element): boolean {
  for (let above: Element | undefined = element; above !== undefined; above = above.parent) {
    if (above === other) return true;
  }
  return false;
}

/** Whether it is a page of its own, with a head or at least a tag that says so, and not a fragment of one. */
export function isPage(root: Element): boolean {
  const [head, body] = root.children.filter((node) => typeof node !== 'string');
  return (
    [root, head, body].some((element) => element?.line !== undefined) ||
    head?.children.some((node) => typeof node !== 'string') === true
  );
}
