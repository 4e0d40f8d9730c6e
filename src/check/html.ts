import { wordList, wordSet } from '../strings.ts';
import { defineRules, type Issue } from './report.ts';

interface Tag {
  /** Lower case. */
  readonly name: string;
  readonly isEnd: boolean;
  /** By lower-case name, with character references decoded. */
  readonly attributes: ReadonlyMap<string, string>;
}

const COMMENT = /<!--.*?-->/gs;
const TAG = /<(\/?)([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const UNREAD = /<(script|style|head)\b.*?<\/\1\s*>/gis;

/** The tags of an HTML document in order. */
export function tagsIn(html: string): Tag[] {
  return [...html.replace(COMMENT, '').matchAll(TAG)].map(([, slash, name = '', rest = '']) => ({
    name: name.toLowerCase(),
    isEnd: slash === '/',
    attributes: new Map(
      [...rest.matchAll(ATTRIBUTE)].map(([, attribute = '', double, single, bare]) => [
        attribute.toLowerCase(),
        decodeXmlReferences(double ?? single ?? bare ?? ''),
      ]),
    ),
  }));
}

/** The visible text of an HTML document, with single spaces. */
export function wordsIn(html: string): string {
  const text = html.replace(COMMENT, '').replace(UNREAD, ' ').replace(TAG, ' ');
  return decodeXmlReferences(text).trim().replace(/\s+/g, ' ');
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes numeric references and the five entities of XML 1.0 §4.6; leaves other references alone. */
export function decodeXmlReferences(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (reference, hexadecimal, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? reference;
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

const END_TAG =
  /<\/(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|pre|q|s|samp|script|small|span|strike|strong|style|sub|sup|table|td|th|tr|tt|u|ul|var)>/i;
const REFERENCE =
  /&(?:#\w+|amp|lt|gt|quot|apos|nbsp|copy|reg|trade|hellip|[lr][sd]quo|[mn]dash|[a-z](?:uml|acute|grave|circ|tilde))\b/i;

/**
 * The first end tag or character reference in plain text that would make readers treat it as HTML. A reference that the
 * document escapes with a hexadecimal reference is safe (RSS Best Practices Profile, "Character Data").
 *
 * @param rawText the same text before its references are decoded
 */
export function findMarkup(text: string, rawText: string): string | undefined {
  const found = END_TAG.exec(text) ?? (rawText.includes('&#x') ? null : REFERENCE.exec(text));
  return found?.[0];
}

export const characterRules = defineRules('text', {
  characters: ['warning', 'no trace of a wrong decoding', 'W3C feed validator, BadCharacters'],
});

/** U+FFFD and the control characters U+0080 to U+009F are signs of a wrong decoding. */
export function* checkCharacters(text: string, where: string): Iterable<Issue> {
  const [character] = /[\u0080-\u009f\ufffd]/.exec(text) ?? [];
  if (character === undefined) return;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  yield characterRules.characters(where, `U+${code}`);
}

export const contentRules = defineRules('content', {
  element: [
    'error',
    'an element of content, not one that acts or makes a page',
    'W3C feed validator, SecurityRisk',
  ],
  'event-attribute': ['error', 'no script', 'W3C feed validator, SecurityRiskAttr'],
  'script-address': ['error', 'an address that runs no script', 'CWE-79'],
  'absolute-address': ['error', 'an absolute address', 'W3C feed validator, ContainsRelRef'],
  nesting: ['error', 'every element closed, where it was opened', 'HTML §13.1.2'],
});

const FORBIDDEN_ELEMENTS = wordSet(
  `applet base basefont body comment embed frame frameset head html iframe isindex link listing meta noframes
  object param plaintext script slot style title xmp`,
);
const ADDRESS_ATTRIBUTES = wordList('href src poster cite data action formaction background longdesc');
const VOID = wordSet('area base br col embed hr img input link meta param source track wbr frame basefont');
/** HTML §13.1.2.4: elements whose end tag is optional. */
const END_IS_OPTIONAL = wordSet('li dt dd p rt rp optgroup option colgroup thead tbody tfoot tr td th');

/** Checks a fragment of HTML that feed readers embed in their own pages. */
export function* checkContent(html: string, where: string): Iterable<Issue> {
  const tags = tagsIn(html);
  const open: string[] = [];
  for (const { name, isEnd, attributes } of tags) {
    const at = `${where}, <${isEnd ? '/' : ''}${name}>`;
    if (isEnd) {
      if (!closeElement(open, name)) yield contentRules.nesting(at);
      continue;
    }
    if (!VOID.has(name)) open.push(name);
    if (FORBIDDEN_ELEMENTS.has(name)) yield contentRules.element(at);
    for (const attribute of attributes.keys()) {
      if (/^on/.test(attribute)) yield contentRules['event-attribute'](at, attribute);
    }
    for (const address of addressesIn(attributes)) {
      if (/^(?:javascript|vbscript|data:text):?/i.test(address))
        yield contentRules['script-address'](at, address);
      else if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) yield contentRules['absolute-address'](at, address);
    }
  }
  for (const name of open) {
    if (!END_IS_OPTIONAL.has(name)) yield contentRules.nesting(`${where}, <${name}>`);
  }
}

function addressesIn(attributes: ReadonlyMap<string, string>): string[] {
  const addresses = ADDRESS_ATTRIBUTES.flatMap((name) => attributes.get(name) ?? []);
  const candidates = (attributes.get('srcset') ?? '').split(/,\s+/).filter((candidate) => candidate !== '');
  return [...addresses, ...candidates].map((address) => address.trim());
}

/** Closes the innermost element of that name, and its open descendants with optional end tags. */
function closeElement(open: string[], name: string): boolean {
  const at = open.lastIndexOf(name);
  if (at < 0 || !open.slice(at + 1).every((inner) => END_IS_OPTIONAL.has(inner))) return false;
  open.length = at;
  return true;
}
