import { httpAddress } from '../../html/url.ts';
import type { Block } from './blocks.ts';
import { isCaption } from './captions.ts';
import { readLabel } from './labels.ts';
import { endsLikeProse, readListMark } from './lines.ts';
import { isCapitals } from './paragraphs.ts';

/** The longest heading, in characters. */
const MAX_HEADING = 80;
/** `1. Introduction`, `1.2 Method`. */
const NUMBERED = /^(?<numbers>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]))[.)]?\s+\p{L}/u;
/** The level of the topmost headings, below the title. */
const TOP_LEVEL = 2;

/** Turns paragraphs into headings and captions. */
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
  if (isCaption(lines, sourceTitle)) return { kind: 'caption', lines };
  const text = shortText(block);
  if (text === undefined || next === undefined || next.kind === 'rule') return block;
  const { numbers } = NUMBERED.exec(text)?.groups ?? {};
  if (httpAddress(text) !== undefined || readLabel(text)?.label === 'source') return block;
  if (isCapitals(text)) return { kind: 'heading', level: TOP_LEVEL, lines };
  const mark = readListMark(text);
  if (endsLikeProse(text) || (mark !== undefined && mark.number === undefined)) return block;
  if (numbers !== undefined)
    return { kind: 'heading', level: headingLevel(numbers.split('.').length + 1), lines };
  if (!endsLikeProse(shortText(next) ?? '.')) return block;
  const isAboveCaption = next.kind === 'paragraph' && isCaption(next.lines, sourceTitle);
  return isAboveCaption ? { kind: 'caption', lines } : { kind: 'heading', level: TOP_LEVEL, lines };
}

/** The text of a paragraph of one short line. */
function shortText(block: Block): string | undefined {
  if (block.kind !== 'paragraph') return undefined;
  const [line, ...more] = block.lines;
  return line !== undefined && more.length === 0 && line.text.length <= MAX_HEADING ? line.text : undefined;
}

function headingLevel(level: number): 2 | 3 | 4 {
  return level <= 2 ? 2 : level === 3 ? 3 : 4;
}
