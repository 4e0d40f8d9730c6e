import { escapeHtml } from './escape-html.ts';
import type { Piece, SetAside } from './extract-syntax.ts';
import { htmlTokens } from './html-tokens.ts';

/* Noncharacters, which no document holds. */
const BLOCK_START = '\uFDD0';
const BLOCK_END = '\uFDD1';
const NOTHING = '\uFDD2';

export interface Whole {
  readonly html: string;
  /** What could not be converted. */
  readonly leftOut: readonly Piece[];
}

/** Puts the pieces back where their marks stand: as code within code, as an address within a tag, else as HTML. */
export function putBack(html: string, { pieces, marks }: SetAside): Whole {
  if (pieces.length === 0) return { html, leftOut: [] };
  const leftOut = new Set<Piece>();
  const written: string[] = [];
  let heading = -1;
  let isHeadingOpen = false;

  const piecesIn = (text: string): Piece[] =>
    [...text.matchAll(marks)].flatMap(([, index]) => pieces[Number(index)] ?? []);
  const replaceMarks = (text: string, write: (piece: Piece) => string): string =>
    text.replace(marks, (mark, index) => {
      const piece = pieces[Number(index)];
      return piece === undefined ? mark : write(piece);
    });
  const writeText = (piece: Piece): string => {
    if (piece.headingId !== undefined && heading >= 0) {
      written[heading] = written[heading]?.replace('>', ` id="${escapeHtml(piece.headingId)}">`) ?? '';
    }
    if (piece.html === undefined) {
      leftOut.add(piece);
      return NOTHING;
    }
    return /^<(?:pre|figure|p|blockquote)\b/.test(piece.html)
      ? `${BLOCK_START}${piece.html}${BLOCK_END}`
      : piece.html;
  };
  const writeTag = (tag: string): string => {
    const lost = piecesIn(tag).filter(({ url }) => url === undefined);
    if (lost.length === 0) return replaceMarks(tag, ({ url = '' }) => escapeHtml(url));
    for (const piece of lost) leftOut.add(piece);
    const known = tag.replace(/\s[\w:@.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/g, (attribute) =>
      piecesIn(attribute).some(({ url }) => url === undefined) ? '' : attribute,
    );
    if (/^<(?:img|source|iframe|embed)\b/.test(known) && !/\ssrc/.test(known)) return NOTHING;
    return replaceMarks(known, ({ url = '' }) => escapeHtml(url));
  };

  for (const { kind, text, isCode } of htmlTokens(html)) {
    if (kind === 'tag' && /^<h[1-6]\b/.test(text)) {
      heading = written.length;
      isHeadingOpen = true;
    }
    if (isCode) written.push(replaceMarks(text, ({ code }) => escapeHtml(code)));
    else written.push(kind === 'tag' ? writeTag(text) : replaceMarks(text, writeText));
    if (kind === 'tag' && /^<\/h[1-6]\b/.test(text)) isHeadingOpen = false;
    // What stands right below a heading may still name it.
    if (kind === 'text' && !isHeadingOpen && text.trim() !== '') heading = -1;
  }
  const whole = withoutHollowParagraphs(written.join(''))
    // What is left out at the end of a heading goes with the space before it.
    .replace(/(?<![\s\uFDD2])[\s\uFDD2]*\uFDD2(?=<\/h[1-6]>)/g, '')
    .replace(/[\uFDD0\uFDD1\uFDD2]/g, '');
  return { html: whole, leftOut: [...leftOut] };
}

/** Unwraps paragraphs of nothing but blocks and what is left out. */
function withoutHollowParagraphs(html: string): string {
  const hollow = /[\s\uFDD2]+|<br>|\uFDD0[^\uFDD1]*\uFDD1/y;
  const written: string[] = [];
  let at = 0;
  for (let start = html.indexOf('<p>'); start >= 0; start = html.indexOf('<p>', start + 3)) {
    hollow.lastIndex = start + 3;
    let end = start + 3;
    while (hollow.test(html)) end = hollow.lastIndex;
    const inside = html.slice(start + 3, end);
    if (!html.startsWith('</p>', end) || !/[\uFDD0\uFDD2]/.test(inside)) continue;
    written.push(html.slice(at, start), inside);
    at = end + 4;
  }
  written.push(html.slice(at));
  return written.join('');
}
