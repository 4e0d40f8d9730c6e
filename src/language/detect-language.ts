import { englishNames, likelyLocale, UNDETERMINED } from '../locale.ts';
import { attempt, memoized, once } from '../memo.ts';
import { lazyRequire } from '../package.ts';
import {
  hasForeignLetters,
  hasForeignWords,
  languageOfLetters,
  languageOfScript,
  lettersOf,
  mayBeWrittenIn,
  type Writing,
} from './script.ts';

/** The characters that the detector sees. */
const MAX_SAMPLE = 400;
/** The characters that are searched for words of similar languages. */
const MAX_TELLING = 1200;
/** The minimum number of letters to distinguish languages of a script; an East Asian character counts as three. */
const MIN_LETTERS = 80;
/** The minimum if the script or foreign words exclude the site's language. */
const MIN_LETTERS_ELSEWHERE = 20;
/** The minimum to distinguish it from the site's language in the same alphabet, if no word is in that. */
const MIN_LETTERS_BESIDE = 40;
/** The minimum for a script of one language. */
const MIN_LETTERS_OF_SCRIPT = 3;

/** The minimum score, and the minimum lead over the next language. */
interface Threshold {
  readonly score: number;
  readonly lead: number;
}
const LATIN: Threshold = { score: 0.68, lead: 0.04 };
const OTHER_SCRIPT: Threshold = { score: 0, lead: 0 };
const SHORT_LATIN: Threshold = { score: 0.68, lead: 0.1 };
const SHORT_OTHER_SCRIPT: Threshold = { score: 0.8, lead: 0.02 };
const BESIDE_LATIN: Threshold = { score: 0.75, lead: 0.1 };
/** For text whose letters exclude the site's language. */
const FOREIGN_LETTERS: Threshold = { score: 0.6, lead: 0.03 };

const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

interface TextLanguage {
  /** BCP 47; `und` if no language is recognised and the site's is not written in the script of the text. */
  readonly language: string;
  readonly isTold: boolean;
}

/**
 * The language of a text: the only one of its script, otherwise the recognised one, otherwise the site's, unless that
 * is not written in this script.
 *
 * @param title counts if the text is short
 * @param writing of both
 */
export function languageOf(
  text: string,
  title: string,
  writing: Writing | undefined,
  siteLanguage: string,
): TextLanguage {
  const recognized = (): string | undefined => {
    const found = recognizeLanguage(text);
    // In a text in two languages, the detector may return the one with fewer letters.
    const isWritten = found === undefined || writing === undefined || mayBeWrittenIn(found, writing.script);
    return isWritten ? found : recognizeLanguage(lettersOf(text, writing.script));
  };
  const told =
    languageOfWriting(`${title}\n${text}`, writing, siteLanguage) ??
    recognized() ??
    recognizeShort(`${title}\n${text}`, writing, siteLanguage);
  if (told !== undefined) {
    const isTold = told !== UNDETERMINED;
    return { language: isTold && isSame(told, siteLanguage) ? siteLanguage : told, isTold };
  }
  const isPossible = writing === undefined || mayBeWrittenIn(siteLanguage, writing.script);
  return { language: isPossible ? siteLanguage : UNDETERMINED, isTold: false };
}

/** Whether they differ in their territories only, which no text tells. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [likelyLocale(one), likelyLocale(other)];
  return a.language === b.language && a.script === b.script;
}

function languageOfWriting(
  text: string,
  writing: Writing | undefined,
  siteLanguage: string,
): string | undefined {
  const found = writing && languageOfScript(writing.script);
  if (found === undefined || writing === undefined || writing.letters < MIN_LETTERS_OF_SCRIPT)
    return undefined;
  if (mayBeWrittenIn(siteLanguage, writing.script)) return siteLanguage;
  return languageOfLetters(text, writing.script) ?? found;
}

/** `und` if it is neither the site's language nor recognised; the detector mistakes names and lists for English. */
function recognizeShort(
  text: string,
  writing: Writing | undefined,
  siteLanguage: string,
): string | undefined {
  if (writing === undefined) return undefined;
  const { script, letters } = writing;
  const isLatin = script === 'Latn';
  const isPossible = mayBeWrittenIn(siteLanguage, script);
  const sample = text.slice(0, MAX_SAMPLE);
  const isEnglish = siteLanguage.startsWith('en');
  const isForeign = isLatin && hasForeignWords(sample, siteLanguage);
  const isBeside = isLatin && letters >= MIN_LETTERS_BESIDE && !(isEnglish && ENGLISH.test(sample));
  if (isPossible && !isForeign && !isBeside) return undefined;
  const threshold = !isPossible
    ? isLatin
      ? SHORT_LATIN
      : SHORT_OTHER_SCRIPT
    : isForeign
      ? FOREIGN_LETTERS
      : BESIDE_LATIN;
  const found = letters < MIN_LETTERS_ELSEWHERE ? undefined : detect(text, threshold);
  if (found !== undefined && mayBeWrittenIn(found, script) && !hasForeignWords(sample, found)) return found;
  if (!isPossible) return script === 'Hani' ? 'zh' : languageOfLetters(text, script);
  const mayBeOther = isForeign
    ? !ENGLISH.test(sample)
    : isEnglish && (letters >= MIN_LETTERS || isSentence(sample));
  const isOther =
    mayBeOther && detector().eld.detect(sample).language !== likelyLocale(siteLanguage).language;
  return isOther ? (languageOfLetters(text, script) ?? UNDETERMINED) : undefined;
}

