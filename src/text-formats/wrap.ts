/** Characters that take two columns, and are written without spaces except in Korean. */
const WIDE =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303F\\u30FB-\\u30FF\\uFF01-\\uFF60\\uFFE0-\\uFFE6';
/** A line may not end with the first of these, nor begin with the others (JIS X 4051). */
const OPENING = '「『（【〈《〔［｛';
const CLOSING = '」』）】〉》〕］｝、。，．！？：；・ー…';
/** Bounds the pattern. */
const MAX_OPENING = 8;
const PIECE = new RegExp(
  ` +|[${OPENING}]{0,${MAX_OPENING}}(?:(?![${OPENING}${CLOSING}])[${WIDE}])[${CLOSING}]*|(?:(?![${WIDE}])[^ ])+[${CLOSING}]*|[^ ]`,
  'gu',
);
const TWO_COLUMNS = new RegExp(`[${WIDE}\\p{Script=Hangul}\\p{Extended_Pictographic}]`, 'u');
/** Latin, Greek, Cyrillic and Armenian letters, and punctuation, that take one column and break only at spaces. */
const NARROW =
  /^[\x20-\x7e\xa1-\xa8\xaa-\xac\xaf-\u02ff\u0370-\u0482\u048a-\u0556\u1e00-\u1fff\u2010-\u2027\u2030-\u203b\u20a0-\u20bf]*$/;
const NO_COLUMN = /[\p{M}\p{Cf}]/u;

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (NO_COLUMN.test(character)) continue;
    columns += TWO_COLUMNS.test(character) ? 2 : 1;
  }
  return columns;
}

/**
 * Breaks a text into lines of at most `columns` columns: at spaces, between ideographs, and at line breaks. A longer
 * word, such as an address, stays whole.
 */
export function wrap(text: string, columns: number): string[] {
  return text
    .split('\n')
    .flatMap((line) => (NARROW.test(line) ? wrapNarrow(line, columns) : wrapLine(line, columns)));
}

/** `wrapLine` for narrow characters only. */
function wrapNarrow(text: string, columns: number): string[] {
  const lines: string[] = [];
  let start = skipSpaces(text, 0);
  while (text.length - start > columns) {
    const space = text.lastIndexOf(' ', start + columns);
    const end = space > start ? space : text.indexOf(' ', start + columns);
    const next = end < 0 ? text.length : skipSpaces(text, end);
    if (next === text.length) break;
    lines.push(text.slice(start, end).trimEnd());
    start = next;
  }
  return [...lines, text.slice(start).trimEnd()];
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

function wrapLine(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const [piece] of text.matchAll(PIECE)) {
    const width = columnsOf(piece);
    if (taken > 0 && taken + width > columns && piece.trim() !== '') {
      lines.push(line.trimEnd());
      line = '';
      taken = 0;
    }
    if (taken === 0 && piece.trim() === '') continue;
    line += piece;
    taken += width;
  }
  return [...lines, line.trimEnd()];
}
