import { posix } from 'node:path';
import type { Person } from '../../article.ts';
import { findDate } from '../../dates/parse-date.ts';
import { isNoteMark } from '../../html/text.ts';
import { descendants, type Element, type ElementContent, findAll, rawText, text } from '../../html/tree.ts';
import { withoutQuery } from '../../html/url.ts';
import { decodeLeniently, partsBetween } from '../../strings.ts';
import { looksLikePeople } from '../people.ts';
import { readLabel } from '../plain-text/labels.ts';
import type { ArticlePlace } from './article.ts';
import { namesOf } from './boilerplate.ts';
import { type Byline, isSubtitle, isUpdate, readByline } from './byline.ts';
import { findFormula } from './math.ts';
import { type PageMetadata, readNames, readPerson, readTags, type Sourced } from './metadata.ts';
import {
  firstAttribute,
  hasAttribute,
  innerText,
  isBlock,
  isProse,
  isWithin,
  lineage,
  lineOf,
  pageTitleOf,
  textOf,
  trimmedAttribute,
} from './tree.ts';

/** The maximum number of levels between the text and an ancestor with the headline. */
const NEAR = 3;
/** Blocks with their own text. */
const NO_LINE = /^(?:h[1-6]|td|th|li|dt|dd|figcaption)$/;
const MAX_HEADINGS = 100;
/** The maximum number of nodes beside a date or a byline. */
const MAX_SIBLINGS = 200;
/** The number of lines at both ends of a text that can be bylines. */
const MAX_LINES = 6;
/** A longer text beside a date is no section. */
const MAX_SECTION = 25;
const TAGS_NAMES = /(?:^|[\s_-])(?:tags|tag-(?:links|list)|content__tag|etiketler)(?=[\s_-]|$)/;
const HEADING = /^h[1-3]$/;
const HEADLINE_NAMES =
  /(?:^|[\s_-])(?:headline|mso-title|(?:entry|post|article|page|story|news)[_-]*title)(?=[\s_-]|$)/;
const DATE_NAMES = /(?:^|[\s_-])date(?=[\s_-]|$)/;
const AUTHOR_NAMES = /(?:^|[\s_-])(?:author|byline|username|writer)(?=[\s_-]|$)/;

/** The visible metadata of a page: headings, `time` elements, bylines, languages. */
export function readMarkup(
  page: Element,
  { root, above, below, posting, fields }: ArticlePlace,
  content: readonly ElementContent[],
): PageMetadata {
  const lines = partsBetween(innerText(content), '\n').map((line) => line.replace(/\s+/gu, ' '));
  // A headline may be as long as a paragraph, and end like one.
  const opening = readOpening(lines[0] === openingHeading(content) ? lines.slice(1) : lines);
  const posted = posting && readByline(posting.line);
  const stated = fields.flatMap((row) => readLabel(row) ?? []);
  const fieldsOf = (label: string): string[] =>
    stated.flatMap((each) => (each.label === label ? [each.rest] : []));
  const isNamed = (name: RegExp) => (element: Element) => name.test(namesOf(element));
  // LinkedIn states both.
  const isWritten = isNamed(/(?:^|\s)created(?=\s|$)/);
  const shown = above.some(isNamed(/(?:^|\s)published(?=\s|$)/))
    ? above.filter((each) => !isWritten(each))
    : above;
  const dates = [
    ...shown.flatMap(readDates),
    ...datesOf(posted, posting?.element),
    ...datesOf({ published: fieldsOf('published'), updated: fieldsOf('updated'), authors: [], rest: '' }),
    ...opening.flatMap((byline) => datesOf(byline)),
    ...[
      ...below.flatMap(readDates),
      ...lines.slice(-MAX_LINES).flatMap((line) => datesOf(readByline(line))),
    ].filter(({ isUpdate }) => isUpdate),
    ...below.filter((element) => readLabel(textOf(element))?.label === 'published').flatMap(readDates),
  ];
  const authors = findAuthors(above);
  return {
    title: findHeadlines(page, root, above),
    published: dates.flatMap(({ isUpdate, statement }) => (isUpdate ? [] : [statement])),
    updated: dates.flatMap(({ isUpdate, statement }) => (isUpdate ? [statement] : [])),
    language: [...lineage(root)].flatMap((element) => firstAttribute(element, 'lang', 'xml:lang') ?? []),
    direction: directionsOf(root),
    authors:
      [
        authors,
        [...opening, posted].flatMap((byline) => byline?.authors ?? []),
        fieldsOf('author').flatMap(readNames),
        findAuthors(below.filter(isCard).slice(0, 1)),
        below
          .filter(isSignature)
          .slice(-1)
          .flatMap((element) => readNames(textOf(element))),
      ].find((people) => people.length > 0) ?? [],
    tags: [
      ...fieldsOf('tags').flatMap(readTags),
      ...above.concat(below).filter(isTags),
      ...(posting === undefined ? [] : findAll(posting.element, 'a').filter(isCategory)),
    ].flatMap((element) => (typeof element === 'string' ? [element] : linksIn(element))),
    address: addressesOf(page),
  };
}

