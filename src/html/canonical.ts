import { wordSet } from '../strings.ts';
import { type Element, h, type Parent, type Root, text } from './tree.ts';

/*
 * Canonical HTML needs no escaping in the formats that contain it: the same bytes are valid in a CDATA section of RSS
 * and Atom, in a JSON string, and in an HTML page:
 *
 *   attribute values are quoted with ' and contain none; " and \ are &quot; and &#92;
 *   no control characters: significant line breaks and tabs are &#10; and &#9;
 *   every > of text is &gt;, so ]]> does not occur
 *
 * Its tags are balanced, so it is read without an HTML parser. Reading and serializing it gives the same bytes.
 */

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['\\', '&#92;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
]);
const CHARACTERS: ReadonlyMap<string, string> = new Map(
  [...REFERENCES].map(([character, reference]) => [reference, character]),
);

/** Elements that have no end tag (HTML §13.1.2). */
const VOID = wordSet(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);
/** White space before and after the tags of these is not rendered. */
const BLOCKS = wordSet(
  'p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote figure figcaption table thead tbody tr td th section div hr details summary',
);

const ATTRIBUTE = / ([a-z-]+)='([^']*)'/g;
const SPACE = /[ \t\n]+/g;

/** How canonical HTML writes a character. */
export function reference(character: string): string {
  return REFERENCES.get(character) ?? character;
}

/** Writes plain text as canonical HTML, for use between tags. */
export function canonicalText(plain: string): string {
  return plain.replace(/[&<>"\\\n\t]/g, reference);
}

/**
 * Writes a tree as canonical HTML; comments are left out.
 *
 * @param keepsSpace whether to keep white space; otherwise a run that is rendered as one space becomes one
 */
export function serialize(tree: Parent, keepsSpace = false): string {
  let written = '';
  let pending = '';
  let preformatted = keepsSpace ? 1 : 0;
  let dropsSpace = true;
  const writeText = (dropsLastSpace: boolean): void => {
    let shown = pending;
    if (shown === '') return;
    pending = '';
    if (preformatted === 0) {
      shown = shown.replace(SPACE, ' ');
      if (dropsSpace && shown.startsWith(' ')) shown = shown.slice(1);
      if (dropsLastSpace && shown.endsWith(' ')) shown = shown.slice(0, -1);
    }
    written += canonicalText(shown);
  };
  const visit = ({ children }: Parent): void => {
    for (const node of children) {
      if (node.type === 'text') pending += node.value;
      else if (node.type === 'raw') {
        writeText(false);
        written += node.value;
        dropsSpace = false;
      } else if (node.type === 'element') writeElement(node);
    }
  };
  const writeElement = (node: Element): void => {
    const { tagName, properties } = node;
    const isBlock = BLOCKS.has(tagName);
    const isPre = tagName === 'pre';
    writeText(isBlock || isPre);
    written += `<${tagName}`;
    for (const name in properties) written += writeAttribute(name, properties[name]);
    written += '>';
    dropsSpace = isBlock;
    if (VOID.has(tagName)) return;
    if (isPre) preformatted++;
    visit(node);
    writeText(isBlock || isPre);
    if (isPre) preformatted--;
    written += `</${tagName}>`;
    dropsSpace = isBlock;
  };
  visit(tree);
  writeText(true);
  return written.trim();
}

function writeAttribute(name: string, value: Element['properties'][string]): string {
  if (value === undefined || value === null || value === false) return '';
  const stated = value === true ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  const written = stated.replace(/[&<>"'\\\n\t]/g, reference);
  return ` ${name === 'className' ? 'class' : name}='${written}'`;
}

/** Reads canonical HTML; an incomplete tag at its end is left out. */
export function readCanonical(html: string): Root {
  const root: Root = { type: 'root', children: [] };
  const open: Parent[] = [root];
  for (let at = 0; at < html.length; ) {
    const parent = open.at(-1) ?? root;
    const tagAt = html.indexOf('<', at);
    if (tagAt === at) {
      const end = html.indexOf('>', at);
      if (end < 0) break;
      const tag = html.slice(at + 1, end);
      at = end + 1;
      if (tag.startsWith('/')) {
        if (open.length > 1) open.pop();
        continue;
      }
      const element = parseTag(tag);
      parent.children.push(element);
      if (!VOID.has(element.tagName)) open.push(element);
    } else {
      const end = tagAt < 0 ? html.length : tagAt;
      parent.children.push(text(decodeCanonical(html.slice(at, end))));
      at = end;
    }
  }
  return root;
}

function parseTag(tag: string): Element {
  const nameEnd = tag.indexOf(' ');
  if (nameEnd < 0) return h(tag, {});
  const properties: Element['properties'] = {};
  for (const [, name = '', value = ''] of tag.matchAll(ATTRIBUTE)) {
    if (name === 'class') properties.className = decodeCanonical(value).split(' ');
    else properties[name] = decodeCanonical(value);
  }
  return h(tag.slice(0, nameEnd), properties);
}

function decodeCanonical(html: string): string {
  if (!html.includes('&')) return html;
  return html.replace(/&#?\w{1,4};/g, (reference) => CHARACTERS.get(reference) ?? reference);
}
