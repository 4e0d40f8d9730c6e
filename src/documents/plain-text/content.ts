import { type Element, h, type Text, text } from '../../html/tree.ts';
import { httpAddress } from '../../html/url.ts';
import type { Block } from './blocks.ts';
import { isCaption } from './captions.ts';
import { readLabel } from './labels.ts';
import { endsLikeProse, readListMark } from './lines.ts';
import { isCapitals, joinLines } from './paragraphs.ts';

/** The blocks of a text as content. */
export function contentOf(blocks: readonly Block[]): Element[] {
  const content: Element[] = [];
  blocks.forEach((block, index) => {
    const written = elementOf(block);
    if (block.kind !== 'caption') content.push(written);
    // The title of a picture and its caption stand in one figure.
    else if (blocks[index - 1]?.kind !== 'caption')
      content.push(h('figure', {}, [h('figcaption', {}, [written])]));
    else captionOf(content.at(-1))?.children.push(written);
  });
  return content;
}

function captionOf(figure: Element | undefined): Element | undefined {
  const caption = figure?.children[0];
  return caption?.type === 'element' ? caption : undefined;
}

function elementOf(block: Block): Element {
  switch (block.kind) {
    case 'paragraph':
    case 'caption':
      return h('p', {}, inline(block));
    case 'heading':
      return h(`h${block.level}`, {}, inline(block));
    case 'quotation':
      return h('blockquote', {}, contentOf(block.blocks));
    case 'rule':
      return h('hr', {});
    case 'code':
      return h('pre', {}, [h('code', {}, [text(block.text)])]);
    case 'table': {
      const rows = block.rows.map((cells, index) => {
        const name = block.hasHead && index === 0 ? 'th' : 'td';
        return h(
          'tr',
          {},
          cells.map((cell) => h(name, {}, linkText(cell))),
        );
      });
      const body = rows.slice(block.hasHead ? 1 : 0);
      const head = block.hasHead ? [h('thead', {}, rows.slice(0, 1))] : [];
      return h('table', {}, [...head, h('tbody', {}, body)]);
    }
    case 'list': {
      const items = block.items.map((item) => h('li', {}, contentOfItem(item)));
      if (block.start === undefined) return h('ul', {}, items);
      return h('ol', block.start === 1 ? {} : { start: String(block.start) }, items);
    }
  }
}

/** A single paragraph in an item, with or without lists below it, needs no `<p>`. */
function contentOfItem([first, ...others]: readonly Block[]): Element['children'] {
  if (first?.kind !== 'paragraph' || others.some(({ kind }) => kind !== 'list')) {
    return contentOf(first === undefined ? [] : [first, ...others]);
  }
  return [...inline(first, false), ...contentOf(others)];
}

function inline(
  { lines }: Extract<Block, { readonly lines: unknown }>,
  keepsIndents = true,
): Element['children'] {
  return joinLines(lines, keepsIndents)
    .split('\n')
    .flatMap((line, index) => [...(index === 0 ? [] : [h('br', {})]), ...linkText(line)]);
}

const ADDRESS =
  /(?<!\w)https?:\/\/[^\s<>"“”«»。，、；：！？）】」』》]{1,2000}|(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;

/** Plain text in which addresses of the web and of e-mail are links. */
export function linkText(plain: string): (Element | Text)[] {
  if (!/:\/\/|@/.test(plain)) return [text(plain)];
  const nodes: (Element | Text)[] = [];
  let end = 0;
  for (const { 0: found, index } of plain.matchAll(ADDRESS)) {
    const address = withoutPunctuation(found);
    const isWeb = /^https?:/i.test(address);
    const href = isWeb ? httpAddress(address) : `mailto:${address.replace(/^mailto:/i, '')}`;
    if (href === undefined) continue;
    nodes.push(text(plain.slice(end, index)), h('a', { href }, [text(address)]));
    end = index + address.length;
  }
  return [...nodes, text(plain.slice(end))];
}

/** Removes the punctuation of the sentence: marks at the end, and brackets that do not open in the address. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  let unopened = found.split(')').length - found.split('(').length;
  for (;;) {
    const last = found.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened--;
    else if (!/[.,;:!?…'’*_~|\]}]/u.test(last)) return found.slice(0, end);
    end--;
  }
}

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
