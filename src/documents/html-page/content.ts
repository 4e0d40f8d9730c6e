import { findCodeLanguage, isLineNumbers } from './code.ts';
import { findFormula, isRenderedFormula } from './math.ts';
import { attribute, descendants, type Element, isBlock, type Node, textOf } from './tree.ts';

/** Elements that HTML or AMP write otherwise than articles do today. */
const RENAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    acronym: 'abbr',
    'amp-anim': 'img',
    'amp-audio': 'audio',
    'amp-iframe': 'iframe',
    'amp-img': 'img',
    'amp-video': 'video',
    dir: 'ul',
    listing: 'pre',
    plaintext: 'pre',
    strike: 's',
    tt: 'code',
    xmp: 'pre',
  }),
);
/** Blocks that say where they stand, not what they are. */
const PLACES: ReadonlySet<string> = new Set(
  'address article aside body center dialog fieldset footer form header hgroup legend main marquee search'.split(
    ' ',
  ),
);
/** Elements that only say how their text looks. */
const LOOKS: ReadonlySet<string> = new Set('basefont big blink font label nobr'.split(' '));
const NOT_CONTENT: ReadonlySet<string> = new Set(
  'base bgsound button datalist frameset head link meta noscript optgroup option param script select textarea title'.split(
    ' ',
  ),
);
/** Elements that are something without any text. */
const MEDIA: ReadonlySet<string> = new Set(
  'audio br embed hr iframe img input math object picture source svg td th track video'.split(' '),
);
/** Blocks in which `<br><br>` parts paragraphs. */
const FLOW: ReadonlySet<string> = new Set('blockquote dd details div li section td th'.split(' '));
/** Where images say what they will show once they are seen. */
const LAZY: readonly (readonly [string, readonly string[]])[] = [
  ['src', ['data-src', 'data-lazy-src', 'data-original', 'data-orig-file']],
  ['srcset', ['data-srcset', 'data-lazy-srcset']],
];

