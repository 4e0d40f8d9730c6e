import type { Found } from './piece.ts';
import type { SourceText } from './source-text.ts';
import { nameLink, writeWikilink } from './wikilinks.ts';

/** `[[1]](url)` and `[[1]]: url` are Markdown, and `[[^1]]` is a footnote. */
const WIKILINK = /(!?)\[\[(?![\s^])([^[\]\n]{0,500}[^[\]\s])\]\](?![(:[])/y;

/** Reads `[[Page]]` or `![[image.png]]`; undefined when `start` begins something else. */
export function readWikilink({ text }: SourceText, start: number): Found | undefined {
  WIKILINK.lastIndex = start;
  const [whole = '', embeds, inside] = WIKILINK.exec(text) ?? [];
  if (inside === undefined) return undefined;
  const [target = ''] = inside.split('|');
  return {
    end: start + whole.length,
    piece: { html: writeWikilink(inside, embeds === '!'), url: nameLink(target) },
  };
}
