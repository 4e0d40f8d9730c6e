import type { Element, ElementContent, Root } from 'hast';
import { recordingOf } from '../html/recordings.ts';
import { attribute, rawText } from '../html/tree.ts';
import { type Footnotes, writeInline } from './text-inline.ts';
import { tableLines } from './text-table.ts';
import { wrap } from './wrap.ts';

/** Inline elements; everything else is a block. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr picture'.split(
    ' ',
  ),
);
/** Lines are not broken within fewer columns, however deep lists and quotations are. */
const MIN_COLUMNS = 24;

type Writer = (element: Element, columns: number, notes: Footnotes) => string[];

/** The content of an element as lines of at most so many columns; blocks are set apart by empty lines. */
export function contentLines(
  { children }: Pick<Root | Element, 'children'>,
  columns: number,
  notes: Footnotes,
): string[] {
  const lines: string[] = [];
  const add = (block: readonly string[]): void => {
    if (lines.length > 0 && block.length > 0) lines.push('');
    for (const line of block) lines.push(line);
  };
  let inline: ElementContent[] = [];
  const flush = (): void => {
    const text = inline.length === 0 ? '' : writeInline(inline, notes);
    if (text !== '') add(wrap(text, Math.max(columns, MIN_COLUMNS)));
    inline = [];
  };
  for (const child of children as ElementContent[]) {
    // no doctypes
    if (child.type !== 'element' || INLINE.has(child.tagName)) {
      inline.push(child);
      continue;
    }
    flush();
    add((WRITERS.get(child.tagName) ?? contentLines)(child, columns, notes));
  }
  flush();
  return lines;
}

/** More room above than below. */
const heading: Writer = (element, columns, notes) => ['', ...contentLines(element, columns, notes)];

const quotation: Writer = (element, columns, notes) =>
  contentLines(element, columns - 2, notes).map((line) => (line === '' ? '>' : `> ${line}`));

const code: Writer = (element) =>
  rawText(element)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`));

const list: Writer = (element, columns, notes) => {
  const isNumbered = element.tagName === 'ol';
  let number = Number.parseInt(attribute(element, 'start') ?? '1', 10) || 1;
  return element.children.flatMap((child, index) => {
    if (child.type !== 'element') return [];
    const mark = isNumbered ? `${number++}. ` : '- ';
    const written = contentLines(child, columns - mark.length, notes);
    const lines = hasParagraphs(child) ? written : written.filter((line) => line !== '');
    const isLoose = lines.includes('') && index < element.children.length - 1;
    const item = lines.map((line, at) =>
      line === '' ? '' : (at === 0 ? mark : ' '.repeat(mark.length)) + line,
    );
    return [...item, ...(isLoose ? [''] : [])];
  });
};

/** Whether what an item holds is to be set apart, as its author did. */
function hasParagraphs({ children }: Element): boolean {
  return children.some(
    (child) => child.type === 'element' && /^(?:p|pre|blockquote|table)$/.test(child.tagName),
  );
}

const definition: Writer = (element, columns, notes) =>
  element.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    if (child.tagName !== 'dd') return contentLines(child, columns, notes);
    return contentLines(child, columns - 4, notes).map((line) => (line === '' ? '' : `    ${line}`));
  });

const table: Writer = (element, columns, notes) => {
  const captions = named(element, 'caption').flatMap((caption) => contentLines(caption, columns, notes));
  const rows = named(element, 'tr').map((row) =>
    row.children.flatMap((cell) =>
      cell.type === 'element'
        ? {
            isHead: cell.tagName === 'th',
            text: contentLines(cell, Number.POSITIVE_INFINITY, notes).join('\n'),
          }
        : [],
    ),
  );
  const [first = [], ...others] = rows;
  const hasHead = first.length > 0 && first.every(({ isHead }) => isHead);
  const texts = (row: typeof first): string[] => row.map(({ text }) => text);
  const lines = tableLines(hasHead ? texts(first) : [], (hasHead ? others : rows).map(texts), columns);
  return captions.length === 0 ? lines : [...captions, '', ...lines];
};

/** The elements of a name within, but for those of tables inside. */
function named(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    if (child.tagName === name) return [child];
    return child.tagName === 'table' ? [] : named(child, name);
  });
}

/** The content of a player is for browsers that cannot play. */
const media: Writer = (element, columns, notes) => {
  const { url, name } = recordingOf(element);
  return url === undefined ? contentLines(element, columns, notes) : [`${name} ${notes.mark(url)}`.trim()];
};

const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name): [string, Writer] => [name, heading]),
  ['blockquote', quotation],
  ['pre', code],
  ['ul', list],
  ['ol', list],
  ['dl', definition],
  ['table', table],
  ['audio', media],
  ['video', media],
  ['hr', () => ['* * *']],
]);
