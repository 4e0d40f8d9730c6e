import { plainText, withoutNoteMarks } from '../../html/character-references.ts';
import { htmlTokens } from './html-tokens.ts';

/** A heading within one of these is not about the whole document. */
const NESTING = /^<(\/?)(?:blockquote|ul|ol|table|details|aside|pre)\b/i;
/** The words of a heading above a table of contents, as the source of a pattern. */
export const CONTENTS_HEADING =
  '(?:(?:table of )?contents|toc|inhalt(?:sverzeichnis)?|table des matières|sommaire|tabla de contenidos?|contenidos?|índice|sumário|indice|sommario|inhoud(?:sopgave)?|innehåll|indhold|innhold|sisällys|spis treści|obsah|tartalom|оглавление|содержание|зміст|içindekiler|περιεχόμενα|תוכן(?: עניינים)?|المحتويات|فهرست|目录|目錄|目次|목차)';
const CONTENTS = new RegExp(`^\\s*${CONTENTS_HEADING}[\\s:]*$`, 'iu');
/** Elements whose text is not part of the article, or says what a picture shows. */
const ASIDE = /^<(\/?)(script|style|figcaption)\b/i;

interface Heading {
  /** Where its element starts and ends in the HTML. */
  readonly start: number;
  readonly end: number;
}

/**
 * Takes the title out of the HTML of a document: the first heading of level one, else the first heading if no words
 * precede it but a table of contents. A heading that differs from the stated title stays.
 */
export function separateTitle(html: string, stated: string | undefined): { title?: string; html: string } {
  for (const { start, end } of titleHeadings(html)) {
    const heading = html.slice(start, end);
    const words = plainText(withoutNoteMarks(heading));
    const title = words || (/<img\s[^>]*?\balt="([^"]+)"/.exec(heading)?.[1] ?? '');
    if (title === '' || (stated !== undefined && essence(stated) !== essence(title))) continue;
    const id = /^<h\d\s[^>]*?\bid="([^"]+)"/.exec(heading)?.[1];
    const anchor = id !== undefined && html.includes(`href="#${id}"`) ? `<a id="${id}"></a>` : '';
    const rest = words === '' ? heading.replace(/^<h\d[^>]*>/, '<p>').replace(/<\/h\d>$/, '</p>') : anchor;
    return { title, html: html.slice(0, start) + rest + html.slice(end).trimStart() };
  }
  return { html };
}

function titleHeadings(html: string): Heading[] {
  const hasTop = /<h1[\s>]/.test(html);
  let opening: Heading | undefined;
  let isOpening = true;
  let depth = 0;
  let aside: string | undefined;
  // A line in italics below a picture is its caption.
  let isBelowPicture = false;
  let emphasis = 0;
  let isFragment = false;
  let open: { readonly level: string; readonly start: number } | undefined;
  let at = 0;
  for (const { kind, text, links } of htmlTokens(html)) {
    const start = at;
    at += text.length;
    if (kind === 'comment') continue;
    if (kind === 'text') {
      const isAside = aside !== undefined || (isBelowPicture && emphasis > 0) || (links > 0 && isFragment);
      isOpening &&= open !== undefined || isAside || !hasWords(text) || CONTENTS.test(text);
      if (!isOpening && opening === undefined && !hasTop) return [];
      continue;
    }
    const [, closes, name] = ASIDE.exec(text) ?? [];
    if (name !== undefined) aside = closes === '' ? name : undefined;
    if (/^<img\b/i.test(text)) isBelowPicture = true;
    else if (/^<\/?p\b/i.test(text)) isBelowPicture = false;
    else if (/^<\/?em\b/i.test(text)) emphasis += text.startsWith('</') ? -1 : 1;
    if (/^<a\b/i.test(text)) isFragment = /\shref=["']?#/i.test(text);
    const nesting = NESTING.exec(text)?.[1];
    if (nesting !== undefined) depth = Math.max(0, depth + (nesting === '' ? 1 : -1));
    const [, end, level] = /^<(\/?)h([1-6])\b/i.exec(text) ?? [];
    if (level === undefined || depth > 0) continue;
    if (end === '') open ??= { level, start };
    else if (open?.level === level) {
      const heading = { start: open.start, end: at };
      open = undefined;
      if (CONTENTS.test(plainText(html.slice(heading.start, heading.end)))) continue;
      if (isOpening) opening ??= heading;
      isOpening = false;
      if (level === '1') return opening === undefined || opening === heading ? [heading] : [heading, opening];
      if (!hasTop) break;
    }
  }
  return opening === undefined ? [] : [opening];
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(/&(?:\w{1,9}|#\w{1,7});/g, ''));
}

/** What two ways to write a title have in common. */
function essence(title: string): string {
  return (
    title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, '') || title
  );
}
