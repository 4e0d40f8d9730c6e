import {
  attribute,
  type Element,
  type ElementContent,
  h,
  isElement,
  type Root,
  rawText,
  root,
  text,
} from '../html/tree.ts';
import { colour, labelOf } from './highlight.ts';

const NO_LANGUAGE = /^(?:math|none|output|plain|plaintext|raw|text|txt)$/;

/** The maximum amount of code that is coloured on a page; UTF-16 code units. */
const MAX_PAGE = 100_000;

/**
 * A content with its code as pages show it: coloured if its language is stated, with a caption of its file and
 * language.
 *
 * @returns the content itself if it has no code
 */
export function withCode(content: Root): Root {
  let left = MAX_PAGE;
  let hasCode = false;
  const show = (nodes: readonly ElementContent[]): ElementContent[] =>
    nodes.map((node) => {
      if (node.type !== 'element' || node.children.length === 0) return node;
      const [code] = node.tagName === 'pre' ? node.children.filter((child) => isElement(child, 'code')) : [];
      if (code === undefined) return { ...node, children: show(node.children) };
      hasCode = true;
      left -= rawText(code).length;
      return figureOf(node, code, left >= 0);
    });
  const children = show(content.children as ElementContent[]); // no doctypes
  return hasCode ? root(children) : content;
}

function figureOf(pre: Element, code: Element, isColoured: boolean): Element {
  const { 'data-title': title, 'data-lines': lines, ...properties } = code.properties;
  const stated = languageOf(code);
  const isPlain = code.children.every(({ type }) => type === 'text');
  const coloured = isColoured && isPlain && stated !== undefined ? colour(rawText(code), stated) : undefined;
  const shown = coloured ?? code.children;
  const children = typeof lines === 'string' ? withMarkedLines(shown, numbersIn(lines)) : shown;
  const captions = [
    ...(typeof title === 'string' ? [h('code', {}, [text(title)])] : []),
    ...(stated === undefined ? [] : [h('span', {}, [text(labelOf(stated))])]),
  ];
  return h('figure', { className: ['code'] }, [
    ...(captions.length === 0 ? [] : [h('figcaption', {}, captions)]),
    { ...pre, children: [{ ...code, properties, children }] },
  ]);
}

function languageOf(code: Element): string | undefined {
  const name = /(?:^|\s)language-(\S+)/.exec(attribute(code, 'class') ?? '')?.[1]?.toLowerCase();
  return name === undefined || NO_LANGUAGE.test(name) ? undefined : name;
}

/** The numbers in `1,3-5`. */
function numbersIn(stated: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const [, first = '', last = first] of stated.matchAll(/(\d{1,4})(?:-(\d{1,4}))?/g))
    for (let number = Number(first); number <= Number(last); number++) numbers.add(number);
  return numbers;
}

/** Puts lines of code into elements of their own. */
function withMarkedLines(nodes: readonly ElementContent[], marked: ReadonlySet<number>): ElementContent[] {
  const lines: ElementContent[][] = linesOf(nodes);
  return lines.flatMap((line, index) =>
    marked.has(index + 1) && line.length > 0 ? [h('mark', {}, line)] : line,
  );
}

/** Splits code after its line breaks, and the elements that contain them. */
function linesOf(nodes: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === 'text') {
      for (const [index, part] of node.value.split(/(?<=\n)/).entries()) {
        if (index > 0) lines.push([]);
        if (part !== '') lines.at(-1)?.push(text(part));
      }
      if (node.value.endsWith('\n')) lines.push([]);
    } else if (node.type === 'element') {
      for (const [index, part] of linesOf(node.children).entries()) {
        if (index > 0) lines.push([]);
        if (part.length > 0) lines.at(-1)?.push({ ...node, children: part });
      }
    }
  }
  return lines;
}
