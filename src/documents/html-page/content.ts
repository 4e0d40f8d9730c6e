import { isIcon, nameOfDrawing, photographIn, withSymbols } from '../../html/drawing.ts';
import { isAllowed } from '../../html/sanitize.ts';
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
} from '../../html/tree.ts';
import { memoized, once } from '../../memo.ts';
import { wordMap, wordSet } from '../../strings.ts';
import { HTML_NAMES } from '../markdown/read-mdx.ts';
import { namesOf } from './boilerplate.ts';
import { findCodeLanguage, isBesideCode, isLineNumbers, numberedLines, preformatted } from './code.ts';
import {
  frameContent,
  frameOf,
  isForOldBrowsers,
  objectContent,
  posterOf,
  scriptLink,
  showingScript,
  statedRecording,
  titledFrame,
} from './embeds.ts';
import { areaLinks, iconLabel, isButton, linkedIds, linkToPost, protectedMail, rebase } from './links.ts';
import { findFormula, isRenderedFormula, isTexScript, type ReadText, strayText } from './math.ts';
import {
  FLOW,
  hasBreak,
  hasContent,
  heading,
  isFlow,
  MEDIA,
  paragraphs,
  splitParagraph,
} from './paragraphs.ts';
import {
  isDescribed,
  isPlaceholder,
  isStandIn,
  loadedByParent,
  loadedProperties,
  pictureOf,
  type ShownPictures,
  shownPictures,
  withImage,
} from './pictures.ts';
import { isBlock, textOf, trimmedAttribute } from './tree.ts';
import { formatted } from './word-processors.ts';

/** Elements that HTML or AMP write otherwise than articles do today. */
const RENAMED = wordMap(
  `acronym=abbr amp-anim=img amp-audio=audio amp-iframe=iframe amp-img=img amp-video=video dir=ul
  listing=pre menu=ul plaintext=pre strike=s tt=code video-js=video xmp=pre`,
);
/** Blocks that say where they stand, not what they are. */
const PLACES = wordSet(
  'address article aside body center dialog fieldset footer form header hgroup legend main marquee nav search',
);
/** Elements that only say how their text looks. */
const LOOKS = wordSet('basefont big blink font label nobr');
const NOT_CONTENT = wordSet(
  'base bgsound button datalist frameset head link meta noscript optgroup option param script select textarea title',
);
/** Elements in `pre` that are its lines or colour it. */
const CODE_PARTS = wordSet('code div li ol p section span ul');
const ASKS_FOR_SCRIPTS = /\bjava\s?script|\bscripts?\b|browser|cookie|discussion thread/i;
const VERBATIM: readonly string[] = ['pre', 'code', 'kbd', 'samp'];
/** Pictures in the place of a character, which is their alternative text. */
const SMILEY = /(?:^|[\s_-])(?:emoji|smiley|smilie)(?=[\s_-]|$)/i;
/** Around a drawing that decorates a box. */
const ICON_PLACE = /(?:^|[\s_-])icon$/i;
const DECORATION = /(?:^|[\s_-])(?:fav)?icon(?=[\s_-]|$)/i;
/** Of Notion. */
const CHECKBOX = /^checkbox checkbox-(on|off)$/;
/** Lines in which a drawing without a name only decorates the words. */
const LABELLED: readonly string[] = ['a', 'summary', ...HEADINGS];
/** Notes in the margin, of Tufte's styles, Distill and LaTeXML, and what numbers or shows them. */
const SIDENOTE = /(?:^|\s)(?:side-?note|margin-?note|ltx_note_outer)(?=\s|$)/;
const SIDENOTE_MARK = /(?:^|\s)(?:margin-toggle|ltx_note_mark|ltx_tag_note)(?=\s|$)/;
/** A paragraph that a plugin replaces with a table of contents. */
const CONTENTS_MARK = /^(?:\[{1,2}_?toc_?\]{1,2}|\{\{toc\}\})$/i;
/** Old themes of WordPress, from before figures, and tables of Blogger. */
const FIGURES: ReadonlyMap<string, string> = new Map([
  ['tr-caption-container', 'figure'],
  ['tr-caption', 'figcaption'],
  ['wp-caption', 'figure'],
  ['wp-caption-text', 'figcaption'],
]);

/** A longer first line is no title. */
const MAX_ADMONITION_TITLE = 80;

interface ContentReaders {
  readonly readText?: ReadText | undefined;
  /** The tree with the symbols that drawings use; undefined: the content itself. */
  readonly page?: Parent | undefined;
  /** Is told of each script that shows something, which is left out. */
  readonly onScript?: ((src: string) => void) | undefined;
}

