import type { StatedDate } from '../../src/dates/parse-date.ts';
import { parseDocument } from '../../src/documents/parse.ts';
import type { Draft } from '../../src/documents/source.ts';
import { readCanonical, serialize } from '../../src/html/canonical.ts';
import { parseHtml } from '../../src/html/parse.ts';
import { type KnownLinks, resolveLinks } from '../../src/html/resolve-links.ts';
import { sanitize } from '../../src/html/sanitize.ts';
import { plainText, textWithoutNotes } from '../../src/html/text.ts';

/** HTML as canonical HTML. */
export function canonical(html: string): string {
  return serialize(parseHtml(html) ?? { type: 'root', children: [] });
}

/** What an article may hold of HTML, with its links. */
export function sanitized(html: string, links: KnownLinks): string {
  const { content } = sanitize(parseHtml(html) ?? { type: 'root', children: [] });
  resolveLinks(content, links);
  return serialize(content);
}

/** The text of HTML in one line. */
export function textOfHtml(html: string): string {
  return plainText(readCanonical(html));
}

/** The same without what leads to its notes and back. */
export function proseOfHtml(html: string): string {
  return textWithoutNotes(readCanonical(canonical(html)));
}

/** A draft whose content is canonical HTML. */
export type ReadDraft = Omit<Draft, 'content'> & { readonly html: string };

/** A draft with its content as canonical HTML. */
export function readable({ content, ...fields }: Draft): ReadDraft {
  return { ...fields, html: serialize(content) };
}

export function parse(text: string, path = 'a.md'): ReadDraft {
  return readable(parseDocument({ path, bytes: new TextEncoder().encode(text) }));
}

export const html = (text: string): string => parse(text).html;

export function parsePage(html: string): ReadDraft {
  return parse(html, 'a.html');
}

/** A paragraph of an article. */
export const TEXT =
  '<p>A paragraph that is long enough to be taken for one, whatever else the page around it may say.</p>';

/** A page whose head and article are given. */
export function page(head: string, article = `<h1>Heading</h1>${TEXT}`): string {
  return `<!doctype html><html><head>${head}</head><body><nav><a href="/">Home</a></nav><article>${article}</article></body></html>`;
}

/** Endings of all kinds of documents. */
export const KINDS = ['txt', 'md', 'markdown', 'mdx', 'html', 'htm'];

/** Who may see a document, in a word. */
export function outcome({
  visibility,
  noindex,
  unmapped,
}: Pick<Draft, 'visibility' | 'noindex' | 'unmapped'>): string {
  return visibility ?? (noindex ? 'noindex' : unmapped ? 'unmapped' : 'shown');
}

/** The content of a fragment of HTML. */
export function content(html: string): string {
  return parse(html, 'a.html').html;
}

/** The addresses and the names of its pictures. */
export function pictures(html: string): string[] {
  const images = html.matchAll(/<img\b[^>]*>/g);
  return Array.from(images, ([image]) =>
    ['src', 'alt']
      .map((name) => valueIn(image, name))
      .join(' ')
      .trim(),
  );
}

export function valueIn(tag: string, name: string): string {
  return new RegExp(` ${name}='([^']*)'`).exec(tag)?.[1] ?? '';
}

/** `2021-02-03T10:00:00+03:00`, with as much as was stated. */
export function printDate({ year, month, day, time, timeZone }: StatedDate): string {
  const pad = (number: number): string => String(number).padStart(2, '0');
  const date = `${year}-${pad(month)}-${pad(day)}`;
  if (time === undefined) return date;
  return `${date}T${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}${timeZone === 'UTC' ? 'Z' : (timeZone ?? '').replace(/^\p{L}.*/u, '[$&]')}`;
}
