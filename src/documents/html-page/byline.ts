import type { Person } from '../../article.ts';
import { findDate } from '../../dates/parse-date.ts';
import { textWithoutNotes } from '../../html/text.ts';
import {
  contains,
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  h,
  isElement,
  root,
} from '../../html/tree.ts';
import { trimOf } from '../../strings.ts';
import { namesOf } from './boilerplate.ts';
import { foldTitle, readNames } from './metadata.ts';
import { isBlock, textOf } from './tree.ts';

export interface Byline {
  readonly published: readonly string[];
  readonly updated: readonly string[];
  readonly authors: readonly Person[];
  /** The rest of the text; empty if it is only a byline. */
  readonly rest: string;
}

/** A longer text is prose. */
const MAX_LENGTH = 200;
const MAX_DATE_WORDS = 9;
const YEAR = /(?<!\p{Nd})\p{Nd}{4}(?!\p{Nd})/u;
const EDGE = /[\s|·•∙●«»,;:/()–—-]/u;

const UPDATED =
  /updat|modif|lastmod|revis|edited|güncel|aktualis|geändert|mise? à jour|actualiz|aggiorn|bijgewerkt|обновл|изменен|تحديث|עודכן|به‌روز/iu;
const BY =
  /(?:(?:^|[|·•(])[\s,]*(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Yy]azan|[Yy]azar|[Hh]aber|[Mm]uhabir|[Gg]önderen|(?:[Gg]epostet|[Ee]ingestellt|[Vv]eröffentlicht) von|[Pp]ubli(?:cad[oa] por|é par)|[Pp]ubblicato da|[Gg]eplaatst door|[Аа]втор|بقلم|كتب|מאת)|(?:[Ww]ritten|[Pp]osted|[Ss]ubmitted|[Rr]eported|[Pp]ublished|\|) [Bb]y)(?:\s*:\s*|\s+)(?<names>[\p{Lu}\p{Lo}][^|·•∙●(]*)/u;
/** A handle after a date. */
const HANDLE = /\|\s*(?:[Bb]y|[Pp]rzez|[Vv]on|[Pp]ar|[Pp]or|[Dd]a|[Dd]oor)\s+(?<names>[\p{L}\d._-]{2,30})$/u;
const LABEL =
  'posted|submitted|published|first|publication|last|updated|modified|revised|edited|created|written|on|at|in|by|the|date|dated|time|min(?:ute)?s?|read(?:ing)?|hrs?|e[sd]t|ist|gmt|utc|yayın(?:lan|lanma)?|yayınlandı|tarih(?:i)?|giriş|son|güncelle(?:me|ndi|nme)|saat|dk|okuma|süresi|haber|veröffentlicht|aktualisiert|stand|am|um|uhr|von|publié|mis|à|jour|le|par|publicado|actualizado|el|por|pubblicato|aggiornato|il|di|gepubliceerd|op|door|опубликовано|обновлено|автор|نشر|في|تاريخ|النشر|آخر|تحديث|بقلم|كتب';
const LABELS = new RegExp(`(?<![\\p{L}\\p{M}])(?:${LABEL})(?![\\p{L}\\p{M}])`, 'giu');
const LAST_LABELS = new RegExp(`(?:\\s+(?:${LABEL}))+$`, 'iu');

/**
 * @param names that may be beside it: of known authors, of the site
 * @returns undefined if the text is too long to be a byline
 */
export function readByline(text: string, names: readonly string[] = []): Byline | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const published: string[] = [];
  const updated: string[] = [];
  let rest = text;
  for (let date = findStatedDate(rest); date !== undefined; date = findStatedDate(rest)) {
    const label = rest.slice(0, rest.indexOf(date)).slice(-40);
    (isUpdate(label) ? updated : published).push(date);
    rest = rest.replace(date, '|');
  }
  const people = (BY.exec(rest) ?? HANDLE.exec(rest))?.groups?.names ?? '';
  rest = names
    .toSorted((one, other) => other.length - one.length)
    .reduce((shorter, name) => shorter.replaceAll(name, ' '), rest.replace(people, ' '))
    .replace(LABELS, ' ');
  return {
    published,
    updated,
    authors: readNames(trimOf(trimOf(people, EDGE).replace(LAST_LABELS, ''), EDGE)),
    rest: /\p{L}/u.test(rest) ? trimOf(rest.replace(/\s+/gu, ' '), EDGE) : '',
  };
}

/** Whether it is the second part of a headline. */
export function isSubtitle(element: Element): boolean {
  return (
    !isBlock(element) && /(?:^|[\s_-])sub-?(?:title|heading|headline)(?=[\s_-]|$)/.test(namesOf(element))
  );
}

