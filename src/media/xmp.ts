import { type Cleaned, isZero, type MetadataKind } from './edits.ts';

/* XMP: a document in RDF/XML (ISO 16684-1). */

/** The form of a value: text, or the list type that its schema requires. */
type Shape = 'text' | 'Alt' | 'Bag' | 'Seq';

/** The properties for the creator and the terms of use. */
const KEPT: readonly (readonly [name: string, shape: Shape])[] = [
  ['dc:creator', 'Seq'],
  ['dc:rights', 'Alt'],
  ['photoshop:Credit', 'text'],
  ['xmpRights:Marked', 'text'],
  ['xmpRights:Owner', 'Bag'],
  ['xmpRights:UsageTerms', 'Alt'],
  ['xmpRights:WebStatement', 'text'],
];

const NAMESPACES: Readonly<Record<string, string>> = {
  dc: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
};

const MEANINGS: readonly (readonly [RegExp, MetadataKind])[] = [
  [/GPS|Location|photoshop:(?:City|State|Country)/, 'location'],
  [/SerialNumber/, 'camera serial numbers'],
  [/Thumbnails/, 'thumbnails'],
  [/dc:description|UserComment/, 'comments'],
];

const MAX_VALUE = 8192;

/**
 * Reduces XMP to creator, copyright and terms of use.
 *
 * @returns undefined if there is nothing else in it
 */
export function cleanXmp(packet: Buffer): Cleaned | undefined {
  const text = packet.toString('utf8');
  const properties = KEPT.flatMap(([name, shape]) => propertyOf(name, shape, text));
  const clean = properties.length === 0 ? '' : packetOf(properties.join(''));
  if (clean === text.trimEnd()) return undefined;
  const known = MEANINGS.flatMap(([pattern, meaning]) => (pattern.test(text) ? [meaning] : []));
  return { bytes: Buffer.from(clean), removed: known.length === 0 ? ['other metadata'] : known };
}

/**
 * The same for a packet that must keep its length: it is padded with spaces.
 *
 * @returns undefined if there is nothing to remove
 */
export function cleanXmpInPlace(packet: Buffer): Cleaned | undefined {
  if (isZero(packet)) return undefined;
  const cleaned = cleanXmp(packet);
  if (cleaned === undefined) return undefined;
  const bytes = Buffer.alloc(packet.length, ' ');
  if (cleaned.bytes.length <= bytes.length) cleaned.bytes.copy(bytes);
  return bytes.equals(packet) ? undefined : { ...cleaned, bytes };
}

function packetOf(properties: string): string {
  const prefixes = Object.entries(NAMESPACES)
    .filter(([prefix]) => properties.includes(`<${prefix}:`))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join('');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""${prefixes}>${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
}

function propertyOf(name: string, shape: Shape, text: string): string[] {
  const values = xmpValues(name, text).map(escapeText);
  const [first] = values;
  if (first === undefined) return [];
  const items = {
    text: first,
    Alt: `<rdf:Alt><rdf:li xml:lang="x-default">${first}</rdf:li></rdf:Alt>`,
    Bag: `<rdf:Bag>${listOf(values)}</rdf:Bag>`,
    Seq: `<rdf:Seq>${listOf(values)}</rdf:Seq>`,
  };
  return [`<${name}>${items[shape]}</${name}>`];
}

function listOf(values: readonly string[]): string {
  return values.map((value) => `<rdf:li>${value}</rdf:li>`).join('');
}

/** The texts of an element or attribute, as raw XML. */
function xmpValues(name: string, text: string): string[] {
  const start = text.indexOf(`<${name}`);
  const end = start < 0 ? -1 : text.indexOf(`</${name}>`, start);
  if (end >= 0) {
    const content = text.slice(start, end);
    if (content.length > MAX_VALUE) return [];
    return content
      .split(/<[^<>]*>/)
      .map((value) => value.trim())
      .filter((value) => value !== '' && !/[<>]/.test(value));
  }
  for (const quote of ['"', "'"]) {
    const opening = text.indexOf(` ${name}=${quote}`);
    const from = opening + name.length + 3;
    const closing = opening < 0 ? -1 : text.indexOf(quote, from);
    if (closing > from && closing - from <= MAX_VALUE) return [text.slice(from, closing).trim()];
  }
  return [];
}

/** Escapes stray `&` and `<` in raw XML text. */
function escapeText(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;')
    .replaceAll('<', '&lt;');
}
