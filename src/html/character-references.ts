/*
 * Canonical HTML is HTML of which no character means anything to what it is wrapped in. The same bytes stand inside a
 * CDATA section in RSS and Atom, inside a JSON string, and in an HTML page:
 *
 *   attribute values are in ' and hold no '; no " and no \ occurs, only &quot; and &#92;
 *   no control characters: line breaks and tabs, where they matter, are &#10; and &#9;
 *   every > of text is &gt;, so ]]> does not occur
 */

/** The references that it knows, by their characters. */
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

/** How it writes a character, of plain text too. */
export function reference(character: string): string {
  return REFERENCES.get(character) ?? character;
}

/** The characters of these references. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map(
  [...REFERENCES].map(([character, reference]) => [reference, character]),
);

/** Elements that have no end tag (HTML §13.1.2). */
export const VOID: ReadonlySet<string> = new Set(['br', 'col', 'hr', 'img', 'source', 'track', 'wbr']);

const RAISED_LINK =
  /<sup(?: [^<>]*)?>(<a(?: [^<>]*)?>.{1,2000}?)<\/sup>|<a(?: [^<>]*)?>(<sup(?: [^<>]*)?>.{1,2000}?)<\/a>/gsu;
const BACK_LINK = /<a(?: [^<>]*)?>\s*[↩↵⤴⏎↑^]\ufe0e?(?:<sup>\d+<\/sup>)?<\/a>/gu;
const NOTE = String.raw`[[(]?(?:\d{1,4}|\p{L}|[ivx]{1,6}|[*†‡§¶]{1,3})[\])]?`;
const NOTES = new RegExp(String.raw`^\s*${NOTE}(?:[\s,;]+${NOTE})*\s*$`, 'u');

/** HTML without what leads to its notes and back from them: linked numbers above the line, and arrows. */
export function withoutNoteMarks(html: string): string {
  if (!html.includes('<sup')) return html;
  return html
    .replace(RAISED_LINK, (whole, link: string | undefined, raised: string | undefined) =>
      NOTES.test((link ?? raised ?? '').replace(/<[^<>]*>/g, '')) ? '' : whole,
    )
    .replace(BACK_LINK, '');
}

/** The plain text of canonical HTML: what stands in separate blocks or lines is set apart by a space. */
export function plainText(canonicalHtml: string): string {
  return canonicalHtml
    .replace(
      /<\/?(?:p|h\d|li|dt|dd|figure|figcaption|blockquote|pre|td|th|tr|div|section|summary|br|hr)\b[^<>]*>/g,
      ' ',
    )
    .replace(/<[^<>]*>/g, '')
    .replace(/&[#\w]+;/g, (reference) => CHARACTERS.get(reference) ?? reference)
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}
