import { trimEndOf } from '../../trim.ts';
import { htmlTokens } from './html-tokens.ts';
import { headingId } from './wikilinks.ts';

const ALIGNED = /<(t[hd]) style="text-align: (left|center|right)">/g;
/** What a fence says behind the language: `rust,ignore`, `js{1,3}`, `{.python}`. */
const LANGUAGE = /<code class="language-\{?\.?([\w+#.-]*)[^\w+#."-][^"]*">/g;
const CALLOUT =
  /<blockquote>\s*<p>\[!([A-Za-z][\w-]*)(?:\|[^\]]{0,200})?\][+-]?([^\n<]*)(?:<br>)?(?:\n|(?=<\/p>))/g;
/** A word behind `#`, which begins with a letter. */
const HASHTAG = /(?<=^|[\s(])#(\p{L}[\p{L}\p{M}\p{N}_/-]*)/gu;

export interface Polished {
  readonly html: string;
  /** The words that stand in the text as `#tag`. */
  readonly tags: readonly string[];
}

/**
 * Makes what the parser writes for one page on GitHub fit for articles anywhere.
 *
 * @param hasHtmlLinks whether links are written in HTML
 */
export function polish(rendered: string, hasHtmlLinks: boolean): Polished {
  let html = rendered;
  if (html.includes('<table>')) html = html.replace(ALIGNED, '<$1 align="$2">');
  if (html.includes('"language-')) html = html.replace(LANGUAGE, writeLanguage);
  if (html.includes('data-footnotes')) html = polishFootnotes(html);
  if (html.includes('<p>[!'))
    html = html.replace(CALLOUT, writeCallout).replaceAll('</strong></p>\n<p></p>', '</strong></p>');
  // Zola's root of all documents.
  if (html.includes('="@/')) html = html.replaceAll('href="@/', 'href="/');
  if (hasHtmlLinks) html = withoutNestedLinks(html);
  if (!html.includes('#')) return { html, tags: [] };
  if (/href="#./.test(html)) html = withHeadingIds(html);
  return { html, tags: /(?:^|[\s(>])#\p{L}/u.test(html) ? findHashtags(html) : [] };
}

function writeLanguage(_: string, language: string): string {
  return language === '' ? '<code>' : `<code class="language-${language}">`;
}

function polishFootnotes(html: string): string {
  return html
    .replace(
      '<section data-footnotes class="footnotes"><h2 class="sr-only" id="footnote-label">Footnotes</h2>',
      '<section class="footnotes">',
    )
    .replaceAll(' data-footnote-ref aria-describedby="footnote-label">', ' class="footnote-ref">')
    .replaceAll(
      ' data-footnote-backref="" aria-label="" class="data-footnote-backref">',
      ' class="footnote-backref">',
    );
}

/** `> [!note] Title`, as GitHub and Obsidian write it. */
function writeCallout(_: string, kind: string, title: string): string {
  const words =
    title.trim() === '' ? kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase() : title.trim();
  return `<blockquote>\n<p><strong>${words}</strong></p>\n<p>`;
}

/** A bare URL within a link that is written in HTML is the words of that link. */
function withoutNestedLinks(html: string): string {
  const written: string[] = [];
  for (const { kind, text, isCode, links } of htmlTokens(html)) {
    const isNested =
      kind === 'tag' && !isCode && ((/^<a\b/.test(text) && links > 0) || (/^<\/a\b/.test(text) && links > 1));
    if (!isNested) written.push(text);
  }
  return written.join('');
}

/** Gives headings the ids that links within the document expect of them. */
function withHeadingIds(html: string): string {
  const wanted = new Set([...html.matchAll(/href="#([^"]+)"/g)].map(([, fragment = '']) => decode(fragment)));
  return html.replace(/<h([1-6])>((?:(?!<h[1-6]>).)*?)<\/h\1>/gs, (whole, level: string, inside: string) => {
    const id = headingId(inside.replace(/<[^<>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#x27);/g, ''));
    return id !== '' && wanted.delete(id) ? `<h${level} id="${id}">${inside}</h${level}>` : whole;
  });
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function findHashtags(html: string): string[] {
  const found: string[] = [];
  for (const { kind, text, isCode, links } of htmlTokens(html)) {
    if (kind !== 'text' || isCode || links > 0) continue;
    for (const [, tag = ''] of text.matchAll(HASHTAG)) if (!isColour(tag)) found.push(trimEndOf(tag, /[/-]/));
  }
  return found;
}

/** `#fff` and `#1e90ff` are colours; `#cafe` and `#decade` are words. */
function isColour(word: string): boolean {
  return (
    /^(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(word) && (/\d/.test(word) || /^(.)\1+$/i.test(word))
  );
}
