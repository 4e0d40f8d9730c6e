import type { Element, ElementContent } from 'hast';
import { attribute } from '../html/tree.ts';
import { splitTrimmed } from '../trim.ts';

/** Marks that hold meaning which would be lost: what is struck through, raised or quoted. */
const AROUND: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['del', ['~', '~']],
  ['s', ['~', '~']],
  ['q', ['“', '”']],
]);

/** Writes inline content as plain text; links are numbers of footnotes behind their words. */
export function writeInline(nodes: readonly ElementContent[], notes: Footnotes): string {
  const text = nodes.map((node) => write(node, notes)).join('');
  return (text.includes('\n') ? splitTrimmed(text, '\n').join('\n') : text).trim();
}

function write(node: ElementContent, notes: Footnotes): string {
  if (node.type === 'text') return node.value.replace(/[\n\t]/g, ' ');
  if (node.type !== 'element') return '';
  const { tagName } = node;
  if (tagName === 'br') return '\n';
  if (tagName === 'img') return pictureOf(node);
  const inside = node.children.map((child) => write(child, notes)).join('');
  if (tagName === 'a') return linkOf(node, inside, notes);
  if (tagName === 'sup' && inside !== '') return `^${inside}`;
  const [before, after] = AROUND.get(tagName) ?? ['', ''];
  return before + inside + after;
}

function pictureOf(image: Element): string {
  const alternative = attribute(image, 'alt')?.trim() ?? '';
  return alternative === '' ? '' : `[${alternative}]`;
}

function linkOf(link: Element, words: string, notes: Footnotes): string {
  const url = attribute(link, 'href');
  if (url === undefined) return words;
  // The arrow that leads from a note back to its place.
  if (words.includes('↩') && notes.mark(url) === '') return '';
  const isSaid =
    words.trim() === url ||
    `mailto:${words.trim()}` === url ||
    words.trim() === url.replace(/^https?:\/\/|\/$/g, '');
  return isSaid ? words : `${words} ${notes.mark(url)}`.trimEnd();
}

/** The addresses that a text refers to, in the order in which they come up. */
export interface Footnotes {
  /** The mark behind the words of a link: a number in brackets; empty for a place in the text itself. */
  mark(url: string): string;
  lines(): string[];
}

/** @param own the address of the text itself */
export function footnotes(own: string): Footnotes {
  const numbers = new Map<string, number>();
  return {
    mark(url) {
      if (url.startsWith(`${own}#`)) return '';
      const number = numbers.get(url) ?? numbers.size + 1;
      numbers.set(url, number);
      return `[${number}]`;
    },
    lines: () => [...numbers].map(([url, number]) => `[${number}] ${url}`),
  };
}
