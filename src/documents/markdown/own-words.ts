import { HOLES } from '../../store/template.ts';
import { DocumentError, type SourceFile } from '../document.ts';
import { parseMarkdown, readSource } from '../markdown.ts';
import { type Links, sanitizeContent } from '../sanitize.ts';
import { absoluteUrl } from '../url.ts';
import { makePortable } from './make-portable.ts';

/** What is published of a Markdown document. */
export interface Published {
  readonly title: string;
  readonly contentHtml: string;
}

/**
 * The content of a Markdown document as its author wrote it, fit to be read elsewhere: links are absolute or begin with
 * the origin's mark, and what is not in the HTML is not in here either, such as comments and template code. Undefined
 * when that would say something else than the HTML does.
 */
export function ownWords(
  file: SourceFile,
  { title, contentHtml }: Published,
  links: Links,
): string | undefined {
  const { body, aside } = readSource(file);
  const portable = makePortable(aside, links);
  if (portable === undefined || portable === body) return portable;
  try {
    return htmlOf(portable, title, links) === essence(withOrigin(contentHtml)) ? portable : undefined;
  } catch (error) {
    // Absolute links are longer; a document at the limits may pass them.
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

/** The URLs for which `ownWords` asks where they lead. */
export function ownLinks(file: SourceFile): string[] {
  const urls: string[] = [];
  const note = (url: string): string => {
    urls.push(url);
    return 'https://origin.invalid/';
  };
  makePortable(readSource(file).aside, { link: note, media: note });
  return urls;
}

/** What others make of it. */
function htmlOf(markdown: string, title: string, links: Links): string {
  const text = `---\ntitle: ${JSON.stringify(title)}\n---\n\n${withOrigin(markdown)}`;
  const { html } = parseMarkdown({ path: 'article.md', bytes: new TextEncoder().encode(text) });
  const within = (kind: keyof Links) => (url: string) =>
    absoluteUrl(url) ?? (/^(?:[?#]|$)/.test(url) ? links[kind](url) : undefined);
  return essence(withOrigin(sanitizeContent(html, { link: within('link'), media: within('media') })));
}

/** Without links that lead nowhere, and without the size of pictures, for which Markdown has no words. */
function essence(canonicalHtml: string): string {
  return canonicalHtml.replace(/<a>(.*?)<\/a>/g, '$1').replace(/ (?:width|height)='[^']*'/g, '');
}

function withOrigin(text: string): string {
  return text.replaceAll(HOLES.origin, 'https://origin.invalid');
}
