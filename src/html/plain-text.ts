import { decodeLeniently } from '../strings.ts';
import {
  attribute,
  descendants,
  type Element,
  findAll,
  h,
  isElement,
  type Parent,
  type RootContent,
  rawText,
  text,
} from './tree.ts';

/** Separate blocks and lines are separated by spaces. */
const APART: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 li dt dd figure figcaption blockquote pre td th tr div section summary br hr'.split(
    ' ',
  ),
);
const BACK_LINK = /^\s*[↩↵⤴⏎↑^]\ufe0e?\d*$/u;
const NOTE = String.raw`[[(]?(?:\d{1,4}|\p{L}|[ivx]{1,6}|[*†‡§¶]{1,3})[\])]?`;
const NOTES = new RegExp(String.raw`^\s*${NOTE}(?:[\s,;]+${NOTE})*\s*$`, 'u');
/** Longer words are no mark. */
const MAX_MARK = 200;

/** A node or a few; there may be more of them than a call has arguments. */
type Content = Parent | RootContent | readonly RootContent[];

/** The text of a content in one line. */
export function plainText(content: Content): string {
  return oneLine(content, () => false);
}

/** The same without what leads to its notes and back from them: linked numbers above the line, and arrows. */
export function textWithoutNotes(content: Content): string {
  return oneLine(content, isNoteMark);
}

/** The words in which it is written. */
export function textWithoutCode(content: Content): string {
  return oneLine(content, ({ tagName }) => tagName === 'pre' || tagName === 'code');
}

function oneLine(content: Content, isLeftOut: (element: Element) => boolean): string {
  let all = '';
  const visit = (node: Parent | RootContent): void => {
    if (node.type === 'text') all += node.value;
    if (node.type === 'root') node.children.forEach(visit);
    // The content of a player is for browsers that cannot play.
    if (node.type !== 'element' || PLAYERS.has(node.tagName) || isLeftOut(node)) return;
    const isApart = APART.has(node.tagName);
    if (isApart) all += ' ';
    for (const child of node.children) visit(child);
    if (isApart) all += ' ';
  };
  if ('type' in content) visit(content);
  else content.forEach(visit);
  return all.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}

/** Whether an element leads to a note, or back from one. */
export function isNoteMark(element: Element): boolean {
  const [first] = element.children;
  if (element.tagName === 'sup') return isElement(first, 'a') && isNotes(element);
  if (element.tagName !== 'a') return false;
  if (isElement(first, 'sup')) return isNotes(element);
  return first?.type === 'text' && BACK_LINK.test(first.value) && BACK_LINK.test(rawText(element));
}

function isNotes(element: Element): boolean {
  const words = rawText(element);
  return words.length <= MAX_MARK && NOTES.test(words);
}

/** The address of the first picture. */
export function firstPicture(content: Parent): string | undefined {
  for (const child of content.children) {
    if (child.type !== 'element') continue;
    const src = child.tagName === 'img' ? attribute(child, 'src') : firstPicture(child);
    if (src) return src;
  }
  return undefined;
}

export const PLAYERS: ReadonlySet<string> = new Set(['audio', 'video']);

/** The audio and video elements in a content. */
export function playersIn(content: Parent): Element[] {
  return findAll(content, ...PLAYERS);
}

/** The address of what a player plays, and its name: stated, else of a link to it, else of the file. */
export function recordingOf(player: Element): { readonly url: string | undefined; readonly name: string } {
  const inside = [...descendants(player)];
  const url = [player, ...inside]
    .map((element) => (element.tagName === 'a' ? undefined : attribute(element, 'src')))
    .find((src) => src !== undefined);
  const link = inside.find(({ tagName }) => tagName === 'a');
  const words = (link && rawText(link).trim()) || (url === undefined ? '' : fileName(url));
  return { url, name: attribute(player, 'title') ?? words };
}

/**
 * Adds a link to the recording for readers that cannot play it, such as those in a terminal or in mail. Others do not show
 * the content of a player.
 */
export function addFallbackLink(player: Element): void {
  const { url, name } = recordingOf(player);
  const hasLink = [...descendants(player)].some(({ properties }) => properties.href !== undefined);
  if (url !== undefined && !hasLink) player.children.push(h('a', { href: url }, [text(name)]));
}

function fileName(url: string): string {
  return decodeLeniently(url.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '');
}
