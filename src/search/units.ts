import { encodeUtf8 } from '../templates/utf8.ts';
import { foldWord } from './fold.ts';
import { pieceEnd } from './pieces.ts';

/** Names of programming languages (and of musical keys): C++, C#. */
const SIGNED = /(?<=[a-z])(?:\+\+|#)(?!\p{L})/iuy;

const [HASH, PLUS, MAX_ASCII] = [0x23, 0x2b, 0x7f];
/** By byte. */
const IS_ALPHANUMERIC = Uint8Array.from({ length: 256 }, (_, code) =>
  code <= MAX_ASCII && /[0-9A-Za-z]/.test(String.fromCharCode(code)) ? 1 : 0,
);

const MAX_LENGTH = 64;
/** Of a longer piece, with more marks than any writing has, the beginning is folded. */
const MAX_PIECE = 1024;
const MAX_DEPTH = 4;

/**
 * Reads the units of a text, the pieces that are compared: a word, folded, in scripts that have spaces; one letter with
 * its marks in those that have not. What stands between units does not count.
 *
 * @param visit is called for each unit, in order, with where it stands in the text; units of one piece (“½”: 1, 2)
 *   stand in the same place. A unit has at most 64 UTF-16 code units and reading it gives itself again.
 */
export function readUnits(text: string, visit: (unit: string, start: number, end: number) => void): void {
  readPieces(
    text,
    (_, __, length, start, end) => visit(text.slice(start, start + length).toLowerCase(), start, end),
    visit,
  );
}

/**
 * Reads the units of a text as `readUnits` does, for those who can do without a string for each.
 *
 * @param visitAscii is called for units of nothing but ASCII: `length` bytes from `at`, which are to be taken as small
 *   letters
 * @param visit is called for others
 */
export function readPieces(
  text: string,
  visitAscii: (utf8: Uint8Array, at: number, length: number, start: number, end: number) => void,
  visit: (unit: string, start: number, end: number) => void,
): void {
  // Bytes are read faster than letters of strings.
  const utf8 = encodeUtf8(text);
  let start = 0;
  for (let at = 0; at < utf8.length; ) {
    let length = 0;
    while (IS_ALPHANUMERIC[utf8[at + length] ?? 0] === 1) length++;
    const after = utf8[at + length] ?? 0;
    if (length > 0 && after <= MAX_ASCII) {
      if (length === 1 && (after === PLUS || after === HASH)) length = signEnd(text, start + 1) - start;
      visitAscii(utf8, at, Math.min(length, MAX_LENGTH), start, start + length);
      at += length;
      start += length;
    } else if (length === 0 && after <= MAX_ASCII) {
      at++;
      start++;
    } else {
      const end = pieceEnd(text, start);
      if (end > start) {
        for (const unit of foldPiece(text.slice(start, end))) visit(unit, start, end);
      }
      // What is no piece is one code point.
      do {
        const lead = utf8[at] ?? 0;
        at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        start += lead < 0xf0 ? 1 : 2;
      } while (start < end);
    }
  }
}

/** The units of pieces that were folded before. */
const known = new Map<string, readonly string[]>();
const MAX_KNOWN = 4096;
/** A longer piece may be a view of its text, which it would keep in memory. */
const MAX_KNOWN_LENGTH = 12;

function foldPiece(piece: string): readonly string[] {
  const before = known.get(piece);
  if (before !== undefined) return before;
  const units = unitsOf(piece, MAX_DEPTH);
  if (piece.length <= MAX_KNOWN_LENGTH) {
    if (known.size === MAX_KNOWN) known.clear();
    known.set(piece, units);
  }
  return units;
}

/** Folding may make several units of one piece (ﷺ), and others of one (jamo). */
function unitsOf(piece: string, depth: number): readonly string[] {
  const folded = foldWord(piece.slice(0, MAX_PIECE));
  if (folded === piece || depth === 0) return [shorten(folded)];
  const units: string[] = [];
  for (let at = 0; at < folded.length; ) {
    const end = pieceEnd(folded, at);
    if (end > at) units.push(...unitsOf(folded.slice(at, end), depth - 1));
    at = Math.max(end, at + 1);
  }
  return units;
}

function shorten(unit: string): string {
  if (unit.length <= MAX_LENGTH) return unit;
  const short = unit.slice(0, MAX_LENGTH);
  return short.isWellFormed() ? short : short.slice(0, -1);
}

function signEnd(text: string, end: number): number {
  SIGNED.lastIndex = end;
  return SIGNED.test(text) ? SIGNED.lastIndex : end;
}
