import type { Element, ElementContent, Root, RootContent, Text } from 'hast';

export type { Element, ElementContent, Root, RootContent, Text } from 'hast';

declare module 'hast' {
  interface Element {
    /** The parent of an element of a page; undefined for its `html` element, and for elements outside a page. */
    parent?: Element | undefined;
  }

  /** Properties that only the page of an article shows. */
  interface ElementData {
    /** The display style of a formula in TeX. */
    formula?: 'inline' | 'block' | undefined;
    mathml?: Element | undefined;
    /** The file name of code. */
    title?: string | undefined;
    /** The highlighted lines of code, such as `1,3-5`. */
    lines?: string | undefined;
  }
}

/*
 * The content of a document is one hast tree from its parser to the serialiser in canonical.ts. Properties have the
 * names of HTML's attributes, such as `data-src`, except `className`, and their values are strings. No tree is deeper
 * than MAX_TREE_DEPTH, so every visit may recurse.
 */

/** The maximum depth; deeper elements become siblings, as in browsers. */
const MAX_TREE_DEPTH = 128;

export const HEADINGS: readonly string[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

export type Parent = Root | Element;

export function root(children: RootContent[]): Root {
  return { type: 'root', children };
}

export function text(value: string): Text {
  return { type: 'text', value };
}

/** Lines of text, with breaks between them. */
export function textLines(lines: readonly string[]): ElementContent[] {
  return lines.flatMap((line, index) => (index === 0 ? [text(line)] : [h('br', {}), text(line)]));
}

/** An element, as in hastscript. */
export function h(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[] = [],
): Element {
  return { type: 'element', tagName, properties, children };
}

export function isElement(
  node: Root | RootContent | undefined,
  ...tagNames: readonly string[]
): node is Element {
  return node?.type === 'element' && (tagNames.length === 0 || tagNames.includes(node.tagName));
}

/** Whether a node is white space or a comment. */
export function isBlank(node: RootContent): boolean {
  return node.type === 'comment' || (node.type === 'text' && node.value.trim() === '');
}

/** An attribute's value; undefined without one. */
export function attribute({ properties }: Element, name: string): string | undefined {
  const value = name === 'class' ? properties.className : properties[name];
  if (Array.isArray(value)) return value.join(' ');
  return value === undefined || value === null || value === false
    ? undefined
    : value === true
      ? ''
      : String(value);
}

/** The text content (DOM §4.4). */
export function rawText(node: Root | RootContent): string {
  if (node.type === 'text') return node.value;
  if (!('children' in node)) return '';
  let all = '';
  for (const child of node.children) all += rawText(child);
  return all;
}

/** All elements below a node, in the order of the document. */
export function* descendants(node: Parent): Generator<Element, void, undefined> {
  const waiting: RootContent[] = node.children.toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type !== 'element') continue;
    yield next;
    for (let index = next.children.length - 1; index >= 0; index--) {
      const child = next.children[index];
      if (child?.type === 'element') waiting.push(child);
    }
  }
}

export function findAll(node: Parent, ...tagNames: readonly string[]): Element[] {
  const found: Element[] = [];
  for (const element of descendants(node)) if (tagNames.includes(element.tagName)) found.push(element);
  return found;
}

/** Whether a node has a descendant with one of these names. */
export function contains(node: Parent, ...tagNames: readonly string[]): boolean {
  return descendants(node).some(({ tagName }) => tagNames.includes(tagName));
}

/**
 * Replaces elements below a node, the innermost first.
 *
 * @param replace undefined: the element is kept
 */
export function replaceElements(
  node: Parent,
  replace: (element: Element) => readonly ElementContent[] | undefined,
): void {
  let children: ElementContent[] | undefined;
  node.children.forEach((child, index) => {
    const kept = child as ElementContent; // a root that is an article has no doctype
    if (child.type === 'element') replaceElements(child, replace);
    const other = child.type === 'element' ? replace(child) : undefined;
    if (other !== undefined) children ??= node.children.slice(0, index) as ElementContent[];
    if (children !== undefined) for (const each of other ?? [kept]) children.push(each);
  });
  if (children !== undefined) node.children = children;
}

/**
 * A copy of a tree with other nodes in the place of some elements, the outermost first.
 *
 * @param replace undefined: it stays, and what it holds is replaced
 */
export function withReplaced(
  content: Root,
  replace: (element: Element) => readonly ElementContent[] | undefined,
): Root {
  const copy = (nodes: readonly RootContent[]): ElementContent[] =>
    // A root that is an article has no doctype.
    (nodes as readonly ElementContent[]).flatMap((node) => {
      if (node.type !== 'element') return [node];
      return replace(node) ?? [{ ...node, children: copy(node.children) }];
    });
  return root(copy(content.children));
}

/** Flattens what is deeper than MAX_TREE_DEPTH. */
export function limitDepth(node: Parent): void {
  const waiting: { readonly parent: Parent; readonly depth: number }[] = [{ parent: node, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { parent, depth } = next;
    if (depth === MAX_TREE_DEPTH - 1) parent.children = flattened(parent);
    else
      for (const child of parent.children)
        if (child.type === 'element' && child.children.length > 0)
          waiting.push({ parent: child, depth: depth + 1 });
  }
}

/** Moves nested elements up to the level of their ancestors, in document order. */
function flattened(parent: Parent): ElementContent[] {
  const flat: ElementContent[] = [];
  const waiting = parent.children.toReversed() as ElementContent[];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    flat.push(node);
    const inside =
      node.type === 'element' ? node.children.findIndex((child) => child.type === 'element') : -1;
    if (node.type !== 'element' || inside < 0) continue;
    for (const child of node.children.slice(inside).toReversed()) waiting.push(child);
    node.children = node.children.slice(0, inside);
  }
  return flat;
}
