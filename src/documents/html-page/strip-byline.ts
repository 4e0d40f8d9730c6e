import { namesOf } from './boilerplate.ts';
import { readByline } from './byline.ts';
import { foldTitle } from './metadata.ts';
import { descendants, type Element, isBlock, type Node, textOf } from './tree.ts';

/** What stands in fields of its own and need not be said again above the text. */
export interface Known {
  readonly titles: readonly string[];
  /** Of the authors and of the site. */
  readonly names: readonly string[];
}

/** A longer block is prose. */
const MAX_LABEL = 250;
/** Prose that is this long begins the text; what comes before can be headline, section, standfirst, picture. */
const MIN_PROSE = 120;
/** More than this is no byline, but the text. */
const MAX_DROPPED = 8;
/** A place may stand beside an author. */
const MAX_PLACE = 25;
const BYLINE_NAMES =
  /(?:^|[\s_-])(?:byline|author|authors|dateline|date|datetime|timestamp|published|posted-?on|pubdate|(?:post|entry|article)[_-]?(?:meta|info|date|details)|reading-?time|category|categories|kicker|section-name)(?=[\s_-]|$)/;

/** Leaves out the headline and the byline when they stand above the text. */
export function dropTop(nodes: readonly Node[], known: Known): Node[] {
  const titles = new Set(known.titles.map(foldTitle));
  let hasText = false;
  let dropped = 0;
  const drop = (node: Node): Node[] => {
    if (hasText || dropped === MAX_DROPPED) return [node];
    const text = textOf(node);
    if (text === '') return typeof node !== 'string' && node.name === 'hr' ? [] : [node];
    if (typeof node === 'string' || !isBlock(node)) {
      hasText = text.length >= MIN_PROSE;
      return [node];
    }
    const isLabel = text.length <= MAX_LABEL;
    if (isLabel && (titles.has(foldTitle(text)) || isByline(node, text, known.names))) {
      dropped++;
      return [];
    }
    if (isContainer(node)) {
      const children = node.children.flatMap(drop);
      return children.some((child) => typeof child !== 'string' || /\S/u.test(child))
        ? [{ ...node, children }]
        : [];
    }
    hasText = text.length >= MIN_PROSE;
    return [node];
  };
  return nodes.flatMap(drop);
}

function isByline(element: Element, text: string, known: readonly string[]): boolean {
  const times = [...descendants(element)].filter(({ name }) => name === 'time');
  const names = [...known, ...times.map(textOf).filter((time) => time !== '')];
  const byline = readByline(text, names);
  if (byline === undefined) return false;
  const isSaid = names.some((name) => text.includes(name));
  if (byline.rest === '') {
    return isSaid || byline.published.length + byline.updated.length + byline.authors.length > 0;
  }
  if (isSaid && byline.rest.length <= MAX_PLACE && /[/|·•–—]/.test(text)) return true;
  return BYLINE_NAMES.test(namesOf(element)) && text.length < MIN_PROSE && !/^h\d$/.test(element.name);
}

/** Whether an element holds blocks that can be looked at one by one. */
function isContainer({ name, children }: Element): boolean {
  return (
    (name === 'div' || name === 'section' || name === 'ul') &&
    children.some((child) => typeof child !== 'string' && isBlock(child))
  );
}
