import {
  contains,
  descendants,
  type Element,
  type ElementContent,
  findAll,
  h,
  isBlank,
  isElement,
  type Parent,
  rawText,
  text,
} from '../../html/tree.ts';
import { memoized } from '../../memo.ts';
import { partsBetween, wordList } from '../../strings.ts';
import { classOf, isBlock, trimmedAttribute } from './tree.ts';

/** Classes with a language, of Prism, GitHub, Sphinx, Org, SyntaxHighlighter, Pandoc, Hexo, Jupyter, highlight.js. */
const LANGUAGES: readonly RegExp[] = [
  /(?:^|\s)(?:mw-highlight-)?lang(?:uage)?-\{?\.?([a-z][\w+#.-]*)/,
  /(?:^|\s)highlight-(?:source-|text-)?([a-z][\w+#.-]*)/,
  /(?:^|\s)src-([a-z][\w+#.-]*)/,
  /(?:^|\s)brush:\s*([a-z][\w+#.-]*)/,
  /(?:^|\s)(?:sourcecode|highlight|hljs)\s+(?:hl-i)?([a-z][\w+#.-]*)/,
];
/** Attributes with one: of highlighters, EnlighterJS, and Medium. */
const LANGUAGE_NAMES = wordList(
  'data-lang data-language data-enlighter-language data-code-block-lang data-ke-language data-canonical-lang',
);
const NO_LANGUAGE =
  /^(?:auto|copy|default|generic|null|raw|hljs|js-syntax-highlight|nohighlight|none|numberlines|plain|plaintext|text|wrapper)$/;
/** Elements between code and the element with its language: a table with line numbers. */
const MAX_PLACES = 6;
const LINE_NUMBERS =
  /(?:^|\s)(?:gutter|rouge-gutter|cm-gutters|ace_gutter|linenos?|linenodiv|line-numbers-rows|lnt?|hljs-ln-numbers)(?=\s|$)/;

/** Lines of Gatsby, which a stylesheet shows as blocks. */
const LIT_LINE = /(?:^|\s)(?:gatsby-highlight-code-line|grvsc-line|code-line)(?=\s|$)/;
/** The classes of line numbers within code. */
const NUMBER_TOKEN = /(?:^|\s)(?:m[bfhio]|il|bn|dv|fl|lit|pl-c1|(?:hljs-)?number|numeric|constant)(?=\s|$)/;
const LINE_NAMES = /(?:^|[\s_-])(?:code|blob|line|highlight|hljs|chroma|syntaxhighlighter)(?=[\s_-]|$)/;

/**
 * Finds the code beside a column that contains only line numbers; undefined if the table is not a listing.
 *
 * @param isInCode whether the table is in `pre`, where it can be nothing else
 * @returns the content of the cell with the code, or text
 */
export function numberedLines(table: Element, isInCode: boolean): ElementContent[] | undefined {
  const rows = findAll(table, 'tr')
    .filter((row) => !isElement(row.parent, 'thead'))
    .map((row) => row.children.filter((cell) => cell.type === 'element'));
  if (rows.length === 0 || rows.some((cells) => cells.length !== 2)) return undefined;
  const cells = rows as [Element, Element][];
  const [[gutter, listing]] = cells as [[Element, Element]];
  if (rows.length > 1) {
    // Trac writes a row for each line.
    const isCode = /(?:^|\s)(?:code|sourcecode)(?=\s|$)/.test(classOf(table));
    const isListing = cells.every(
      ([number, line], index) =>
        isNumber(numberOf(number), index + Number(numberOf(cells[0]?.[0] ?? number))) &&
        (LINE_NAMES.test(classOf(line)) || table.properties.className === undefined || isCode),
    );
    const isMarked =
      isInCode ||
      isCode ||
      cells.some(([, line]) => LINE_NAMES.test(classOf(line)) || contains(line, 'span'));
    if (!isListing || !isMarked) return undefined;
    return [text(cells.map(([, line]) => rawText(line).replace(/\n$/, '')).join('\n'))];
  }
  const numbers = [...gutterWords(gutter)];
  if (numbers.length === 0 || !numbers.every((number, index) => isNumber(number, index + Number(numbers[0]))))
    return undefined;
  const codes = findAll(listing, 'pre', 'code');
  if (codes.some(({ tagName }) => tagName === 'pre')) return listing.children;
  const lines = [...descendants(listing)].filter(
    (line) => /(?:^|[\s-])line(?=\s|$)/.test(classOf(line)) || isCodeLine(line),
  );
  const isListing = codes.length > 0 || LINE_NAMES.test(classOf(listing)) || lines.some(isCodeLine);
  return isListing && lines.length > 0 ? [text(spaced(lines.map(rawText).join('\n')))] : undefined;
}

function isCodeLine(element: Element): boolean {
  return isShownAsCode(element) && !element.children.some((child) => isElement(child) && isBlock(child));
}

/** Code in which several spaces are spaces; editors write some of them as ones that do not break. */
function spaced(code: string): string {
  return code.replace(/^[ \u00a0]+|[ \u00a0]{2,}/gm, (run) => ' '.repeat(run.length));
}

/**
 * Whether an element shows code: with the spaces of an editor, as in Quill, CodeMirror and Naver, or as divisions that
 * begin with their numbers, as in Doxygen and Gitweb, or as a list of Prettify.
 */
export function isShownAsCode(element: Element): boolean {
  if (element.tagName === 'ol') return /(?:^|\s)linenums(?=\s|$)/.test(classOf(element));
  return (
    element.tagName === 'div' &&
    (/(?:^|[;\s])white-space:\s?pre(?![\w-])/.test(trimmedAttribute(element, 'style') ?? '') ||
      /(?:^|\s)(?:ql-code-block-container|cm-content|__se_code_view)(?=\s|$)/.test(classOf(element)) ||
      areNumberedLines(element.children)) &&
    !contains(element, 'pre', 'table', 'img', 'p')
  );
}

function areNumberedLines(nodes: readonly ElementContent[]): boolean {
  const lines = nodes.filter((node) => !isBlank(node));
  const start = Number(leadingNumber(lines[0]));
  const areNumbered = lines.every((line, index) => isNumber(leadingNumber(line), start + index));
  return areNumbered && lines.some((line) => /\p{L}/u.test(rawText(line)));
}

/** The number at the beginning of a division, if one of them is called a line. */
function leadingNumber(line: ElementContent | undefined): string {
  if (!isElement(line, 'div')) return '';
  const first = line.children.find(
    (node) => !isBlank(node) && (node.type !== 'element' || node.children.length > 0),
  );
  const [number] = isElement(first, 'a', 'span') ? first.children : [];
  if (!isElement(first) || number?.type !== 'text') return '';
  return /(?:^|\s)(?:line|ln)/.test(`${classOf(line)} ${classOf(first)}`) ? number.value.trim() : '';
}

const COLUMN = /^(?:pre|div|span|ol|ul)$/;

/** The `pre` directly after each element, or else directly before it, alone in an element or not. */
const codeBeside = memoized((parent: Parent): ReadonlyMap<Element, Element> => {
  const children = parent.children.flatMap((child) => (child.type === 'element' ? [child] : []));
  const places = children.map((child, at) => {
    const code = [children[at + 1], children[at - 1]]
      .map((each) => (isElement(each, 'div') && each.children.length === 1 ? each.children[0] : each))
      .find((each) => isElement(each, 'pre'));
    return code && ([child, code] as const);
  });
  return new Map(places.filter((place) => place !== undefined));
}, new WeakMap());

/**
 * Whether an element beside code is only its line numbers or its language, or a button or label in the same `pre`.
 *
 * @param around the ancestors, the innermost last
 */
export function isBesideCode(element: Element, around: readonly Parent[]): boolean {
  const parent = around.at(-1);
  if (parent === undefined) return false;
  if (isBlock(element) && !isElement(element, 'code', 'pre')) {
    const pre = around.findLast((each) => isElement(each, 'pre'));
    if (pre !== undefined && !around.some((each) => isElement(each, 'code')))
      return holdsCode(pre) && !holdsCode(element);
  }
  const code = COLUMN.test(element.tagName) ? codeBeside(parent).get(element) : undefined;
  if (code === undefined) return false;
  const places = parent.type === 'element' ? [parent] : [];
  if (labelIn(element).toLowerCase() === findCodeLanguage(code, places)) return true;
  // EnlighterJS keeps the code that it coloured.
  if (isElement(element, 'div') && wordsOf(element) === wordsOf(code)) return true;
  const numbers = [...gutterWords(element)];
  const isCounted = numbers.length > 1 && numbers.every((number, index) => isNumber(number, index + 1));
  return isCounted && rawText(code).replace(/\n$/, '').split('\n').length === numbers.length;
}

function wordsOf(element: Element): string {
  return rawText(element).replace(/\s+/g, '');
}

/** The text of an element without that of its buttons. */
function labelIn({ children }: Element): string {
  return children
    .map((child) =>
      child.type === 'element' ? (child.tagName === 'button' ? '' : labelIn(child)) : rawText(child),
    )
    .join('')
    .trim();
}

/** Memoized: it is needed for each element, and a search each time would take quadratic time. */
const holdsCode: (element: Element) => boolean = memoized(
  ({ children }) =>
    children.some((child) => isElement(child) && (isElement(child, 'code', 'pre') || holdsCode(child))),
  new WeakMap(),
);

/**
 * Code as lines of text, with its language and the name of its file.
 *
 * @param children the content of `pre`
 */
export function preformatted(
  pre: Element,
  children: readonly ElementContent[],
  language: string | undefined,
): Element {
  const numbers = numbersIn(children);
  for (const number of numbers) number.children = [];
  const lines = joined(plainCode(children));
  const [only] = lines;
  if (only?.type === 'text' && contains(pre, 'br')) only.value = spaced(only.value);
  // The space between each number and its line.
  if (
    numbers.length > 1 &&
    only?.type === 'text' &&
    lines.length === 1 &&
    /^(?: .*(?:\n|$))+$/.test(only.value)
  )
    only.value = only.value.replace(/^ /gm, '');
  const isCode = language !== undefined || children.some((child) => isElement(child, 'code'));
  const className = language === undefined ? {} : { className: [`language-${language}`] };
  const block = h('pre', pre.properties, isCode ? [h('code', className, lines)] : lines);
  const places = [pre, ...children.filter((child) => isElement(child, 'code'))];
  const stated = (...names: readonly string[]): string | undefined =>
    places.flatMap((place) => names.flatMap((name) => trimmedAttribute(place, name) ?? []))[0];
  const [code] = isCode ? block.children : [];
  if (code?.type === 'element')
    code.data = { title: stated('data-title', 'data-filename', 'data-file'), lines: stated('data-lines') };
  if (language === 'math') block.data = { formula: 'block' };
  return block;
}

/** The elements in code with only the number of their line. */
function numbersIn(code: readonly ElementContent[]): Element[] {
  const lines: { readonly first: Element | undefined; hasMore: boolean }[] = [];
  const unselectable: Element[] = [];
  let isAtStart = true;
  const visit = (node: ElementContent, inside: Element | undefined): void => {
    if (node.type === 'text') {
      for (const [index, part] of node.value.split('\n').entries()) {
        isAtStart ||= index > 0;
        if (part === '') continue;
        const line = lines.at(-1);
        if (isAtStart) lines.push({ first: inside, hasMore: false });
        else if (line !== undefined) line.hasMore ||= part.trim() !== '';
        isAtStart = false;
      }
    } else if (node.type === 'element') {
      if (
        /user-select:\s?none/.test(trimmedAttribute(node, 'style') ?? '') &&
        /^\s*\d{1,5}\s*$/.test(rawText(node))
      )
        unselectable.push(node);
      for (const child of node.children) visit(child, node);
      isAtStart ||= isElement(node, 'br') || isBlock(node);
    }
  };
  for (const node of code) visit(node, undefined);
  const firsts = lines.flatMap(({ first }) => first ?? []);
  const start = Number(firsts[0] === undefined ? Number.NaN : markOf(firsts[0]));
  const isNumbered =
    firsts.length > 1 &&
    firsts.length === lines.length &&
    lines.some(({ hasMore }) => hasMore) &&
    firsts.every(
      (first, index) => isNumber(markOf(first), start + index) && !NUMBER_TOKEN.test(classOf(first)),
    );
  return isNumbered ? firsts : unselectable;
}

/** The mark after the number of a line; empty if there is none. */
function markOf(number: Element): string {
  return rawText(number)
    .trim()
    .replace(/\s?[:|│]$/, '');
}

/** Code without the elements for its colours and its lines. */
function plainCode(nodes: readonly ElementContent[]): ElementContent[] {
  const areLines = areAlike(nodes);
  const areSpans = areLines && nodes.length > 1 && nodes.every(isLineWithoutEnd);
  return nodes.flatMap((node, index): ElementContent[] => {
    if (node.type !== 'element') return [node];
    if (node.tagName === 'br') return [text('\n')];
    const children = plainCode(node.children);
    const next = nodes[index + 1];
    if (areSpans) return [...children, text('\n')];
    const isLine = LIT_LINE.test(classOf(node));
    if (isLine)
      return next?.type === 'text' && next.value.startsWith('\n') ? children : [...children, text('\n')];
    if (node.tagName === 'code' || node.tagName === 'span') return children;
    // The anchor of a line, or the element of its number.
    if (children.length === 0 && node.tagName !== 'img')
      return isBlock(node) && (areLines || node.tagName === 'li') ? [text('\n')] : [];
    if (!isBlock(node)) return [{ ...node, children }];
    const last = children.at(-1);
    return last?.type === 'text' && last.value.endsWith('\n') ? children : [...children, text('\n')];
  });
}

/** Whether a stylesheet shows a `span` as a line, as in GitBook. */
function isLineWithoutEnd(node: ElementContent): boolean {
  return (
    isElement(node, 'span') &&
    /(?:^|[\s-])line(?=\s|$)/.test(classOf(node)) &&
    !contains(node, 'br') &&
    !rawText(node).includes('\n')
  );
}

/** Whether there are only elements of one kind, and blanks. */
function areAlike(nodes: readonly ElementContent[]): boolean {
  const elements = nodes.filter((node) => node.type === 'element');
  const kinds = new Set(elements.map((element) => `${element.tagName} ${classOf(element)}`));
  return kinds.size <= 1 && nodes.every((node) => node.type === 'element' || isBlank(node));
}

/** Joins adjacent texts, without a line break at the beginning and with at most one at the end. */
function joined(nodes: readonly ElementContent[]): ElementContent[] {
  const found: ElementContent[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    if (node.type === 'text' && last?.type === 'text') last.value += node.value;
    else found.push(node.type === 'text' ? text(node.value) : node);
  }
  const [first, last] = [found[0], found.at(-1)];
  if (last?.type === 'text') last.value = last.value.replace(/(?<!\n)\n+$/, '\n');
  if (first?.type === 'text') first.value = first.value.replace(/^\n(?=.)/s, '');
  return found;
}

function numberOf(cell: Element): string {
  const places = [cell, ...findAll(cell, 'span')];
  const stated = places.map((place) => trimmedAttribute(place, 'data-line-number'));
  return rawText(cell).trim() || (stated.find((each) => each !== undefined) ?? '');
}

function isNumber(stated: string, expected: number): boolean {
  return /^\d{1,5}$/.test(stated) && Number(stated) === expected;
}

/** The words of a gutter: its numbers are on lines or in elements. */
function* gutterWords(node: Element): Generator<string> {
  for (const child of node.children) {
    if (child.type === 'element') yield* gutterWords(child);
    else if (child.type === 'text') yield* partsBetween(child.value, /\s+/);
  }
}

export function isLineNumbers(element: Element): boolean {
  return LINE_NUMBERS.test(classOf(element));
}

/**
 * The language of the code in `pre`, as stated by itself, its `code` or its ancestors; undefined if none states it.
 *
 * @param around the ancestors, the innermost last
 */
export function findCodeLanguage(pre: Element, around: readonly Element[]): string | undefined {
  const code = findAll(pre, 'code')[0];
  const places = [...(code === undefined ? [] : [code]), pre, ...around.slice(-MAX_PLACES).toReversed()];
  const named = places.flatMap((place) => [
    ...LANGUAGE_NAMES.flatMap((name) => trimmedAttribute(place, name)?.toLowerCase() ?? []),
    ...LANGUAGES.flatMap((form) => form.exec(classOf(place))?.[1] ?? []),
  ]);
  // The first highlighters used `<code class="python">`.
  const alone = (code && trimmedAttribute(code, 'class')) ?? '';
  return [...named, ...(/^[a-z][a-z0-9+#]*$/.test(alone) ? [alone] : [])].find(
    (name) => !NO_LANGUAGE.test(name),
  );
}
