import { isIcon, nameOfDrawing, photographIn, withSymbols } from '../../html/drawing.ts';
import {
  contains,
  descendants,
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  h,
  isBlank,
  isElement,
  type Parent,
  text,
  textLines,
} from '../../html/tree.ts';
import { memoized, once } from '../../memo.ts';
import { wordSet } from '../../strings.ts';
import { findCodeLanguage, isBesideCode, isLineNumbers, isShownAsCode, numberedLines } from './code.ts';
import { frameContent, objectContent, scriptLink, showingScript } from './embeds.ts';
import { areaLinks, isButton, isNamedButton, linkedIds, protectedMail, rebase } from './links.ts';
import { findFormula, isRenderedFormula, isTexScript, type ReadText, strayText } from './math.ts';
import { hasContent, isFlow, MEDIA, paragraphs } from './paragraphs.ts';
import { pictureOf, type ShownPictures, shownPictures, withImage } from './pictures.ts';
import { rewrite } from './rewrite.ts';
import { classOf, isBlock, textOf, trimmedAttribute } from './tree.ts';

const NOT_CONTENT = wordSet(
  'base bgsound button datalist frameset head link meta noscript optgroup option param script select textarea title',
);
/** Elements in `pre` that are its lines or colour it. */
const CODE_PARTS = wordSet('code div li ol p section span ul');
const ASKS_FOR_SCRIPTS = /\bjava\s?script|\bscripts?\b|browser|cookie|discussion thread/i;
const VERBATIM: readonly string[] = ['pre', 'code', 'kbd', 'samp'];
/** Around a drawing that decorates a box. */
const ICON_PLACE = /(?:^|[\s_-])icon$/i;
/** Elements in which a drawing without a name is decoration. */
const LABELLED: readonly string[] = ['a', 'summary', ...HEADINGS];
/** Margin notes of Tufte's styles, Distill and LaTeXML, and the elements that number or toggle them. */
const SIDENOTE = /(?:^|\s)(?:side-?note|margin-?note|ltx_note_outer)(?=\s|$)/;
const SIDENOTE_MARK = /(?:^|\s)(?:margin-toggle|ltx_note_mark|ltx_tag_note)(?=\s|$)/;
interface ContentReaders {
  readonly readText?: ReadText | undefined;
  /** The tree with the symbols that drawings use; undefined: the content itself. */
  readonly page?: Parent | undefined;
  /** Called for each script that shows something and is left out. */
  readonly onScript?: ((src: string) => void) | undefined;
}

/** Converts the content of an element to current HTML: in paragraphs, code with its language, without boilerplate. */
export function readContent(
  root: Parent,
  isBoilerplate: (element: Element) => boolean,
  resolve: (url: string) => string,
  { readText, onScript, page = root }: ContentReaders = {},
): ElementContent[] {
  const linked = once(() => linkedIds(root));
  return paragraphs(
    readAll(root, {
      isBoilerplate,
      resolve,
      readText,
      onScript,
      around: [],
      shownIn: memoized((parent: Parent) => shownPictures(parent, isBoilerplate)),
      isTarget: ({ properties: { id } }) => typeof id === 'string' && linked().has(id),
      symbols: once(() => new Map(findAll(page, 'symbol').map((each) => [each.properties.id, each]))),
      hasTexScripts: once(() => findAll(page, 'script').some(isTexScript)),
      hasTabLists: once(() => [...descendants(root)].some(isTabList)),
    }),
  );
}

interface ReadContext extends Pick<ContentReaders, 'readText' | 'onScript'> {
  readonly isBoilerplate: (element: Element) => boolean;
  readonly resolve: (url: string) => string;
  /** The ancestors of the current node, the innermost last. */
  readonly around: Parent[];
  readonly shownIn: (parent: Parent) => ShownPictures;
  /** Whether links lead to it. */
  readonly isTarget: (element: Element) => boolean;
  readonly symbols: () => ReadonlyMap<unknown, Element>;
  /** MathJax keeps formulas in scripts beside its output, which copies of pages may lack. */
  readonly hasTexScripts: () => boolean;
  readonly hasTabLists: () => boolean;
}

type Read = readonly ElementContent[];

function readAll(parent: Parent, context: ReadContext): ElementContent[] {
  context.around.push(parent);
  const nodes = parent.children as ElementContent[]; // no doctypes
  const children = context.hasTabLists() ? withTabsApart(nodes) : nodes;
  const read = children.flatMap((child) => readNode(child, context));
  context.around.pop();
  return read;
}

