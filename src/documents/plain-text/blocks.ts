import { memoized } from '../../memo.ts';
import {
  endsLikeProse,
  isPlainBullet,
  isQuotation,
  isRule,
  type Line,
  type ListMark,
  paragraphsOf,
  readListMark,
  underlineLevel,
} from './lines.ts';

/** The maximum depth of quotations and lists; deeper marks are text. */
const MAX_DEPTH = 6;
const MAX_HEADING = 80;
/** The maximum number of lines of a single item. */
const MAX_FIRST_ITEM = 100;
/** In columns; a line of this length was wrapped, so the next one belongs to the same item. */
const MIN_WRAPPED = 60;

export type Block =
  | { readonly kind: 'paragraph' | 'caption'; readonly lines: readonly Line[] }
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly lines: readonly Line[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quotation'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly start: number | undefined;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly kind: 'table';
      readonly hasHead: boolean;
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'rule' };

/**
 * The paragraphs, lists, quotations, underlined headings and rules of a text. `findHeadings` turns paragraphs into
 * headings and captions.
 */
export function readBlocks(lines: readonly Line[], depth = 0): Block[] {
  const blocks: Block[] = [];
  let open: Line[] = [];
  const close = (): void => {
    const table = readTable(open);
    if (table !== undefined) blocks.push(table);
    else
      blocks.push(...paragraphsOf(open).map((paragraph): Block => ({ kind: 'paragraph', lines: paragraph })));
    open = [];
  };
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    if (line === undefined) break;
    const structure = line.text === '' ? undefined : readStructure(lines, index, open, depth);
    if (structure !== undefined) {
      if (structure.takesOpen) open = [];
      close();
      blocks.push(structure.block);
      index += structure.used;
      continue;
    }
    if (line.text === '') close();
    else open.push(line);
    index++;
  }
  close();
  return blocks;
}

interface Structure {
  readonly block: Block;
  /** Its number of lines. */
  readonly used: number;
  /** Whether it includes the open paragraph above, too. */
  readonly takesOpen?: boolean;
}

function readStructure(
  lines: readonly Line[],
  index: number,
  open: readonly Line[],
  depth: number,
): Structure | undefined {
  const text = lines[index]?.text ?? '';
  if (isBorder(text) && [open.at(-1), lines[index + 1]].every((row) => row !== undefined && isRow(row)))
    return undefined;
  const level = underlineLevel(text);
  if (level !== undefined && open.length === 1 && (open[0]?.text.length ?? 0) <= MAX_HEADING) {
    return { block: { kind: 'heading', level: level === 1 ? 2 : 3, lines: open }, used: 1, takesOpen: true };
  }
  const boxed = lines[index + 1];
  if (level !== undefined && lines[index + 2]?.text === text && boxed !== undefined && isBoxed(boxed.text))
    return { block: { kind: 'heading', level: level === 1 ? 2 : 3, lines: [boxed] }, used: 3 };
  if (isRule(text) && (!text.includes(' ') || isAlone(lines, index)))
    return { block: { kind: 'rule' }, used: 1 };
  if (depth >= MAX_DEPTH) return undefined;
  if (depth === 0 && open.length === 0) {
    const code = readCode(lines, index);
    if (code !== undefined) return code;
  }
  if (isQuotation(text)) return readQuotation(lines, index, depth);
  const above = open.at(-1)?.text;
  const mayBegin = above === undefined || above.endsWith(':') || above.length < MIN_WRAPPED;
  return mayBegin ? readList(lines, index, depth) : undefined;
}

/** Whether a line between two rules is a heading. */
function isBoxed(text: string): boolean {
  return text !== '' && text.length <= MAX_HEADING && !isRule(text) && !endsLikeProse(text);
}

/** The minimum number of rows of a table without a line below its head. */
const MIN_ROWS = 3;

/** Reads a table: lines with equal numbers of cells, separated by wide gaps or bars. */
function readTable(lines: readonly Line[]): Block | undefined {
  const rows = lines.filter(({ text }) => !isBorder(text));
  const [head, ...others] = rows;
  if (head === undefined || !isRow(head) || !rows.some(({ hasColumns }) => hasColumns)) return undefined;
  if (!others.every(({ cells }) => cells.length === head.cells.length)) return undefined;
  const second = lines[lines.indexOf(head) + 1];
  const hasHead = second !== undefined && isBorder(second.text);
  const isIndented = rows.every(({ indent, hasColumns }) => hasColumns && indent >= CODE_INDENT);
  if (rows.length < (hasHead || isIndented ? 2 : MIN_ROWS)) return undefined;
  return { kind: 'table', hasHead, rows: rows.map(({ cells }) => cells) };
}

function isRow({ cells }: Line): boolean {
  return cells.length > 1;
}

/** Whether it is the border of a table, such as `----+----` or `==== ====`. */
function isBorder(text: string): boolean {
  return /^[-=+|: ]{3,}$/.test(text);
}

function isAlone(lines: readonly Line[], index: number): boolean {
  return (lines[index - 1]?.text ?? '') === '' && (lines[index + 1]?.text ?? '') === '';
}

