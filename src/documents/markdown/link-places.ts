import { type MdastNode, markdownToMdast } from 'satteri';
import type { Links } from '../../html/sanitize.ts';
import { absoluteUrl } from '../../html/url.ts';
import { applyEdits, type Edit } from './piece.ts';
import { FEATURES } from './render.ts';

/** A link or a picture in Markdown, by offsets in the text. */
export interface LinkPlace {
  readonly kind: keyof Links;
  readonly start: number;
  readonly end: number;
  /** The end of its words, a `]`, and the range of its destination, with the brackets around it. */
  readonly wordsEnd: number;
  readonly destinationStart: number;
  readonly destinationEnd: number;
  /** As its author wrote it. */
  readonly url: string;
}

/** The destination of a link, behind its words. */
const DESTINATION = /\]\(\s*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)/y;

/**
 * The links and pictures whose addresses mean something in their own place only.
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
    // Zola's root of all documents is ours.
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
export function placeOf(
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
export function editsOf(place: LinkPlace, url: string | undefined): Edit[] {
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

export function* nodesOf(node: MdastNode): Generator<{ node: MdastNode; start: number; end: number }> {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start !== undefined && end !== undefined) yield { node, start, end };
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

/** Whether an address leads to the same place from everywhere, or stays within the text. */
export function isPortable(url: string): boolean {
  return url.startsWith('#') || absoluteUrl(url) !== undefined;
}

export function writeDestination(url: string): string {
  return /[\s()<>]/.test(url) ? `<${url.replace(/[<>]/g, encodeURIComponent)}>` : url;
}