function readNode(node: ElementContent, context: ReadContext): Read {
  const { around, readText, resolve } = context;
  if (node.type === 'text' && readText !== undefined && !isInside(around, ...VERBATIM))
    return readText(node.value);
  if (node.type !== 'element') return [node];
  const read =
    readFormula(node, context) ??
    readScripted(node, context) ??
    readApparatus(node, context) ??
    readReplaced(node, context) ??
    readCode(node, context);
  if (read !== undefined) return read;
  const language =
    node.tagName === 'pre'
      ? findCodeLanguage(
          node,
          around.filter((each) => each.type === 'element'),
        )
      : undefined;
  const shown = node.tagName === 'picture' ? withImage(node) : node;
  const written = rewrite(rebase(shown, resolve), readAll(shown, context), around.at(-1), language);
  return written.length === 0 ? anchorOf(node, context) : written;
}

function isInside(around: readonly Parent[], ...tagNames: readonly string[]): boolean {
  return around.some((each) => isElement(each, ...tagNames));
}

/** The anchor that replaces an element with an id to which links refer. */
function anchorOf(element: Element, { isTarget }: ReadContext): Element[] {
  return isTarget(element) ? [h('a', { id: element.properties.id })] : [];
}

/** Reads a formula, without the text that an unclosed tag contains. */
function readFormula(element: Element, context: ReadContext): Read | undefined {
  const { tagName, children } = element;
  const stray = tagName === 'math' ? strayText(element) : -1;
  if (stray > 0)
    return [
      ...readNode({ ...element, children: children.slice(0, stray) }, context),
      ...children.slice(stray).flatMap((child) => readNode(child, context)),
    ];
  const formula = findFormula(element);
  return formula && [...anchorOf(element, context), formula];
}

/** Reads elements that scripts fill or replace, and scripts. */
function readScripted(element: Element, context: ReadContext): Read | undefined {
  switch (element.tagName) {
    case 'script': {
      const link = scriptLink(element);
      const script = link === undefined ? showingScript(element) : undefined;
      if (script !== undefined) context.onScript?.(script);
      return link === undefined ? [] : [link];
    }
    case 'noscript': {
      const parent = context.around.at(-1);
      const added = parent === undefined ? [] : context.shownIn(parent).added(element);
      if (added.length === 0 && hasOwnContent(element)) return readAll(element, context);
      return added.flatMap((each) => readNode(each.tagName === 'a' ? h('p', {}, [each]) : each, context));
    }
    case 'textarea':
      return isCodeField(element) ? readNode({ ...element, tagName: 'pre' }, context) : undefined;
    case 'canvas': {
      if (textOf(element) !== '') return readAll(element, context);
      const label = trimmedAttribute(element, 'aria-label');
      return label === undefined ? [] : [h('p', {}, [text(label)])];
    }
    default:
      return undefined;
  }
}

/** Leaves out the controls of a page, and puts margin notes into the text. */
function readApparatus(element: Element, context: ReadContext): Read | undefined {
  const { tagName } = element;
  const { around, isBoilerplate, hasTexScripts } = context;
  if (isNamedButton(element, around.at(-1))) return readAll(element, context);
  // The mark after a heading may have the id to which links refer.
  if (isBoilerplate(element)) return tagName === 'a' ? anchorOf(element, context) : [];
  const names = classOf(element);
  if (SIDENOTE_MARK.test(names)) return [];
  if (tagName === 'd-footnote' || (tagName === 'span' && SIDENOTE.test(names)))
    return inParentheses(readAll(element, context));
  // If one of them is not closed, it contains the rest of the page.
  if (tagName === 'pre' && element.children.some((child) => isElement(child, 'pre')))
    return readNode({ ...element, tagName: 'div' }, context);
  if (isRenderedFormula(element)) {
    const math = hasTexScripts() ? undefined : findAll(element, 'math')[0];
    return math === undefined ? [] : readNode(math, context);
  }
  const isLeftOut =
    isButton(element) ||
    NOT_CONTENT.has(tagName) ||
    (tagName === 'a' && isOwnMark(element, around)) ||
    (isClock(element) && around.slice(-2).some((each) => contains(each, 'audio', 'video', 'button'))) ||
    isLineNumbers(element) ||
    isBesideCode(element, around);
  return isLeftOut ? [] : undefined;
}