/** The minimum indentation of code, and its minimum number of lines. */
const CODE_INDENT = 4;
const MIN_CODE = 2;
/** Ends and beginnings of lines that only code has. */
const CODE_LINE =
  /[;{}]$|^(?:[$>#%]\s\S|#!|#include\b|\/\/|<\/?[a-z]|@\w|(?:def|function|class|import|return|if|for|while)\b.*[:({;]$)|^[\w.]+\([^)]*\)$|^[\w.[\]]+\s?[-+:]?=\s?\S/;
const SENTENCE_LINE = /(?:\s\p{L}+){5,}[.,;:!?]$/u;

/** Whether a line has more signs than letters, as in a drawing. */
function isDrawn(text: string): boolean {
  return text.replace(/[\p{L}\p{N}\s]/gu, '').length > text.replace(/[^\p{L}\p{N}]/gu, '').length;
}

/** Reads indented lines below a blank one that look like code or a drawing. */
function readCode(lines: readonly Line[], index: number): Structure | undefined {
  if ((lines[index]?.indent ?? 0) < CODE_INDENT || (lines[index - 1]?.text ?? '') !== '') return undefined;
  let used = 0;
  for (let at = index; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || (line.text !== '' && line.indent < CODE_INDENT)) break;
    if (line.text !== '') used = at + 1 - index;
  }
  const code = lines.slice(index, index + used);
  const signs = code.filter(({ text }) => CODE_LINE.test(text) || isDrawn(text)).length;
  if (used < MIN_CODE || signs * 2 < used || code.some(({ text }) => SENTENCE_LINE.test(text)))
    return undefined;
  const margin = Math.min(...code.flatMap(({ text, indent }) => (text === '' ? [] : [indent])));
  const text = code
    .map(({ raw, indent }) => (raw === '' ? '' : ' '.repeat(indent - margin) + raw))
    .join('\n');
  return { block: { kind: 'code', text }, used };
}

function readQuotation(lines: readonly Line[], index: number, depth: number): Structure {
  let end = index;
  while (isQuotation(lines[end]?.text ?? '')) end++;
  const quoted = lines.slice(index, end);
  const inner = quoted.map((line) => ({ ...line, text: line.text.slice(1).trim() }));
  return { block: { kind: 'quotation', blocks: readBlocks(inner, depth + 1) }, used: quoted.length };
}

/** Reads two or more items. One is enough below an item, or if its bullet is unmistakable or that of other lists. */
function readList(lines: readonly Line[], index: number, depth: number): Structure | undefined {
  const first = markOf(lines[index]);
  if (first === undefined) return undefined;
  const indent = lines[index]?.indent ?? 0;
  const items: Line[][] = [];
  let at = index;
  let used = 0;
  for (; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || (items.length === 1 && used > MAX_FIRST_ITEM)) break;
    const mark = line.indent <= indent ? markOf(line) : undefined;
    if (mark !== undefined) {
      if (!isNext(first, mark, items.length)) break;
      items.push([{ ...line, text: mark.text, indent: 0 }]);
    } else if (line.text !== '') {
      if (!continuesItem(lines[at - 1], line, indent)) break;
      items.at(-1)?.push({ ...line, indent: Math.max(0, line.indent - indent - 1) });
    } else {
      items.at(-1)?.push(line);
      continue;
    }
    used = at + 1 - index;
  }
  const isClear = isPlainBullet(first) || (depth > 0 && indent > 0) || usualBullets(lines).has(first.mark);
  if (items.length < 2 && !(isClear && first.number === undefined)) return undefined;
  const blocks = items.map((item) => readBlocks(item, depth + 1));
  return { block: { kind: 'list', start: first.number, items: blocks }, used };
}

/** The mark of a list item; the letter `o` is a bullet only if it is indented. */
function markOf(line: Line | undefined): ListMark | undefined {
  const { text = '', indent = 0 } = line ?? {};
  return readListMark(indent > 0 ? text.replace(/^o(?= )/, '·') : text);
}

/** The bullets of lists of several items; for stars, which are not dashes of dialogues, two anywhere are enough. */
const usualBullets = memoized((lines: readonly Line[]): ReadonlySet<string> => {
  const marks = lines.filter(({ text }) => text !== '').map(({ text }) => readListMark(text)?.mark ?? '');
  return new Set(
    marks.filter((each, index) => each === marks[index + 1] || (each === '*' && marks.indexOf(each) < index)),
  );
}, new WeakMap());

function isNext(first: ListMark, mark: ListMark, count: number): boolean {
  if (mark.mark !== first.mark || (mark.number === undefined) !== (first.number === undefined)) return false;
  return first.number === undefined || mark.number === first.number + count;
}

/** Whether a line without a mark belongs to the item: it is indented, or the line above was wrapped. */
function continuesItem(before: Line | undefined, line: Line, indent: number): boolean {
  if (line.indent > indent) return true;
  return (
    before !== undefined && before.text.length >= MIN_WRAPPED && !isQuotation(line.text) && !isRule(line.text)
  );
}
