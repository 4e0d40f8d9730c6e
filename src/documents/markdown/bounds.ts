import { DocumentError } from '../stated.ts';

/** Quotations and lists within each other; deeper ones take the parser time that grows with the square. */
const MAX_NESTING = 200;
/** Cells that the parser adds to short rows of tables. */
const MAX_CELLS = 500_000;
/** The work that the parser has with the characters that mean something in one paragraph, and with its references. */
const MAX_MARKUP_WORK = 2e11;
const MAX_REFERENCE_WORK = 1e8;
/** The work with `_` within words, each of which the parser compares with all before it. */
const MAX_UNDERSCORE_WORK = 2e9;

const NESTED = new RegExp(`^(?:[ \\t]*(?:>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])){${MAX_NESTING + 1}}`, 'm');
const DELIMITERS = /^[ \t>|:-]*$/;
const BLANK_LINES = /\n(?:[ \t>]*\n)+/g;
const ITEM = /\n(?=[ \t>]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|))/;

/**
 * Refuses Markdown that is made to be slow: the parser's time is to grow with the length of a document, not its square.
 *
 * @param firstLine the number of the text's first line in the document
 * @throws DocumentError
 */
export function assertBounded(text: string, path: string, firstLine: number): void {
  if (findExcess(text) === undefined) return;
  const prose = withoutFences(text);
  const excess = findExcess(prose);
  if (excess === undefined) return;
  const line = firstLine + prose.slice(0, excess.offset).split('\n').length - 1;
  throw new DocumentError(`Cannot read seeds/${path}:${line}: ${excess.reason}`);
}

interface Excess {
  readonly offset: number;
  readonly reason: string;
}

function findExcess(text: string): Excess | undefined {
  // Searches the whole text, since a line of only `>` does not end a quotation.
  const nested = NESTED.exec(text);
  if (nested !== null)
    return {
      offset: nested.index,
      reason: `expected at most ${MAX_NESTING} quotations and lists within each other`,
    };
  let offset = 0;
  let cells = 0;
  for (const separator of [...text.matchAll(BLANK_LINES), undefined]) {
    const block = text.slice(offset, separator?.index);
    const reason = reasonToRefuse(block);
    if (reason !== undefined) return { offset, reason };
    cells += cellsOf(block);
    if (cells > MAX_CELLS + text.length) return { offset, reason: 'expected tables with fewer empty cells' };
    offset = (separator?.index ?? 0) + (separator?.[0].length ?? 0);
  }
  return undefined;
}

function reasonToRefuse(block: string): string | undefined {
  if (block.length < 10_000) return undefined;
  const isTooMuch =
    block.split(ITEM).some((part) => part.length > 10_000 && isLaborious(part)) ||
    laborOfReferences(block) > 20 * MAX_REFERENCE_WORK;
  return isTooMuch ? `expected a paragraph with less markup in its ${block.length} characters` : undefined;
}

function isLaborious(part: string): boolean {
  const markup = part.length - part.replace(/[`*_~[\]<>!\\|{}#$^()]/g, '').length;
  const underscores = part.match(/[^\s_]_(?=[^\s_])/g)?.length ?? 0;
  const links = part.match(/www\.|:\/\/|@/g)?.length ?? 0;
  return (
    markup * part.length > MAX_MARKUP_WORK ||
    links * part.length > MAX_REFERENCE_WORK ||
    underscores * part.length > MAX_UNDERSCORE_WORK ||
    laborOfReferences(part) > MAX_REFERENCE_WORK
  );
}

function laborOfReferences(part: string): number {
  return (part.match(/&#?\w{1,32};/g)?.length ?? 0) * part.length;
}

function cellsOf(block: string): number {
  if (!block.includes('|')) return 0;
  const lines = block.split('\n');
  const columns = lines.map((line) => (DELIMITERS.test(line) ? line.split('|').length : 0));
  return columns.reduce((most, count) => Math.max(most, count), 0) * lines.length;
}

/** With blank lines in the place of fenced code, which costs the parser nothing. */
function withoutFences(text: string): string {
  let closing: RegExp | undefined;
  const lines = text.split('\n').map((line) => {
    const fence = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (closing === undefined && fence === undefined) return line;
    if (closing === undefined) closing = new RegExp(`^[ \\t>]*${fence?.[0]}{${fence?.length},}[ \\t]*$`);
    else if (closing.test(line)) closing = undefined;
    return '';
  });
  return lines.join('\n');
}
