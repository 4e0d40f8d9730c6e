import { readCanonical, serialize } from '../../html/canonical.ts';
import { type Links, resolveLinks } from '../../html/resolve-links.ts';
import { sanitize } from '../../html/sanitize.ts';
import { type Root, replaceElements } from '../../html/tree.ts';
import { absoluteUrl } from '../../html/url.ts';
import { HOLES } from '../../templates/holes.ts';
import { type Draft, readSource } from '../source.ts';
import { DocumentError, type SourceFile } from '../stated.ts';
import { fillLinkPlaces, findLinkPlaces, type LinkPlace, makePortable } from './links.ts';
import { parseMarkdown, readMarkdown } from './markdown.ts';

interface Published {
  readonly title: string;
  readonly contentHtml: string;
}

/** The words of a Markdown document's author, as far as they are known without other documents. */
export type OwnWords =
  /** Right as they are. */
  | { readonly kind: 'final'; readonly markdown: string }
  /** Right but for where their links lead. */
  | { readonly kind: 'linked'; readonly markdown: string; readonly places: readonly LinkPlace[] }
  /** To be read again when links are known. */
  | { readonly kind: 'source'; readonly bytes: Uint8Array };

/** @param references the URLs in its content that are relative */
export function readOwnWords(
  { markdown }: Pick<Draft, 'markdown'>,
  references: readonly string[],
  { bytes }: SourceFile,
): OwnWords {
  if (markdown === undefined) return { kind: 'source', bytes };
  if (references.length === 0) return { kind: 'final', markdown };
  const places = findLinkPlaces(markdown);
  return places === undefined ? { kind: 'source', bytes } : { kind: 'linked', markdown, places };
}

/** The URLs for which `ownWords` may ask where they lead. */
export function ownLinks(words: OwnWords, path: string): string[] {
  if (words.kind === 'final') return [];
  if (words.kind === 'linked') return words.places.map(({ url }) => url);
  const urls: string[] = [];
  const note = (url: string): string => {
    urls.push(url);
    return 'https://origin.invalid/';
  };
  makePortable(readMarkdown(readSource({ path, bytes: words.bytes })).aside, { link: note, media: note });
  return urls;
}

/**
 * The content of a Markdown document as its author wrote it, fit to be read elsewhere: links are absolute or begin with
 * the origin's mark, and what is not in the HTML is not in here either, such as comments and template code. Undefined
 * when that would say something else than the HTML does.
 */
export function ownWords(
  words: OwnWords,
  path: string,
  published: Published,
  links: Links,
): string | undefined {
  if (words.kind === 'final') return words.markdown;
  if (words.kind === 'linked') {
    const urls = words.places.map(({ kind, url }) => links[kind](url));
    const markdown = fillLinkPlaces(words.markdown, words.places, urls);
    return urls.every(isSimple) || saysTheSame(markdown, published, links) ? markdown : undefined;
  }
  const { body, aside } = readMarkdown(readSource({ path, bytes: words.bytes }));
  const portable = makePortable(aside, links);
  if (portable === undefined || portable === body) return portable;
  return saysTheSame(portable, published, links) ? portable : undefined;
}

/** Whether an address in the place of another can change nothing else in Markdown. */
function isSimple(url: string | undefined): boolean {
  return url !== undefined && /^\uFDD0?[\w.~:/?#@!$,;=%+-]+$/.test(url);
}

function saysTheSame(markdown: string, { title, contentHtml }: Published, links: Links): boolean {
  try {
    return htmlOf(markdown, title, links) === essence(readCanonical(withOrigin(contentHtml)));
  } catch (error) {
    // Absolute links are longer; a document at the limits may pass them.
    if (error instanceof DocumentError) return false;
    throw error;
  }
}

/** The HTML that other Markdown readers make. */
function htmlOf(markdown: string, title: string, links: Links): string {
  const text = `---\ntitle: ${JSON.stringify(title)}\n---\n\n${withOrigin(markdown)}`;
  const draft = parseMarkdown(readSource({ path: 'article.md', bytes: new TextEncoder().encode(text) }));
  const { content } = sanitize(draft.content);
  const within = (kind: keyof Links) => (url: string) =>
    absoluteUrl(url) ?? (/^(?:[?#]|$)/.test(url) ? links[kind](url) : undefined);
  resolveLinks(content, { link: within('link'), media: within('media') });
  return essence(readCanonical(withOrigin(serialize(content))));
}

/** Without what Markdown has no words for: spans, such as the words of links that lead nowhere, and the size of pictures. */
function essence(content: Root): string {
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
