import { partsBetween, trimOf } from '../../strings.ts';

export interface Line {
  /** Trimmed, with single spaces. */
  readonly text: string;
  /** The source, trimmed. */
  readonly raw: string;
  /** The indentation in columns. */
  readonly indent: number;
  /** The parts between wide gaps or bars, as in rows of tables. */
  readonly cells: readonly string[];
  /** Whether a gap is wider than that after a sentence. */
  readonly hasColumns: boolean;
  /** From 1. */
  readonly number: number;
}

const INVISIBLE = /^[\s\p{Cf}]*$/u;
/** Asks other programs for a table of contents. */
const CONTENTS_MARK = /^\s*\[{1,2}_?toc_?\]{1,2}\s*$/i;

export function readLines(text: string): Line[] {
  return text.split('\n').map((raw, index) => {
    const trimmed = INVISIBLE.test(raw) || CONTENTS_MARK.test(raw) ? '' : raw.trim();
    const margin = raw.slice(0, raw.length - raw.trimStart().length);
    return {
      raw: trimmed,
      text: trimmed.replace(/[ \t]+/g, ' '),
      cells: cellsOf(trimmed),
      indent: margin.replace(/\t/g, '    ').length,
      hasColumns: /\S(?:\t| {3})|\s\|\s/.test(trimmed),
      number: index + 1,
    };
  });
}

const ARMOR = /^-{5}(?:BEGIN PGP SIGNED MESSAGE|(BEGIN|END) PGP SIGNATURE)-{5}$/;

/** The lines of a message without its OpenPGP signature (RFC 9580 §7). */
export function withoutSignature(lines: readonly Line[]): readonly Line[] {
  if (!lines.some(({ text }) => ARMOR.test(text))) return lines;
  const kept: Line[] = [];
  let part: 'header' | 'message' | 'signature' | undefined;
  for (const line of lines) {
    const [isArmor, signature] = ARMOR.exec(line.text) ?? [];
    if (isArmor !== undefined)
      part = signature === undefined ? 'header' : signature === 'BEGIN' ? 'signature' : undefined;
    else if (part === 'header' && line.text === '') part = 'message';
    else if (part === 'message' && line.raw.startsWith('- '))
      kept.push({ ...line, raw: line.raw.slice(2), text: line.text.slice(2) });
    else if (part === 'message' || part === undefined) kept.push(line);
  }
  return kept;
}