/** Converts the content of an element to current HTML: in paragraphs, code with its language, without boilerplate. */
export function readContent(
  root: Parent,
  isFurniture: (element: Element) => boolean,
  resolve: (url: string) => string,
  { readText, onScript, page = root }: ContentReaders = {},
): ElementContent[] {
  const linked = once(() => linkedIds(root));
  return paragraphs(
    readAll(root, {
      isFurniture,
      resolve,
      readText,
      onScript,
      around: [],
      shownIn: memoized((parent: Parent) => shownPictures(parent, isFurniture)),
      isTarget: ({ properties: { id } }) => typeof id === 'string' && linked().has(id),
      symbols: once(() => new Map(findAll(page, 'symbol').map((each) => [each.properties.id, each]))),
      hasTexScripts: once(() => findAll(page, 'script').some(isTexScript)),
    }),
  );
}

interface ReadContext extends Pick<ContentReaders, 'readText' | 'onScript'> {
  readonly isFurniture: (element: Element) => boolean;
  readonly resolve: (url: string) => string;
  /** What the node that is read stands in, the innermost last. */
  readonly around: Parent[];
  readonly shownIn: (parent: Parent) => ShownPictures;
  /** Whether links lead to it. */
  readonly isTarget: (element: Element) => boolean;
  readonly symbols: () => ReadonlyMap<unknown, Element>;
  /** MathJax keeps formulas in scripts beside its output, which copies of a page may lack. */
  readonly hasTexScripts: () => boolean;
}

type Read = readonly ElementContent[];

function readAll(parent: Parent, context: ReadContext): ElementContent[] {
  context.around.push(parent);
  const read = (parent.children as ElementContent[]).flatMap((child) => readNode(child, context)); // no doctypes
  context.around.pop();
  return read;
}

function readNode(node: ElementContent, context: ReadContext): Read {
  const { around, readText, resolve } = context;
  if (node.type === 'text' && readText !== undefined && !isAround(around, ...VERBATIM))
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
  return rewrite(rebase(shown, resolve), readAll(shown, context), around.at(-1), language);
}

function isAround(around: readonly Parent[], ...tagNames: readonly string[]): boolean {
  return around.some((each) => isElement(each, ...tagNames));
}

/** An anchor in the place of an element that links lead to. */
function anchorOf(element: Element, { isTarget }: ReadContext): Element[] {
  return isTarget(element) ? [h('a', { id: element.properties.id })] : [];
}

/** Reads a formula, without the text of the page that an open tag took in. */
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

/** Reads what scripts fill, run or replace. */
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
      if (added.length === 0 && saysMore(element)) return readAll(element, context);
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