/** Whether there are six words in a row as in a sentence, which code and names do not have. */
function isSentence(text: string): boolean {
  return /(?<!\S)[\p{L}\p{M}’'-]+(?:[,;]? \p{Ll}[\p{L}\p{M}’'-]*){5}(?=[\s,;:.!?…]|$)/u.test(text);
}

/** The language of a text as a BCP 47 tag, if there is enough text and no other language scores nearly as high. */
export function recognizeLanguage(text: string): string | undefined {
  const sample = withoutAddresses(text).slice(0, MAX_SAMPLE);
  const ascii = sample.replace(/[^a-z]+/gi, '').length;
  const isAscii = /^[\0-\x7f]*$/.test(sample);
  const letters = isAscii ? ascii : countMatches(sample, /\p{L}/gu);
  const dense = isAscii ? 0 : countMatches(sample, DENSE);
  if (letters + 2 * dense < MIN_LETTERS) return undefined;
  if ((letters - ascii) * FOREIGN_SHARE <= letters && isPlainlyEnglish(sample)) return 'en';
  const isLatin = isAscii || countMatches(sample, /\p{Script=Latin}/gu) > letters / 2;
  return detect(text, isLatin ? LATIN : OTHER_SCRIPT);
}

function detect(text: string, { score, lead }: Threshold): string | undefined {
  const prose = withoutAddresses(text);
  const sample = prose.slice(0, MAX_SAMPLE);
  const result = detector().eld.detect(sample);
  const [best = 0, next = 0] = Object.values(result.getScores()).sort((a, b) => b - a);
  if (!result.isReliable() || best < score) return undefined;
  return disambiguate(result.language, sample, prose, best - next >= lead);
}

function withoutAddresses(text: string): string {
  return text
    .slice(0, MAX_TELLING)
    .replace(/\bhttps?:\S+/g, ' ')
    .normalize('NFC');
}

/** A third of the words of English prose; other languages have few of them. */
const TELLING = new RegExp(
  `\\b(?:${'the of are have more many said people been made and that with this which from were they their what when where would you your its has there these those than them into about after could should only other some such through very while who how because before between being did does our if'.replaceAll(' ', '|')})\\b`,
  'g',
);
/** Words of nearly every English sentence, and of few in other languages; one of them saves loading the detector. */
const ENGLISH = /\b(?:the|and|of|with|that|this|you|are|from|have|not|it)\b/i;
const WORD = /[a-z]+/gi;
/** The minimum frequency of these words, as one in this number; a text that quotes English has fewer. */
const TELLING_SHARE = 8;
const MIN_TELLING = 6;
const MIN_DIFFERENT = 4;
/** The maximum frequency of foreign letters in English, as one in this number: names have such letters. */
const FOREIGN_SHARE = 20;

/** Whether a text in Latin letters is certainly English; saves loading the detector. */
function isPlainlyEnglish(text: string): boolean {
  const telling = text.toLowerCase().match(TELLING) ?? [];
  return (
    telling.length >= MIN_TELLING &&
    new Set(telling).size >= MIN_DIFFERENT &&
    telling.length * TELLING_SHARE >= (text.match(WORD)?.length ?? 0)
  );
}

/** Loading its sources takes 0.25 s and 80 MB; loading the bundle, 0.05 s. */
const detector = lazyRequire<typeof import('eld/extrasmall')>('eld/extrasmall');

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The minimum lead in words or letters over the next language. */
const MIN_LEAD = 2;

/** Compiling all of them takes longer than reading a document. */
const compiled = memoized((source: string) => new RegExp(source, 'giu'));

const SCANDINAVIAN = {
  da: words('af efter blev hvad mig nogle en et jeg ikke fra'),
  nb: words('av etter ble hva meg noen en et jeg ikke fra'),
  nn: words('av etter vart kva meg nokon ein eit eg ikkje frå'),
};
const IBERIAN = {
  es: words('y el los las una del más con su'),
  pt: words('não em uma com um são pelo pela os'),
  gl: words('unha non dunha nunha polo pola coa máis os'),
};

