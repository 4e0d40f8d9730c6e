/** What takes two columns, and is written without spaces but for Korean. */
const WIDE =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303F\\u30FB-\\u30FF\\uFF01-\\uFF60\\uFFE0-\\uFFE6';
/** A line may not end with the first of these, nor begin with the others (JIS X 4051). */
const OPENING = '「『（【〈《〔［｛';
const CLOSING = '」』）】〉》〕］｝、。，．！？：；・ー…';
const PIECE = new RegExp(
  ` +|[${OPENING}]*(?:(?![${OPENING}${CLOSING}])[${WIDE}])[${CLOSING}]*|(?:(?![${WIDE}])[^ ])+[${CLOSING}]*|[^ ]`,
  'gu',
);
const TWO_COLUMNS = new RegExp(`[${WIDE}\\p{Script=Hangul}\\p{Extended_Pictographic}]`, 'u');
const ASCII = /^[\x20-\x7e]*$/;
const NO_COLUMN = /[\p{M}\p{Cf}]/u;

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (NO_COLUMN.test(character)) continue;
    columns += TWO_COLUMNS.test(character) ? 2 : 1;
  }
  return columns;
}

/**
 * Breaks a text into lines of at most so many columns: at spaces, between ideographs, and where it has a line break. A
 * longer word, such as an address, stays whole.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
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
