import type { Block } from './blocks.ts';
import { endsLikeProse, type Line } from './line.ts';
import { readListMark } from './list-markers.ts';
import { isCapitals } from './paragraphs.ts';

/** A longer line is a paragraph, not a heading and not the title of a picture. */
const MAX_HEADING = 80;
/** Only so many characters at the end of a text are looked at for a credit. */
const MAX_ENDING = 120;

/** A photographer and an agency at the end, or an agency alone: `Benoit Tessier/Reuters`, `(AFP)`. */
const AGENCY =
  /(?:\p{Lu}[\p{L}.'’-]+\s+\p{Lu}[\p{L}'’-]+\s*\/\s*\p{Lu}[\p{L} ]*|\b(?:Reuters|AFP|AP Photo|Getty Images|EPA|Anadolu))\)?$/u;
/** A credit that says that it is one: `Photo: Jane Roe`, `© Jane Roe`. */
const CREDIT = /(?:(?:photo|image|foto|fotoğraf|picture|credit)s?\s*(?:by|:)|©)[^.]+$/iu;
/** `1. Introduction`, `1.2 Method`. */
const NUMBERED = /^(?<numbers>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]))[.)]?\s+\p{L}/u;
/** The level of the first headings; the title is above them. */
const TOP_LEVEL = 2;

/** Makes headings and captions of the paragraphs that are such. */
export function findHeadings(blocks: readonly Block[], sourceTitle: string | undefined): Block[] {
  const found = blocks.map((block, index) => classify(block, blocks[index + 1], sourceTitle));
  const top = found.reduce(
    (least, block) => (block.kind === 'heading' ? Math.min(least, block.level) : least),
    4,
  );
  return found.map((block) =>
    block.kind === 'heading' ? { ...block, level: headingLevel(block.level - top + TOP_LEVEL) } : block,
  );
}

function classify(block: Block, next: Block | undefined, sourceTitle: string | undefined): Block {
  if (block.kind !== 'paragraph') return block;
  const { lines } = block;
  if (isCredited(lines, sourceTitle)) return { kind: 'caption', lines };
  const text = shortText(block);
  if (text === undefined || next === undefined || next.kind === 'rule') return block;
  const { numbers } = NUMBERED.exec(text)?.groups ?? {};
  if (isCapitals(text)) return { kind: 'heading', level: TOP_LEVEL, lines };
  const mark = readListMark(text);
  if (endsLikeProse(text) || (mark !== undefined && mark.number === undefined)) return block;
  if (numbers !== undefined)
    return { kind: 'heading', level: headingLevel(numbers.split('.').length + 1), lines };
  if (!endsLikeProse(shortText(next) ?? '.')) return block;
  const isAboveCaption = next.kind === 'paragraph' && isCredited(next.lines, sourceTitle);
  return isAboveCaption ? { kind: 'caption', lines } : { kind: 'heading', level: TOP_LEVEL, lines };
}

/** The text of a paragraph that is one short line. */
function shortText(block: Block): string | undefined {
  if (block.kind !== 'paragraph') return undefined;
  const [line, ...more] = block.lines;
  return line !== undefined && more.length === 0 && line.text.length <= MAX_HEADING ? line.text : undefined;
}

function headingLevel(level: number): 2 | 3 | 4 {
  return level <= 2 ? 2 : level === 3 ? 3 : 4;
}

function isCredited(lines: readonly Line[], sourceTitle: string | undefined): boolean {
  const text = lines
    .slice(-MAX_ENDING)
    .map((line) => line.text)
    .join(' ')
    .slice(-MAX_ENDING);
  return (
    !endsLikeProse(text) &&
    (AGENCY.test(text) ||
      CREDIT.test(text) ||
      (sourceTitle !== undefined && text.endsWith(` ${sourceTitle}`)))
  );
}
