import { likelyLocale } from '../locale.ts';
import { wordMap } from '../strings.ts';

/** The characters of a text that are looked at. */
const MAX_SAMPLE = 1500;

/** The language of nearly all texts in a script (ISO 15924). */
const LANGUAGES = wordMap(
  `Adlm=ff-Adlm Armn=hy Beng=bn Cher=chr Ethi=am Geor=ka Grek=el Gujr=gu Guru=pa Hebr=he Jpan=ja Khmr=km
  Knda=kn Kore=ko Laoo=lo Mand=mid Mlym=ml Mong=mn-Mong Mymr=my Nkoo=nqo Olck=sat Orya=or Rohg=rhg
  Samr=smp Sinh=si Syrc=syr Taml=ta Telu=te Thaa=dv Thai=th Tibt=bo`,
);
const ALPHABETS = [
  'Cyrl',
  'Arab',
  'Deva',
  ...[...LANGUAGES.keys()].filter((code) => !/^(?:Jpan|Kore)$/.test(code)),
  'Tfng',
].map((script) => [script, new RegExp(`\\p{Script=${script}}+`, 'gu')] as const);
const LETTER = /\p{L}+/gu;
const LATIN = /\p{Script=Latin}+/gu;
const HAN = /\p{Script=Han}+/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const HANGUL = /\p{Script=Hangul}+/gu;
/** The blocks of the East Asian scripts. */
const EAST_ASIA = /[\u1100-\u11ff\u2e80-\uffff]/;
/** The number of letters to which an East Asian character corresponds. */
const DENSITY = 3;
/** The minimum share of kana in Japanese, except in a headline; Chinese texts quote some. */
const MIN_KANA = 0.1;
const MAX_HEADLINE = 40;

/** Languages that are written in two scripts. */
const DIGRAPHIC = wordMap('kk=Cyrl,Latn ku=Latn,Arab mn=Cyrl,Mong pa=Guru,Arab sr=Cyrl,Latn uz=Latn,Cyrl');

/** The script of most of a text. */
export interface Writing {
  /** ISO 15924; `Jpan` for Japanese, `Kore` for Korean, `Hani` for other Han, `Zzzz` for an unknown script. */
  readonly script: string;
  /** The number of its letters; an East Asian character counts as several. */
  readonly letters: number;
}

/** The script of a text; undefined if it has no letters, or no script has more than half of them. */
export function writingOf(text: string): Writing | undefined {
  const sample = text.slice(0, MAX_SAMPLE).replace(/\bhttps?:\S+/g, ' ');
  if (/^[\0-\x7f]*$/.test(sample)) {
    const letters = sample.replace(/[^a-z]+/gi, '').length;
    return letters === 0 ? undefined : { script: 'Latn', letters };
  }
  const [han = 0, kana = 0, hangul = 0] = EAST_ASIA.test(sample)
    ? [HAN, KANA, HANGUL].map((pattern) => countLetters(sample, pattern))
    : [];
  const dense = (han + kana + hangul) * DENSITY;
  const all = countLetters(sample, LETTER) + (dense / DENSITY) * (DENSITY - 1);
  if (dense * 2 > all) {
    const script =
      hangul > han + kana
        ? 'Kore'
        : kana > 0 && (kana >= (han + kana) * MIN_KANA || han + kana <= MAX_HEADLINE)
          ? 'Jpan'
          : 'Hani';
    return { script, letters: dense };
  }
  const latin = countLetters(sample, LATIN);
  if (latin * 2 > all) return { script: 'Latn', letters: latin };
  let known = dense + latin;
  for (const [script, pattern] of ALPHABETS) {
    const letters = countLetters(sample, pattern);
    if (letters * 2 > all) return { script, letters };
    known += letters;
  }
  return known * 2 < all ? { script: 'Zzzz', letters: all - known } : undefined;
}

/** A text without the letters of other scripts. */
export function lettersOf(text: string, script: string): string {
  const own = script === 'Latn' ? LATIN : ALPHABETS.find(([name]) => name === script)?.[1];
  return own === undefined ? text : text.replace(LETTER, (run) => run.match(own)?.join(' ') ?? '');
}

/** The language of nearly all texts in a script; undefined if there are several. */
export function languageOfScript(script: string): string | undefined {
  return LANGUAGES.get(script);
}

export function mayBeWrittenIn(language: string, script: string): boolean {
  const likely = likelyLocale(language);
  const usual = likely.script ?? '';
  if (usual === script) return true;
  if (script === 'Hani') return /^(?:Han[st]|Jpan|Kore)$/.test(usual);
  return DIGRAPHIC.get(likely.language)?.split(',').includes(script) === true;
}

/** Languages that templates state whatever the text, and that are written in Latin letters only. */
const OF_TEMPLATES = /^(?:en|de|fr|es|it|pt|nl|sv|da|nb|nn|no|fi|pl|cs)(?:-[A-Z]{2})?$/i;
/** The minimum number of letters to overrule the stated language, and the maximum share of Latin ones. */
const MIN_FOREIGN = 12;
const MAX_LATIN_SHARE = 0.5;

/** Whether the letters of a text exclude its stated language. */
export function isForeign({ script, letters }: Writing, text: string, language: string): boolean {
  return (
    !/^(?:Latn|Zzzz)$/.test(script) &&
    letters >= MIN_FOREIGN &&
    OF_TEMPLATES.test(language) &&
    countLetters(text.slice(0, MAX_SAMPLE), LATIN) <= letters * MAX_LATIN_SHARE
  );
}

