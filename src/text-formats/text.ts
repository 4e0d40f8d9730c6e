import type { Element, ElementContent, Root } from 'hast';
import type { Article, Source } from '../article.ts';
import type { Site } from '../config/site.ts';
import { recordingOf } from '../html/text.ts';
import { attribute, h, isElement, rawText, text } from '../html/tree.ts';
import { commaOf, dateFormat } from '../locale.ts';
import { articlePath } from '../routes/paths.ts';
import { partsBetween, trimOf, wordSet } from '../strings.ts';
import { HOLES } from '../templates/holes.ts';
import { columnsOf, wrap } from './wrap.ts';

/** The usual line length of mail (RFC 5322 §2.1.1 allows 78), which fits every terminal. */
const COLUMNS = 72;

/**
 * An article as plain text, with a hole for the origin: title, day, authors and source; the content in lines of
 * `COLUMNS` columns; the addresses of its links as footnotes; its own address.
 */
export function articleText(article: Article, { timeZone, language: siteLanguage }: Site): string {
  const { title, slug, published, authors, source, content: tree, enclosures } = article;
  const languages = [article.language, siteLanguage, 'en'];
  const own = HOLES.origin + articlePath(slug);
  const notes = footnotes(own);
  const content = contentLines(tree, COLUMNS, notes);
  const facts = [
    day(published, languages, timeZone),
    ...wrap(authors.map(({ name }) => name).join(commaOf(article.language)), COLUMNS),
    ...(source === undefined ? [] : sourceLines(source, languages)),
  ].filter((line) => line !== '');
  const files = enclosures.map(({ url, title: name }) => (name === undefined ? url : `${name}: ${url}`));
  return [wrap(title, COLUMNS), facts, content, files, notes.lines(), [own]]
    .filter((block) => block.length > 0)
    .map((lines) => withoutEmptyEnds(lines).join('\n'))
    .join('\n\n')
    .concat('\n');
}

function withoutEmptyEnds(lines: readonly string[]): readonly string[] {
  const isFull = (line: string): boolean => line !== '';
  return lines.slice(Math.max(0, lines.findIndex(isFull)), lines.findLastIndex(isFull) + 1);
}

function sourceLines({ title, uri, published }: Source, languages: readonly string[]): string[] {
  const when = published === undefined ? '' : `, ${day(Date.parse(published), languages, 'UTC')}`;
  return [...wrap(title + when, COLUMNS), ...(uri === undefined ? [] : [uri])];
}

/** @param languages as in `dateFormat` */
function day(instant: number, languages: readonly string[], timeZone: string): string {
  return dateFormat(languages, { dateStyle: 'long', timeZone }).format(instant);
}

/** Inline elements; everything else is a block. */
const INLINE = wordSet(
  'a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr picture',
);
/** The minimum width of lines in nested lists and quotations. */
const MIN_COLUMNS = 24;

type Writer = (element: Element, columns: number, notes: Footnotes) => string[];

/** The content of an element as lines of at most `columns` columns; empty lines separate blocks. */
function contentLines(
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
    if (child.type !== 'element' || isInline(child)) {
      inline.push(child);
      continue;
    }
    flush();
    const written = (WRITERS.get(child.tagName) ?? contentLines)(child, columns, notes);
    const mark = child.tagName === 'a' ? notes.mark(attribute(child, 'href') ?? '') : '';
    add(mark === '' ? written : [...written.slice(0, -1), `${written.at(-1)} ${mark}`]);
  }
  flush();
  return lines;
}

/** Whether an element is inline; a link may contain blocks. */
function isInline({ tagName, children }: Element): boolean {
  return INLINE.has(tagName) && children.every((child) => child.type !== 'element' || isInline(child));
}

/** More room above than below. */
const heading: Writer = (element, columns, notes) => ['', ...contentLines(element, columns, notes)];

const quotation: Writer = (element, columns, notes) =>
  withoutEmptyEnds(contentLines(element, columns - 2, notes)).map((line) =>
    line === '' ? '>' : `> ${line}`,
  );

