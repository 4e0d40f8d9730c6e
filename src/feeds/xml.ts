/**
 * Placeholders that stand for texts while `feed` lays out a document: URIs, which it never changes. Its own escaping
 * misses attributes, unescapes `&amp;` and rewrites URLs. Each text replaces its placeholder afterwards, escaped once.
 */
export class Slots {
  readonly #texts: string[] = [];

  /** A slot for plain text. */
  text(value: string): string {
    return this.markup(escapeXml(value));
  }

  /** A slot for markup, which is inserted unchanged. */
  markup(xml: string): string {
    this.#texts.push(xml);
    return `slot:${this.#texts.length - 1};`;
  }

  /** Replaces every slot with its text, and removes CDATA around it. */
  fill(xml: string): string {
    return xml.replace(
      /<!\[CDATA\[slot:(\d+);\]\]>|slot:(\d+);/g,
      (_, inCdata, bare) => this.#texts[Number(inCdata ?? bare)] ?? '',
    );
  }
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&#x26;',
  '<': '&#x3C;',
  '>': '&#x3E;',
  '"': '&#x22;',
};

/**
 * For element content and for attribute values in quotation marks. Numeric references, since those survive the readers
 * that decode twice (RSS Best Practices Profile, "Character Data").
 */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => REFERENCES[character] ?? character);
}

export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An element as XML; attributes that are undefined are left out.
 *
 * @param content markup
 */
export function xmlElement(name: string, attributes: XmlAttributes, content = ''): string {
  const written = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === undefined ? [] : [` ${attribute}="${escapeXml(String(value))}"`],
  );
  const start = `<${name}${written.join('')}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
}

/** An element with a text; undefined without one. */
export function textElement(
  name: string,
  value: string | number | boolean | undefined,
  attributes: XmlAttributes = {},
): string | undefined {
  return value === undefined ? undefined : xmlElement(name, attributes, escapeXml(String(value)));
}

/** The elements that there are, each behind an indentation. */
export function indented(elements: readonly (string | undefined)[], before: string, after: string): string {
  return elements.map((element) => (element ? before + element + after : '')).join('');
}
