import type { Element, ElementContent, Root } from 'hast';
import { type Handle, type Options, toMdast } from 'hast-util-to-mdast';
import type { Nodes, PhrasingContent } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { readTree } from './tree.ts';

/** Markdown has no words for these, but lets them stand. */
const KEPT = ['sub', 'sup', 'kbd', 'mark', 'ins'];

const OPTIONS: Options = { handlers: Object.fromEntries(KEPT.map((name) => [name, keepTags])) };

/** Writes canonical HTML as Markdown with GitHub's extensions. */
export function htmlToMarkdown(canonicalHtml: string): string {
  return writeMarkdown(toMdast(withCaptionsAbove(readTree(canonicalHtml)), OPTIONS));
}

/** Writes plain text with a link on some of it, on one line. */
export function markdownLine(linked: { readonly text: string; readonly url: string }, rest: string): string {
  const link: PhrasingContent = {
    type: 'link',
    url: linked.url,
    children: [{ type: 'text', value: linked.text }],
  };
  return writeMarkdown({ type: 'paragraph', children: [link, { type: 'text', value: rest }] }).trimEnd();
}

/** Writes plain text so that nothing in it is markup. */
export function markdownText(text: string): string {
  return writeMarkdown({ type: 'paragraph', children: [{ type: 'text', value: text }] }).trimEnd();
}

function writeMarkdown(tree: Nodes): string {
  return toMarkdown(tree, { bullet: '-', rule: '*', listItemIndent: 'one', extensions: [gfmToMarkdown()] });
}

/** A table's caption becomes a paragraph above it. */
function withCaptionsAbove(root: Root): Root {
  return { ...root, children: liftAll(root.children as ElementContent[]) }; // readTree makes no others
}

function liftAll(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node) => (node.type === 'element' ? lift(node) : [node]));
}

function lift(element: Element): ElementContent[] {
  const children = liftAll(element.children);
  if (element.tagName !== 'table') return [{ ...element, children }];
  const isCaption = (node: ElementContent): node is Element =>
    node.type === 'element' && node.tagName === 'caption';
  const captions = children.filter(isCaption).map((caption) => ({ ...caption, tagName: 'p' }));
  return [...captions, { ...element, children: children.filter((node) => !isCaption(node)) }];
}

type HandlerResult = ReturnType<Handle>;

function keepTags(state: Parameters<Handle>[0], element: Element): HandlerResult {
  const { tagName } = element;
  const inside = state.all(element) as PhrasingContent[]; // these elements hold phrasing content only
  return [{ type: 'html', value: `<${tagName}>` }, ...inside, { type: 'html', value: `</${tagName}>` }];
}