/** Reads elements that become other elements. */
function readReplaced(element: Element, context: ReadContext): Read | undefined {
  const { tagName, children, properties } = element;
  const { around, resolve, isTarget, symbols } = context;
  const tabs =
    tagName === 'div' && children.some((child) => isRadio(child) || isRadioRow(child))
      ? tabsOf(element)
      : context.hasTabLists() && children.some(hasTabList)
        ? scriptedTabsOf(element)
        : undefined;
  if (tabs !== undefined) return readAll(tabs, context);
  // The source of a diagram that a script would draw.
  if (
    tagName === 'div' &&
    trimmedAttribute(element, 'class') === 'mermaid' &&
    children.every((child) => child.type === 'text')
  )
    return readNode(h('pre', {}, [h('code', { className: ['language-mermaid'] }, children)]), context);
  if (tagName === 'svg')
    return [
      ...anchorOf(element, context),
      ...drawn(contains(element, 'use') ? withSymbols(element, symbols()) : element, around, resolve),
    ];
  if (isShownAsCode(element) && !isInside(around, 'pre')) {
    const lines = children.some(isFlow) ? children.filter((child) => !isBlank(child)) : children;
    return readNode({ ...element, tagName: 'pre', children: lines }, context);
  }
  if (
    KEEPS_LINES.test(trimmedAttribute(element, 'style') ?? '') &&
    !isInside(around, 'pre') &&
    !children.some(isFlow)
  )
    return readNode(h(tagName, { ...properties, style: undefined }, withBreaks(children)), context);
  if (tagName === 'map') return [...areaLinks(element, resolve), ...readAll(element, context)];
  if (tagName === 'object') return objectContent(rebase(element, resolve), readAll(element, context));
  // A heading of docutils leads back to the table of contents.
  if (/(?:^|\s)toc-backref(?=\s|$)/.test(classOf(element))) return readAll(element, context);
  const mail = protectedMail(trimmedAttribute(element, 'data-cfemail'));
  if (mail !== undefined)
    return [isInside(around, 'a') ? text(mail) : h('a', { href: `mailto:${mail}` }, [text(mail)])];
  const inside = tagName === 'iframe' ? frameContent(element) : undefined;
  if (inside !== undefined) return readAll(h('div', {}, inside), context);
  const { id } = properties;
  const isEmpty = children.length === 0 && tagName !== 'a' && !isBlock(element) && !MEDIA.has(tagName);
  const isAnchor = id && isEmpty && pictureOf(element) === undefined && isTarget(element);
  return isAnchor ? [h('span', { id })] : undefined;
}

/** Reads a table of numbered lines, and the elements in code. */
function readCode(element: Element, context: ReadContext): Read | undefined {
  const { tagName } = element;
  const isInCode = (tagName === 'table' || CODE_PARTS.has(tagName)) && isInside(context.around, 'pre');
  const lines = tagName === 'table' ? numberedLines(element, isInCode) : undefined;
  if (lines !== undefined) {
    if (isInCode) return lines;
    return lines.some((line) => line.type === 'element')
      ? readAll(h('div', {}, lines), context)
      : readNode(h('pre', {}, [h('code', {}, lines)]), context);
  }
  return isInCode && CODE_PARTS.has(tagName)
    ? [{ ...element, children: readAll(element, context) }]
    : undefined;
}

/** Whether a `noscript` has other words or links than a request to allow scripts. */
function hasOwnContent(noscript: Element): boolean {
  const words = textOf(noscript);
  return words !== '' && !ASKS_FOR_SCRIPTS.test(words) && !contains(noscript, ...MEDIA);
}

/** Whether a field only shows code, as in the first highlighters and in Go's manual. */
function isCodeField(field: Element): boolean {
  return ['class', 'name'].some((name) => /(?:^|\s)code(?=\s|$)/.test(trimmedAttribute(field, name) ?? ''));
}

/** Whether an element is a mark that links to its own ancestor. */
function isOwnMark(
  { properties: { href }, children: [mark, ...others] }: Element,
  around: readonly Parent[],
): boolean {
  const isMark = mark?.type === 'text' && others.length === 0 && /^\s*[#¶§🔗]\s*$/u.test(mark.value);
  const parent = around.at(-1);
  return (
    isMark &&
    (around.some(
      (each) => each.type === 'element' && each.properties.id && href === `#${each.properties.id}`,
    ) ||
      (parent !== undefined && headingMarks(parent).has(href)))
  );
}

/** The links to the headings among the children of an element. */
const headingMarks = memoized(
  ({ children }: Parent): ReadonlySet<unknown> =>
    new Set(
      children.flatMap((child) =>
        isElement(child, ...HEADINGS) && child.properties.id ? [`#${child.properties.id}`] : [],
      ),
    ),
  new WeakMap(),
);

/** Whether it is the clock of a player at its beginning. */
function isClock({ children: [words, ...others] }: Element): boolean {
  return words?.type === 'text' && others.length === 0 && /^[-/\s]*00?:00(?::00)?[/\s]*$/.test(words.value);
}

const KEEPS_LINES = /(?:^|[;\s])white-space:\s?(?:pre-(?:line|wrap)|break-spaces)/;

/** The breaks of a style become those of HTML. */
function withBreaks(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return textLines(node.value.split('\n'));
    return node.type === 'element' ? [{ ...node, children: withBreaks(node.children) }] : [node];
  });
}

function isRadio(node: ElementContent): boolean {
  return isElement(node, 'input') && trimmedAttribute(node, 'type') === 'radio';
}

