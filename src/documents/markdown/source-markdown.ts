import { type MdastNode, markdownToMdast } from 'satteri';
import { readCanonical, serialize } from '../../html/canonical.ts';
import { type Links, resolveLinks } from '../../html/resolve-links.ts';
import { isAllowed, sanitize } from '../../html/sanitize.ts';
import { type Root, replaceElements } from '../../html/tree.ts';
import { absoluteUrl } from '../../html/url.ts';
import { HOLES } from '../../templates/holes.ts';
import { readSource } from '../source.ts';
import { DocumentError } from '../stated.ts';
import type { Extraction, Piece } from './extract-syntax.ts';
import { parseMarkdown } from './markdown.ts';
import { FEATURES } from './render.ts';
import { applyEdits, type Edit, matchAt, type Range } from './source-text.ts';

/** The Markdown of an author, and the parts that may have to be rewritten. */
export interface SourceMarkdown extends Pick<Extraction, 'markdown' | 'pieces' | 'marks'> {
  readonly nodes: readonly Changeable[];
  /** Whether other Markdown parsers give the same result, apart from links. */
  readonly isSure: boolean;
}

type Changeable =
  | (Range & { readonly type: 'code' })
  | (Range & { readonly type: 'html'; readonly html: string })
  | LinkPlace;

interface LinkPlace extends Range {
  readonly type: keyof Links | 'definition';
  /** The end of its words, a `]`, and the range of its destination, with the brackets around it. */
  readonly wordsEnd: number;
  readonly destination: Range;
  /** The target as stated; undefined: none. */
  readonly url: string | undefined;
}

interface Published {
  readonly title: string;
  readonly contentHtml: string;
}

/** The destination of a link, after its text. */
const DESTINATION = /\]\(\s*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)/y;
const DEFINITION = /\[(?:[^\]\\]|\\.)+\]:\s*(<[^<>\n]*>|\S+)/y;
/** The label of a definition that is a comment, as in `[//]: # (words)`. */
const REMARK = /^(?:\/\/|comments?|_comment|_|\.|-)$/i;
const URL_ATTRIBUTE = /(\s(?:href|src|poster|cite)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
/** Attributes and addresses with scripts or styles. */
const UNSAFE = /\s(?:on\w+|style|srcset)\s*=|(?:javascript|vbscript|data):/i;

/** Whether it has no HTML, no definitions, and no syntax beyond Markdown. */
export function isPlain({ source, markdown, leftOut }: Extraction): boolean {
  return markdown === source && leftOut.length === 0 && !/<[a-z!?/]|\]:/i.test(source);
}

/**
 * @param hasReferences whether URLs in its content are relative
 * @returns undefined if other parsers cannot read it
 */
