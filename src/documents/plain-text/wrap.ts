import { columns, type Line } from './line.ts';

/** A longer line was broken by an editor that wraps. */
const MIN_WRAPPED = 60;
/** Lines that are all shorter were not. */
const MIN_WIDTH = 45;
/** So many lines that each begin as a sentence does, some of them ended early, are verse. */
const MIN_VERSE = 3;

const ENDS_WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]$/u;
const STARTS_WIDE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;

/** Lines as running text. */
export function joinWords(lines: readonly Line[]): string {
  return join(lines, () => false);
}

/** Lines as running text where an editor wrapped them, with `\n` where their author broke them. */
export function joinLines(lines: readonly Line[]): string {
  const kept = keptBreaks(lines);
  return join(lines, (index) => kept[index] ?? false);
}

/** @param isKept whether the break after the line of that index is kept */
function join(lines: readonly Line[], isKept: (index: number) => boolean): string {
  return lines
    .map(({ text }, index) => {
      const next = lines[index + 1]?.text;
      if (next === undefined) return text;
      if (isKept(index)) return `${text}\n`;
      return ENDS_WIDE.test(text.slice(-2)) && STARTS_WIDE.test(next) ? text : `${text} `;
    })
    .join('');
}

/** For each line but the last: whether its author ended it. */
function keptBreaks(lines: readonly Line[]): boolean[] {
  const ended = endedEarly(lines);
  const isTable = lines.length > 1 && lines.filter(({ hasColumns }) => hasColumns).length > lines.length / 2;
  const isVerse =
    lines.length >= MIN_VERSE &&
    ended.includes(true) &&
    lines.every(({ text }) => /^\P{L}*\p{Lu}/u.test(text));
  return isTable || isVerse ? ended.map(() => true) : ended;
}

/** For each line but the last: whether it was ended although the next word had fitted. */
export function endedEarly(lines: readonly Line[]): boolean[] {
  // No editor breaks an address, however long.
  const widths = lines.map(({ text }) => columns(text.replace(/https?:\S+/g, '')));
  const width = widths.reduce((most, each) => Math.max(most, each), 0);
  return lines.slice(1).map(({ text }, index) => {
    const before = widths[index] ?? 0;
    if (before >= MIN_WRAPPED || /\p{L}[-\u00ad]$/u.test(lines[index]?.text ?? '')) return false;
    return width < MIN_WIDTH || before + 1 + firstWordColumns(text) <= width;
  });
}

function firstWordColumns(text: string): number {
  return columns(STARTS_WIDE.test(text) ? text.slice(0, 1) : (text.split(' ', 1)[0] ?? ''));
}
