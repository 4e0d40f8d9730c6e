import type { Element, ElementContent, Root, Text } from 'hast';
import type { toMdast } from 'hast-util-to-mdast';
import type { Nodes } from 'mdast';
import { attribute } from '../html/tree.ts';
import { later } from '../lazy-require.ts';
import { writeMarkdown } from './markdown-text.ts';

const converter = later<{ toMdast: typeof toMdast }>('hast-util-to-mdast');

/** Elements that Markdown marks around their text, by the mark. */
const MARKED: ReadonlyMap<string, string> = new Map([
  ['em', '*'],
  ['i', '*'],
  ['u', '*'],
  ['strong', '**'],
  ['b', '**'],
  ['del', '~~'],
  ['s', '~~'],
]);
/** Markdown has no words for these, but lets their tags stand. */
const KEPT: ReadonlySet<string> = new Set(['sub', 'sup', 'kbd', 'mark', 'ins']);
/* What stands around the name of such a tag while it is text: noncharacters, which no article holds. */
const TAG_START = '\uFDEE';
const TAG_END = '\uFDEF';

/** Writes a content as Markdown with GitHub's extensions. */
export function contentMarkdown(root: Root): string {
  const children = prepareAll(root.children as ElementContent[]); // no doctypes
  const tree = converter().toMdast({ ...root, children } satisfies Root);
  tighten(tree);
  return writeMarkdown(tree).replaceAll(TAG_START, '<').replaceAll(TAG_END, '>');
}

/** @param open the marks around them */
function prepareAll(
  nodes: readonly ElementContent[],
  open: ReadonlySet<string> = new Set(),
): ElementContent[] {
  const prepared: ElementContent[] = [];
  for (const node of nodes.flatMap((each) => (each.type === 'element' ? prepare(each, open) : [each]))) {
    const last = prepared.at(-1);
    // Thousands of texts in a row take the library long.
    if (node.type === 'text' && last?.type === 'text')
      prepared[prepared.length - 1] = { ...last, value: last.value + node.value };
    else prepared.push(node);
  }
  return prepared;
}

/**
 * The caption of a table becomes a paragraph above it; a link that leads nowhere becomes its words; what is marked
 * already is not marked again, which would take the library time that grows with the cube of the depth.
 */
function prepare(element: Element, open: ReadonlySet<string>): ElementContent[] {
  const { tagName } = element;
  const mark = MARKED.get(tagName);
  const children = prepareAll(element.children, mark === undefined ? open : new Set([...open, mark]));
  if (mark !== undefined && open.has(mark)) return children;
  if (KEPT.has(tagName)) return [tag(tagName), ...children, tag(`/${tagName}`)];
  if (tagName === 'a' && attribute(element, 'href') === undefined) return children;
  if (tagName !== 'table') return [{ ...element, children }];
  const captions = children.filter(isCaption).map((caption) => ({ ...caption, tagName: 'p' }));
  return [...captions, { ...element, children: children.filter((node) => !isCaption(node)) }];
}

function isCaption(node: ElementContent): node is Element {
  return node.type === 'element' && node.tagName === 'caption';
}

function tag(name: string): Text {
  return { type: 'text', value: TAG_START + name + TAG_END };
}

/** A list is as loose as its items are. */
function tighten(node: Nodes): void {
  if (node.type === 'list') node.spread = node.children.some(({ spread }) => spread);
  if ('children' in node) for (const child of node.children) tighten(child);
}