/** Old themes of WordPress, from before figures. */
const FIGURES: ReadonlyMap<string, string> = new Map([
  ['wp-caption', 'figure'],
  ['wp-caption-text', 'figcaption'],
]);
/** Only so much of the end of a URL is looked at. */
const MAX_NAME = 100;
const PERMALINK = /^[\s#¶§🔗]*$/u;

/** What an element holds as articles are written today: in paragraphs, code with its language, without furniture. */
export function readContent(
  root: Element,
  furniture: ReadonlySet<Element>,
  resolve: (url: string) => string,
): Node[] {
  const showing = new Map<Element | undefined, boolean>();
  const showsImage = (parent: Element | undefined): boolean => {
    const known = showing.get(parent) ?? (parent !== undefined && imagesIn(parent).some(isShown));
    showing.set(parent, known);
    return known;
  };
  const read = (node: Node): readonly Node[] => {
    if (typeof node === 'string') return [node];
    const formula = findFormula(node);
    if (formula !== undefined) return [formula];
    if (node.name === 'noscript') return showsImage(node.parent) ? [] : imagesIn(node).filter(isShown);
    if (furniture.has(node) || NOT_CONTENT.has(node.name) || isLineNumbers(node) || isRenderedFormula(node))
      return [];
    return rewrite(rebase(node, resolve), node.children.flatMap(read));
  };
  return paragraphs(root.children.flatMap(read));
}

function rewrite(element: Element, children: readonly Node[]): readonly Node[] {
  const name = nameOf(element);
  if (name === 'amp-youtube') return [youTubeOf(element)];
  if (LOOKS.has(name) || (name === 'span' && (children.some(isFlow) || hasBreak(children)))) return children;
  if (name === 'input') return attribute(element, 'type') === 'checkbox' ? [element] : [];
  if (name === 'pre') return hasContent(children) ? [preformatted(element, children)] : [];
  if (name === 'table' && isLayout(element)) return unfold(children);
  if (!hasContent(children) && !MEDIA.has(name)) {
    if (name === 'a' && attributesOf(element).has('id'))
      return [{ ...element, attributes: attributesOf(element), children }];
    return isBlock(element) ? [] : children;
  }
  const written = { ...element, name, attributes: attributesOf(element) };

  if (name === 'p') return splitParagraph(written, children);
  if (/^h[1-6]$/.test(name)) return heading(written, children);
  if (name === 'div' && !children.some(isFlow)) return splitParagraph({ ...written, name: 'p' }, children);
  if (name === 'img' && isPlaceholder(written.attributes.get('src')) && !written.attributes.has('srcset'))
    return [];
  const isLoose =
    FLOW.has(name) &&
    (hasBreak(children) || ((name === 'div' || name === 'section') && children.some(isFlow)));
  const inside = isLoose ? paragraphs(children) : children;
  // A division that nothing tells from what is around it only says how the page is laid out.
  if (name === 'div' && !['id', 'lang', 'dir'].some((attribute) => written.attributes.has(attribute)))
    return inside;
  return [{ ...written, children: inside }];
}

/** An element whose links and files are named as from the document. */
function rebase(element: Element, resolve: (url: string) => string): Element {
  const attributes = new Map(element.attributes);
  for (const name of ['href', 'src', 'cite', 'poster']) {
    const url = attributes.get(name)?.trim();
    if (url !== undefined && !url.startsWith('#')) attributes.set(name, resolve(url));
  }
  return { ...element, attributes };
}

function nameOf(element: Element): string {
  const figure = attribute(element, 'class')
    ?.split(/\s+/)
    .flatMap((name) => FIGURES.get(name) ?? [])[0];
  return figure ?? (PLACES.has(element.name) ? 'div' : (RENAMED.get(element.name) ?? element.name));
}

function attributesOf({ name, attributes }: Element): ReadonlyMap<string, string> {
  const written = new Map(attributes);
  for (const [shown, later] of LAZY) {
    const url = later.map((attribute) => attributes.get(attribute)).find((value) => value?.trim());
    if (url !== undefined && isPlaceholder(attributes.get(shown))) written.set(shown, url);
  }
  const anchor = name === 'a' && attributes.get('name');
  if (anchor && !written.has('id')) written.set('id', anchor);
  return written;
}

function youTubeOf(element: Element): Element {
  const src = `https://www.youtube.com/embed/${attribute(element, 'data-videoid') ?? ''}`;
  return { ...element, name: 'iframe', attributes: new Map([['src', src]]), children: [] };
}

function isPlaceholder(url: string | undefined): boolean {
  return (
    !url?.trim() ||
    url.startsWith('data:') ||
    /(?:blank|lazy|loading|pixel|placeholder|spacer|transparent|1x1)[\w-]*\.\w+$/i.test(url.slice(-MAX_NAME))
  );
}

/** The images in an element, but for those that stand there for readers without scripts. */
function imagesIn(element: Element): Element[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string' || child.name === 'noscript') return [];
    return child.name === 'img' ? [child] : imagesIn(child);
  });
}

function isShown({ attributes }: Element): boolean {
  return (
    !isPlaceholder(attributes.get('src')) ||
    LAZY.some(([, later]) => later.some((name) => attributes.has(name)))
  );
}

/** A heading, and what an unclosed tag put into it. */
function heading(element: Element, children: readonly Node[]): Node[] {
  const end = children.findIndex(isFlow);
  const text = children.slice(0, end < 0 ? undefined : end).filter((child) => !isPermalink(child));
  return [
    ...(hasContent(text) ? [{ ...element, children: text }] : []),
    ...(end < 0 ? [] : paragraphs(children.slice(end))),
  ];
}

function isPermalink(node: Node): boolean {
  return (
    typeof node !== 'string' &&
    node.name === 'a' &&
    PERMALINK.test(textOf(node)) &&
    !node.children.some((child) => typeof child !== 'string' && MEDIA.has(child.name))
  );
}

function preformatted(pre: Element, children: readonly Node[]): Element {
  const lines = children.flatMap(plainCode);
  const language = findCodeLanguage(pre);
  const attributes = new Map(language === undefined ? [] : [['class', `language-${language}`]]);
  const isCode =
    language !== undefined || children.some((child) => typeof child !== 'string' && child.name === 'code');
  const code = { ...pre, name: 'code', attributes, children: lines };
  return { ...pre, name: 'pre', children: isCode ? [code] : lines };
}