/** By result of the detector: the languages that it confuses, with a pattern of words or letters of each. */
const SIMILAR: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ms: {
    id: words(
      'bahwa karena bisa saat dari yaitu maupun saja berbagai informasi harus silakan rilis dirilis keamanan pemerintah',
    ),
    ms: words(
      'bahawa kerana boleh daripada ialah iaitu mahupun sahaja pelbagai maklumat mesti hendaklah keselamatan kerajaan',
    ),
  },
  hr: {
    hr: words(
      'vrijeme mjesto poslije gdje svijet prije uvijek riječ dvije što tko nitko svatko također opće uvjet',
    ),
    bs: words(
      'vrijeme mjesto poslije gdje svijet prije uvijek riječ dvije šta ko niko svako također opće uslov',
    ),
    'sr-Latn': words('vreme mesto posle gde svet pre uvek reč dve šta ko niko svako takođe opšte uslov'),
  },
  nl: { nl: words('een niet zijn wordt naar'), af: words("'n ’n nie vir sal hulle oor sy") },
  is: {
    is: words('að sem ekki þetta hefur hafa eru voru til og um hvað það því við frá eftir líka'),
    fo: words(
      'at sum ikki hetta hevur hava eru vóru til og um hvat tað tí við frá eftir eisini men tey teir eingin',
    ),
  },
  ca: {
    ca: words('els les dels dins més però és són amb perquè molt també aquest aquesta seva hi ha ser'),
    oc: words(
      'los las dels dins mas es son amb perque fòrça tanben aqueste aquela sieu aquò i a èsser que lo pas',
    ),
  },
  hi: { hi: words('है में और के की से हैं'), ne: words('छ र को मा गर्ने हुने छन्') },
  da: SCANDINAVIAN,
  no: SCANDINAVIAN,
  es: IBERIAN,
  pt: IBERIAN,
  sr: { sr: '[ђћ]', mk: '[ѓќѕ]' },
  bg: { bg: '[ъщ]', mk: '[ѓќѕј]' },
  zh: { 'zh-Hans': '[这国们时对发为会说来个学种]', 'zh-Hant': '[這國們時對發為會說來個學種]' },
};
/** Results that may be any of these languages. */
const VAGUE: ReadonlySet<string> = new Set(['ms', 'hr', 'sr']);

/**
 * Distinguishes a language from those that the detector confuses with it.
 *
 * @param sample the input of the detector
 * @param text the same and more
 * @param isClear whether the detector scored all other languages clearly lower
 */
function disambiguate(found: string, sample: string, text: string, isClear: boolean): string | undefined {
  if (hasForeignLetters(sample, found)) return languageOfLetters(sample, likelyLocale(found).script ?? '');
  const [best, next] = Object.entries(SIMILAR[found] ?? {})
    .map(([language, telling]) => ({ language, tellings: countMatches(text, compiled(telling)) }))
    .sort((a, b) => b.tellings - a.tellings);
  if (best !== undefined && best.tellings - (next?.tellings ?? 0) >= MIN_LEAD) return best.language;
  return isClear && !VAGUE.has(found) ? found : undefined;
}

/** The source of a pattern. */
function words(list: string): string {
  return `(?<![\\p{L}\\p{M}])(?:${list.replace(/ /g, '|')})(?![\\p{L}\\p{M}])`;
}

/** Languages that may be stated by their names. */
const NAMED =
  'en tr de fr es it pt nl sv da nb nn no fi is et lv lt pl cs sk sl hu ro sq hr bs sr mk bg be uk ru el ca gl eu ga cy mt az uz kk ky tt ka hy id ms sw af fil ar he fa ur ku ckb ps hi ne bn ta vi th ja ko zh';

/**
 * The canonical BCP 47 tag for a stated language: a tag in any case (`EN-us`), a POSIX locale (`tr_TR.UTF-8`), or a
 * name in English or in the language itself; `undefined` for anything else.
 */
export function parseLanguageTag(stated: string): string | undefined {
  const words = stated.split(/[.@(;,]/u, 1)[0]?.trim() ?? '';
  const { language = 'und', baseName } = attempt(() => new Intl.Locale(words.replaceAll('_', '-'))) ?? {};
  const isRegistered = language !== 'und' && englishNames().of(language) !== undefined;
  return isRegistered ? baseName : languageNames().get(words.toLowerCase());
}

const languageNames = once(
  (): ReadonlyMap<string, string> =>
    new Map(
      NAMED.split(' ').flatMap((tag) =>
        [tag, 'en'].map((words) => [
          new Intl.DisplayNames(words, { type: 'language' }).of(tag)?.toLowerCase() ?? tag,
          tag,
        ]),
      ),
    ),
);
