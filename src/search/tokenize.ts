import { wordMap } from '../strings.ts';
import { encodeUtf8 } from '../templates/bytes.ts';

/**
 * Letters whose bar, hook or tie is removed in folding, as Unicode does not decompose them; the variants of the Arabic
 * alef, yeh, kaf and heh; chandrabindu, which is often typed as anusvara.
 */
const BASE_LETTERS = wordMap(
  `æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ŧ=t ŋ=n ĸ=k ɓ=b ɗ=d ƙ=k ƴ=y ς=σ
  \u0671=\u0627 \u0649=\u064a \u06cc=\u064a \u06a9=\u0643 \u0629=\u0647 \u06c1=\u0647 \u06be=\u0647
  \u0901=\u0902`,
);
const COMPOUND_LETTER = new RegExp(`[${[...BASE_LETTERS.keys()].join('')}]`, 'g');

/** Signs inside words that are ignored: joiners, direction marks, soft hyphens, the Arabic tatweel, ʻokina, ayin. */
const SILENT = String.raw`\u00ad\u02b9-\u02bb\u02bd-\u02bf\u034f\u061c\u0640\u180b-\u180f\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}`;
const IGNORED = new RegExp(String.raw`[${SILENT}\u200c"'\u2019\u05f3\u05f4]`, 'gv');

/** Marks on these letters, and on digits, are decoration. */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{N}])\p{M}+/gu;
/**
 * Other marks that most people omit: stress and the dots of ё, but not й, ў and ї, which are letters; the points of
 * Arabic and Hebrew; nukta; the Thai and Lao nikhahit, which is written in two ways. Marks of other scripts are vowels
 * and stay.
 */
const MARK =
  /(?<=[аеиоуыэюяіє][\u0306\u0308]?)[\u0300\u0301]|(?<=е)\u0308|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u093c\u0e4d\u0ecd]/gu;

/** The zeros of the scripts whose digits become 0 to 9. */
const ZEROS = [...'٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐'].map((zero) => zero.charCodeAt(0));
const DIGIT = /\p{Nd}/gu;
const ASCII = /^[\0-\x7f]*$/;

/** Folds case and diacritics, and normalizes Unicode. Turkish dotless and dotted i are both i. */
function foldTerm(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return (
    word
      .normalize('NFKD')
      .replace(IGNORED, '')
      .replace(MARKED, '$1')
      // Letters with the same capital (s and ſ, i and ı, ss and ß) are unified.
      .toUpperCase()
      .toLowerCase()
      .replace(MARK, '')
      .replace(COMPOUND_LETTER, (letter) => BASE_LETTERS.get(letter) ?? letter)
      .replace(DIGIT, westernDigit)
      .normalize('NFC')
  );
}

function westernDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((candidate) => code >= candidate && code < candidate + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** Letters of scripts that have no spaces between words, and of Korean, whose particles are joined to words. */
const UNSPACED = String.raw`[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\uac00-\ud7a3]&&[\p{L}\p{Nl}]]`;
const CLUSTER = String.raw`${UNSPACED}(?:[\p{M}${SILENT}]|(?<=[\p{scx=Hira}\p{scx=Kana}])[\uff9e\uff9f]|(?<=[\uac00-\ud7a3])[\u11a8-\u11ff])*`;

/** Korean letters outside a syllable, as in ㅋㅋㅋ, and the parts of syllables. */
const SINGLE_JAMO = String.raw`[\u3131-\u318e\uffa0-\uffdc]`;
const JAMO = String.raw`[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]`;
/** U+02BC is an apostrophe. */
const LETTER = String.raw`[[\p{L}\p{N}]--[${UNSPACED}${SINGLE_JAMO}${JAMO}\u02bc]]`;
const INDIC = String.raw`[\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}]`;
/** A zero-width non-joiner splits Persian words, and is silent in Indic ones. */
const WORD = String.raw`${LETTER}(?:[[${LETTER}\p{M}]${SILENT}]+|(?<=${INDIC})\u200c|(?<=\p{Script=Hebrew})["'\u2019\u05f3\u05f4](?=\p{Script=Hebrew}))*`;
const RAW_TOKEN = new RegExp(
  String.raw`${CLUSTER}|${WORD}|${SINGLE_JAMO}+|${JAMO}[${JAMO}\p{M}${SILENT}]*`,
  'vy',
);
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, 'v');

/**
 * Classes of UTF-16 code units; the pattern handles OTHER, which depends on the neighbours. They save a third of the
 * indexing of Turkish, Arabic and Chinese texts, 2 to 5 % of a build.
 */
const [UNKNOWN, WORD_LETTER, UNSPACED_LETTER, BETWEEN, OTHER] = [0, 1, 2, 3, 4];
const IS_WORD_LETTER = new RegExp(String.raw`^[${LETTER}--[${SILENT}\p{Script=Hebrew}]]$`, 'v');
const IS_UNSPACED_LETTER = new RegExp(String.raw`^[${UNSPACED}--[\uff9e\uff9f]]$`, 'v');
const IS_BETWEEN = new RegExp(
  String.raw`^[^\p{L}\p{N}\p{M}${SINGLE_JAMO}${JAMO}${SILENT}\u200c\ud800-\udfff]$`,
  'v',
);

/** By code unit; filled on demand. */
const classes = new Uint8Array(0x10000);

function classOf(code: number): number {
  const known = classes[code] ?? OTHER;
  if (known !== UNKNOWN) return known;
  const letter = String.fromCharCode(code);
  const unitClass = IS_WORD_LETTER.test(letter)
    ? WORD_LETTER
    : IS_UNSPACED_LETTER.test(letter)
      ? UNSPACED_LETTER
      : IS_BETWEEN.test(letter)
        ? BETWEEN
        : OTHER;
  classes[code] = unitClass;
  return unitClass;
}

