import { descendants } from '../../html/tree.ts';
import { isAboutArticle, namesOf } from './boilerplate.ts';
import { type Element, isBlock, isWithin, textOf } from './tree.ts';

/** More elements than this do not stand above a text. */
const MAX_ABOVE = 1000;
/** The maximum number of elements to check below a text. */
const MAX_BELOW = 50;
/** A longer block is where the text of an article begins; so is one that ends like a sentence. */
const MAX_LABEL = 120;
const SENTENCE = /[\p{L}\p{N}][.!?…。！？؟۔]["'”’»)\]]*$/u;
const ENTRY = /(?:^|\s)(?:h-entry|hentry)(?=\s|$)/;
const STANDFIRST =
  /(?:^|[\s_-])(?:standfirst|dek|deck|lede|lead(?:-(?:paragraph|text))?|intro|perex|spot|sub-?(?:head|heading|headline|title)|summary|excerpt|abstract)(?=[\s_-]|$)/;
/** A shorter one is a label. */
const MIN_STANDFIRST = 40;

/** The elements that stand in the article above its first paragraph, but for ways to other articles. */
export function readPreamble(
  root: Element,
  prose: ReadonlyMap<Element, number>,
  furniture: ReadonlySet<Element>,
): Element[] {
  const above: Element[] = [];
  const isDone = (element: Element): boolean => {
    if (furniture.has(element) && !isAboutArticle(element)) return false;
    if (above.length === MAX_ABOVE || (isParagraph(element, prose) && isWithin(element, root))) return true;
    above.push(element);
    return element.children.some((child) => child.type === 'element' && isDone(child));
  };
  isDone(scopeOf(root));
  return above;
}

/** The last elements of an article, at the end of its text and below it. */
export function readAfterword(root: Element): Element[] {
  return [...descendants(scopeOf(root))].slice(-MAX_BELOW);
}

/** The paragraphs of an article that stand between its headline and its text, and in neither. */
export function findStandfirst(above: readonly Element[], root: Element): Element[] {
  if (root.tagName === 'body') return [];
  const text = textOf(root);
  return above.filter(
    (element) =>
      STANDFIRST.test(namesOf(element)) &&
      !isWithin(element, root) &&
      !isWithin(root, element) &&
      !element.children.some((child) => child.type === 'element' && isBlock(child)) &&
      textOf(element).length >= MIN_STANDFIRST &&
      !text.includes(textOf(element)),
  );
}

/** The whole article, with what stands above and below its text. */
function scopeOf(root: Element): Element {
  for (let element = root; ; element = element.parent) {
    if (element.parent === undefined || element.tagName === 'body') return element;
    if (element.tagName === 'article' || element.tagName === 'main' || ENTRY.test(namesOf(element)))
      return element;
  }
}

function isParagraph(element: Element, prose: ReadonlyMap<Element, number>): boolean {
  if (!prose.get(element) || element.children.some((child) => child.type === 'element' && prose.get(child)))
    return false;
  const text = textOf(element);
  return text.length > MAX_LABEL || SENTENCE.test(text);
}
