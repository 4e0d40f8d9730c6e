import type { Root } from 'hast';
import { forbiddenIn, permitted } from '../html/text.ts';
import { attempt } from '../memo.ts';
import { countLineBreaks } from '../strings.ts';
import {
  declaredEncoding,
  decodeBytes,
  defaultEncoding,
  iconv,
  isDamagedUtf8,
  recognizeEncoding,
} from './encoding.ts';
import type { Fields } from './front-matter/fields.ts';
import { readFrontMatter, readKirby } from './front-matter/front-matter.ts';
import { takeExportedFields } from './front-matter/javascript.ts';
import { isKnownField, type StatedFields } from './front-matter/read-fields.ts';
import { kindOf } from './kinds.ts';
import type { Extraction } from './markdown/extract-syntax.ts';
import { DocumentError, EmptyDocumentError, type SourceFile, type Visibility } from './stated.ts';

/** A document before it is parsed as one of its kind. */
export interface DocumentSource {
  readonly path: string;
  /** The fields of front matter, or of the exports of MDX; empty without any. */
  readonly fields: Fields;
  /** The text below the front matter. */
  readonly body: string;
  readonly bodyLine: number;
  readonly warnings: readonly string[];
  /** Whether the body is Markdown, whatever the kind of the file. */
  readonly isMarkdown?: boolean;
  readonly isMdx: boolean;
  /** Whether it is a note, whose title is its file name unless it has a heading of level one. */
  readonly isNote?: boolean;
}

/**
 * @param readsMdx whether Markdown is MDX, unless it states otherwise
 * @throws DocumentError when it is not text, or its front matter cannot be read
 */
export function readSource(file: SourceFile, readsMdx = false): DocumentSource {
  const { path } = file;
  const { text, warnings: decodingWarnings } = decodeDocument(file);
  const page = kindOf(path) === 'text' ? readKirby(text) : undefined;
  if (page !== undefined)
    return { path, ...page, warnings: decodingWarnings, isMarkdown: true, isMdx: false };
  const frontMatter = readFrontMatter(text, path);
  const kind = kindOf(path);
  const isMdx =
    kind === 'mdx' || (readsMdx && kind === 'markdown' && frontMatter.fields.get('format')?.value !== 'md');
  const source = { path, ...frontMatter, isMdx, warnings: [...decodingWarnings, ...frontMatter.warnings] };
  if (!isMdx) return source;
  const { body, fields } = takeExportedFields(source.body, source.bodyLine, isKnownField);
  return { ...source, body, fields: new Map([...fields, ...source.fields]) };
}

/** A code of terminals, such as those for colours (ECMA-48 §5.4). */
const TERMINAL_CODE = /\u001b\[[\d;?]{0,40}[A-Za-z]/g;

/** A character that is overstruck, as in bold words of manuals. */
const STRUCK_OVER = /[^\n\u0008]\u0008/gu;

interface DecodedText {
  readonly text: string;
  /** A name of the WHATWG's Encoding Standard. */
  readonly encoding: string;
}

interface Decoded extends DecodedText {
  /** About a recognised encoding, and about characters that were left out. */
  readonly warnings: readonly string[];
}

/**
 * The text of a document: in the encoding of its byte order mark, else in UTF-8, else, if it is an HTML page, in the
 * encoding that it declares, else in one that is recognised with confidence, else, if it is an HTML page, in the one
 * that browsers assume. Few control bytes among much text do not make it binary data. Line ends are `\n`; characters that
 * XML 1.0 §2.2 forbids, other control characters, lone surrogates and Unicode noncharacters are left out.
 *
 * @throws DocumentError if the file is empty, is not text, or its encoding is not recognised
 */
export function decodeDocument(file: SourceFile): Decoded {
  const { path, bytes } = file;
  const stated = statedReading(file);
  const reading =
    stated ??
    readAs(recognize(isHtml(path) ? betweenTags(bytes) : bytes), bytes) ??
    (isHtml(path) ? readAsBrowsers(bytes) : undefined);
  if (reading === undefined) {
    throw new DocumentError(
      bytes.includes(0)
        ? `Cannot read seeds/${path}: byte ${bytes.indexOf(0)} is NUL; expected text, not binary data`
        : `Cannot read seeds/${path}: it is not UTF-8 text; save it as UTF-8`,
    );
  }
  const written = reading.text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n');
  const text = permitted(written.replace(TERMINAL_CODE, '').replace(STRUCK_OVER, ''));
  if (text.trim() === '')
    throw new EmptyDocumentError(`Cannot read seeds/${path}: the file is empty; expected a document`);
  const { encoding } = reading;
  const guess = `Read seeds/${path} as ${encoding}: expected UTF-8; save it as UTF-8 to be sure`;
  const warnings = [
    ...(stated === undefined ? [guess] : []),
    ...(text.length < written.length ? [leftOutWarning(written, path)] : []),
  ];
  return { text, encoding, warnings };
}

function leftOutWarning(written: string, path: string): string {
  const { count, first, index } = forbiddenIn(written);
  const line = 1 + countLineBreaks(written.slice(0, index));
  const what = count === 1 ? first : `${count} characters, the first ${first}`;
  return `Left out ${what} in seeds/${path}:${line}: expected text without control characters`;
}

/** The maximum share of control bytes in a text with a NUL; otherwise the file is binary. */
const MAX_CONTROL_SHARE = 0.05;

/** Whether a file is text with a stray NUL. */
function hasStrayNul(bytes: Uint8Array): boolean {
  if (!bytes.includes(0)) return false;
  // Old systems pad the last block of a file.
  const text = bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
  let controls = 0;
  for (const byte of text) if (byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0x7f) controls++;
  return text.length > 0 && controls <= text.length * MAX_CONTROL_SHARE;
}

/**
 * The bytes of a page without its tags, whose ASCII would prevent recognition of the encoding of a short text. Pages in
 * ISO 2022 and UTF-16, in which these bytes have other meanings, are not changed.
 */
function betweenTags(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(0) || bytes.includes(0x1b)) return bytes;
  return Buffer.from(
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/<[^<>]*>/g, ' '),
    'latin1',
  );
}

