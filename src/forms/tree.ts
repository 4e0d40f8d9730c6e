import type { Element, ElementContent, Root, Text } from 'hast';
import { CHARACTERS, VOID } from '../canonical-html.ts';

/*
 * Canonical HTML (see canonical-html.ts) is balanced, has its attribute values in ' and knows eight references, so
 * it needs no parser of HTML.
 */

const TOKEN = /<(?<close>\/?)(?<name>[a-z][a-z0-9]*)(?<attributes>(?: [a-z-]+='[^']*')*)>|[^<]+/g;
const ATTRIBUTE = / (?<name>[a-z-]+)='(?<value>[^']*)'/g;

/** Reads canonical HTML as a tree of hast, with attributes by their own names but `className`. */
export function readTree(canonicalHtml: string): Root {
  const root: Root = { type: 'root', children: [] };
  const open: (Root | Element)[] = [root];
  for (const { 0: token, groups } of canonicalHtml.matchAll(TOKEN)) {
    const { name, close, attributes = '' } = groups ?? {};
    const parent = open.at(-1) ?? root;
    if (name === undefined) {
      const text: Text = { type: 'text', value: decode(token) };
      parent.children.push(text);
    } else if (close === '/') {
      if (open.length > 1) open.pop();
    } else {
      const element = elementOf(name, attributes);
      parent.children.push(element);
      if (!VOID.has(name)) open.push(element);
    }
  }
  return root;
}

function elementOf(tagName: string, attributes: string): Element {
  const properties: Record<string, string | string[]> = {};
  for (const { groups } of attributes.matchAll(ATTRIBUTE)) {
    const { name = '', value = '' } = groups ?? {};
    if (name === 'class') properties.className = decode(value).split(' ');
    else properties[name] = decode(value);
  }
  return { type: 'element', tagName, properties, children: [] };
}

function decode(text: string): string {
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
