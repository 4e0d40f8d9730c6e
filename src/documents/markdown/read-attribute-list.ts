import type { Found } from './piece.ts';
import { matchesIn, type SourceText } from './source-text.ts';

/** The fragments that links within a text lead to. */
const WANTED = /[("]#([\w:.-]{1,200})[)"]/g;
const wantedIn = matchesIn(WANTED);

/** The id of the block above, alone on its line, as kramdown and Python-Markdown have it. */
const BLOCK_ID = /^[ \t>]*\{:?\s*(?:\.[\w-]+\s+){0,9}#([\w:.-]{1,200})(?:\s[^{}\n]{0,500})?\}[ \t]*$/;
const HEADING_LINE = /^ {0,3}(?:#{1,6}[ \t]|=+[ \t]*$|-+[ \t]*$)/;
const FENCE_LINE = /^[ \t>]*(`{3,}|~{3,})/;
/** What a block begins with: the marks of quotations, lists and tables. */
const BLOCK_MARKS = /^(?:[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)*\|?[ \t]*)/;

/** Puts an anchor at the beginning of each block whose id a link leads to; lines keep their numbers. */
export function identifyBlocks(markdown: string): string {
  if (!/^[ \t>]*\{:?[^{}\n]*#/m.test(markdown)) return markdown;
  const wanted = new Set([...markdown.matchAll(WANTED)].map(([, id]) => id));
  const lines = markdown.split('\n');
  let blockStart = 0;
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = FENCE_LINE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      continue;
    }
    const id = BLOCK_ID.exec(line)?.[1];
    const isBelow = index > blockStart && !HEADING_LINE.test(lines[index - 1] ?? '');
    if (id !== undefined && wanted.has(id) && isBelow) {
      const first = lines[blockStart] ?? '';
      const anchor = `<a id="${id}"></a>`;
      if (!FENCE_LINE.test(first)) {
        const [marks] = BLOCK_MARKS.exec(first) ?? [''];
        lines[blockStart] = marks + anchor + first.slice(marks.length);
      } else if (lines[blockStart - 1]?.trim() === '') lines[blockStart - 1] = `\n${anchor}`;
      lines[index] = '';
    }
    if (mark !== undefined) fence = mark;
    if (mark !== undefined || line.trim() === '') blockStart = mark === undefined ? index + 1 : index;
  }
  return lines.join('\n');
}

/** A word ends where nothing of it can follow, so that there is one way to read it. */
const LIST =
  /\{(?:::?\/?[^{}\n]{0,500}|(?:\s*(?:[#.][\w:.-]+(?=[\s#}])|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[\w.%-]+(?=[\s#}]))))+\s*)\}/y;

/**
 * Reads `{#id .class}` and kramdown's `{: .class}` behind what they belong to, or on a line of their own; undefined when
 * `start` begins something else. Of what they say, only the id of a heading is kept, and one that a link leads to.
 */
export function readAttributeList(source: SourceText, start: number): Found | undefined {
  const { text, next, columnOf } = source;
  LIST.lastIndex = start;
  const [list] = LIST.exec(text) ?? [];
  if (list === undefined) return undefined;
  const end = start + list.length;
  const comment = list.startsWith('{::comment') ? next(/\{:\/(?:comment)?\}/, end) : undefined;
  if (comment !== undefined) return { end: comment.end, piece: { isSilent: true } };

  const before = text.slice(start - Math.min(columnOf(start), 1000), start);
  const behind = text.slice(end, end + 200);
  const isLineEnd = /^[ \t#]*(?:\n|$)/.test(behind);
  const isHeading =
    isLineEnd && (/^ {0,3}#{1,6}[ \t]/.test(before) || /^[^\n]*\n {0,3}(?:=+|-+)[ \t]*(?:\n|$)/.test(behind));
  const id = /#([\w:.-]+)/.exec(list)?.[1];
  // Hashes may close a heading.
  const closing = isHeading ? (/(?<=\S)[ \t]{1,20}#{1,6}[ \t]{0,20}$/.exec(before)?.[0].length ?? 0) : 0;
  if (isHeading && id !== undefined)
    return { start: start - closing, end, piece: { isSilent: true, headingId: id } };
  const isOwnLine = isLineEnd && before.trim() === '';
  const isOfItem = list.startsWith('{:') && /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+$/.test(before);
  const isKramdown = isOfItem || (isLineEnd && list.startsWith('{:')) || /^\{:[:/]/.test(list);
  // Behind a link, a picture, a span, emphasis, code, a formula or a tag; `call(x){y=1}` is prose.
  const isAttached =
    /[`>]$|^\$\$[ \t]*$|(?<=\S)\$\$$|\]\((?:[^()\n]|\([^()\n]*\)){0,500}\)$|(?<![\w\]])\[[^[\]\n]{1,500}\]$|(?<=[^\s*_])[*_]$/.test(
      before,
    );
  if (isOwnLine && id !== undefined && isBelowHeading(text, start - before.length))
    return { end, piece: { isSilent: true, headingId: id } };
  const isWanted = id !== undefined && wantedIn(source).has(id);
  const anchor = isWanted ? `<a id="${id}"></a>` : undefined;
  if (anchor !== undefined && before.endsWith('[]()')) return { start: start - 4, end, markdown: anchor };
  const span = /(?<![\w\]!])\[([^[\]\n{}<>`$\\=^]{1,500})\]$/.exec(before);
  if (span !== null && isAttached)
    return { start: start - span[0].length, end, markdown: (anchor ?? '') + (span[1] ?? '') };
  if (!isHeading && !isOwnLine && !isKramdown && !isAttached) return undefined;
  return anchor === undefined ? { end, piece: { isSilent: true } } : { end, markdown: anchor };
}

function isBelowHeading(text: string, lineStart: number): boolean {
  const above = text.slice(Math.max(0, lineStart - 500), lineStart);
  return /(?:^|\n) {0,3}(?:#{1,6}[ \t][^\n]*|=+[ \t]*|-+[ \t]*)\n$/.test(above);
}
