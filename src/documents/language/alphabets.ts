/** The Cyrillic letters of the Slavic languages. */
export const CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяђѓєѕіїјљњћќўџґ';

/** The non-ASCII letters, in lower case, of languages in the Latin script. */
export const LETTERS: Readonly<Record<string, string>> = {
  af: 'êëôéèîïûö',
  bs: 'čćđšž',
  ca: 'àçèéíïòóúü',
  cs: 'áčďéěíňóřšťúůýž',
  da: 'æøåéü',
  de: 'äöüßéèà',
  en: '',
  es: 'áéíñóúüºª',
  et: 'õäöüšž',
  eu: 'ñü',
  fi: 'äöåšž',
  fr: 'àâæçéèêëîïôœùûüÿ',
  gl: 'áéíñóúü',
  hr: 'čćđšž',
  hu: 'áéíóöőúüű',
  id: 'é',
  is: 'áðéíóúýþæö',
  it: 'àèéìíîòóùúºª',
  lt: 'ąčęėįšųūž',
  lv: 'āčēģīķļņšūž',
  ms: 'é',
  nb: 'æøåéòôü',
  nl: 'áéíóúàèëïöü',
  nn: 'æøåéòôü',
  no: 'æøåéòôü',
  pl: 'ąćęłńóśźż',
  pt: 'áâãàçéêíóôõúüºª',
  ro: 'ăâîşţșț',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  sl: 'čšž',
  sq: 'çë',
  'sr-Latn': 'čćđšž',
  sv: 'åäöéà',
  tl: 'ñ',
  tr: 'çğıiöşüâîû',
};

/** Letters of a script that a language does not use. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
  ru: /[\p{Script=Cyrillic}--[а-яё]]/giv,
  be: /[\p{Script=Cyrillic}--[а-зй-шыьэюяёіўґ]]/giv,
  bg: /[\p{Script=Cyrillic}--[а-ъьюя]]/giv,
  uk: /[\p{Script=Cyrillic}--[а-щьюяєіїґ]]/giv,
  sr: /[\p{Script=Cyrillic}--[а-ик-шђјљњћџѓќѕ]]/giv,
  ar: /[[\p{Script=Arabic}&&\p{L}]--[ء-غف-ي]]/gv,
  fa: /[[\p{Script=Arabic}&&\p{L}]--[ء-غف-يپچژکگی]]/gv,
};
/** One foreign letter in so many excludes a language. */
const FOREIGN_SHARE = 100;

/** Letters that identify a language of a script; the first match counts. */
const UNIQUE: readonly (readonly [script: string, language: string, letters: RegExp])[] = [
  ['Cyrl', 'kk', /ұ/iu],
  ['Cyrl', 'uk', /^(?!.*[ыэёъ]).*[їєґ]/isu],
  ['Cyrl', 'be', /^(?!.*[ищъ]).*ў/isu],
  ['Cyrl', 'mk', /[ѓќѕ]/iu],
  ['Cyrl', 'sr', /[ђћ]/iu],
  ['Arab', 'ps', /[ټډښځڅڼ]/u],
  ['Arab', 'sd', /[ٻڀٺٽڄ]/u],
  ['Arab', 'ckb', /[ڕڵۆێ]/u],
  ['Arab', 'ug', /[ۇۈې]/u],
  ['Arab', 'ur', /[ٹڈڑںے۔]/u],
  ['Arab', 'fa', /[پچژگکی]/u],
  ['Arab', 'ar', /[يكةىإأ]/u],
  ['Beng', 'as', /[ৰৱ]/u],
  ['Ethi', 'ti', /[ቐ-ቖኸ-ኾ]/u],
  ['Hebr', 'yi', /[װױײ]/u],
];

/** Whether a text has more foreign letters than names account for. */
export function hasForeignLetters(text: string, language: string): boolean {
  const foreign = FOREIGN[language];
  return foreign !== undefined && (text.match(foreign)?.length ?? 0) * FOREIGN_SHARE > text.length;
}

/** The language of a script that a letter of the text identifies. */
export function languageOfLetters(text: string, script: string): string | undefined {
  return UNIQUE.find(([of, , letters]) => of === script && letters.test(text))?.[1];
}

/** The fewest words with foreign letters, and their share of all words, that exclude a language; fewer may be borrowed. */
const MIN_FOREIGN_WORDS = 2;
const FOREIGN_WORD_SHARE = 10;

/** Whether words of a Latin text, except for names, have letters that a language does not use. */
export function hasForeignWords(text: string, language: string): boolean {
  const own = LETTERS[language];
  if (own === undefined) return false;
  const words = text.match(/(?<![\p{L}\p{M}])\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const foreign = words.filter(
    (word) =>
      /^\p{Ll}/u.test(word) &&
      /[^\p{ASCII}]/u.test(word) &&
      [...word].some((letter) => !/\p{ASCII}/u.test(letter) && !own.includes(letter)),
  );
  return foreign.length >= MIN_FOREIGN_WORDS && foreign.length * FOREIGN_WORD_SHARE >= words.length;
}
