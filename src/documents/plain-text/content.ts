import { type Element, h } from '../../html/tree.ts';
import type { Block } from './blocks.ts';
import { linkText } from './link-text.ts';
import { joinLines } from './wrap.ts';

/** The blocks of a text as content. */
export function contentOf(blocks: readonly Block[]): Element[] {
  const content: Element[] = [];
  blocks.forEach((block, index) => {
    const written = elementOf(block);
    if (block.kind !== 'caption') content.push(written);
    // The title of a picture and its caption stand in one figure.
    else if (blocks[index - 1]?.kind !== 'caption')
      content.push(h('figure', {}, [h('figcaption', {}, [written])]));
    else captionOf(content.at(-1))?.children.push(written);
  });
  return content;
}

function captionOf(figure: Element | undefined): Element | undefined {
  const caption = figure?.children[0];
  return caption?.type === 'element' ? caption : undefined;
}

function elementOf(block: Block): Element {
  switch (block.kind) {
    case 'paragraph':
    case 'caption':
      return h('p', {}, inline(block));
    case 'heading':
      return h(`h${block.level}`, {}, inline(block));
    case 'quotation':
      return h('blockquote', {}, contentOf(block.blocks));
    case 'rule':
      return h('hr', {});
    case 'list': {
      const items = block.items.map((item) => h('li', {}, contentOfItem(item)));
      if (block.start === undefined) return h('ul', {}, items);
      return h('ol', block.start === 1 ? {} : { start: String(block.start) }, items);
    }
  }
}

/** A paragraph that is all of an item, or all but lists inside it, needs no `<p>`. */
function contentOfItem([first, ...others]: readonly Block[]): Element['children'] {
  if (first?.kind !== 'paragraph' || others.some(({ kind }) => kind !== 'list')) {
    return contentOf(first === undefined ? [] : [first, ...others]);
  }
  return [...inline(first), ...contentOf(others)];
}

function inline({ lines }: Extract<Block, { readonly lines: unknown }>): Element['children'] {
  return joinLines(lines)
    .split('\n')
    .flatMap((line, index) => [...(index === 0 ? [] : [h('br', {})]), ...linkText(line)]);
}
