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
/** The minimum length of a continuation line of base64, except the last; a shorter line is taken for a word. */
const MIN_LINE = 40;
const QUOTE = 0x22;
const DIGITS = new Uint8Array(256);
for (const digit of Buffer.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=',
  'latin1',
))
  DIGITS[digit] = 1;

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
  let target: Buffer | undefined;
  let pictures = 0;
  for (let at = source.indexOf(START); at >= 0; at = source.indexOf(START, at)) {
    at += START.length;
    const type = source.subarray(at, at + MAX_TYPE).indexOf(ENCODING);
    if (type < 0) continue;
    const start = at + type + ENCODING.length;
    at = endOfBase64(source, start);
    const encoded = source.toString('latin1', start, at);
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

/** Base64 in an attribute can contain line breaks. */
function endOfBase64(source: Buffer, start: number): number {
  let end = endOfDigits(source, start);
  for (;;) {
    const line = endOfBreak(source, end);
    const next = endOfDigits(source, line);
    const isWhole = next - line >= MIN_LINE || (next > line && source[next] === QUOTE);
    if (line === end || !isWhole) return end;
    end = next;
  }
}

function endOfDigits(source: Buffer, start: number): number {
  let at = start;
  while (DIGITS[source[at] ?? 0] === 1) at += 1;
  return at;
}

/** The end of a line break and the following indentation; the start if there is none. */
function endOfBreak(source: Buffer, start: number): number {
  let at = start;
  let isBroken = false;
  for (
    let byte = source[at];
    byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09;
    byte = source[++at]
  )
    isBroken ||= byte === 0x0a;
  return isBroken ? at : start;
}

/** Keeps the line breaks, and adds no padding if there was none. */
function encodeLike(encoded: string, bytes: Buffer): string {
  const digits = bytes.toString('base64');
  let next = 0;
  return encoded.replace(/[^\s=]/g, () => digits[next++] ?? 'A');
}
