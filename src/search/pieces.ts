import { SILENT } from './fold.ts';

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
const PIECE = new RegExp(
  String.raw`${CLUSTER}|${WORD}|${SINGLE_JAMO}+|${JAMO}[${JAMO}\p{M}${SILENT}]*`,
  'vy',
);
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, 'v');

/*
 * What a UTF-16 code unit is by itself: part of words, a piece, or between pieces. The others depend on what is around
 * them, and are left to the pattern.
 */
const [UNKNOWN, WORD_LETTER, UNSPACED_LETTER, BETWEEN, OTHER] = [0, 1, 2, 3, 4];
const IS_WORD_LETTER = new RegExp(String.raw`^[${LETTER}--[${SILENT}\p{Script=Hebrew}]]$`, 'v');
const IS_UNSPACED_LETTER = new RegExp(String.raw`^[${UNSPACED}--[\uff9e\uff9f]]$`, 'v');
const IS_BETWEEN = new RegExp(
  String.raw`^[^\p{L}\p{N}\p{M}${SINGLE_JAMO}${JAMO}${SILENT}\u200c\ud800-\udfff]$`,
  'v',
);

/** By code unit, filled as texts have them. */
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  const known = kinds[code] ?? OTHER;
  if (known !== UNKNOWN) return known;
  const letter = String.fromCharCode(code);
  const kind = IS_WORD_LETTER.test(letter)
    ? WORD_LETTER
    : IS_UNSPACED_LETTER.test(letter)
      ? UNSPACED_LETTER
      : IS_BETWEEN.test(letter)
        ? BETWEEN
        : OTHER;
  kinds[code] = kind;
  return kind;
}

/**
 * Where the piece of text ends that begins there, which is read as one: a word, or in scripts without spaces a letter
 * with its marks. `at` when none begins there.
 */
export function pieceEnd(text: string, at: number): number {
  let kind = kindOf(text.charCodeAt(at));
  if (kind === BETWEEN) return at;
  if (kind !== OTHER) {
    const isWord = kind === WORD_LETTER;
    let end = at;
    do kind = ++end < text.length ? kindOf(text.charCodeAt(end)) : BETWEEN;
    while (isWord && kind === WORD_LETTER);
    if (kind !== OTHER) return end;
  }
  PIECE.lastIndex = at;
  return PIECE.test(text) ? PIECE.lastIndex : at;
}

/** Whether a piece, folded or not, is a letter of a script without spaces. */
export function isUnspaced(piece: string): boolean {
  const code = piece.charCodeAt(0);
  if (!(code >= 0xe00)) return false;
  const kind = kindOf(code);
  return kind === OTHER ? STARTS_UNSPACED.test(piece) : kind === UNSPACED_LETTER;
}