function recognize(bytes: Uint8Array): string | undefined {
  const encoding = recognizeEncoding(bytes);
  if (encoding !== undefined || !hasStrayNul(bytes)) return encoding;
  return recognizeEncoding(bytes.filter((byte) => byte !== 0));
}

function statedReading({ path, bytes }: SourceFile): DecodedText | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return readAs('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return readAs('utf-16be', bytes);
  const unicode = readAs('utf-8', bytes);
  const mayBeText = !bytes.includes(0) || hasStrayNul(bytes);
  // The escape that begins Japanese in ISO-2022-JP is UTF-8 but not text.
  if (unicode !== undefined && mayBeText && !unicode.text.includes('\u001b$')) return unicode;
  return isHtml(path) && mayBeText ? readAs(declaredEncoding(bytes), bytes) : undefined;
}

function isHtml(path: string): boolean {
  return kindOf(path) === 'html';
}

function readAsBrowsers(bytes: Uint8Array): DecodedText | undefined {
  const isText = !bytes.includes(0) && !isDamagedUtf8(bytes);
  const reading = isText ? readAs(defaultEncoding(bytes), bytes) : undefined;
  return reading !== undefined && /<[a-z!]/i.test(reading.text) ? reading : undefined;
}

/**
 * A document in UTF-8, if nothing states its encoding and its bytes are valid in that of the settings.
 *
 * @param encoding any that iconv-lite knows
 */
export function transcode(file: SourceFile, encoding: string): SourceFile {
  if (file.bytes.includes(0) || statedReading(file) !== undefined) return file;
  const text = iconv().decode(Buffer.from(file.bytes), encoding);
  return text.includes('\ufffd') ? file : { ...file, bytes: new TextEncoder().encode(text) };
}

function readAs(encoding: string | undefined, bytes: Uint8Array): DecodedText | undefined {
  return encoding === undefined
    ? undefined
    : attempt(() => ({ text: decodeBytes(bytes, encoding), encoding }));
}

/** The metadata of a document: the fields of front matter, and more. Missing fields are absent. */
export interface Draft extends Omit<StatedFields, 'role'> {
  /** Whether it states that it is a page or a post, or is a list of other pages. */
  readonly role?: StatedFields['role'] | 'list';
  /** The path in the folder to which its relative canonical address leads. */
  readonly canonical?: string;
  /** Alternative titles, likeliest first; only for HTML pages. */
  readonly otherTitles?: readonly string[];
  readonly hashtags?: readonly string[];
  /** Whether it links to notes as in a vault; only with hashtags. */
  readonly hasWikilinks?: boolean;
  readonly visibility?: Visibility;
  readonly noindex?: true;
  /** Whether the sitemap must leave it out, though search engines may index it. */
  readonly unmapped?: true;
  /** The URL to which it only leads, as stated. */
  readonly leadsTo?: string;
  /** The content, with relative links, not sanitised; without the title if that precedes it. */
  readonly content: Root;
  /** The author's own Markdown. */
  readonly markdown?: Extraction;
  readonly warnings?: readonly string[];
}
