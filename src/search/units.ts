import { foldWord } from './fold.ts';
import { pieceEnd } from './pieces.ts';

/** Names of programming languages (and of musical keys): C++, C#. */
const SIGNED = /(?<=[a-z])(?:\+\+|#)(?!\p{L})/iuy;

const [UPPER_A, LOWER_A, MAX_ASCII] = [0x41, 0x61, 0x7f];

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
    (start, length, end) => visit(text.slice(start, start + length).toLowerCase(), start, end),
    visit,
  );
}

/**
 * Reads the units of a text as `readUnits` does; for those who can do without a string for each.
 *
 * @param visitAscii is called for units of nothing but ASCII: those of `length` from `start`, in small letters
 * @param visit is called for others
 */
export function readPieces(
  text: string,
  visitAscii: (start: number, length: number, end: number) => void,
  visit: (unit: string, start: number, end: number) => void,
): void {
  const known = new Map<string, readonly string[]>();
  for (let at = 0; at < text.length; ) {
    let end = at;
    let code = text.charCodeAt(at);
    while (isAsciiAlphanumeric(code)) code = text.charCodeAt(++end);
    if (end > at && !(code > MAX_ASCII)) {
      if (end === at + 1 && (code === PLUS || code === HASH)) end = signEnd(text, end);
      visitAscii(at, Math.min(end - at, MAX_LENGTH), end);
      at = end;
    } else if (end === at && code <= MAX_ASCII) {
      at++;
    } else {
      end = pieceEnd(text, at);
      if (end > at) {
        const piece = text.slice(at, end);
        let units = known.get(piece);
        if (units === undefined) {
          units = unitsOf(piece, MAX_DEPTH);
          known.set(piece, units);
        }
        for (const unit of units) visit(unit, at, end);
      }
      at = Math.max(end, at + 1);
    }
  }
}

const [PLUS, HASH] = [0x2b, 0x23];

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

function isAsciiAlphanumeric(code: number): boolean {
  return (
    (code >= LOWER_A && code <= 0x7a) || (code >= UPPER_A && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
  );
}
