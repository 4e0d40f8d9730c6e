import { type Edits, METADATA, type MetadataKind } from './edits.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';

/* SVG: text. Drawings can contain photographs as data URLs, and editors record the paths of the originals. */

const PATH_ATTRIBUTE = /\s(?:inkscape:export-filename|sodipodi:absref)=(?:"([^"]*)"|'([^']*)')/g;

export function stripSvg(source: Buffer, edits: Edits): void {
  const { bytes: stripped, removed } = stripDataUrls(source) ?? { bytes: source, removed: [] };
  const text = source.toString('latin1');
  const found = [...text.matchAll(PATH_ATTRIBUTE)].flatMap((match) => {
    const value = match[1] ?? match[2] ?? '';
    const end = match.index + match[0].length - 1;
    return value.trim() === '' ? [] : [{ start: end - value.length, end }];
  });
  if (stripped === source && found.length === 0) return;
  const bytes = Buffer.from(stripped);
  for (const { start, end } of found) bytes.fill(' ', start, end);
  edits.replace(0, source.length, {
    bytes,
    removed: found.length === 0 ? removed : [...removed, 'other metadata'],
  });
}

/* Pictures embedded in a document as base64 data URLs (RFC 2397). */

const START = 'data:image/';
const ENCODING = ';base64,';
/** Longer than any media type. */
const MAX_TYPE = 40;
const BASE64 = /[A-Za-z\d+/=]*/y;
/** Base64 may have line breaks in an attribute. A short line is taken for a word, except the last. */
const NEXT_LINE = /[ \t\r]*\n[ \t\r\n]*(?:[A-Za-z\d+/=]{40,}|[A-Za-z\d+/=]+(?="))/y;

export interface StrippedDocument {
  /** The same length as before. */
  readonly bytes: Uint8Array;
  /** The number of changed pictures. */
  readonly pictures: number;
  readonly removed: readonly MetadataKind[];
}

/**
 * Removes metadata from the pictures in a text with an ASCII-compatible encoding.
 *
 * @returns undefined if there is nothing to remove
 */
export function stripDataUrls(bytes: Uint8Array): StrippedDocument | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const removed = new Set<MetadataKind>();
  if (!source.includes(START)) return undefined;
  const text = source.toString('latin1');
  let target: Buffer | undefined;
  let pictures = 0;
  for (let at = text.indexOf(START); at >= 0; at = text.indexOf(START, at)) {
    at += START.length;
    const type = text.slice(at, at + MAX_TYPE).indexOf(ENCODING);
    if (type < 0) continue;
    const start = at + type + ENCODING.length;
    at = endOfBase64(text, start);
    const encoded = text.slice(start, at);
    const stripped = stripEmbeddedPicture(Buffer.from(encoded, 'base64'));
    if (stripped === undefined) continue;
    const changed = target ?? Buffer.from(source);
    changed.write(encodeLike(encoded, stripped.bytes), start, 'latin1');
    target = changed;
    pictures += 1;
    for (const each of stripped.removed) removed.add(each);
  }
  return target && { bytes: target, pictures, removed: METADATA.filter((each) => removed.has(each)) };
}

/** V8 has no room for a pattern that repeats half a million lines. */
function endOfBase64(text: string, start: number): number {
  BASE64.lastIndex = start;
  BASE64.test(text);
  NEXT_LINE.lastIndex = BASE64.lastIndex;
  let end = BASE64.lastIndex;
  while (NEXT_LINE.test(text)) end = NEXT_LINE.lastIndex;
  return end;
}

/** Keeps the line breaks, and adds no padding if there was none. */
function encodeLike(encoded: string, bytes: Buffer): string {
  const digits = bytes.toString('base64');
  let next = 0;
  return encoded.replace(/[^\s=]/g, () => digits[next++] ?? 'A');
}
