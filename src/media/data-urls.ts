import { METADATA, type Metadata } from './edits.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';

/* Pictures that stand in a document itself, as data URLs in base64 (RFC 2397). */

const START = 'data:image/';
const ENCODING = ';base64,';
/** Media types are shorter. */
const MAX_TYPE = 40;
/** A line of at least so many digits goes on from the one before it; a shorter one is a word, unless it is the last. */
const MIN_LINE = 40;
const QUOTE = 0x22;
const DIGITS = new Uint8Array(256);
for (const digit of Buffer.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=',
  'latin1',
))
  DIGITS[digit] = 1;

export interface StrippedDocument {
  /** Of the same length as they were. */
  readonly bytes: Uint8Array;
  /** How many pictures lost something. */
  readonly pictures: number;
  readonly removed: readonly Metadata[];
}

/**
 * Removes metadata from the pictures in a text whose encoding has ASCII in it.
 *
 * @returns undefined if there is nothing to remove
 */
export function stripDataUrls(bytes: Uint8Array): StrippedDocument | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const removed = new Set<Metadata>();
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

/** In an attribute, base64 can be broken into lines. */
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

/** Of a line break and what the next line is indented by; the start if there is none. */
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

/** With the same line breaks, and no padding where there was none. */
function encodeLike(encoded: string, bytes: Buffer): string {
  const digits = bytes.toString('base64');
  let next = 0;
  return encoded.replace(/[^\s=]/g, () => digits[next++] ?? 'A');
}
