import { reference, VOID } from './character-references.ts';

const TAG_OR_TEXT =
  /<(?<close>\/?)(?<name>[a-z][a-z0-9]*)(?<attributes>(?: [a-z-]+(?:="[^"]*")?)*) ?\/?>|[^<]+|</g;
const ATTRIBUTE = / (?<name>[a-z-]+)(?:="(?<value>[^"]*)")?/g;

/** Writes plain text as canonical HTML, for use between tags. */
export function canonicalText(text: string): string {
  return text.replace(/[&<>"\\\n\t]/g, reference);
}

/**
 * Writes well-formed HTML as canonical HTML: tags balanced, names in lower case, attribute values in `"`, and `&`, `<`,
 * `>` and `"` as references, as the sanitiser writes it. White space that shows as one space becomes one.
 */
export function canonicalHtml(wellFormedHtml: string): string {
  let preformatted = 0;
  let canonical = '';
  for (const { 0: token, groups } of wellFormedHtml.matchAll(TAG_OR_TEXT)) {
    const { name, close, attributes = '' } = groups ?? {};
    if (name !== undefined) {
      if (close === '/' && VOID.has(name)) continue;
      if (name === 'pre') preformatted += close === '/' ? -1 : 1;
      canonical +=
        close === '/' ? `</${name}>` : `<${name}${attributes.replace(ATTRIBUTE, canonicalAttribute)}>`;
    } else {
      const text = preformatted > 0 ? token : token.replace(/[ \t\n]+/g, ' ');
      canonical += text.replace(/[<>"\\\n\t]/g, reference);
    }
  }
  return canonical
    .replace(
      /(?<=^|<\/?(?:p|h\d|ul|ol|li|dl|dt|dd|blockquote|figure|figcaption|table|thead|tbody|tr|td|th|section|div|hr|details|summary)(?: [^<>]*)?>) | (?=$|<\/?(?:p|h\d|ul|ol|li|dl|dt|dd|blockquote|figure|figcaption|pre|table|thead|tbody|tr|td|th|section|div|hr|details|summary)\b)/g,
      '',
    )
    .trim();
}

function canonicalAttribute(_: string, name: string, value = ''): string {
  return ` ${name}='${value.replace(/[<>'\\\n\t]/g, reference)}'`;
}
