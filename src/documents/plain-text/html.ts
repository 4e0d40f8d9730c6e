import type { Block } from './blocks.ts';
import { linkText } from './link-text.ts';
import { joinLines } from './wrap.ts';

/** Writes the blocks of a text as canonical HTML. */
export function writeBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block, index) => {
      if (block.kind !== 'caption') return writeBlock(block);
      // The title of a picture and its caption stand in one figure.
      const opens = blocks[index - 1]?.kind === 'caption' ? '' : '<figure><figcaption>';
      const closes = blocks[index + 1]?.kind === 'caption' ? '' : '</figcaption></figure>';
      return `${opens}${writeBlock(block)}${closes}`;
    })
    .join('');
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'caption':
      return `<p>${writeLines(block)}</p>`;
    case 'heading':
      return `<h${block.level}>${writeLines(block)}</h${block.level}>`;
    case 'quotation':
      return `<blockquote>${writeBlocks(block.blocks)}</blockquote>`;
    case 'rule':
      return '<hr>';
    case 'list': {
      const items = block.items.map((item) => `<li>${writeItem(item)}</li>`).join('');
      if (block.start === undefined) return `<ul>${items}</ul>`;
      return `<ol${block.start === 1 ? '' : ` start='${block.start}'`}>${items}</ol>`;
    }
  }
}

/** A paragraph that is all of an item, or all but lists inside it, needs no `<p>`. */
function writeItem([first, ...others]: readonly Block[]): string {
  if (first?.kind !== 'paragraph' || others.some(({ kind }) => kind !== 'list')) {
    return writeBlocks(first === undefined ? [] : [first, ...others]);
  }
  return writeLines(first) + writeBlocks(others);
}

function writeLines({ lines }: Extract<Block, { readonly lines: unknown }>): string {
  return joinLines(lines).split('\n').map(linkText).join('<br>');
}