function isLabel(node: ElementContent): boolean {
  return isElement(node, 'label') || isRadio(node) || isBlank(node);
}

/** The labels of VitePress. */
function isRadioRow(node: ElementContent): boolean {
  return isElement(node, 'div') && node.children.some(isRadio) && node.children.every(isLabel);
}

/** Tabs without scripts, each below its label, as in MkDocs and Sphinx; undefined for other inputs. */
function tabsOf({ children }: Element): Element | undefined {
  const [first, ...others] = children.filter((child) => isElement(child, 'div'));
  const isApart = first?.children.every(isLabel) === true;
  const labels = (isApart ? first.children : children).filter((child) => isElement(child, 'label'));
  const panels = isApart
    ? (others[0]?.children ?? []).filter((child) => isElement(child))
    : [first, ...others];
  return labels.length < 2 ? undefined : labelled(labels, panels);
}

function hasTabList(node: ElementContent): boolean {
  return (
    isElement(node) &&
    (isTabList(node) || node.children.some((child) => isElement(child) && isTabList(child)))
  );
}

function isTabList(element: Element): boolean {
  return element.properties.role === 'tablist' || /(?:^|\s)nav-tabs(?=\s|$)/.test(classOf(element));
}

/** Nodes in which tabs with panels in the next element, as in Bootstrap, are one element. */
function withTabsApart(nodes: readonly ElementContent[]): readonly ElementContent[] {
  if (!nodes.some(hasTabList)) return nodes;
  const shown: ElementContent[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as ElementContent; // in its bounds
    const between = nodes[at + 1];
    const end = between !== undefined && isBlank(between) ? at + 2 : at + 1;
    const panels = hasTabList(node) ? nodes[end] : undefined;
    const tabs = panels && scriptedTabsOf(h('div', {}, [node, panels]));
    shown.push(tabs ?? node);
    if (tabs !== undefined) at = end;
  }
  return shown;
}

/**
 * Tabs that a script switches, each below its label, as in Docusaurus, Sphinx and Starlight; undefined for an element
 * with other content.
 */
function scriptedTabsOf(element: Element): Element | undefined {
  const within = [...descendants(element)];
  const tabs = within.filter(
    ({ properties }) => properties.role === 'tab' || /^(?:tab|pill)$/.test(String(properties['data-toggle'])),
  );
  const panels = within.filter(
    (each) => each.properties.role === 'tabpanel' || /(?:^|\s)tab-pane(?=\s|$)/.test(classOf(each)),
  );
  const sizeOf = (each: Element): number =>
    textOf(each).replace(/\s+/g, '').length + findAll(each, ...MEDIA).length;
  const size = [...tabs, ...panels].reduce((sum, each) => sum + sizeOf(each), 0);
  if (size !== sizeOf(element)) return undefined;
  return labelled(
    tabs.map((tab) => h('p', {}, [text(textOf(tab))])),
    panels,
  );
}

/** Panels below their labels; undefined if there is not one label for each. */
function labelled(
  labels: readonly Element[],
  panels: readonly (ElementContent | undefined)[],
): Element | undefined {
  if (labels.length === 0 || labels.length !== panels.length) return undefined;
  return h(
    'div',
    {},
    panels.flatMap((panel, index) => [
      h('p', {}, [h('strong', {}, labels[index]?.children ?? [])]),
      ...(panel === undefined ? [] : [panel]),
    ]),
  );
}

/** A margin note at the place of its mark, for readers without a margin. */
function inParentheses(note: readonly ElementContent[]): ElementContent[] {
  return hasContent(note) ? [text(' ('), ...note, text(')')] : [];
}

/**
 * A drawing; an icon becomes its label, if it has one.
 *
 * @param around the ancestors, the innermost last
 */
function drawn(svg: Element, around: readonly Parent[], resolve: (url: string) => string): ElementContent[] {
  const parent = around.at(-1);
  const isNamed = isElement(parent, 'span', 'i') && trimmedAttribute(parent, 'role') === 'img';
  const label = nameOfDrawing(svg) || (isNamed && trimmedAttribute(parent, 'aria-label')) || '';
  const line = around.findLast((each) => isElement(each, ...LABELLED));
  const photograph = photographIn(svg);
  if (photograph !== undefined) return [h('img', { src: resolve(photograph), alt: label })];
  const isCalledIcon = parent?.type === 'element' && ICON_PLACE.test(classOf(parent));
  const isSign = isIcon(svg, line !== undefined || isCalledIcon);
  // Beside words, it is decoration.
  if (line !== undefined && textOf(line) !== '' && (isSign || label === '')) return [];
  if (!isSign) return [isNamed ? { ...svg, properties: { ...svg.properties, 'aria-label': label } } : svg];
  return label === '' ? [] : [text(label)];
}