/** The end of the raw token at `at`: a word, or one letter with its marks; `at` if there is none. */
function rawTokenEnd(text: string, at: number): number {
  let unitClass = classOf(text.charCodeAt(at));
  if (unitClass === BETWEEN) return at;
  if (unitClass !== OTHER) {
    const isWord = unitClass === WORD_LETTER;
    let end = at;
    do unitClass = ++end < text.length ? classOf(text.charCodeAt(end)) : BETWEEN;
    while (isWord && unitClass === WORD_LETTER);
    if (unitClass !== OTHER) return end;
  }
  RAW_TOKEN.lastIndex = at;
  return RAW_TOKEN.test(text) ? RAW_TOKEN.lastIndex : at;
}

/** Whether a token, folded or not, is a letter of a script without spaces. */
export function isUnspaced(token: string): boolean {
  const code = token.charCodeAt(0);
  if (!(code >= 0xe00)) return false;
  const unitClass = classOf(code);
  return unitClass === OTHER ? STARTS_UNSPACED.test(token) : unitClass === UNSPACED_LETTER;
}

/** Names of programming languages (and of musical keys): C++, C#. */
const SIGNED = /(?<=[a-z])(?:\+\+|#)(?!\p{L})/iuy;

const [HASH, PLUS, MAX_ASCII] = [0x23, 0x2b, 0x7f];
/** By byte. */
const IS_ALPHANUMERIC = Uint8Array.from({ length: 256 }, (_, code) =>
  code <= MAX_ASCII && /[0-9A-Za-z]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** UTF-16 code units of a token. */
export const MAX_TOKEN_LENGTH = 64;
/** The maximum length of a raw token to fold, longer than any real word with its marks. */
const MAX_RAW_LENGTH = 1024;
const MAX_DEPTH = 4;

/**
 * Splits a text into folded tokens: words in scripts with spaces, single letters with their marks in others. Text
 * between tokens is ignored.
 *
 * @param visit receives each token, in order, and the range of its raw token in the text; one raw token may have several
 *   (“½”: 1, 2). A token has at most `MAX_TOKEN_LENGTH` UTF-16 code units, and tokenizing it returns the same token.
 */
export function tokenize(text: string, visit: (token: string, start: number, end: number) => void): void {
  scanTokens(
    text,
    (_, __, length, start, end) => visit(text.slice(start, start + length).toLowerCase(), start, end),
    visit,
  );
}

/**
 * The same without creating a string for each token.
 *
 * @param visitAscii receives an ASCII token: `length` bytes from `at`, with capitals not folded yet
 * @param visit receives every other token
 */
export function scanTokens(
  text: string,
  visitAscii: (utf8: Uint8Array, at: number, length: number, start: number, end: number) => void,
  visit: (token: string, start: number, end: number) => void,
): void {
  // Reading bytes is faster than reading characters of strings.
  const utf8 = encodeUtf8(text);
  let start = 0;
  for (let at = 0; at < utf8.length; ) {
    let length = 0;
    while (IS_ALPHANUMERIC[utf8[at + length] ?? 0] === 1) length++;
    const after = utf8[at + length] ?? 0;
    if (length > 0 && after <= MAX_ASCII) {
      if (length === 1 && (after === PLUS || after === HASH)) length = signEnd(text, start + 1) - start;
      visitAscii(utf8, at, Math.min(length, MAX_TOKEN_LENGTH), start, start + length);
      at += length;
      start += length;
    } else if (length === 0 && after <= MAX_ASCII) {
      at++;
      start++;
    } else {
      const end = rawTokenEnd(text, start);
      if (end > start) {
        for (const token of foldRawToken(text.slice(start, end))) visit(token, start, end);
      }
      // Skip one code point outside of tokens.
      do {
        const lead = utf8[at] ?? 0;
        at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        start += lead < 0xf0 ? 1 : 2;
      } while (start < end);
    }
  }
}

/** A cache of tokens by raw token. */
const known = new Map<string, readonly string[]>();
const MAX_KNOWN = 4096;
/** A longer raw token may be a slice of its text and would keep that in memory. */
const MAX_KNOWN_LENGTH = 12;

function foldRawToken(raw: string): readonly string[] {
  const before = known.get(raw);
  if (before !== undefined) return before;
  const tokens = tokensOf(raw, MAX_DEPTH);
  if (raw.length <= MAX_KNOWN_LENGTH) {
    if (known.size === MAX_KNOWN) known.clear();
    known.set(raw, tokens);
  }
  return tokens;
}

/** Folding may split a raw token (ﷺ) or join its parts (jamo). */
function tokensOf(raw: string, depth: number): readonly string[] {
  const folded = foldTerm(raw.slice(0, MAX_RAW_LENGTH));
  if (folded === raw || depth === 0) return [shortenToken(folded)];
  const tokens: string[] = [];
  for (let at = 0; at < folded.length; ) {
    const end = rawTokenEnd(folded, at);
    if (end > at) tokens.push(...tokensOf(folded.slice(at, end), depth - 1));
    at = Math.max(end, at + 1);
  }
  return tokens;
}

function shortenToken(token: string): string {
  if (token.length <= MAX_TOKEN_LENGTH) return token;
  const short = token.slice(0, MAX_TOKEN_LENGTH);
  return short.isWellFormed() ? short : short.slice(0, -1);
}

function signEnd(text: string, end: number): number {
  SIGNED.lastIndex = end;
  return SIGNED.test(text) ? SIGNED.lastIndex : end;
}
