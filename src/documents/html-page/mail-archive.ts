import { canonicalText, serialize } from '../../html/canonical.ts';
import { decodeReferences } from '../../html/parse.ts';
import { root } from '../../html/tree.ts';
import { readBlocks } from '../plain-text/blocks.ts';
import { contentOf } from '../plain-text/content.ts';
import { readLines, withoutSignature } from '../plain-text/lines.ts';

/** The markup of a program that writes messages or posts as pages. A value is the first group that matches. */
interface Archiver {
  readonly body: RegExp;
  readonly subject: RegExp;
  readonly author: RegExp;
  readonly date: RegExp;
  readonly decode?: (author: string) => string;
  /** Each match is a tag. */
  readonly tag?: RegExp;
}

const ARCHIVERS: readonly Archiver[] = [
  // Pipermail, of Mailman 2
  {
    body: /<!--beginarticle-->(.*?)<!--endarticle-->/s,
    subject: /<h1>(.*?)<\/h1>/is,
    author: /<\/h1>\s*<b>(.*?)<\/b>/is,
    date: /<\/h1>.{0,2000}?<i>(.*?)<\/i>/is,
  },
  // Hypermail; version 2.1 has the metadata in `meta` and in an address above the text
  {
    body: /<!-- body="start" -->(.*?)<!-- body="end" -->/s,
    subject: /<!-- subject="(.*?)" -->|<meta name="Subject" content="([^"]*)"/i,
    author: /<!-- name="(.*?)" -->|<meta name="Author" content="([^"(]*)/i,
    date: /<!-- sent="(.*?)" -->|<dfn>Date<\/dfn>:(.*?)<\/span>/s,
  },
  // MHonArc, which hides addresses by ROT13
  {
    body: /<!--X-Body-of-Message-->(.*?)<!--X-Body-of-Message-End-->/s,
    subject: /<!--X-Subject:(.*?)-->/,
    author: /<!--X-From-R13:(.*?)-->/,
    date: /<!--X-Date:(.*?)-->/,
    decode: (author) => withoutAddress(rot13(author)),
  },
  // An export of Tumblr
  {
    body: /<body>(.*?)<span id="timestamp">/s,
    subject: /<h1>(.*?)<\/h1>/s,
    author: /(?!)/,
    date: /<span id="timestamp">(.*?)<\/span>/s,
    tag: /<span class="tag">(.*?)<\/span>/gs,
  },
];
/** The headers that Hypermail adds to the text of a message. */
const HEADERS = /<address class="headers">.{0,2000}?<\/address>|<span id="received">.{0,500}?<\/span>/gs;
/** Lines that must not be reflowed: patches, and indented code. */
const CODE = /^(?:diff |@@ |\+\+\+ | {4,}\S|\t+\S)/m;

/** Rewrites a page of such an archive as a page with that message, without links to other messages. */
export function withoutMailArchive(html: string): string {
  const archiver = ARCHIVERS.find(({ body }) => body.test(html));
  const message = archiver?.body.exec(html)?.[1]?.replace(HEADERS, '');
  if (archiver === undefined || message === undefined) return html;
  const find = (pattern: RegExp): string =>
    withoutTags(pattern.exec(html)?.slice(1).find(Boolean) ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const author = (archiver.decode ?? String)(find(archiver.author));
  const attribute = (value: string): string => canonicalText(value).replaceAll("'", '&#39;');
  return [
    `<!DOCTYPE html><title>${canonicalText(find(archiver.subject))}</title>`,
    author === '' ? '' : `<meta name='author' content='${attribute(author)}'>`,
    ...[...(archiver.tag === undefined ? [] : html.matchAll(archiver.tag))].map(
      ([, tag = '']) => `<meta property='article:tag' content='${attribute(withoutTags(tag).trim())}'>`,
    ),
    `<meta name='date' content='${attribute(find(archiver.date))}'>`,
    `<article>${message.replace(/<pre(?:\s[^>]*)?>(.*?)(?:<\/pre\s*>|$)/gis, (_, text: string) => writeText(text))}</article>`,
  ].join('\n');
}

/** The text of a message in paragraphs, lists and quotations. */
function writeText(html: string): string {
  const text = withoutTags(html).replace(/\u00a0/g, ' ');
  return CODE.test(text)
    ? `<pre>${html}</pre>`
    : serialize(root(contentOf(readBlocks(withoutSignature(readLines(text))))));
}

/** `Jane Roe <jane@roe.example>` without the address. */
function withoutAddress(author: string): string {
  const start = author.endsWith('>') ? author.lastIndexOf('<') : -1;
  return start < 0 ? author : author.slice(0, start).trim();
}

function withoutTags(html: string): string {
  return decodeReferences(html.replace(/<[^<>]*>/g, ''));
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) + (letter.toLowerCase() < 'n' ? 13 : -13)),
  );
}
