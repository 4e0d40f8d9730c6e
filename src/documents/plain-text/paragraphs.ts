import { columns, endsLikeProse, type Line } from './line.ts';

/** A longer line of so many words is a paragraph of its own: no editor wrapped this text. */
const MAX_WRAPPED = 160;
const MIN_WORDS = 10;
/** Lines of this width may be wrapped paragraphs, of which each begins with an indent of so many columns. */
const MIN_WRAPPED = 45;
const MIN_INDENT = 2;
const MAX_HEADING = 80;

/** The paragraphs of adjacent lines, which may be set apart by an indent, by their length, or by capitals. */
export function paragraphsOf(lines: readonly Line[]): Line[][] {
  if (
    lines.some(({ text }) => columns(text) > MAX_WRAPPED && text.split(' ', MIN_WORDS).length === MIN_WORDS)
  ) {
    return lines.map((line) => [line]);
  }
  const isIndented =
    lines.some(({ text }) => columns(text) >= MIN_WRAPPED) && lines.some(({ indent }) => indent === 0);
  const paragraphs: Line[][] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const open = paragraphs.at(-1);
    const begins =
      open === undefined ||
      before === undefined ||
      (isIndented && line.indent >= MIN_INDENT && endsLikeProse(before.text)) ||
      (open.length === 1 && isCapitals(before.text) && !isCapitals(line.text));
    if (begins) paragraphs.push([line]);
    else open.push(line);
  }
  return paragraphs;
}

/** Whether a short line is all in capitals, as headings are. */
export function isCapitals(text: string): boolean {
  return (
    text.length <= MAX_HEADING &&
    /\p{Lu}\P{L}*\p{Lu}\P{L}*\p{Lu}/u.test(text) &&
    !/\p{Ll}/u.test(text) &&
    !/[.:;,]$/u.test(text)
  );
}
