import { isAllowed } from '../../html/sanitize.ts';
import {
  contains,
  descendants,
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  h,
  isElement,
  type Parent,
  text,
} from '../../html/tree.ts';
import { wordMap, wordSet } from '../../strings.ts';
import { HTML_NAMES } from '../markdown/read-mdx.ts';
import { namesOf } from './boilerplate.ts';
import { isLineNumbers, preformatted } from './code.ts';
import { frameOf, isForOldBrowsers, posterOf, statedRecording, titledFrame } from './embeds.ts';
import { iconLabel, linkToPost } from './links.ts';
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
  isMiniature,
  isPlaceholder,
  loadedByParent,
  loadedProperties,
  pictureOf,
} from './pictures.ts';
import { classOf, isBlock, textOf, trimmedAttribute } from './tree.ts';
import { formatted } from './word-processors.ts';

/** Obsolete and AMP elements, with their replacements. */
const RENAMED = wordMap(
  `acronym=abbr amp-anim=img amp-audio=audio amp-iframe=iframe amp-img=img amp-video=video dir=ul
  listing=pre menu=ul plaintext=pre strike=s tt=code video-js=video xmp=pre`,
);
/** Blocks for layout. */
const PLACES = wordSet(
  'address article aside body center dialog fieldset footer form header hgroup legend main marquee nav search',
);
/** Elements for the look of their text. */
const LOOKS = wordSet('basefont big blink font label nobr');
/** Pictures that replace a character, which is their alternative text. */
const SMILEY = /(?:^|[\s_-])(?:emoji|smiley|smilie)(?=[\s_-]|$)/i;
const DECORATION = /(?:^|[\s_-])(?:fav)?icon(?=[\s_-]|$)/i;
/** Of Notion. */
const CHECKBOX = /^checkbox checkbox-(on|off)$/;
/** A paragraph that a plugin replaces with a table of contents. */
const CONTENTS_MARK = /^(?:\[{1,2}_?toc_?\]{1,2}|\{\{toc\}\})$/i;
/** Old themes of WordPress, from before figures, and tables of Blogger. */
const FIGURES = wordMap(
  'tr-caption-container=figure tr-caption=figcaption wp-caption=figure wp-caption-text=figcaption',
);

/** A longer first line is no title. */
const MAX_ADMONITION_TITLE = 80;

/**
 * The element as current HTML has it.
 *
 * @param children its content, rewritten
 * @param language of code in `pre`
 */
export function rewrite(
  element: Element,
  children: ElementContent[],
  parent?: Parent,
  language?: string,
): readonly ElementContent[] {
  const name = tagNameFor(element, parent);
  if (name === 'figure' && element.tagName === 'table') return [h(name, {}, unfold(children))];
  const [, isChecked] = CHECKBOX.exec(classOf(element)) ?? [];
  if (isChecked !== undefined)
    return [h('input', { type: 'checkbox', ...(isChecked === 'on' && { checked: '' }) })];
  const frame = frameOf(element);
  if (frame !== undefined) return [frame];
  const played = (name === 'div' || name === 'span') && statedRecording(element);
  if (played) return [...paragraphs(children), h('p', {}, [played])];
  if (name === 'iframe')
    return [titledFrame({ ...element, tagName: name, properties: rewrittenProperties(element) })];
  // Google Docs wraps copied content.
  const isNormal =
    name === 'b' && /(?:^|[;\s])font-weight:\s?(?:normal|400)/.test(String(element.properties.style));
  if (isNormal || LOOKS.has(name) || (name === 'span' && (children.some(isFlow) || hasBreak(children))))
    return children;
  const link = name === 'a' ? rewriteLink(element, children, parent) : undefined;
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
    if (name === 'a' && 'id' in rewrittenProperties(element))
      return [h('a', rewrittenProperties(element), children)];
    return isBlock(element) ? [] : children;
  }
  const written = h(name, rewrittenProperties(element));
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

/** The number of a note, which a style puts above the line. */
const NOTE_MARK = /foot-?note-?(?:anchor|mark|ref)|(?:^|\s)fn-?ref/i;

