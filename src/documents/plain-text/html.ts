import { canonicalText } from '../../html/canonical.ts';
import { httpAddress } from '../../html/http-address.ts';
import type { Block } from './blocks.ts';
import { joinLines } from './paragraphs.ts';

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

/** A single paragraph in an item, with or without lists below it, needs no `<p>`. */
function writeItem([first, ...others]: readonly Block[]): string {
  if (first?.kind !== 'paragraph' || others.some(({ kind }) => kind !== 'list')) {
    return writeBlocks(first === undefined ? [] : [first, ...others]);
  }
  return writeLines(first) + writeBlocks(others);
}

function writeLines({ lines }: Extract<Block, { readonly lines: unknown }>): string {
  return joinLines(lines).split('\n').map(linkText).join('<br>');
}

const ADDRESS =
  /(?<!\w)https?:\/\/[^\s<>"“”«»。，、；：！？）】」』》]{1,2000}|(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;

/** Writes plain text as canonical HTML with links for web and e-mail addresses. */
export function linkText(text: string): string {
  if (!/:\/\/|@/.test(text)) return canonicalText(text);
  let html = '';
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(found);
    const isWeb = /^https?:/i.test(address);
    const href = isWeb ? httpAddress(address) : `mailto:${address.replace(/^mailto:/i, '')}`;
    if (href === undefined) continue;
    html += `${canonicalText(text.slice(end, index))}<a href='${attributeText(href)}'>${canonicalText(address)}</a>`;
    end = index + address.length;
  }
  return html + canonicalText(text.slice(end));
}

/** Removes the punctuation of the sentence: marks at the end, and brackets that do not open in the address. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  let unopened = found.split(')').length - found.split('(').length;
  for (;;) {
    const last = found.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened--;
    else if (!/[.,;:!?…'’*_~|\]}]/u.test(last)) return found.slice(0, end);
    end--;
  }
}

function attributeText(text: string): string {
  return canonicalText(text).replaceAll("'", '&#39;');
}