/** The headings that can be the headline, the likeliest first. */
function findHeadlines(page: Element, root: Element, above: readonly Element[]): string[] {
  const pageTitle = pageTitleOf(page);
  const headings = above.filter(
    (element) => HEADING.test(element.tagName) || HEADLINE_NAMES.test(namesOf(element)),
  );
  const near = nearAncestor(root);
  return (headings.length > 0 ? headings : findAll(page, 'h1'))
    .slice(0, MAX_HEADINGS)
    .map((element) => {
      const words = headlineOf(element);
      const isTop = element.tagName === 'h1';
      const rank =
        (pageTitle?.includes(words) ? 4 : 0) +
        (HEADLINE_NAMES.test(namesOf(element)) ? 2 : 0) +
        (isWithin(element, near) ? 2 : 0) +
        (isTop ? 1 : 0);
      return { words, rank, isLikely: pageTitle === undefined || isTop || rank >= 4 };
    })
    .filter(({ words, isLikely }) => words !== '' && isLikely)
    .toSorted((one, other) => other.rank - one.rank)
    .map(({ words }) => words);
}

/** The text of a heading without its permalink mark, and without blocks that an unclosed tag put into it. */
function headlineOf({ children }: Element): string {
  const end = children.findIndex(
    (child) => child.type === 'element' && (isBlock(child) || isSubtitle(child)),
  );
  return textOf(inLine(children.slice(0, end < 0 ? undefined : end)))
    .replace(/[¶#§🔗]$/u, '')
    .trimEnd();
}

/** Replaces formulas with their lines, and removes references to notes. */
function inLine(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node];
    const formula = findFormula(node);
    if (formula !== undefined)
      return [text(formula.tagName === 'code' ? `$${rawText(formula)}$` : rawText(formula))];
    return isNoteMark(node) ? [] : [{ ...node, children: inLine(node.children) }];
  });
}

function nearAncestor(root: Element): Element {
  const isLast = ({ parent }: Element, steps: number): boolean =>
    steps === NEAR || parent === undefined || parent.tagName === 'body';
  return lineage(root).find(isLast) ?? root;
}

interface Dating {
  readonly isUpdate: boolean;
  readonly statement: Sourced;
}

function readDates(element: Element): Dating[] {
  if (element.tagName === 'time') {
    const shown = textOf(element);
    const stated = trimmedAttribute(element, 'datetime');
    const text = stated !== undefined && findDate(stated, '') !== undefined ? stated : shown;
    const isUpdated = isUpdate(`${namesOf(element)} ${wordsBefore(element)}`);
    return [{ isUpdate: isUpdated, statement: { text, line: lineOf(element) } }];
  }
  if (!isLine(element) || findAll(element, 'time').some((time) => hasAttribute(time, 'datetime'))) return [];
  return datesOf(readByline(textOf(element)), element);
}

function datesOf(byline: Byline | undefined, element?: Element): Dating[] {
  const isRenewed = element !== undefined && isUpdate(namesOf(element));
  const state = (text: string): Sourced => ({ text, line: element && lineOf(element) });
  return [
    ...(byline?.published ?? []).map((text) => ({ isUpdate: isRenewed, statement: state(text) })),
    ...(byline?.updated ?? []).map((text) => ({ isUpdate: true, statement: state(text) })),
  ];
}

/** The bylines among the first lines of a text. */
function readOpening(lines: readonly string[]): Byline[] {
  const labels = lines.slice(0, MAX_LINES);
  const bylines = labels.map((line) => {
    const byline = readByline(line);
    return byline !== undefined && isBylineOnly(line, byline) ? byline : undefined;
  });
  const start = labels.findIndex(
    (line, index) => bylines[index]?.published[0] === undefined && isProse(line),
  );
  return bylines.slice(0, start < 0 ? undefined : start).filter((byline) => byline !== undefined);
}

/** Whether a line is only a byline; the section may be beside the date: `News | 20 May 2016`. */
function isBylineOnly(line: string, { rest, published }: Byline): boolean {
  return rest === '' || (published.length > 0 && rest.length <= MAX_SECTION && /\s[|·•]\s/.test(line));
}

function isTags(element: Element): boolean {
  return (
    (element.tagName === 'a' && trimmedAttribute(element, 'rel')?.split(/\s+/).includes('tag') === true) ||
    (isBlock(element) && TAGS_NAMES.test(namesOf(element)))
  );
}

/** Whether it is the card of the author (hCard), which Blogger and themes of WordPress put below the text. */
function isCard(element: Element): boolean {
  const names = namesOf(element).split(/\s+/);
  return names.includes('vcard') && names.some((name) => /^(?:(?:entry|post)-)?author$/.test(name));
}

