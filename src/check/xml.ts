import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { checkCharacters, decodeXmlReferences } from './html.ts';
import { defineRules, type Issue } from './report.ts';

export const xmlRules = defineRules('xml', {
  'well-formed': ['error', 'well-formed XML', 'XML 1.0 §2.1'],
  characters: ['error', 'only characters that XML allows', 'XML 1.0 §2.2'],
  reference: ['error', 'a numeric reference, or one of the five that XML defines', 'XML 1.0 §4.1'],
  encoding: ['error', 'UTF-8, or no encoding stated', 'RFC 7303 §3'],
  doctype: ['error', 'no document type', 'OWASP, XXE Prevention'],
  namespace: ['error', 'a prefix that is declared', 'Namespaces in XML 1.0 §5'],
});

export interface XmlElement {
  /** With the usual prefix of its namespace, whatever the document uses; `{namespace}local` if there is none. */
  readonly name: string;
  /** By name in the same notation, with references decoded. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The character data directly in the element. */
  readonly text: string;
  /** The same before references are decoded. */
  readonly rawText: string;
}

/** A node of fast-xml-parser with `preserveOrder`: one key is its name, `:@` has its attributes. */
interface OrderedNode {
  readonly [name: string]: string | readonly OrderedNode[] | Readonly<Record<string, string>>;
}

const USUAL_PREFIXES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/Atom': 'atom',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://search.yahoo.com/mrss/': 'media',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/XML/1998/namespace': 'xml',
};

type Namespaces = ReadonlyMap<string, string>;

const NAMESPACE = /^xmlns(?::|$)/;
const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const BAD_REFERENCE = /&(?!#x[0-9a-f]+;|#\d+;|(?:amp|lt|gt|quot|apos);)\S{0,20}/i;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
});

/** Parses a document into elements; there is no root if it is too malformed. */
export function readXml(source: string): { root?: XmlElement; issues: readonly Issue[] } {
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const issues = [...checkText(text)];
  try {
    const nodes: OrderedNode[] = parser.parse(text);
    const roots = nodes.filter(isElement);
    const [root] = roots;
    if (roots.length !== 1 || root === undefined)
      return { issues: [...issues, xmlRules['well-formed'](`${roots.length} root elements`)] };
    const namespaces = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
    return { root: readElement(root, namespaces, issues), issues };
  } catch (error) {
    return { issues: [...issues, xmlRules['well-formed'](String(error))] };
  }
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The trimmed text of the first child of that name. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text.trim();
}

/** The errors that the validator of fast-xml-parser finds, and those that it misses. */
function* checkText(text: string): Iterable<Issue> {
  const outcome = XMLValidator.validate(text);
  if (outcome !== true) yield xmlRules['well-formed'](`line ${outcome.err.line}: ${outcome.err.msg}`);
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden !== null) {
    const line = text.slice(0, forbidden.index).split('\n').length;
    yield xmlRules.characters(`line ${line}`, forbidden[0]);
  }
  const [, encoding = 'utf-8'] = /^<\?xml[^>]*\sencoding=["']([^"']*)/.exec(text) ?? [];
  if (encoding.toLowerCase() !== 'utf-8') yield xmlRules.encoding('the XML declaration', encoding);
  if (/^\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<!DOCTYPE/s.test(text)) yield xmlRules.doctype('the prologue');
  const after = text.slice(text.lastIndexOf('>') + 1);
  if (after.trim() !== '') yield xmlRules['well-formed']('after the root element', after.trim());
}

function readElement(node: OrderedNode, outer: Namespaces, issues: Issue[]): XmlElement {
  const written = nodeName(node);
  const at = `<${written}>`;
  const attributes = Object.entries(node[':@'] ?? {}).map(([name, raw]) => {
    issues.push(...checkRaw(raw, `<${written} ${name}>`, '<'));
    return [name, decodeXmlReferences(raw)] as const;
  });
  const namespaces = new Map(outer);
  for (const [name, value] of attributes) {
    if (NAMESPACE.test(name)) namespaces.set(name.replace(NAMESPACE, ''), value);
  }
  const rename = (name: string, isElement: boolean): string => {
    const renamed = usualElementName(name, namespaces, isElement);
    if (renamed === undefined) issues.push(xmlRules.namespace(at, name));
    return renamed ?? name;
  };
  const parts = contentOf(node).map((part) => readCharacterData(part, at, issues));
  const text = parts.map((part) => part.text).join('');
  issues.push(...checkCharacters(text, at));
  return {
    name: rename(written, true),
    attributes: new Map(
      attributes
        .filter(([name]) => !NAMESPACE.test(name))
        .map(([name, value]) => [rename(name, false), value]),
    ),
    children: contentOf(node)
      .filter(isElement)
      .map((part) => readElement(part, namespaces, issues)),
    text,
    rawText: parts.map((part) => part.rawText).join(''),
  };
}

/** Character data or a CDATA section. */
function readCharacterData(
  part: OrderedNode,
  where: string,
  issues: Issue[],
): { text: string; rawText: string } {
  if (nodeName(part) === '#cdata') {
    const rawText = String(contentOf(part)[0]?.['#text'] ?? '');
    return { text: rawText, rawText };
  }
  const rawText = String(part['#text'] ?? '');
  issues.push(...checkRaw(rawText, where, ']]>'));
  return { text: decodeXmlReferences(rawText), rawText };
}

/** The errors in character data and attributes that fast-xml-parser misses. */
function* checkRaw(raw: string, where: string, forbidden: string): Iterable<Issue> {
  if (raw.includes(forbidden)) yield xmlRules['well-formed'](where, forbidden);
  const [bad] = BAD_REFERENCE.exec(raw) ?? [];
  if (bad !== undefined) yield xmlRules.reference(where, bad);
  for (const [reference] of raw.matchAll(/&#x?[0-9a-f]+;/gi)) {
    if (FORBIDDEN.test(decodeXmlReferences(reference))) yield xmlRules.characters(where, reference);
  }
}

/** Undefined if the prefix is not declared. */
function usualElementName(
  written: string,
  namespaces: Namespaces,
  takesDefault: boolean,
): string | undefined {
  const [, prefix, local = written] = /^([^:]*):(.*)$/s.exec(written) ?? [];
  const namespace =
    prefix === undefined ? (takesDefault && namespaces.get('')) || '' : namespaces.get(prefix);
  if (namespace === undefined || namespace === '') return namespace === '' ? written : undefined;
  const usual = USUAL_PREFIXES[namespace];
  return usual === undefined ? `{${namespace}}${local}` : `${usual}:${local}`;
}

function isElement(node: OrderedNode): boolean {
  return /^[^#?]/.test(nodeName(node));
}

function nodeName(node: OrderedNode): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function contentOf(node: OrderedNode): readonly OrderedNode[] {
  const content = node[nodeName(node)];
  return Array.isArray(content) ? content : [];
}
