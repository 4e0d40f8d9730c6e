import { PART } from '../documents/page-parts.ts';
import { readCanonical } from '../html/canonical.ts';
import { type Element, type ElementContent, type Parent, type Root, root } from '../html/tree.ts';

/**
 * Removes the numbers of page parts from a content.
 *
 * @param content is changed
 * @returns the elements that had a number, with their replacements on pages
 */
export function takeMarks(
  content: Root,
  parts: readonly string[],
): ReadonlyMap<Element, readonly ElementContent[]> {
  const marked = new Map<Element, readonly ElementContent[]>();
  if (parts.length === 0) return marked;
  const visit = ({ children }: Parent): void => {
    for (const child of children) {
      if (child.type !== 'element') continue;
      const part = parts[Number(child.properties[PART])];
      delete child.properties[PART];
      if (part !== undefined) marked.set(child, readCanonical(part).children as ElementContent[]); // no doctypes
      visit(child);
    }
  };
  visit(content);
  return marked;
}

/** A copy of a content in which some elements are replaced. */
export function withParts(content: Root, parts: ReadonlyMap<Element, readonly ElementContent[]>): Root {
  const copy = (nodes: readonly ElementContent[]): ElementContent[] =>
    nodes.flatMap((node) => {
      if (node.type !== 'element') return [node];
      return parts.get(node) ?? [{ ...node, children: copy(node.children) }];
    });
  return root(copy(content.children as ElementContent[])); // no doctypes
}
