/** What stands inside a line (HTML §4.5); other elements set their text apart. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&#92;', '\\'],
  ['&#10;', ' '],
  ['&#9;', ' '],
]);

/** The plain text of canonical HTML (see documents/canonical.ts): blocks are set apart by a space. */
export function plainTextOf(canonicalHtml: string): string {
  return canonicalHtml
    .replace(/<\/?([a-z][a-z0-9]*)[^>]*>|&#?\w{1,6};/g, (token, name: string | undefined) =>
      name === undefined ? (CHARACTERS.get(token) ?? token) : INLINE.has(name) ? '' : ' ',
    )
    .replace(/\s+/g, ' ')
    .trim();
}
