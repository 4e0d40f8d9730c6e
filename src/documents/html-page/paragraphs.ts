import { type Element, type ElementContent, h, isBlank, isElement, text } from '../../html/tree.ts';
import { httpAddress } from '../../html/url.ts';
import { wordSet } from '../../strings.ts';
import { isBlock, textOf } from './tree.ts';

/** Elements that are content without any text. */
export const MEDIA = wordSet(
  'audio br embed hr iframe img input math object picture source svg td th track video',
);
/** Blocks in which `<br><br>` separates paragraphs. */
export const FLOW = wordSet('blockquote dd details div li section td th');
const PERMALINK = /^[\s\u200b#¶§🔗]*$/u;

/** A heading, and after it the blocks that an unclosed tag put into it. */
export function heading(element: Element, children: readonly ElementContent[]): ElementContent[] {
  const end = children.findIndex(isFlow);
  const isMark = (child: ElementContent): boolean => isPermalink(child) || isAnchor(child);
  const words = children.slice(0, end < 0 ? undefined : end).filter((child) => !isMark(child));
  // The mark may have the id to which links refer.
  const [id, ...others] = [element, ...children.filter(isMark)].flatMap((each) =>
    each.type === 'element' ? (each.properties.id ?? []) : [],
  );
  const anchors = others.map((other) => h('a', { id: other }));
  const properties = id === undefined ? element.properties : { ...element.properties, id };
  return [
    ...(hasContent(words) ? [{ ...element, properties, children: [...anchors, ...words] }] : []),
    ...(end < 0 ? [] : paragraphs(children.slice(end))),
  ];
}

function isAnchor(node: ElementContent): boolean {
  return isElement(node, 'a') && !('href' in node.properties) && !hasContent(node.children);
}

function isPermalink(node: ElementContent): boolean {
  return (
    isElement(node, 'a') &&
    'href' in node.properties &&
    PERMALINK.test(textOf(node)) &&
    !node.children.some((child) => child.type === 'element' && MEDIA.has(child.tagName))
  );
}

/** Puts bare text between blocks into paragraphs. */
export function paragraphs(nodes: readonly ElementContent[]): ElementContent[] {
  const found: ElementContent[] = [];
  let run: ElementContent[] = [];
  let isBegun = false;
  const endRun = (): void => {
    found.push(...splitParagraph(h('p', {}), run));
    run = [];
    isBegun = false;
  };
  for (const node of nodes) {
    if (isFlow(node)) {
      endRun();
      found.push(node);
    } else if (node.type === 'comment' && !isBegun) found.push(node);
    else {
      // Each becomes a link.
      if (
        isElement(node, 'iframe') &&
        isElement(
          run.findLast((each) => !isBlank(each)),
          'iframe',
        )
      )
        endRun();
      run.push(node);
      isBegun ||= hasContent([node]);
    }
  }
  endRun();
  return found;
}

/** One paragraph, or several if `<br><br>` separates them. */
export function splitParagraph(paragraph: Element, run: readonly ElementContent[]): Element[] {
  const parts: ElementContent[][] = [[]];
  let isAfterBreak = false;
  for (const node of run) {
    if (isBreak(node) && isAfterBreak) parts.push([]);
    else parts.at(-1)?.push(node);
    if (!isBlank(node)) isAfterBreak = isBreak(node);
  }
  return parts
    .map(trim)
    .filter(hasContent)
    .map((children) => h(paragraph.tagName, paragraph.properties, linked(children)));
}

/** Makes a link or a player of an address alone in its paragraph, as in WordPress. */
function linked(nodes: readonly ElementContent[]): ElementContent[] {
  const [only] = nodes;
  const address = nodes.length === 1 && only?.type === 'text' ? only.value.trim() : '';
  return httpAddress(address) === undefined ? [...nodes] : [h('a', { href: address }, [text(address)])];
}

function trim(nodes: readonly ElementContent[]): ElementContent[] {
  const isEdge = (node: ElementContent): boolean => isBlank(node) || isBreak(node);
  const start = nodes.findIndex((node) => !isEdge(node));
  const end = nodes.findLastIndex((node) => !isEdge(node));
  return start < 0 ? [] : nodes.slice(start, end + 1);
}

export function hasBreak(nodes: readonly ElementContent[]): boolean {
  const seen = nodes.filter((node) => !isBlank(node));
  return seen.some((node, index) => isBreak(node) && isBreak(seen[index + 1]));
}

function isBreak(node: ElementContent | undefined): boolean {
  return isElement(node, 'br');
}

/** Whether there is any text, picture or recording. */
export function hasContent(nodes: readonly ElementContent[]): boolean {
  return nodes.some((node) => !isBlank(node) && !isBreak(node));
}

/** Whether a node is a block or has one in it. */
export function isFlow(node: ElementContent): boolean {
  if (node.type !== 'element' || node.tagName === 'svg') return false;
  return isBlock(node) || node.children.some(isFlow);
}
