import { foldWord, SILENT } from './fold.ts';

/** Letters of scripts that are written without spaces, and of Korean, whose particles adhere to words. */
const UNSPACED = String.raw`[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\uac00-\ud7a3]&&[\p{L}\p{Nl}]]`;
const CLUSTER = String.raw`${UNSPACED}(?:[\p{M}${SILENT}]|(?<=[\p{scx=Hira}\p{scx=Kana}])[\uff9e\uff9f]|(?<=[\uac00-\ud7a3])[\u11a8-\u11ff])*`;

/** Korean letters that stand by themselves, as in ㅋㅋㅋ, and the parts that syllables are made of. */
const SINGLE_JAMO = String.raw`[\u3131-\u318e\uffa0-\uffdc]`;
const JAMO = String.raw`[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]`;
/** U+02BC is an apostrophe. */
const LETTER = String.raw`[[\p{L}\p{N}]--[${UNSPACED}${SINGLE_JAMO}${JAMO}\u02bc]]`;
const INDIC = String.raw`[\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}]`;
/** A zero-width non-joiner splits Persian words, and is silent in Indic ones. */
const WORD = String.raw`${LETTER}(?:[[${LETTER}\p{M}]${SILENT}]+|(?<=${INDIC})\u200c|(?<=\p{Script=Hebrew})["'\u2019\u05f3\u05f4](?=\p{Script=Hebrew}))*`;
const UNIT = new RegExp(String.raw`${CLUSTER}|${WORD}|${SINGLE_JAMO}+|${JAMO}[${JAMO}\p{M}${SILENT}]*`, 'vy');
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, 'v');
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
  const known = new Map<string, readonly string[]>();
  for (let at = 0; at < text.length; ) {
    let end = at;
    let code = text.charCodeAt(at);
    let hasUpperCase = false;
    while (isAsciiAlphanumeric(code)) {
      hasUpperCase ||= code < LOWER_A && code >= UPPER_A;
      code = text.charCodeAt(++end);
    }
    if (end > at && !(code > MAX_ASCII)) {
      if (end === at + 1) end = signEnd(text, end);
      const unit = text.slice(at, Math.min(end, at + MAX_LENGTH));
      visit(hasUpperCase ? unit.toLowerCase() : unit, at, end);
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

/** Whether a unit is a letter of a script without spaces, so that units are looked up in pairs. */
export function isUnspaced(unit: string): boolean {
  return unit.charCodeAt(0) >= 0xe00 && STARTS_UNSPACED.test(unit);
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

/** Where the piece ends that begins there, folded or not; `at` when none does. */
function pieceEnd(text: string, at: number): number {
  UNIT.lastIndex = at;
  return UNIT.test(text) ? UNIT.lastIndex : at;
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
