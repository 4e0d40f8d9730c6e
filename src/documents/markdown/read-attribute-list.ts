import type { Found } from './piece.ts';
import { matchesIn, type SourceText } from './source-text.ts';

/** The fragments that links within a text lead to. */
const wantedIn = matchesIn(/[("]#([\w:.-]{1,200})[)"]/g);

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
  const isKramdown = (isLineEnd && list.startsWith('{:')) || /^\{:[:/]/.test(list);
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