const code: Writer = (element) =>
  rawText(element)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`));

const list: Writer = (element, columns, notes) => {
  const isNumbered = element.tagName === 'ol';
  const start = Number.parseInt(attribute(element, 'start') ?? '', 10);
  let number = Number.isNaN(start) ? 1 : start;
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

/** Whether empty lines separate the blocks of a list item, as in the document. */
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

/** The most cells of a table whose spans are followed. */
const MAX_CELLS = 10_000;

/**
 * A table for forms whose cells have one column and one row: a cell of several rows stands in each of them, one of several
 * columns in the first, and rows of headings are one row.
 */
export function withoutSpans(stated: Element): Element {
  const rows = named(stated, 'tr').map((row) => row.children.filter((cell) => cell.type === 'element'));
  const spanOf = (cell: Element, name: string): number => Number(attribute(cell, name)) || 1;
  const areaOf = (cell: Element): number => spanOf(cell, 'colspan') * spanOf(cell, 'rowspan');
  const area = rows.flat().reduce((sum, cell) => sum + areaOf(cell), 0);
  if (area > MAX_CELLS || rows.flat().every((cell) => areaOf(cell) === 1)) return stated;
  const grid: (Element | undefined)[][] = rows.map(() => []);
  for (const [top, cells] of rows.entries()) {
    let left = 0;
    for (const cell of cells) {
      while (grid[top]?.[left] !== undefined) left++;
      for (const line of grid.slice(top, top + spanOf(cell, 'rowspan')))
        for (let right = 0; right < spanOf(cell, 'colspan'); right++) line[left + right] ??= cell;
    }
  }
  const count = Math.max(...grid.map((line) => line.length));
  const rowOf = (cellAt: (column: number) => Element): Element =>
    h(
      'tr',
      {},
      Array.from({ length: count }, (_, column) => cellAt(column)),
    );
  const heads = Math.max(
    1,
    grid.findIndex((line) => !line.every((cell) => isElement(cell, 'th'))),
  );
  const isRepeated = (line: readonly (Element | undefined)[], column: number): boolean =>
    column > 0 && line[column] === line[column - 1];
  const head = rowOf((column) => {
    const parts = new Set(
      grid
        .slice(0, heads)
        .flatMap((line, row) => (row === heads - 1 && isRepeated(line, column) ? [] : (line[column] ?? []))),
    );
    const words = [...parts].flatMap((cell, index) => [
      ...(index === 0 ? [] : [text(' ')]),
      ...cell.children,
    ]);
    return h(grid[0]?.[column]?.tagName ?? 'td', {}, words);
  });
  const others = grid.slice(heads).map((line) =>
    rowOf((column) => {
      const { tagName = 'td', children = [] } = line[column] ?? {};
      return h(tagName, {}, isRepeated(line, column) ? [] : children);
    }),
  );
  return h('table', {}, [...named(stated, 'caption'), head, ...others]);
}

const table: Writer = (stated, columns, notes) => {
  const element = withoutSpans(stated);
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

/** The descendants with a name, without those of nested tables. */
function named(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    if (child.tagName === name) return [child];
    return child.tagName === 'table' ? [] : named(child, name);
  });
}

/** A player: its content is for browsers that cannot play it. */
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

/** The delimiters of elements whose meaning would be lost otherwise: deletions and quotations. */
const DELIMITERS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['del', ['~', '~']],
  ['s', ['~', '~']],
  ['q', ['“', '”']],
]);

/** Writes inline content as plain text; the number of its footnote follows the text of a link. */
function writeInline(nodes: readonly ElementContent[], notes: Footnotes): string {
  const text = nodes.map((node) => writeInLine(node, notes)).join('');
  // No-break spaces are kept: they are indents.
  const lines = text.split('\n').map((line) => trimOf(line, / /));
  return trimOf(lines.join('\n'), /\n/);
}

function writeInLine(node: ElementContent, notes: Footnotes): string {
  if (node.type === 'text') return node.value.replace(/[\n\t]/g, ' ');
  if (node.type !== 'element') return '';
  const { tagName } = node;
  if (tagName === 'br') return '\n';
  if (tagName === 'img') return pictureText(node);
  const inside = node.children.map((child) => writeInLine(child, notes)).join('');
  if (tagName === 'a') return linkOf(node, inside, notes);
  if (tagName === 'sup' && inside !== '') return `^${inside}`;
  const [before, after] = DELIMITERS.get(tagName) ?? ['', ''];
  return before + inside + after;
}

function pictureText(image: Element): string {
  const alternative = attribute(image, 'alt')?.trim() ?? '';
  return alternative === '' ? '' : `[${alternative}]`;
}

function linkOf(link: Element, words: string, notes: Footnotes): string {
  const url = attribute(link, 'href');
  if (url === undefined) return words;
  // The link from a footnote back to its reference.
  if (words.includes('↩') && notes.mark(url) === '') return '';
  const isSaid =
    words.trim() === url ||
    `mailto:${words.trim()}` === url ||
    words.trim() === url.replace(/^https?:\/\/|\/$/g, '');
  return isSaid ? words : `${words} ${notes.mark(url)}`.trimEnd();
}

/** The addresses that a text refers to, in order. */
interface Footnotes {
  /** The number of a link's footnote in brackets; empty for a link within the text. */
  mark(url: string): string;
  lines(): string[];
}

/** @param own the address of the text itself */
function footnotes(own: string): Footnotes {
  const numbers = new Map<string, number>();
  return {
    mark(url) {
      if (url.startsWith(`${own}#`)) return '';
      const number = numbers.get(url) ?? numbers.size + 1;
      numbers.set(url, number);
      return `[${number}]`;
    },
    lines: () => [...numbers].map(([url, number]) => `[${number}] ${url}`),
  };
}

const GAP = '  ';

/**
 * A table as lines: in columns if they fit, otherwise one line per cell, after the name of its column.
 *
 * @param head the names of the columns; may be empty
 */
function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string[] {
  const all = head.length === 0 ? rows : [head, ...rows];
  const count = all.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: count }, (_, column) =>
    all.reduce((most, row) => Math.max(most, columnsOf(row[column] ?? '')), 0),
  );
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (count - 1));
  if (total <= columns && !all.some((row) => row.some((cell) => cell.includes('\n'))))
    return all.map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columnsOf(cell)))
        .join(GAP)
        .trimEnd(),
    );
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : ['']),
    ...row.flatMap((cell, column) => {
      const name = head[column] ?? '';
      const words = partsBetween(cell, /\n/).join(' ');
      const named = name === '' || name === cell ? words : `${name}: ${words}`;
      return words === '' ? [] : wrap(named, columns);
    }),
  ]);
}
