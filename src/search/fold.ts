/** Letters that are written otherwise without their bar, hook or tie; Unicode does not decompose them. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['ŋ', 'n'],
  ['ĸ', 'k'],
  ['ɓ', 'b'],
  ['ɗ', 'd'],
  ['ƙ', 'k'],
  ['ƴ', 'y'],
  ['ς', 'σ'],
  // Arabic script: one alef, one yeh, one kaf, one heh, whoever typed them.
  ['\u0671', '\u0627'],
  ['\u0649', '\u064a'],
  ['\u06cc', '\u064a'],
  ['\u06a9', '\u0643'],
  ['\u0629', '\u0647'],
  ['\u06c1', '\u0647'],
  ['\u06be', '\u0647'],
  // Devanagari: chandrabindu is often typed as anusvara.
  ['\u0901', '\u0902'],
]);
const LETTER = new RegExp(`[${[...LETTERS.keys()].join('')}]`, 'g');

/** Signs inside words that are not read: joiners, direction marks, soft hyphens, the Arabic tatweel, ʻokina, ayin. */
export const SILENT = String.raw`\u00ad\u02b9-\u02bb\u02bd-\u02bf\u034f\u061c\u0640\u180b-\u180f\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}`;
const NOT_READ = new RegExp(String.raw`[${SILENT}\u200c"'\u2019\u05f3\u05f4]`, 'gv');

/** Marks on these letters, and on digits, are decoration. */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{N}])\p{M}+/gu;
/**
 * Other marks that most people leave out: stress and the dots of ё, but not й, ў and ї, which are letters; the points of
 * Arabic and Hebrew; nukta; the Thai and Lao nikhahit, which is written in two ways. Marks of other scripts are vowels
 * and stay.
 */
const MARK =
  /(?<=[аеиоуыэюяіє][\u0306\u0308]?)[\u0300\u0301]|(?<=е)\u0308|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u093c\u0e4d\u0ecd]/gu;

/** The zeros of the scripts whose digits are read as 0 to 9. */
const ZEROS = [...'٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐'].map((zero) => zero.charCodeAt(0));
const DIGIT = /\p{Nd}/gu;
const ASCII = /^[\0-\x7f]*$/;

/**
 * A word as it is compared: without case, without decoration, in one form where Unicode has several. Turkish dotless and
 * dotted i are both i.
 */
export function foldWord(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return (
    word
      .normalize('NFKD')
      .replace(NOT_READ, '')
      .replace(MARKED, '$1')
      // Letters that share a capital (s and ſ, i and ı, ss and ß) are one.
      .toUpperCase()
      .toLowerCase()
      .replace(MARK, '')
      .replace(LETTER, (letter) => LETTERS.get(letter) ?? letter)
      .replace(DIGIT, westernDigit)
      .normalize('NFC')
  );
}

function westernDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((candidate) => code >= candidate && code < candidate + 10);
  return zero === undefined ? digit : String(code - zero);
}