export function readSourceMarkdown(
  extracted: Extraction,
  hasReferences: boolean,
): SourceMarkdown | undefined {
  const { source, markdown, pieces, marks } = extracted;
  const isSimple = isPlain(extracted);
  if (isSimple && !hasReferences) return { markdown, pieces, marks, nodes: [], isSure: true };
  const nodes = pieces.length === 0 && !/[[<]/.test(markdown) ? [] : changeableIn(extracted);
  if (nodes === undefined) return undefined;
  const isSure = isSimple && nodes.every((node) => isWholeDestination(markdown, node));
  const own = { markdown, pieces, marks, nodes, isSure };
  return isSure || ownLinks(own).length > 0
    ? own
    : { ...own, isSure: writeResolved(own, { link: String, media: String }) === source };
}

/** The URLs that `sourceMarkdownOf` resolves. */
export function ownLinks(own: SourceMarkdown): string[] {
  const urls: string[] = [];
  const note = (url: string): string => {
    urls.push(url);
    return 'https://origin.invalid/';
  };
  writeResolved(own, { link: note, media: note });
  return urls;
}

/**
 * The Markdown of an author for other parsers: links are absolute or begin with the hole for the origin, and what is
 * not in the HTML, such as comments and template code, is left out. Undefined if its content would differ from the
 * HTML.
 */
export function sourceMarkdownOf(
  own: SourceMarkdown,
  published: Published,
  links: Links,
): string | undefined {
  let isSure = own.isSure;
  const noting = (type: keyof Links) => (stated: string) => {
    const url = links[type](stated);
    // Replacing an address changes nothing else in Markdown.
    isSure &&= url !== undefined && /^\uFDD0?[\w.~:/?#@!$,;=%+-]+$/.test(url);
    return url;
  };
  const markdown = writeResolved(own, { link: noting('link'), media: noting('media') });
  return markdown === undefined || isSure || saysTheSame(markdown, published, links) ? markdown : undefined;
}

/**
 * Makes links absolute, leaves out comments, and writes the extracted pieces as plain Markdown or HTML. Everything else
 * stays.
 *
 * @returns undefined if the text has HTML that no article may contain
 */
function writeResolved({ markdown, pieces, marks, nodes }: SourceMarkdown, links: Links): string | undefined {
  const edits: Edit[] = [];
  for (const node of nodes) {
    const edit = editsOf(node, links);
    if (edit === undefined) return undefined;
    edits.push(...edit);
  }
  const isCode = inRanges(nodes.filter(({ type }) => type === 'code'));
  const isReplaced = inRanges(edits);
  for (const { index, 0: mark, 1: number } of markdown.matchAll(marks)) {
    const piece = pieces[Number(number)];
    if (piece === undefined || isReplaced(index)) continue;
    const text = isCode(index) ? piece.code : writePiece(piece, links);
    if (text === undefined) return undefined;
    edits.push({ start: index, end: index + mark.length, text });
  }
  return applyEdits(markdown, edits);
}

/** @returns undefined if the position of a link is uncertain */
function changeableIn({ markdown, pieces, marks }: Extraction): Changeable[] | undefined {
  const urlOf = (index: string | undefined): string | undefined => pieces[Number(index)]?.url;
  const unmarked = (url: string): string | undefined => {
    const found = [...url.matchAll(marks)].map(([, index]) => urlOf(index));
    return found.includes(undefined) ? undefined : url.replace(marks, () => found.shift() ?? '');
  };
  const found: Changeable[] = [];
  for (const { node, start, end } of nodesOf(
    markdownToMdast(markdown, { features: FEATURES, position: true }),
  )) {
    const source = markdown.slice(start, end);
    if (node.type === 'code' || node.type === 'inlineCode') found.push({ type: 'code', start, end });
    if (node.type === 'html')
      found.push({ type: 'html', start, end, html: source.replace(marks, (_, index) => urlOf(index) ?? '') });
    if (node.type === 'definition' && node.title && REMARK.test(node.identifier) && /^#?$/.test(node.url)) {
      found.push({ type: 'html', start, end, html: '' });
      continue;
    }
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') continue;
    // In Zola, `@/` is the root of the documents.
    const url = unmarked(node.url)?.replace(/^@\//, '/');
    if (url === node.url && isPortable(url)) continue;
    const place = findLinkPlace(node.type === 'image' ? 'media' : node.type, source, start, url);
    if (place === undefined) return undefined;
    found.push(place);
  }
  return found;
}

function* nodesOf(node: MdastNode): Generator<{ node: MdastNode } & Range> {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start !== undefined && end !== undefined) yield { node, start, end };
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

/** @returns undefined if the text does not look like one */
function findLinkPlace(
  type: LinkPlace['type'],
  source: string,
  start: number,
  url?: string,
): LinkPlace | undefined {
  // This precedes only a destination or a title.
  const at = type === 'definition' ? 0 : Math.max(0, source.lastIndexOf(']('));
  const [whole, stated = ''] = matchAt(type === 'definition' ? DEFINITION : DESTINATION, source, at);
  if (whole === undefined) return undefined;
  const wordsEnd = start + at;
  const end = wordsEnd + whole.length;
  const destination = { start: end - stated.length, end };
  return { type, start, end: start + source.length, wordsEnd, destination, url };
}

/** Whether the assumed destination of a link is its address, with nothing else but a title. */
function isWholeDestination(markdown: string, node: Changeable): boolean {
  if (!('destination' in node)) return true;
  const { destination, end, url } = node;
  const written = markdown.slice(destination.start, destination.end).replace(/^<(.*)>$/s, '$1');
  return (
    written.replace(/^@\//, '/') === url &&
    /^(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)$/.test(markdown.slice(destination.end, end))
  );
}

/** A link without a target becomes its text; a picture without one is removed. Undefined: no article may have it. */
function editsOf(node: Changeable, links: Links): Edit[] | undefined {
  const { start, end } = node;
  if (node.type === 'code') return [];
  if (node.type === 'html') {
    const text = portableHtml(node.html, links);
    return text === undefined ? undefined : [{ start, end, text }];
  }
  const { type, url: stated, destination, wordsEnd } = node;
  const isKnown = stated === undefined || isPortable(stated);
  const url = isKnown ? stated : links[type === 'media' ? 'media' : 'link'](stated);
  if (url !== undefined) return [{ ...destination, text: writeDestination(url) }];
  if (type === 'definition') return undefined;
  if (type === 'media') return [{ start, end, text: '' }];
  return [
    { start, end: start + 1, text: '' },
    { start: wordsEnd, end, text: '' },
  ];
}

/** Whether an address is absolute, or a fragment of the text. */
function isPortable(url: string): boolean {
  return url.startsWith('#') || absoluteUrl(url) !== undefined;
}

function writeDestination(url: string): string {
  return /[\s()<>]/.test(url) ? `<${url.replace(/[<>]/g, encodeURIComponent)}>` : url;
}

/** Returns a test whether an offset is in one of the ranges. Offsets must ascend. */
function inRanges(ranges: readonly Range[]): (offset: number) => boolean {
  const ordered = ranges.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let reach = 0;
  return (offset) => {
    for (let range = ordered[next]; range !== undefined && range.start <= offset; range = ordered[++next])
      reach = Math.max(reach, range.end);
    return offset < reach;
  };
}

/** HTML in Markdown; undefined if no article may contain it. */
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

/** An unclosed comment is kept. */
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

/** Text of HTML, with its character references, escaped for use between brackets. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]]/g, '\\$&');
}

function saysTheSame(markdown: string, { title, contentHtml }: Published, links: Links): boolean {
  try {
    return htmlOf(markdown, title, links) === comparableHtml(readCanonical(withOrigin(contentHtml)));
  } catch (error) {
    // Absolute links are longer, so a document near the limits may exceed them.
    if (error instanceof DocumentError) return false;
    throw error;
  }
}

/** The HTML of other Markdown parsers. */
function htmlOf(markdown: string, title: string, links: Links): string {
  const text = `---\ntitle: ${JSON.stringify(title)}\n---\n\n${withOrigin(markdown)}`;
  const draft = parseMarkdown(readSource({ path: 'article.md', bytes: new TextEncoder().encode(text) }));
  const { content } = sanitize(draft.content);
  const within = (kind: keyof Links) => (url: string) =>
    absoluteUrl(url) ?? (/^(?:[?#]|$)/.test(url) ? links[kind](url) : undefined);
  resolveLinks(content, { link: within('link'), media: within('media') });
  return comparableHtml(readCanonical(withOrigin(serialize(content))));
}

/** Without what Markdown cannot express: spans, such as those of links without a target, and the size of pictures. */
function comparableHtml(content: Root): string {
  replaceElements(content, ({ tagName, properties, children }) => {
    delete properties.width;
    delete properties.height;
    return tagName === 'span' ? children : undefined;
  });
  return serialize(content);
}

function withOrigin(text: string): string {
  return text.replaceAll(HOLES.origin, 'https://origin.invalid');
}