/** @param runs matches a run of letters */
function countLetters(text: string, runs: RegExp): number {
  return text.match(runs)?.reduce((sum, run) => sum + run.length, 0) ?? 0;
}

/** The Cyrillic letters of the Slavic languages. */
export const CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяђѓєѕіїјљњћќўџґ';

/** The non-ASCII letters, in lower case, of languages in the Latin script. */
export const LETTERS = wordMap(
  `af=êëôéèîïûö bs=čćđšž ca=àçèéíïòóúü cs=áčďéěíňóřšťúůýž da=æøåéü de=äöüßéèà en= es=áéíñóúüºª et=õäöüšž
  eu=ñü fi=äöåšž fr=àâæçéèêëîïôœùûüÿ gl=áéíñóúü hr=čćđšž hu=áéíóöőúüű id=é is=áðéíóúýþæö it=àèéìíîòóùúºª
  lt=ąčęėįšųūž lv=āčēģīķļņšūž ms=é nb=æøåéòôü nl=áéíóúàèëïöü nn=æøåéòôü no=æøåéòôü pl=ąćęłńóśźż
  pt=áâãàçéêíóôõúüºª ro=ăâîşţșț sk=áäčďéíĺľňóôŕšťúýž sl=čšž sq=çë sr-Latn=čćđšž sv=åäöéà tl=ñ
  tr=çğıiöşüâîû`,
);

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
/** A language is excluded if at least one in this number of letters is foreign. */
const FOREIGN_SHARE = 100;

/** Letters that identify a language of a script; the first match counts. */
const UNIQUE: readonly (readonly [script: string, language: string, letters: RegExp])[] = [
  ['Latn', 'eo', /[ĉĝĥĵŝŭ]/iu],
  ['Latn', 'mt', /[ħġ]/iu],
  ['Latn', 'cy', /[ŵŷ]/iu],
  ['Cyrl', 'kk', /ұ/iu],
  ['Cyrl', 'ba', /ҙ/iu],
  ['Cyrl', 'tg', /[ӣӯҷ]/iu],
  ['Cyrl', 'tt', /җ/iu],
  ['Cyrl', 'ky', /^(?=.*ң).*ө/isu],
  ['Cyrl', 'mn', /^(?!.*[ңәһ]).*[өү]/isu],
  ['Cyrl', 'uk', /^(?!.*[ыэёъ]).*[їєґ]/isu],
  ['Cyrl', 'be', /^(?!.*[ищъ]).*ў/isu],
  [
    'Cyrl',
    'ru',
    /^(?!.*[\p{Script=Cyrillic}--[а-яё]])(?=.{12})(?=.*(?:[ыэ]|ь(?!о)|(?<!\p{L})(?:что|если|это|ещё|когда)(?!\p{L})))(?=.*и)/isv,
  ],
  ['Cyrl', 'mk', /[ѓќѕ]/iu],
  ['Cyrl', 'sr', /[ђћ]/iu],
  ['Arab', 'ps', /[ټډښځڅڼ]/u],
  ['Arab', 'sd', /[ٻڀٺٽڄ]/u],
  ['Arab', 'ug', /[ۇۈې]/u],
  ['Arab', 'ckb', /[ڕڵۆێ]/u],
  ['Arab', 'ur', /[ٹڈڑںے۔]/u],
  ['Arab', 'fa', /[پچژگکی]/u],
  ['Arab', 'ar', /[يكةىإأ]/u],
  ['Deva', 'mr', /(?<![\p{L}\p{M}])(?:आहे|आहेत|आणि|नाही|होते)(?![\p{L}\p{M}])/u],
  ['Deva', 'ne', /(?<![\p{L}\p{M}])(?:छ|छन्|छैन|थियो|हुन्छ)(?![\p{L}\p{M}])/u],
  ['Deva', 'hi', /(?<![\p{L}\p{M}])(?:है|हैं|में|और|नहीं|थी|था)(?![\p{L}\p{M}])/u],
  ['Beng', 'as', /[ৰৱ]/u],
  ['Ethi', 'ti', /[ቐ-ቖኸ-ኾ]|(?<!\p{L})(?:እዩ|እያ|እዮም|ኩሉ|ኩሎም|ናይ)(?!\p{L})/u],
  ['Hebr', 'yi', /[װױײ]|(?<!\p{L})(?:איז|און|דער|נישט|ניט|האט|האָט)(?!\p{L})/u],
];

/** Whether a text has more foreign letters than names explain. */
export function hasForeignLetters(text: string, language: string): boolean {
  const foreign = FOREIGN[language];
  return foreign !== undefined && (text.match(foreign)?.length ?? 0) * FOREIGN_SHARE > text.length;
}

/** The language of a script that a letter of the text identifies. */
export function languageOfLetters(text: string, script: string): string | undefined {
  return UNIQUE.find(([of, , letters]) => of === script && letters.test(text))?.[1];
}

/** The minimum number and share of words with foreign letters that exclude a language; fewer may be borrowed words. */
const MIN_FOREIGN_WORDS = 2;
const FOREIGN_WORD_SHARE = 10;

/** Whether words of a Latin text, except for names, have letters that a language does not use. */
export function hasForeignWords(text: string, language: string): boolean {
  const own = LETTERS.get(language);
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
