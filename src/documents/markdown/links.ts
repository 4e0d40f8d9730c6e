import { type MdastNode, markdownToMdast } from 'satteri';
import type { Links } from '../../html/resolve-links.ts';
import { isAllowed } from '../../html/sanitize.ts';
import { absoluteUrl } from '../../html/url.ts';
import type { Piece, SetAside } from './extract-syntax.ts';
import { FEATURES } from './render.ts';
import { applyEdits, type Edit } from './source-text.ts';

export interface LinkPlace {
  readonly kind: keyof Links;
  readonly start: number;
  readonly end: number;
  /** The end of its words, a `]`, and the range of its destination, with the brackets around it. */
  readonly wordsEnd: number;
  readonly destinationStart: number;
  readonly destinationEnd: number;
  readonly url: string;
}

/** The destination of a link, behind its words. */
const DESTINATION = /\]\(\s*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)/y;

/**
 * The links and pictures whose addresses are relative to the document.
 *
 * @param markdown without HTML and definitions
 * @returns undefined when one of them is not where it should be
 */
export function findLinkPlaces(markdown: string): LinkPlace[] | undefined {
  const places: LinkPlace[] = [];
  for (const { node, start, end } of nodesOf(
    markdownToMdast(markdown, { features: FEATURES, position: true }),
  )) {
    if ((node.type !== 'link' && node.type !== 'image') || isPortable(node.url)) continue;
    // In Zola, `@/` is the root of the documents.
    const url = node.url.replace(/^@\//, '/');
    const place = placeOf(markdown, start, end, node.type === 'image' ? 'media' : 'link', url);
    if (place === undefined || !isSure(markdown, place, node.url)) return undefined;
    places.push(place);
  }
  return places;
}

/** Whether nothing but the address and a title stands where the address seems to be. */
function isSure(
  markdown: string,
  { destinationStart, destinationEnd, end }: LinkPlace,
  url: string,
): boolean {
  const written = markdown.slice(destinationStart, destinationEnd).replace(/^<(.*)>$/s, '$1');
  return (
    written === url &&
    /^(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)$/.test(markdown.slice(destinationEnd, end))
  );
}

/** Undefined when what is there does not look like a link. */
function placeOf(
  markdown: string,
  start: number,
  end: number,
  kind: keyof Links,
  url: string,
): LinkPlace | undefined {
  const source = markdown.slice(start, end);
  // Nothing but the destination has this before it, unless a title does.
  DESTINATION.lastIndex = Math.max(0, source.lastIndexOf(']('));
  const match = DESTINATION.exec(source);
  if (match === null) return undefined;
  const [whole, destination = ''] = match;
  const wordsEnd = start + match.index;
  const destinationEnd = wordsEnd + whole.length;
  const destinationStart = destinationEnd - destination.length;
  return { kind, start, end, wordsEnd, destinationStart, destinationEnd, url };
}

/** @param url where it leads; undefined: nowhere, then its words are left, and nothing of a picture */
function editsOf(place: LinkPlace, url: string | undefined): Edit[] {
  const { kind, start, end, wordsEnd, destinationStart, destinationEnd } = place;
  if (url !== undefined)
    return [{ start: destinationStart, end: destinationEnd, text: writeDestination(url) }];
  if (kind === 'media') return [{ start, end, text: '' }];
  return [
    { start, end: start + 1, text: '' },
    { start: wordsEnd, end, text: '' },
  ];
}

/** @param urls where each place leads; undefined: nowhere */
export function fillLinkPlaces(
  markdown: string,
  places: readonly LinkPlace[],
  urls: readonly (string | undefined)[],
): string {
  return applyEdits(
    markdown,
    places.flatMap((place, index) => editsOf(place, urls[index])),
  );
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

const DEFINITION = /^\[(?:[^\]\\]|\\.)+\]:\s*(<[^<>\n]*>|\S+)/;
const URL_ATTRIBUTE = /(\s(?:href|src|poster|cite)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
/** Attributes and addresses that run something. */
const UNSAFE = /\s(?:on\w+|style|srcset)\s*=|(?:javascript|vbscript|data):/i;

/**
 * Makes links absolute, leaves out comments, and writes the extracted pieces as plain Markdown or HTML. Everything else
 * stays.
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

  const linkEdits = (
    start: number,
    end: number,
    kind: keyof Links,
    url: string | undefined,
  ): Edit[] | undefined => {
    const place = placeOf(markdown, start, end, kind, '');
    return place && editsOf(place, url);
  };

  const tree = markdownToMdast(markdown, { features: FEATURES, position: true });
  for (const { node, start, end } of nodesOf(tree)) {
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
    // In Zola, `@/` is the root of the documents.
    const stated = unmarked(node.url)?.replace(/^@\//, '/');
    if (stated === node.url && isPortable(stated)) continue;
    const kind = node.type === 'image' ? 'media' : 'link';
    const url = stated === undefined || isPortable(stated) ? stated : links[kind](stated);
    const edit =
      node.type === 'definition' ? definitionEdit(source, start, url) : linkEdits(start, end, kind, url);
    if (edit === undefined) return undefined;
    edits.push(...edit);
  }

  const isCode = isWithin(code);
  const isReplaced = isWithin(edits);
  for (const match of markdown.matchAll(marks)) {
    const piece = pieceAt(match[1]);
    if (piece === undefined || isReplaced(match.index)) continue;
    const text = isCode(match.index) ? piece.code : writePiece(piece, links);
    if (text === undefined) return undefined;
    edits.push({ start: match.index, end: match.index + match[0].length, text });
  }
  return applyEdits(markdown, edits);
}

function definitionEdit(source: string, start: number, url: string | undefined): Edit[] | undefined {
  const [whole, destination = ''] = DEFINITION.exec(source) ?? [];
  if (whole === undefined || url === undefined) return undefined;
  const end = start + whole.length;
  return [{ start: end - destination.length, end, text: writeDestination(url) }];
}

/** Tells whether an offset is in one of the ranges; offsets that are asked for may only grow. */
function isWithin(ranges: readonly { start: number; end: number }[]): (offset: number) => boolean {
  const ordered = ranges.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let reach = 0;
  return (offset) => {
    for (let range = ordered[next]; range !== undefined && range.start <= offset; range = ordered[++next])
      reach = Math.max(reach, range.end);
    return offset < reach;
  };
}

/** HTML within Markdown; undefined when no article may hold it. */
function portableHtml(html: string, links: Links): string | undefined {
  const shown = withoutComments(html);
  const names = [...shown.matchAll(/<\/?([a-z][\w:-]*)/gi)].map(([, name = '']) => name.toLowerCase());
  if (UNSAFE.test(shown) || !names.every(isAllowed) || /<[!?]/.test(shown)) return undefined;
  const written = shown.replace(URL_ATTRIBUTE, (whole, before: string, ...values: (string | undefined)[]) => {
    const url = (values.slice(0, 3).find((value) => value !== undefined) ?? '').replaceAll('&amp;', '&');
    if (isPortable(url)) return whole;
    const absolute = links[/src|poster/i.test(before) ? 'media' : 'link'](url);
    if (absolute === undefined) return '';
    return `${before}"${absolute.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
  });
  return written.replace(/<img(?![^<>]*\ssrc)[^<>]*>/gi, '');
}

/** One that is not closed stays. */
function withoutComments(html: string): string {
  let shown = '';
  let at = 0;
  for (let start = html.indexOf('<!--'); start >= 0; start = html.indexOf('<!--', at)) {
    const end = html.indexOf('-->', start);
    if (end < 0) break;
    shown += html.slice(at, start);
    at = end + '-->'.length;
  }
  return shown + html.slice(at);
}

/** Writes an extracted piece: a link as Markdown, else HTML; generator-specific syntax is left out. */
function writePiece(piece: Piece, links: Links): string | undefined {
  const { html, headingId, isMarkdown, formula, url: source, code } = piece;
  if (headingId !== undefined || isMarkdown) return code;
  if (html === undefined) return '';
  if (formula !== undefined && source?.startsWith('$')) return source;
  const [, href, words = ''] = /^(?:<p>)?<a href="([^"]*)">([^<]*)<\/a>(?:<\/p>)?$/.exec(html) ?? [];
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