/** Code without what colours it and without the elements that were its lines. */
function plainCode(node: Node): Node[] {
  if (typeof node === 'string') return [node];
  if (node.name === 'br') return ['\n'];
  const children = node.children.flatMap(plainCode);
  if (node.name === 'code' || node.name === 'span') return children;
  return isBlock(node) ? [...children, '\n'] : [{ ...node, children }];
}

/** A table that only places its cells: of one column, or around tables, headings and paragraphs. */
function isLayout(table: Element): boolean {
  if (/^(?:none|presentation)$/.test(attribute(table, 'role') ?? '')) return true;
  const inside = [...descendants(table)];
  const has = (...names: readonly string[]): boolean => inside.some(({ name }) => names.includes(name));
  if (inside.some((cell) => cell.name === 'td' && isLineNumbers(cell))) return true;
  if (has('th', 'caption', 'thead')) return false;
  const rows = inside.filter(({ name }) => name === 'tr');
  const isColumn = rows.every(
    ({ children }) => children.filter((cell) => typeof cell !== 'string').length <= 1,
  );
  return (
    isColumn ||
    has('table', 'h1', 'h2', 'h3', 'h4') ||
    inside.filter(({ name }) => name === 'p').length > rows.length * 2
  );
}

/** What a table holds, without the table. */
function unfold(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node): readonly Node[] => {
    if (typeof node === 'string' || node.name === 'colgroup') return [];
    if (/^(?:table|t(?:head|body|foot|r))$/.test(node.name)) return unfold(node.children);
    return /^(?:td|th|caption)$/.test(node.name) ? rewrite({ ...node, name: 'div' }, node.children) : [node];
  });
}

/** Puts text that stands loose between blocks into paragraphs. */
function paragraphs(nodes: readonly Node[]): Node[] {
  const found: Node[] = [];
  let run: Node[] = [];
  const endRun = (): void => {
    const p = { name: 'p', attributes: new Map(), children: [], parent: undefined, line: undefined };
    found.push(...splitParagraph(p, run));
    run = [];
  };
  for (const node of nodes) {
    if (isFlow(node)) {
      endRun();
      found.push(node);
    } else run.push(node);
  }
  endRun();
  return found;
}

/** One paragraph, or one for each part that `<br><br>` sets apart. */
function splitParagraph(paragraph: Element, run: readonly Node[]): Element[] {
  const parts: Node[][] = [[]];
  let isAfterBreak = false;
  for (const node of run) {
    if (isBreak(node) && isAfterBreak) parts.push([]);
    else parts.at(-1)?.push(node);
    if (!isBlank(node)) isAfterBreak = isBreak(node);
  }
  return parts
    .map(trim)
    .filter(hasContent)
    .map((children) => ({ ...paragraph, children }));
}

function trim(nodes: readonly Node[]): Node[] {
  const isEdge = (node: Node): boolean => isBlank(node) || isBreak(node);
  const start = nodes.findIndex((node) => !isEdge(node));
  const end = nodes.findLastIndex((node) => !isEdge(node));
  return start < 0 ? [] : nodes.slice(start, end + 1);
}

function hasBreak(nodes: readonly Node[]): boolean {
  const seen = nodes.filter((node) => !isBlank(node));
  return seen.some((node, index) => isBreak(node) && isBreak(seen[index + 1]));
}

function isBreak(node: Node | undefined): boolean {
  return typeof node === 'object' && node.name === 'br';
}

function isBlank(node: Node): boolean {
  return typeof node === 'string' && !/\S/u.test(node);
}

/** Whether there is anything to read, see or hear. */
function hasContent(nodes: readonly Node[]): boolean {
  return nodes.some((node) => !isBlank(node) && !isBreak(node));
}

/** Whether a node is a block or has one in it. */
function isFlow(node: Node): boolean {
  return typeof node !== 'string' && (isBlock(node) || node.children.some(isFlow));
}
