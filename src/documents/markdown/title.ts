import { textWithoutNotes, textWithWords } from '../../html/text.ts';
import {
  attribute,
  contains,
  descendants,
  type Element,
  findAll,
  HEADINGS,
  h,
  isElement,
  type Parent,
  type Root,
  rawText,
} from '../../html/tree.ts';
import { wordSet } from '../../strings.ts';

/** A heading within one of these is not about the whole document. */
const NESTING = wordSet('blockquote ul ol table details aside pre');
/** Elements whose text is not part of the article, or describes a picture. */
const ASIDE: ReadonlySet<string> = new Set(['script', 'style', 'figcaption']);
/** The text of a heading above a table of contents, as the source of a pattern. */
export const CONTENTS_HEADING =
  '(?:(?:table of )?contents|toc|(?:in|on) this (?:article|post|page|guide|issue)|in diesem artikel|dans cet article|en este artículo|bu yazıda|inhalt(?:sverzeichnis)?|table des matières|sommaire|tabla de contenidos?|contenidos?|índice|sumário|indice|sommario|inhoud(?:sopgave)?|innehåll|indhold|innhold|sisällys|spis treści|obsah|tartalom|оглавление|содержание|зміст|içindekiler|περιεχόμενα|תוכן(?: עניינים)?|المحتويات|فهرست|目录|目錄|目次|목차)';
const CONTENTS = new RegExp(`^\\s*${CONTENTS_HEADING}[\\s:]*$`, 'iu');

interface Heading {
  readonly element: Element;
  readonly parent: Parent;
}

/**
 * Takes the title out of a document: the first heading of level one, otherwise the first heading if only a table of
 * contents precedes it. A heading that differs from the stated title is kept.
 *
 * @param isNote whether only a heading of level one can be the title
 * @param isNamed whether the stated title is the name of the file, which may have a date or a number before the title
 */
export function takeTitle(
  content: Root,
  stated: string | undefined,
  { isNote = false, isNamed = false } = {},
): string | undefined {
  const isOther = (title: string): boolean =>
    stated !== undefined &&
    (isNamed
      ? !comparableTitle(stated).endsWith(comparableTitle(title))
      : comparableTitle(stated) !== comparableTitle(title));
  for (const { element, parent } of titleHeadings(content)) {
    const words = withTex(element);
    const [picture] = findAll(element, 'img');
    const title = words || (picture && attribute(picture, 'alt')) || '';
    if (title === '' || (isNote && stated === undefined && element.tagName !== 'h1') || isOther(title))
      continue;
    const rest = words === '' ? [h('p', {}, element.children)] : linkedPlaces(element, content);
    parent.children.splice(parent.children.indexOf(element), 1, ...rest);
    return title;
  }
  return undefined;
}

/** The text of a heading; formulas are TeX between dollars. */
function withTex(heading: Element): string {
  return textWithWords(heading, ({ data, ...code }) => data?.formula && `$${rawText(code)}$`);
}

/** The elements in a heading to which links refer, such as the links back from its notes. */
function linkedPlaces(heading: Element, content: Root): Element[] {
  const ids = [heading, ...descendants(heading)].flatMap((element) => attribute(element, 'id') ?? []);
  if (ids.length === 0) return [];
  const hrefs = new Set(findAll(content, 'a').map(({ properties }) => properties.href));
  return ids.filter((id) => hrefs.has(`#${id}`)).map((id) => h('a', { id }));
}

/** The headings that may be the title, the likeliest first. */
function titleHeadings(content: Root): Heading[] {
  const hasTop = findAll(content, 'h1').some((heading) => !isEmptyHeading(heading));
  let opening: Heading | undefined;
  let isOpening = true;
  let top: Heading | undefined;
  // A line in italics below a picture is its caption.
  let isBelowPicture = false;
  /** @returns whether all is known */
  const visit = (parent: Parent, isNested: boolean, isAside: boolean): boolean => {
    for (const node of parent.children) {
      if (node.type === 'text') {
        isOpening &&= isAside || !/[\p{L}\p{N}]/u.test(node.value) || CONTENTS.test(node.value);
        if (!isOpening && opening === undefined && !hasTop) return true;
      }
      if (node.type !== 'element' || ASIDE.has(node.tagName)) continue;
      const { tagName } = node;
      if (tagName === 'img') isBelowPicture = true;
      if (isNested || !HEADINGS.includes(tagName)) {
        const leadsWithin = tagName === 'a' && attribute(node, 'href')?.startsWith('#') === true;
        const isCaption = tagName === 'em' && isBelowPicture;
        if (tagName === 'p') isBelowPicture = false;
        if (
          visit(
            node,
            isNested || NESTING.has(tagName),
            isAside || leadsWithin || isCaption || isCallout(node),
          )
        )
          return true;
        if (tagName === 'p') isBelowPicture = false;
        continue;
      }
      if (CONTENTS.test(textWithoutNotes(node)) || isEmptyHeading(node)) continue;
      const heading = { element: node, parent };
      if (isOpening) opening ??= heading;
      isOpening = false;
      if (tagName === 'h1') top = heading;
      if (tagName === 'h1' || !hasTop) return true;
    }
    return false;
  };
  visit(content, false, false);
  return [...new Set([top, opening])].filter((heading) => heading !== undefined);
}

/** Whether it is an admonition, which begins with its title. */
function isCallout({ tagName, children }: Element): boolean {
  const [first, ...rest] = children.filter((child) => child.type === 'element');
  return (
    tagName === 'blockquote' &&
    rest.length > 0 &&
    isElement(first, 'p') &&
    first.children.every((child) => isElement(child, 'strong'))
  );
}

function isEmptyHeading(heading: Element): boolean {
  return rawText(heading).trim() === '' && !contains(heading, 'img');
}

/** A normal form for comparing titles. */
function comparableTitle(title: string): string {
  return (
    title
      .normalize('NFKC')
      .toLowerCase()
      // Variation selectors are marks, too.
      .replace(/[^\p{L}\p{M}\p{N}]|[\ufe00-\ufe0f]/gu, '') || title
  );
}
