/*
 * Canonical HTML is HTML of which no character means anything to what it is wrapped in. The same bytes stand inside a
 * CDATA section in RSS and Atom, inside a JSON string, and in an HTML page:
 *
 *   attribute values are in ' and hold no '; no " and no \ occurs, only &quot; and &#92;
 *   no control characters: line breaks and tabs, where they matter, are &#10; and &#9;
 *   every > of text is &gt;, so ]]> does not occur
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

/** Writes plain text as canonical HTML, for use between tags. */
export function canonicalText(text: string): string {
  return text.replace(/[&<>"\\\n\t]/g, (character) => REFERENCES.get(character) ?? character);
}

/** The plain text of canonical HTML: what stands in separate blocks or lines is set apart by a space. */
export function plainText(canonicalHtml: string): string {
  return canonicalHtml
    .replace(/<\/?(?:p|h\d|li|figure|figcaption|blockquote|br)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&[#\w]+;/g, (reference) => CHARACTERS.get(reference) ?? reference)
    .replace(/\s+/g, ' ')
    .trim();
}
