import { headingId } from '../documents/markdown/wikilinks.ts';
import { slugify } from '../documents/slug.ts';
import { plainText } from '../html/plain-text.ts';
import { type Element, isElement, type Parent } from '../html/tree.ts';

/**
 * Gives headings the ids by which links name them, as generators do.
 *
 * @param content is changed
 * @param anchors the ids that are asked for
 * @returns whether any heading got one
 */
export function addAnchors(content: Parent, anchors: readonly string[]): boolean {
  const headings: Element[] = [];
  const missing = new Set(anchors);
  const visit = (node: Parent): void => {
    for (const child of node.children) {
      if (!isElement(child)) continue;
      const { id } = child.properties;
      if (typeof id === 'string') missing.delete(id);
      else if (/^h[2-6]$/.test(child.tagName)) headings.push(child);
      visit(child);
    }
  };
  visit(content);
  let isChanged = false;
  for (const heading of headings) {
    const text = plainText(heading);
    const id = [headingId(text), slugify(text)].find((each) => missing.has(each));
    if (id === undefined || !/^[\p{L}\p{M}\p{N}_-]+$/u.test(id)) continue;
    heading.properties.id = id;
    missing.delete(id);
    isChanged = true;
  }
  return isChanged;
}
