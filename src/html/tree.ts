import type { Element, ElementContent, Root, Text } from 'hast';
import { CHARACTERS, VOID } from './character-references.ts';

/*
 * Canonical HTML (see canonical-html.ts) is balanced, has its attribute values in ' and knows eight references. No
 * < or > stands in it but around tags, so it needs no parser of HTML.
 */

const ATTRIBUTE = / ([a-z-]+)='([^']*)'/g;

/** Reads canonical HTML as a tree of hast, with attributes by their own names but `className`. */
export function readTree(canonicalHtml: string): Root {
  const root: Root = { type: 'root', children: [] };
  const open: (Root | Element)[] = [root];
  for (let at = 0; at < canonicalHtml.length; ) {
    const parent = open.at(-1) ?? root;
    const tagAt = canonicalHtml.indexOf('<', at);
    if (tagAt === at) {
      const end = canonicalHtml.indexOf('>', at);
      const tag = canonicalHtml.slice(at + 1, end);
      at = end + 1;
      if (tag.startsWith('/')) {
        if (open.length > 1) open.pop();
        continue;
      }
      const element = elementOf(tag);
      parent.children.push(element);
      if (!VOID.has(element.tagName)) open.push(element);
    } else {
      const end = tagAt < 0 ? canonicalHtml.length : tagAt;
      const text: Text = { type: 'text', value: decode(canonicalHtml.slice(at, end)) };
      parent.children.push(text);
      at = end;
    }
  }
  return root;
}

function elementOf(tag: string): Element {
  const nameEnd = tag.indexOf(' ');
  if (nameEnd < 0) return { type: 'element', tagName: tag, properties: {}, children: [] };
  const properties: Record<string, string | string[]> = {};
  for (const [, name = '', value = ''] of tag.matchAll(ATTRIBUTE)) {
    if (name === 'class') properties.className = decode(value).split(' ');
    else properties[name] = decode(value);
  }
  return { type: 'element', tagName: tag.slice(0, nameEnd), properties, children: [] };
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&#?\w{1,4};/g, (reference) => CHARACTERS.get(reference) ?? reference);
}

/** An attribute's value; undefined without one. */
export function attribute({ properties }: Element, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' ? value : undefined;
}

/** The text within, as it stands. */
export function textOf(node: Root | ElementContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child as ElementContent)).join('') : ''; // readTree makes no other nodes
}