/** Leaves out what only serves the page, and puts notes of the margin into the text. */
function readApparatus(element: Element, context: ReadContext): Read | undefined {
  const { tagName } = element;
  const { around, isFurniture, hasTexScripts } = context;
  // The mark behind a heading may have the id that links lead to.
  if (isFurniture(element)) return tagName === 'a' ? anchorOf(element, context) : [];
  const names = trimmedAttribute(element, 'class') ?? '';
  if (SIDENOTE_MARK.test(names)) return [];
  if (tagName === 'd-footnote' || (tagName === 'span' && SIDENOTE.test(names)))
    return inParentheses(readAll(element, context));
  // Only one of them was closed, and the rest of the page is within the other.
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

/** Reads what is shown by other elements than it is written in. */
function readReplaced(element: Element, context: ReadContext): Read | undefined {
  const { tagName, children, properties } = element;
  const { around, resolve, isTarget, symbols } = context;
  const tabs =
    tagName === 'div' && children.some(isRadio)
      ? tabsOf(element)
      : children.some(holdsTabList)
        ? scriptedTabsOf(element)
        : undefined;
  if (tabs !== undefined) return readAll(tabs, context);
  // The source of a drawing that a script would make.
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
  if (tagName === 'div' && isShownAsCode(element) && !isAround(around, 'pre'))
    return readNode({ ...element, tagName: 'pre' }, context);
  if (tagName === 'map') return [...areaLinks(element, resolve), ...readAll(element, context)];
  if (tagName === 'object') return objectContent(rebase(element, resolve), readAll(element, context));
  const mail = protectedMail(trimmedAttribute(element, 'data-cfemail'));
  if (mail !== undefined)
    return [isAround(around, 'a') ? text(mail) : h('a', { href: `mailto:${mail}` }, [text(mail)])];
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
  const isInCode = (tagName === 'table' || CODE_PARTS.has(tagName)) && isAround(context.around, 'pre');
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

/** Whether a `noscript` has words or links of its own, but for those that ask for scripts. */
function saysMore(noscript: Element): boolean {
  const words = textOf(noscript);
  return words !== '' && !ASKS_FOR_SCRIPTS.test(words) && !contains(noscript, ...MEDIA);
}

/** Whether a field is only to show code, as in the first highlighters and in Go's manual. */
function isCodeField(field: Element): boolean {
  return ['class', 'name'].some((name) => /(?:^|\s)code(?=\s|$)/.test(trimmedAttribute(field, name) ?? ''));
}

/** A mark that is a link to what it stands in. */
function isOwnMark(
  { properties: { href }, children: [mark, ...others] }: Element,
  around: readonly Parent[],
): boolean {
  return (
    mark?.type === 'text' &&
    others.length === 0 &&
    /^\s*[#¶§🔗]\s*$/u.test(mark.value) &&
    around.some((each) => each.type === 'element' && each.properties.id && href === `#${each.properties.id}`)
  );
}

/** Where a player stands before it has begun. */
function isClock({ children: [words, ...others] }: Element): boolean {
  return words?.type === 'text' && others.length === 0 && /^[-/\s]*00?:00(?::00)?[/\s]*$/.test(words.value);
}

/** Lines as editors copy them, with their spaces, or as Quill and CodeMirror show them. */
function isShownAsCode(element: Element): boolean {
  return (
    (/(?:^|[;\s])white-space:\s?pre(?![\w-])/.test(trimmedAttribute(element, 'style') ?? '') ||
      /(?:^|\s)(?:ql-code-block-container|cm-content)(?=\s|$)/.test(
        trimmedAttribute(element, 'class') ?? '',
      )) &&
    !contains(element, 'pre', 'table', 'img', 'p')
  );
}

function isRadio(node: ElementContent): boolean {
  return isElement(node, 'input') && trimmedAttribute(node, 'type') === 'radio';
}

/** Tabs that need no script, each below its label, as in MkDocs and Sphinx; undefined for other inputs. */
function tabsOf({ children }: Element): Element | undefined {
  const [first, ...others] = children.filter((child) => isElement(child, 'div'));
  const isApart = first?.children.every((child) => isElement(child, 'label') || isBlank(child)) === true;
  const labels = (isApart ? first.children : children).filter((child) => isElement(child, 'label'));
  const panels = isApart
    ? (others[0]?.children ?? []).filter((child) => isElement(child))
    : [first, ...others];
  return labels.length < 2 ? undefined : labelled(labels, panels);
}

function holdsTabList(node: ElementContent): boolean {
  return (
    node.type === 'element' &&
    [node, ...node.children].some((each) => each.type === 'element' && each.properties.role === 'tablist')
  );
}

/**
 * Tabs that a script shows, each below its label, as in Docusaurus, Sphinx and Starlight; undefined for an element that
 * holds anything else.
 */
function scriptedTabsOf(element: Element): Element | undefined {
  const ofRole = (role: string): Element[] =>
    [...descendants(element)].filter(({ properties }) => properties.role === role);
  const [tabs, panels] = [ofRole('tab'), ofRole('tabpanel')];
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

/** A note where its mark stands, for readers who have no margin. */
function inParentheses(note: readonly ElementContent[]): ElementContent[] {
  return hasContent(note) ? [text(' ('), ...note, text(')')] : [];
}

/** @param language of code in `pre` */
function rewrite(element: Element, children: ElementContent[], parent?: Parent, language?: string): Read {
  const name = nameOf(element, parent);
  if (name === 'figure' && element.tagName === 'table') return [h(name, {}, unfold(children))];
  const [, isChecked] = CHECKBOX.exec(trimmedAttribute(element, 'class') ?? '') ?? [];
  if (isChecked !== undefined)
    return [h('input', { type: 'checkbox', ...(isChecked === 'on' && { checked: '' }) })];
  const frame = frameOf(element);
  if (frame !== undefined) return [frame];
  const played = (name === 'div' || name === 'span') && statedRecording(element);
  if (played) return [...paragraphs(children), h('p', {}, [played])];
  if (name === 'iframe')
    return [titledFrame({ ...element, tagName: name, properties: propertiesOf(element) })];
  // Google Docs wraps all that is copied.
  const isNormal =
    name === 'b' && /(?:^|[;\s])font-weight:\s?(?:normal|400)/.test(String(element.properties.style));
  if (isNormal || LOOKS.has(name) || (name === 'span' && (children.some(isFlow) || hasBreak(children))))
    return children;
  const link = name === 'a' ? rewriteLink(element, children) : undefined;
  if (link !== undefined) return link;
  if (name === 'input') return trimmedAttribute(element, 'type') === 'checkbox' ? [element] : [];
  const box = /(?:^|\s)admonition(?:block)?(?=\s|$)/.test(namesOf(element))
    ? admonition(
        children,
        findAll(element, 'i')
          .map((icon) => trimmedAttribute(icon, 'title'))
          .find(Boolean),
      )
    : undefined;
  if (box !== undefined) return [box];
  if (name === 'pre') return hasContent(children) ? [preformatted(element, children, language)] : [];
  if (name === 'table' && isLayout(element)) {
    const cells = unfold(children);
    const first = cells.find((cell) => isElement(cell));
    if (first !== undefined) first.properties.id ??= element.properties.id;
    return cells;
  }
  if (!hasContent(children) && !MEDIA.has(name)) {
    const picture = pictureOf(element);
    if (picture !== undefined) return [picture];
    if (name === 'a' && 'id' in propertiesOf(element)) return [h('a', propertiesOf(element), children)];
    return isBlock(element) ? [] : children;
  }
  const written = h(name, propertiesOf(element));
  if (name === 'audio' || name === 'video')
    return [{ ...written, children: children.filter((child) => !isForOldBrowsers(child)) }];
  if (name === 'blockquote') children.push(...linkToPost(element, children));
  if (name === 'span') return [{ ...written, children: formatted(element, children) }];
  if ((name === 'p' || name === 'div') && CONTENTS_MARK.test(textOf(children))) return [];
  if (name === 'p') return children.some(isFlow) ? paragraphs(children) : splitParagraph(written, children);
  if (/^h[1-6]$/.test(name)) return heading(written, children);
  if (name === 'div' && !children.some(isFlow)) return splitParagraph({ ...written, tagName: 'p' }, children);
  if (name === 'img') return rewriteImage(element, { ...written, children }, parent);
  const isLoose =
    FLOW.has(name) &&
    (hasBreak(children) || ((name === 'div' || name === 'section') && children.some(isFlow)));
  const inside = isLoose ? paragraphs(children) : children;
  // The mark beside a heading has the id of the heading.
  const [title, mark, ...others] = children.filter((child) => isElement(child));
  if (name === 'div' && isElement(title, ...HEADINGS) && isElement(mark, 'a') && others.length === 0) {
    if (textOf(mark) === '' && !('href' in mark.properties)) {
      title.properties.id ??= mark.properties.id;
      return [title];
    }
  }
  // A division without such attributes only lays out the page.
  if (name === 'div' && !['id', 'lang', 'dir'].some((attribute) => attribute in written.properties))
    return inside;
  return [{ ...written, children: inside }];
}

/** Undefined for a link of words and pictures. */
function rewriteLink(element: Element, children: ElementContent[]): Read | undefined {
  const { href, id } = propertiesOf(element);
  if (href === undefined && children.some(isFlow)) return [h('a', { id }), ...children];
  const label = iconLabel(element, children);
  if (label === undefined) return undefined;
  // The mark beside a heading
  if (String(href).startsWith('#')) return id === undefined ? [] : [h('a', { id })];
  return [h('a', propertiesOf(element), [text(label)])];
}

/** @param written its properties change */
function rewriteImage(element: Element, written: Element, parent: Parent | undefined): Read {
  const words = trimmedAttribute(element, 'alt');
  const names = trimmedAttribute(element, 'class') ?? '';
  if (words !== undefined && SMILEY.test(names)) return [text(words)];
  const isDecoration = words === undefined && DECORATION.test(names);
  const isLoaded =
    !isPlaceholder(trimmedAttribute(written, 'src')) ||
    'srcset' in written.properties ||
    isDescribed(written);
  if (isDecoration || !isLoaded || isStandIn(element, parent)) return [];
  const loaded = loadedByParent(element, parent);
  if (loaded !== undefined) Object.assign(written.properties, { src: loaded, srcset: undefined });
  const title = trimmedAttribute(element, 'title');
  if (!('alt' in written.properties) && title !== undefined) written.properties.alt = title;
  return [written];
}

/**
 * A drawing as it is; an icon is its label, and nothing without one.
 *
 * @param around the elements in which it stands, the innermost last
 */
function drawn(svg: Element, around: readonly Parent[], resolve: (url: string) => string): ElementContent[] {
  const parent = around.at(-1);
  const isNamed = isElement(parent, 'span', 'i') && trimmedAttribute(parent, 'role') === 'img';
  const label = nameOfDrawing(svg) || (isNamed && trimmedAttribute(parent, 'aria-label')) || '';
  const line = around.findLast((each) => isElement(each, ...LABELLED));
  const photograph = photographIn(svg);
  if (photograph !== undefined) return [h('img', { src: resolve(photograph), alt: label })];
  const isCalledIcon = parent?.type === 'element' && ICON_PLACE.test(trimmedAttribute(parent, 'class') ?? '');
  const isSign = isIcon(svg, line !== undefined || isCalledIcon);
  // Beside words it only decorates them.
  if (line !== undefined && textOf(line) !== '' && (isSign || label === '')) return [];
  if (!isSign) return [isNamed ? { ...svg, properties: { ...svg.properties, 'aria-label': label } } : svg];
  return label === '' ? [] : [text(label)];
}

/**
 * A box of docutils or Asciidoctor becomes a quotation with a title: the first line, the first cell of a table, or the
 * label of an icon.
 */
function admonition(children: ElementContent[], title: string | undefined): Element | undefined {
  const blocks = unfold(children).filter((node) => node.type === 'element' || hasContent([node]));
  const [first, ...rest] = title === undefined ? blocks : [h('p', {}, [text(title)]), ...blocks];
  if (!isElement(first, 'p', 'div') || rest.length === 0 || textOf(first).length > MAX_ADMONITION_TITLE)
    return undefined;
  return h('blockquote', {}, [h('p', {}, [h('strong', {}, first.children)]), ...paragraphs(rest)]);
}

function nameOf(element: Element, parent: Parent | undefined): string {
  const { tagName } = element;
  if (!isAllowed(tagName) && !HTML_NAMES.has(tagName) && !RENAMED.has(tagName))
    return isInLine(parent) ? 'span' : 'div';
  const figure = trimmedAttribute(element, 'class')
    ?.split(/\s+/)
    .flatMap((name) => FIGURES.get(name) ?? [])[0];
  return figure ?? (PLACES.has(tagName) ? 'div' : (RENAMED.get(tagName) ?? tagName));
}

/** Whether what an element holds belongs to a line: it is in one, or holds text itself. */
function isInLine(parent: Parent | undefined): boolean {
  if (parent?.type === 'element' && !isBlock(parent)) return true;
  return parent?.children.some((child) => child.type === 'text' && /\S/u.test(child.value)) === true;
}

function propertiesOf(element: Element): Element['properties'] {
  const written = { ...element.properties };
  if (element.tagName === 'a' && written.name && !('id' in written)) written.id = written.name;
  if (!/^(?:img|source|iframe|video|audio|amp-)/.test(element.tagName)) return written;
  if (isPlaceholder(String(written.poster ?? ''))) {
    delete written.poster;
    Object.assign(written, element.tagName === 'video' ? posterOf({ ...element, properties: written }) : {});
  }
  const loaded = loadedProperties({ ...element, properties: written });
  const setup = trimmedAttribute(element, 'data-setup');
  if (setup !== undefined && !('src' in loaded) && !contains(element, 'source')) {
    const recording = /"(https?:\/\/[^"\s\\]{1,2000}\.(?:mp[34]|m4[av]|webm|og[agv]))"/.exec(setup)?.[1];
    if (recording !== undefined) loaded.src = recording;
  }
  return loaded;
}

/** A table that only places its cells: of one column, or around tables, headings and paragraphs. */
function isLayout(table: Element): boolean {
  if (/^(?:none|presentation)$/.test(trimmedAttribute(table, 'role') ?? '')) return true;
  if (/(?:^|\s)ltx_eqn_table(?=\s|$)/.test(trimmedAttribute(table, 'class') ?? '')) return true;
  const inside = [...descendants(table)];
  const has = (...names: readonly string[]): boolean => inside.some(({ tagName }) => names.includes(tagName));
  if (inside.some((cell) => cell.tagName === 'td' && isLineNumbers(cell))) return true;
  if (has('th', 'caption', 'thead')) return false;
  const rows = inside.filter(({ tagName }) => tagName === 'tr');
  const isColumn = rows.every(
    ({ children }) => children.filter((cell) => cell.type === 'element').length <= 1,
  );
  return (
    isColumn ||
    has('table', 'h1', 'h2', 'h3', 'h4') ||
    inside.filter(({ tagName }) => tagName === 'p').length > rows.length * 2
  );
}

/** The content of a table without the table. */
function unfold(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): readonly ElementContent[] => {
    if (node.type !== 'element' || node.tagName === 'colgroup') return [];
    if (/^(?:table|t(?:head|body|foot|r))$/.test(node.tagName)) return unfold(node.children);
    return isElement(node, 'td', 'th', 'caption')
      ? rewrite({ ...node, tagName: 'div' }, node.children)
      : [node];
  });
}