/** Whether the label of a date, or the name of its element, is that of a change. */
export function isUpdate(label: string): boolean {
  return UPDATED.test(label);
}

/** The longest run of words that is a date. */
function findStatedDate(text: string): string | undefined {
  const words = text.split(/\s+/u);
  const year = words.findIndex((word) => YEAR.test(word));
  if (year < 0) return undefined;
  for (let count = MAX_DATE_WORDS; count > 0; count--) {
    for (let start = Math.max(year - count + 1, 0); start <= year; start++) {
      const run = trimOf(words.slice(start, start + count).join(' '), EDGE);
      if (text.includes(run) && findDate(run, '') !== undefined) return run;
    }
  }
  return undefined;
}

/** Metadata with its own fields, which need not be repeated above the text. */
interface KnownMetadata {
  readonly titles: readonly string[];
  /** The names of the authors and of the site. */
  readonly names: readonly string[];
}

const MAX_LABEL = 250;
/** The minimum length of prose that begins the text; before it are headline, section, standfirst, picture. */
const MIN_PROSE = 120;
const MAX_DROPPED = 8;
/** A place may follow an author. */
const MAX_PLACE = 25;
const HEADING = /^h[1-6]$/;
const BYLINE_NAMES =
  /(?:^|[\s_-])(?:byline|author|authors|dateline|date|datetime|timestamp|published|posted-?on|pubdate|(?:post|entry|article)[_-]?(?:meta|info|date|details)|reading-?time|category|categories|kicker|section-name)(?=[\s_-]|$)/;

/** Removes the headline and the byline above the text. */
export function stripHeadlineAndByline(
  nodes: readonly ElementContent[],
  known: KnownMetadata,
): ElementContent[] {
  const titles = new Set(known.titles.map(foldTitle));
  const isDated = (element: Element): boolean =>
    HEADING.test(element.tagName) && readByline(textOf(element))?.rest === '';
  // Several dates as headings divide the text.
  const areParts = findAll(root([...nodes]), ...HEADINGS).filter(isDated).length > 1;
  let hasText = false;
  let isBegun = false;
  let dropped = 0;
  const drop = (node: ElementContent): ElementContent[] => {
    if (hasText || dropped === MAX_DROPPED) return [node];
    const text = textOf(node);
    if (text === '') return isElement(node, 'hr') && !isBegun ? [] : [node];
    const keep = (): ElementContent[] => {
      hasText = text.length >= MIN_PROSE;
      isBegun = true;
      return [node];
    };
    if (node.type !== 'element' || !isBlock(node)) return keep();
    // A figure may have the title as its caption.
    const isLabel = text.length <= MAX_LABEL && !contains(root([node]), 'audio', 'figure', 'iframe', 'video');
    const words = HEADING.test(node.tagName) ? textWithoutNotes(node) : text;
    const isLine = isByline(node, text, known.names) && !(areParts && isDated(node));
    if (isLabel && (titles.has(foldTitle(words)) || isLine)) {
      dropped++;
      return [];
    }
    const subtitle = node.children.findIndex((child) => child.type === 'element' && isSubtitle(child));
    if (subtitle > 0 && titles.has(foldTitle(textOf(node.children.slice(0, subtitle))))) {
      dropped++;
      return [h('p', {}, node.children.slice(subtitle))];
    }
    if (isContainer(node)) {
      const children = node.children.flatMap(drop);
      return children.some((child) => child.type !== 'text' || /\S/u.test(child.value))
        ? [{ ...node, children }]
        : [];
    }
    return keep();
  };
  return nodes.flatMap(drop);
}

function isByline(element: Element, text: string, known: readonly string[]): boolean {
  const times = findAll(element, 'time');
  const names = [...known, ...times.map(textOf).filter((time) => time !== '')];
  const byline = readByline(text, names);
  if (byline === undefined) return false;
  const isSaid = names.some((name) => text.includes(name));
  if (byline.rest === '') {
    return isSaid || byline.published.length + byline.updated.length + byline.authors.length > 0;
  }
  if (isSaid && byline.rest.length <= MAX_PLACE && /[/|·•–—]/.test(text)) return true;
  return BYLINE_NAMES.test(namesOf(element)) && text.length < MIN_PROSE && !/^h\d$/.test(element.tagName);
}

/** Whether an element contains blocks to check one by one. */
function isContainer({ tagName, children }: Element): boolean {
  return (
    (tagName === 'div' || tagName === 'section' || tagName === 'ul') &&
    children.some((child) => child.type === 'element' && isBlock(child))
  );
}
