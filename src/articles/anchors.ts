import type { Heading } from '../article.ts';
import { slugify } from '../documents/addresses.ts';
import { headingId, plainText } from '../html/text.ts';
import { attribute, descendants, findAll, type Parent } from '../html/tree.ts';
import { decodeLeniently } from '../strings.ts';

/** The minimum number of headings and of characters of an article with a table of contents. */
const MIN_HEADINGS = 4;
const MIN_LENGTH = 5000;
/**
 * The headings of a long article, each with an id.
 *
 * @param content is changed
 * @returns none for any other article
 */
export function listHeadings(content: Parent): Heading[] {
  const found = findAll(content, 'h2', 'h3');
  if (found.length < MIN_HEADINGS || plainText(content).length < MIN_LENGTH) return [];
  const ids = idsOf(content);
  /** The last number appended to each id that several headings would have. */
  const numbers = new Map<string, number>();
  const headings = found.flatMap((element): Heading[] => {
    const title = plainText(element);
    const id = attribute(element, 'id') ?? freeId(slugify(title), ids, numbers);
    if (title === '' || id === '') return [];
    element.properties.id = id;
    ids.add(id);
    return [{ level: element.tagName === 'h2' ? 2 : 3, id, title }];
  });
  return headings.length < MIN_HEADINGS ? [] : headings;
}

function idsOf(content: Parent): Set<string> {
  return new Set([...descendants(content)].flatMap((element) => attribute(element, 'id') ?? []));
}

function freeId(wanted: string, taken: ReadonlySet<string>, numbers: Map<string, number>): string {
  if (!taken.has(wanted)) return wanted;
  let number = numbers.get(wanted) ?? 1;
  do number++;
  while (taken.has(`${wanted}-${number}`));
  numbers.set(wanted, number);
  return `${wanted}-${number}`;
}

const LINK_TO_PART = / href='#([^']+)'/g;
/** Fragments that need no element: the top (HTML §7.4.2.3.3) and text fragments (URL Fragment Text Directives). */
const WITHOUT_ELEMENT = /^(?:top$|:~:)/i;

/**
 * The fragments of links to parts that a document does not have.
 *
 * @param stated its canonical HTML, with links as its author wrote them
 * @param content of its article, with all ids
 */
export function missingParts(stated: string, content: Parent): string[] {
  const wanted = new Set([...stated.matchAll(LINK_TO_PART)].map(([, fragment = '']) => fragment));
  if (wanted.size === 0) return [];
  const ids = idsOf(content);
  return [...wanted].filter((fragment) => {
    const stated = decodeLeniently(fragment);
    // No id has white space.
    const name = /\s/.test(stated) ? headingId(stated) : stated;
    return !(
      name === '' ||
      fragment.includes('&') ||
      ids.has(name) ||
      ids.has(fragment) ||
      WITHOUT_ELEMENT.test(name)
    );
  });
}

/** What themes add below or above an article, and what the part behind a summary is called. */
const OF_THEMES = /^(?:comments?|content|disqus_thread|main|more(?:-\d+)?|respond|top)$|^comment-|^:~:/i;

/**
 * The fragments that lead to no element of a document.
 *
 * @param anchors the fragments by which documents link to it
 * @param content of its article, with all ids
 */
export function missingAnchors(anchors: readonly string[], content: Parent): string[] {
  if (anchors.length === 0) return [];
  const ids = idsOf(content);
  return anchors.filter((id) => id !== '' && !ids.has(id) && !OF_THEMES.test(id));
}

/** Replaces links to such parts with their text. */
export function unlinkParts(content: Parent, addresses: ReadonlySet<string>): void {
  for (const element of descendants(content)) {
    if (element.tagName !== 'a' || !addresses.has(String(element.properties.href))) continue;
    element.tagName = 'span';
    delete element.properties.href;
  }
}