function cellsOf(text: string): string[] {
  if (!/\t| {2}|\|/.test(text)) return [text];
  const isBarred = /\s\|\s/.test(text);
  const bare = isBarred ? trimOf(text, /[|\s]/) : text;
  return partsBetween(bare, isBarred ? /\s\|(?=\s)/ : /\t| {2}/);
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/gu;

/** The width of a text in columns; an East Asian character takes two. */
export function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** The number of characters at the end of a text that are examined. */
const MAX_ENDING = 20;

/** Whether a text ends like a sentence or a part of one. */
export function endsLikeProse(text: string): boolean {
  return /[.!?…:;,。！？，；：、؟؛،।](?:["'”’»)\]*†‡¹²³]|\[\d{1,3}\])*$/u.test(text.slice(-MAX_ENDING));
}

const BULLETED = /^(?<mark>[-*•·▪◦‣●])\s+(?<text>\S.*)$/u;
const NUMBERED = /^(?<number>\d{1,3})(?<mark>[.)])\s+(?<text>\S.*)$/u;
/** Unmistakable bullets: a single item with one is a list. */
const PLAIN_BULLETS = '•▪◦‣●';

export interface ListMark {
  readonly mark: string;
  /** Absent if the item is not numbered. */
  readonly number?: number;
  readonly text: string;
}

export function readListMark(text: string): ListMark | undefined {
  const { mark, number, text: rest } = (BULLETED.exec(text) ?? NUMBERED.exec(text))?.groups ?? {};
  if (mark === undefined || rest === undefined) return undefined;
  return { mark, ...(number !== undefined && { number: Number(number) }), text: rest };
}

/** Whether a single item with this mark is a list. */
export function isPlainBullet({ mark }: ListMark): boolean {
  return PLAIN_BULLETS.includes(mark);
}

/** Whether a line is quoted as in e-mail. */
export function isQuotation(text: string): boolean {
  return text.startsWith('>');
}

/** Whether a line is a rule: `***`, `---`, `* * *`, `⁂`, or the `--` above a signature. */
export function isRule(text: string): boolean {
  return /^(?:([-*_=~#+•–—])(?:\s?\1){2,}|--|[*⁂❦])$/u.test(text);
}

/** The level of the heading that a line underlines: 1 for `===` or `#####`, 2 for `---`. */
export function underlineLevel(text: string): 1 | 2 | undefined {
  if (/^(?:={3,}|#{5,})$/.test(text)) return 1;
  return /^[-~]{3,}$/.test(text) ? 2 : undefined;
}

/** The minimum width and words of a line that no editor wrapped: each line of such a text is a paragraph. */
const MAX_WRAPPED = 160;
const MIN_WORDS = 10;
/** The minimum width of the lines in a text whose paragraphs begin with an indent, and its columns. */
const MIN_WRAPPED = 45;
const MIN_INDENT = 2;
const MAX_HEADING = 80;

const ENDS_SENTENCE = /[.!?…。！？]["'”’»」』)]*$/u;

/** The paragraphs of adjacent lines, which indents, line lengths, or capitals separate. */
export function paragraphsOf(lines: readonly Line[]): Line[][] {
  if (
    lines.some(({ text }) => columns(text) > MAX_WRAPPED && text.split(' ', MIN_WORDS).length === MIN_WORDS)
  ) {
    return lines.map((line) => [line]);
  }
  if (lines.every(({ text, indent }) => indent > 0 && ENDS_SENTENCE.test(text.slice(-MAX_ENDING))))
    return lines.map((line) => [line]);
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

/** Whether a line is short and in capitals, like a heading. */
export function isCapitals(text: string): boolean {
  return (
    text.length <= MAX_HEADING &&
    /\p{Lu}\P{L}*\p{Lu}\P{L}*\p{Lu}/u.test(text) &&
    !/\p{Ll}/u.test(text) &&
    !/[.:;,]$/u.test(text)
  );
}

/** An editor wrapped lines of this width. */
const MIN_BROKEN = 60;
/** If all lines are shorter, no editor wrapped them. */
const MIN_WIDTH = 45;
/** The minimum number of lines of verse, in which each begins with a capital and some end early. */
const MIN_VERSE = 3;

const ENDS_WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]$/u;
const STARTS_WIDE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;

/** A word divided at the end of a line, and its continuation, which is not a second compound as in "high- and low-". */
const DIVIDED = /\p{L}[-\u00ad]$/u;
const CONTINUED =
  /^(?!(?:and|or|to|und|oder|bzw|bis|et|ou|y|e|o|en|of|och|eller|og|ja|tai|i|lub|и|или|ve|veya)\s)\p{L}/u;
/** First parts of compounds that keep their hyphen at the end of a line, too. */
const COMPOUND =
  /(?<!\p{L})(?:all|anti|co|cross|ex|far|fifty|first|five|forty|four|full|half|high|ill|inter|long|low|mid|multi|near|new|non|north|off|old|on|one|over|post|pre|pro|second|self|semi|short|so|south|sub|ten|third|thirty|three|twenty|two|under|up|well|year)-$/iu;
const MAX_PART = 20;

function undivided(text: string, next: string): string {
  const keepsHyphen = text.endsWith('-') && (/^\P{Ll}/u.test(next) || COMPOUND.test(text.slice(-MAX_PART)));
  return keepsHyphen ? text : text.slice(0, -1);
}

export function joinWords(lines: readonly Line[]): string {
  return join(lines, () => false);
}

/** The maximum indent of a line of verse. */
const MAX_INDENT = 40;

/**
 * Joins lines that an editor wrapped; keeps `\n` where the author broke them, and the indents of the lines around it,
 * as no-break spaces.
 */
export function joinLines(lines: readonly Line[], keepsIndents = true): string {
  const kept = keptBreaks(lines);
  const margin = lines.reduce((least, { indent }) => Math.min(least, indent), MAX_INDENT);
  const indented = lines.map((line, index) => {
    const isBroken = keepsIndents && (kept[index - 1] ?? kept[index] ?? false);
    const indent = isBroken ? Math.min(line.indent, MAX_INDENT) - margin : 0;
    return indent === 0 ? line : { ...line, text: '\u00a0'.repeat(indent) + line.text };
  });
  return join(indented, (index) => kept[index] ?? false);
}

/** @param isKept whether the break after a line is kept */
function join(lines: readonly Line[], isKept: (index: number) => boolean): string {
  return lines
    .map(({ text }, index) => {
      const next = lines[index + 1]?.text;
      if (next === undefined) return text;
      if (isKept(index)) return `${text}\n`;
      if (DIVIDED.test(text.slice(-MAX_PART)) && CONTINUED.test(next)) return undivided(text, next);
      return ENDS_WIDE.test(text.slice(-2)) && STARTS_WIDE.test(next) ? text : `${text} `;
    })
    .join('');
}

/** For each line except the last: whether the author broke it. */
function keptBreaks(lines: readonly Line[]): boolean[] {
  const ended = endedEarly(lines);
  const isTable = lines.length > 1 && lines.filter(({ hasColumns }) => hasColumns).length > lines.length / 2;
  const isVerse =
    lines.length >= MIN_VERSE &&
    ended.includes(true) &&
    lines.every(({ text }) => /^\P{L}*\p{Lu}/u.test(text));
  return isTable || isVerse ? ended.map(() => true) : ended;
}

/** For each line except the last: whether it ends although the next word would fit. */
export function endedEarly(lines: readonly Line[]): boolean[] {
  // Editors do not break addresses.
  const widths = lines.map(({ text }) => columns(text.replace(/https?:\S+/g, '')));
  const width = widths.reduce((most, each) => Math.max(most, each), 0);
  return lines.slice(1).map(({ text }, index) => {
    const before = widths[index] ?? 0;
    if (before >= MIN_BROKEN || /\p{L}[-\u00ad]$/u.test(lines[index]?.text ?? '')) return false;
    return width < MIN_WIDTH || before + 1 + firstWordColumns(text) <= width;
  });
}

function firstWordColumns(text: string): number {
  return columns(STARTS_WIDE.test(text) ? text.slice(0, 1) : (text.split(' ', 1)[0] ?? ''));
}
