import { descendants, type Element, type ElementContent } from '../../html/tree.ts';
import { namesOf } from './boilerplate.ts';
import { readByline } from './byline.ts';
import { foldTitle } from './metadata.ts';
import { isBlock, textOf } from './tree.ts';

/** Metadata with fields of its own, which need not be repeated above the text. */
export interface KnownMetadata {
  readonly titles: readonly string[];
  /** The names of the authors and of the site. */
  readonly names: readonly string[];
}

/** The maximum length of a block to remove; longer blocks are prose. */
const MAX_LABEL = 250;
/** Prose that is this long begins the text; what comes before can be headline, section, standfirst, picture. */
const MIN_PROSE = 120;
/** The maximum number of blocks to remove. */
const MAX_DROPPED = 8;
/** A place may follow an author. */
const MAX_PLACE = 25;
const BYLINE_NAMES =
  /(?:^|[\s_-])(?:byline|author|authors|dateline|date|datetime|timestamp|published|posted-?on|pubdate|(?:post|entry|article)[_-]?(?:meta|info|date|details)|reading-?time|category|categories|kicker|section-name)(?=[\s_-]|$)/;

/** Removes the headline and the byline above the text. */
export function dropTop(nodes: readonly ElementContent[], known: KnownMetadata): ElementContent[] {
  const titles = new Set(known.titles.map(foldTitle));
  let hasText = false;
  let dropped = 0;
  const drop = (node: ElementContent): ElementContent[] => {
    if (hasText || dropped === MAX_DROPPED) return [node];
    const text = textOf(node);
    if (text === '') return node.type === 'element' && node.tagName === 'hr' ? [] : [node];
    if (node.type !== 'element' || !isBlock(node)) {
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
      return children.some((child) => child.type !== 'text' || /\S/u.test(child.value))
        ? [{ ...node, children }]
        : [];
    }
    hasText = text.length >= MIN_PROSE;
    return [node];
  };
  return nodes.flatMap(drop);
}

function isByline(element: Element, text: string, known: readonly string[]): boolean {
  const times = [...descendants(element)].filter(({ tagName }) => tagName === 'time');
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
