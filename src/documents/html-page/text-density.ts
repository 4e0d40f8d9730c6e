import { type Element, isBlock, type Node } from './tree.ts';

/** A shorter run of text is a label, a caption or an item of a menu. */
const MIN_PROSE = 40;
/** A run of which more is linked leads elsewhere. */
const MAX_LINKED = 0.5;
const HEADING = /^h[1-6]$/;

/**
 * How many characters of running text an element holds: of paragraphs, long list items, code and the like, but not of
 * headings, menus and lists of links. Of this an article has nearly all in one place, and a page's furniture little.
 * If there is none at all, all text counts.
 */
export function measureProse(root: Element, furniture: ReadonlySet<Element>): ReadonlyMap<Element, number> {
  const prose = measure(root, furniture, MIN_PROSE);
  return prose.get(root) === 0 ? measure(root, furniture, 0) : prose;
}

function measure(
  root: Element,
  furniture: ReadonlySet<Element>,
  minimum: number,
): ReadonlyMap<Element, number> {
  const prose = new Map<Element, number>();
  let total = 0;
  let run = 0;
  let linked = 0;
  const endRun = (): void => {
    if (run >= minimum && linked <= run * MAX_LINKED) total += run;
    run = 0;
    linked = 0;
  };
  const walk = (node: Node, isLinked: boolean): void => {
    if (node.type === 'text') {
      const length = weigh(node.value.replace(/\s+/gu, ' ').trim());
      run += length;
      if (isLinked) linked += length;
      return;
    }
    if (furniture.has(node) || node.tagName === 'svg') return;
    const isParagraph = isBlock(node);
    if (isParagraph) endRun();
    const before = total;
    for (const child of node.children) walk(child, isLinked || node.tagName === 'a');
    if (HEADING.test(node.tagName)) run = 0;
    if (isParagraph) endRun();
    prose.set(node, total - before);
  };
  walk(root, false);
  return prose;
}

/** The length of a text; in scripts that write a word or a syllable with one character, that counts for several. */
function weigh(text: string): number {
  return text.length + 2 * (text.match(/[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0);
}