/** Undefined for a link of words and pictures. */
function rewriteLink(
  element: Element,
  children: ElementContent[],
  parent: Parent | undefined,
): readonly ElementContent[] | undefined {
  const { href, id } = rewrittenProperties(element);
  if (NOTE_MARK.test(namesOf(element)) && /^\d{1,3}$/.test(textOf(children)) && !isElement(parent, 'sup'))
    return [h('sup', {}, [h('a', rewrittenProperties(element), children)])];
  if (href === undefined && children.some(isFlow)) return [h('a', { id }), ...children];
  const label = iconLabel(element, children);
  if (label === undefined) return undefined;
  // The mark beside a heading
  if (String(href).startsWith('#')) return id === undefined ? [] : [h('a', { id })];
  return [h('a', rewrittenProperties(element), [text(label)])];
}

/** @param written its properties change */
function rewriteImage(
  element: Element,
  written: Element,
  parent: Parent | undefined,
): readonly ElementContent[] {
  const words = trimmedAttribute(element, 'alt');
  const names = classOf(element);
  if (words !== undefined && SMILEY.test(names)) return [text(words)];
  const isDecoration = words === undefined && DECORATION.test(names);
  const isLoaded =
    !isPlaceholder(trimmedAttribute(written, 'src')) ||
    'srcset' in written.properties ||
    isDescribed(written);
  if (isDecoration || !isLoaded || isMiniature(element, parent)) return [];
  const loaded = loadedByParent(element, parent);
  if (loaded !== undefined) Object.assign(written.properties, { src: loaded, srcset: undefined });
  const title = trimmedAttribute(element, 'title');
  if (!('alt' in written.properties) && title !== undefined) written.properties.alt = title;
  return [written];
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

function tagNameFor(element: Element, parent: Parent | undefined): string {
  const { tagName } = element;
  if (!isAllowed(tagName) && !HTML_NAMES.has(tagName) && !RENAMED.has(tagName))
    return isInLine(parent) ? 'span' : 'div';
  const figure = trimmedAttribute(element, 'class')
    ?.split(/\s+/)
    .flatMap((name) => FIGURES.get(name) ?? [])[0];
  return figure ?? (PLACES.has(tagName) ? 'div' : (RENAMED.get(tagName) ?? tagName));
}

/** Whether the content of an element is inline: its parent is inline, or has text itself. */
function isInLine(parent: Parent | undefined): boolean {
  if (parent?.type === 'element' && !isBlock(parent)) return true;
  return parent?.children.some((child) => child.type === 'text' && /\S/u.test(child.value)) === true;
}

/** Pixels. */
const MIN_RESPONSIVE = 50;

function rewrittenProperties(element: Element): Element['properties'] {
  const written = { ...element.properties };
  if (element.tagName === 'a' && written.name && !('id' in written)) written.id = written.name;
  if (!/^(?:img|source|iframe|video|audio|amp-)/.test(element.tagName)) return written;
  if (isPlaceholder(String(written.poster ?? ''))) {
    delete written.poster;
    Object.assign(written, element.tagName === 'video' ? posterOf({ ...element, properties: written }) : {});
  }
  const loaded = loadedProperties({ ...element, properties: written });
  // Small numbers state only a ratio.
  if (written.layout === 'responsive' && Number(loaded.width) < MIN_RESPONSIVE) {
    delete loaded.width;
    delete loaded.height;
  }
  const setup = trimmedAttribute(element, 'data-setup');
  if (setup !== undefined && !('src' in loaded) && !contains(element, 'source')) {
    const recording = /"(https?:\/\/[^"\s\\]{1,2000}\.(?:mp[34]|m4[av]|webm|og[agv]))"/.exec(setup)?.[1];
    if (recording !== undefined) loaded.src = recording;
  }
  return loaded;
}

/** Whether a table is for layout: of one column, or around tables, headings and paragraphs. */
function isLayout(table: Element): boolean {
  if (/^(?:none|presentation)$/.test(trimmedAttribute(table, 'role') ?? '')) return true;
  if (/(?:^|\s)ltx_eqn_table(?=\s|$)/.test(classOf(table))) return true;
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
