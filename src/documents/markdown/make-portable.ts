import { type MdastNode, markdownToMdast } from 'satteri';
import { FEATURES } from '../markdown.ts';
import { isAllowed, type Links } from '../sanitize.ts';
import { absoluteUrl } from '../url.ts';
import type { Piece, SetAside } from './set-aside.ts';

/** A place in the text and what is to stand there. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where the destination of a link or a definition begins, and what it is, in its source. */
const DESTINATION = /\]\(\s*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)(?=[^[\]]*$)/;
const DEFINITION = /^\[(?:[^\]\\]|\\.)+\]:\s*(<[^<>\n]*>|\S+)/;
const URL_ATTRIBUTE = /(\s(?:href|src|poster|cite)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
/** Attributes and addresses that run something. */
const UNSAFE = /\s(?:on\w+|style|srcset)\s*=|(?:javascript|vbscript|data):/i;

/**
 * Makes links absolute, leaves comments out, and puts what was set aside in words that everybody reads. Nothing else is
 * touched.
 *
 * @returns undefined when the text holds HTML that no article may hold
 */
export function makePortable({ markdown, pieces, marks }: SetAside, links: Links): string | undefined {
  if (pieces.length === 0 && !/[[<]/.test(markdown)) return markdown;
  const edits: Edit[] = [];
  const code: { start: number; end: number }[] = [];
  const pieceAt = (index: string | undefined): Piece | undefined => pieces[Number(index)];
  const unmarked = (url: string): string | undefined => {
    const found = [...url.matchAll(marks)].map(([, index]) => pieceAt(index)?.url);
    return found.includes(undefined) ? undefined : url.replace(marks, () => found.shift() ?? '');
  };

  for (const { node, start, end } of nodesOf(
    markdownToMdast(markdown, { features: FEATURES, position: true }),
  )) {
    const source = markdown.slice(start, end);
    if (node.type === 'code' || node.type === 'inlineCode') code.push({ start, end });
    if (node.type === 'html') {
      const html = portableHtml(
        source.replace(marks, (_, index) => pieceAt(index)?.url ?? ''),
        links,
      );
      if (html === undefined) return undefined;
      if (html !== source) edits.push({ start, end, text: html });
    }
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') continue;
    const match = (node.type === 'definition' ? DEFINITION : DESTINATION).exec(source);
    // Zola's root of all documents is ours.
    const stated = unmarked(node.url)?.replace(/^@\//, '/');
    if (stated === node.url && isPortable(stated)) continue;
    const url =
      stated === undefined || isPortable(stated)
        ? stated
        : links[node.type === 'image' ? 'media' : 'link'](stated);
    if (match === null) return undefined;
    const [whole, destination = ''] = match;
    const at = start + match.index + whole.length - destination.length;
    if (url !== undefined)
      edits.push({ start: at, end: at + destination.length, text: writeDestination(url) });
    else if (node.type === 'image') edits.push({ start, end, text: '' });
    else if (node.type === 'definition') return undefined;
    else {
      edits.push({ start, end: start + 1, text: '' });
      edits.push({ start: start + match.index, end, text: '' });
    }
  }

  const isWithin = (at: number, ranges: readonly { start: number; end: number }[]): boolean =>
    ranges.some(({ start, end }) => at >= start && at < end);
  const known = [...edits];
  for (const match of markdown.matchAll(marks)) {
    const piece = pieceAt(match[1]);
    if (piece === undefined || isWithin(match.index, known)) continue;
    const text = isWithin(match.index, code) ? piece.code : writePiece(piece, links);
    if (text === undefined) return undefined;
    edits.push({ start: match.index, end: match.index + match[0].length, text });
  }
  return applyEdits(markdown, edits);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let written = 0;
  let out = '';
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(written, edit.start) + edit.text;
    written = edit.end;
  }
  return out + text.slice(written);
}

function* nodesOf(node: MdastNode): Generator<{ node: MdastNode; start: number; end: number }> {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start !== undefined && end !== undefined) yield { node, start, end };
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

/** Whether an address leads to the same place from everywhere, or stays within the text. */
function isPortable(url: string): boolean {
  return url.startsWith('#') || absoluteUrl(url) !== undefined;
}

function writeDestination(url: string): string {
  return /[\s()<>]/.test(url) ? `<${url.replace(/[<>]/g, encodeURIComponent)}>` : url;
}

/** HTML within Markdown; undefined when no article may hold it. */
function portableHtml(html: string, links: Links): string | undefined {
  const shown = html.replace(/<!--.*?-->/gs, '');
  const names = [...shown.matchAll(/<\/?([a-z][\w:-]*)/gi)].map(([, name = '']) => name.toLowerCase());
  if (UNSAFE.test(shown) || !names.every(isAllowed) || /<[!?]/.test(shown)) return undefined;
  const written = shown.replace(URL_ATTRIBUTE, (whole, before: string, ...values: (string | undefined)[]) => {
    const url = (values.slice(0, 3).find((value) => value !== undefined) ?? '').replaceAll('&amp;', '&');
    if (isPortable(url)) return whole;
    const absolute = links[/src|poster/i.test(before) ? 'media' : 'link'](url);
    if (absolute === undefined) return '';
    return `${before}"${absolute.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
  });
  return written.replace(/<img(?![^>]*\ssrc)[^>]*>/gi, '');
}

/** What was set aside: a link as Markdown, else as HTML; what only its own generator understands is left out. */
function writePiece({ html, headingId, code }: Piece, links: Links): string | undefined {
  if (headingId !== undefined) return code;
  if (html === undefined) return '';
  const [, href, words = ''] = /^<a href="([^"]*)">([^<]*)<\/a>$/.exec(html) ?? [];
  const [, src, alt = ''] = /^<img src="([^"]*)" alt="([^"]*)"[^>]*>$/.exec(html) ?? [];
  if (src !== undefined) {
    const url = isPortable(src) ? src : links.media(src.replaceAll('&amp;', '&'));
    return url === undefined ? '' : `![${escaped(alt)}](${writeDestination(url)})`;
  }
  if (href === undefined) return portableHtml(html, links);
  const url = href.startsWith('#') ? href : links.link(href.replaceAll('&amp;', '&'));
  return url === undefined ? escaped(words) : `[${escaped(words)}](${writeDestination(url)})`;
}

/** Text of HTML, with its references, between brackets. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]]/g, '\\$&');
}