/** Whether a block is the name at the right below a text, as in newspapers. */
function isSignature(element: Element): boolean {
  const isRight =
    trimmedAttribute(element, 'align')?.toLowerCase() === 'right' ||
    /text-align:\s?right/i.test(trimmedAttribute(element, 'style') ?? '');
  const words = isRight ? textOf(element) : '';
  return (
    element.tagName === 'p' &&
    /^\p{Lu}\p{L}+(?: \p{Lu}[\p{L}.-]*){1,2}$/u.test(words) &&
    looksLikePeople(words)
  );
}

/** Whether a link in the line of a posting leads to a category. */
function isCategory(link: Element): boolean {
  return /(?:^|[/_?&])(?:new_)?(?:cat|category|categories|tags?|topics?)[/_=-]/i.test(
    trimmedAttribute(link, 'href') ?? '',
  );
}

function linksIn(element: Element): string[] {
  const links = element.tagName === 'a' ? [element] : findAll(element, 'a');
  return links.flatMap((link) => textOf(link).replace(/^#/, '') || []);
}

/** The words in the same line before an element. */
function wordsBefore(element: Element): string {
  const siblings = element.parent?.children ?? [];
  const before = siblings.slice(0, siblings.indexOf(element)).slice(-3);
  return textOf(before.filter((node) => node.type !== 'element' || !isBlock(node)));
}

function findAuthors(above: readonly Element[]): Person[] {
  const linked = above.filter((element) => trimmedAttribute(element, 'rel')?.split(/\s+/).includes('author'));
  const people = linked.flatMap(
    (element) => readPerson(textOf(element), trimmedAttribute(element, 'href')) ?? [],
  );
  if (people.length > 0) return people;
  const named = above
    .filter((element) => AUTHOR_NAMES.test(namesOf(element)))
    .flatMap((element) => {
      const links = findAll(element, 'a');
      const linked = links.filter((link) => looksLikePeople(textOf(link)));
      if (linked.length > 0) {
        return linked.flatMap((link) => readPerson(textOf(link), trimmedAttribute(link, 'href')) ?? []);
      }
      const { authors, rest } = readByline(textOf(element)) ?? { authors: [], rest: '' };
      return authors.length > 0 ? authors : readNames(rest);
    });
  return named.length > 0
    ? named
    : above.filter(isLine).flatMap((element) => readByline(textOf(element))?.authors ?? []);
}

/** Whether it is a block of one line of text, or such a line between blocks: `<h2>…</h2><small>…</small><div>…`. */
function isLine(element: Element): boolean {
  if (!isBlock(element) && !isBetweenBlocks(element)) return false;
  const names = namesOf(element);
  const isDate = HEADING.test(element.tagName) ? DATE_NAMES.test(names) : /lastmod(?=\s|$)/.test(names);
  if (NO_LINE.test(element.tagName) && !isDate) return false;
  return descendants(element).every((inner) => !isBlock(inner) && inner.tagName !== 'br');
}

function isBetweenBlocks(element: Element): boolean {
  const all = element.parent?.children ?? [];
  if (all.length > MAX_SIBLINGS) return false;
  const siblings = all.filter(
    (node) => node.type === 'element' || (node.type === 'text' && /\S/.test(node.value)),
  );
  const at = siblings.indexOf(element);
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  return [before, after].every((node) => node?.type === 'element' && isBlock(node));
}

function directionsOf(root: Element): ('ltr' | 'rtl')[] {
  return [...lineage(root)].flatMap((element) => {
    const direction = trimmedAttribute(element, 'dir')?.toLowerCase();
    return direction === 'ltr' || direction === 'rtl' ? [direction] : [];
  });
}

function addressesOf(page: Element, relation = 'canonical'): string[] {
  return findAll(page, 'link')
    .filter((link) => trimmedAttribute(link, 'rel')?.toLowerCase().split(/\s+/).includes(relation))
    .flatMap((link) => trimmedAttribute(link, 'href') ?? []);
}

/** The path in the folder to which a relative canonical address leads. */
export function relativeCanonical(page: Element, path: string): string | undefined {
  const [stated = ''] = addressesOf(page).map(withoutQuery);
  if (stated === '' || /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(stated)) return undefined;
  return posix.resolve('/', posix.dirname(path), decodeLeniently(stated)).slice(1);
}

/** The address that WordPress or Drupal gives a page by its number: `/?p=123`, `/node/123`. */
export function shortlinkOf(page: Element): string | undefined {
  const [shortlink] = addressesOf(page, 'shortlink').flatMap(
    (url) => /(?<=\/|^)(?:\?(?:p|page_id)=\d+|node\/\d+)$/.exec(url) ?? [],
  );
  return shortlink && `/${shortlink}`;
}

/** The text of a heading at the beginning of a content. */
export function openingHeading(content: readonly ElementContent[]): string | undefined {
  const first = content.find((node) => textOf(node) !== '');
  if (first?.type !== 'element') return undefined;
  if (/^h[1-6]$/.test(first.tagName)) return textOf(first);
  return /^(?:div|section|article|header)$/.test(first.tagName) ? openingHeading(first.children) : undefined;
}
