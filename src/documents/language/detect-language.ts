import { lazyRequire } from '../../lazy-require.ts';
import { UNDETERMINED } from '../../locale.ts';
import { hasForeignWords, languageOfLetters } from './alphabets.ts';
import { languageOfScript, lettersOf, mayBeWrittenIn, type Writing } from './script.ts';
import { disambiguate } from './similar-languages.ts';

/** The characters that the detector sees. */
const MAX_SAMPLE = 400;
/** The characters that are searched for words of similar languages. */
const MAX_TELLING = 1200;
/** Enough letters to tell languages of one script apart; a character of East Asia counts as three. */
const MIN_LETTERS = 80;
/** Enough letters to tell the language where the script or foreign words exclude the site's. */
const MIN_LETTERS_ELSEWHERE = 20;
/** Enough letters to tell it from the site's of the same alphabet, if no word is that of the site's. */
const MIN_LETTERS_BESIDE = 40;
/** Enough letters of a script that one language is written in. */
const MIN_LETTERS_OF_SCRIPT = 3;

/** The lowest score that counts, and the least lead on the next language. */
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

/** The language of a document that does not state it. */
export interface TextLanguage {
  /** BCP 47; `und` if no language is recognised and the site's is not written in the script of the text. */
  readonly language: string;
  /** Whether it was recognised. */
  readonly isTold: boolean;
}

/**
 * The language of a text: the only one of its script, else the one that is recognised, else the site's, unless that is
 * not written in this script.
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
    // Where two languages stand beside each other, the detector may find the one with fewer letters.
    const isWritten = found === undefined || writing === undefined || mayBeWrittenIn(found, writing.script);
    return isWritten ? found : recognizeLanguage(lettersOf(text, writing.script));
  };
  const told =
    languageOfWriting(`${title}\n${text}`, writing, siteLanguage) ??
    recognized() ??
    recognizeShort(`${title}\n${text}`, writing, siteLanguage);
  if (told !== undefined) return { language: told, isTold: true };
  const isPossible = writing === undefined || mayBeWrittenIn(siteLanguage, writing.script);
  return { language: isPossible ? siteLanguage : UNDETERMINED, isTold: false };
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
  const isForeign = isLatin && hasForeignWords(sample, siteLanguage);
  const isBeside =
    isLatin && letters >= MIN_LETTERS_BESIDE && !(siteLanguage.startsWith('en') && ENGLISH.test(sample));
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
  if (isPossible) return undefined;
  return script === 'Hani' ? 'zh' : languageOfLetters(text, script);
}

/** The language of a text as a BCP 47 tag, if there is enough text and no other language scores nearly as high. */
export function recognizeLanguage(text: string): string | undefined {
  const sample = withoutAddresses(text).slice(0, MAX_SAMPLE);
  const isAscii = /^[\0-\x7f]*$/.test(sample);
  const letters = isAscii ? sample.replace(/[^a-z]+/gi, '').length : count(sample, /\p{L}/gu);
  const dense = isAscii ? 0 : count(sample, DENSE);
  if (letters + 2 * dense < MIN_LETTERS) return undefined;
  if (isAscii && isPlainlyEnglish(sample)) return 'en';
  const isLatin = isAscii || count(sample, /\p{Script=Latin}/gu) > letters / 2;
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

/** A quarter of the words of English prose; hardly any of them is a word of another language. */
const TELLING = new RegExp(
  `\\b(?:${'the and that with this which from were they their what when where would you your its has there these those than them into about after could should only other some such through very while who how because before between being did does our if'.replaceAll(' ', '|')})\\b`,
  'g',
);
/** Words of nearly every English sentence, and of few in other languages; one of them saves loading the detector. */
const ENGLISH = /\b(?:the|and|of|with|that|this|you|are|from|have|not|it)\b/i;
const WORD = /[a-z]+/gi;
/** One word in so many; a text in another language that quotes English has fewer. */
const TELLING_SHARE = 8;
const MIN_TELLING = 6;
const MIN_DIFFERENT = 4;

/** Whether an ASCII text is certainly English; saves loading the detector. */
function isPlainlyEnglish(text: string): boolean {
  const telling = text.toLowerCase().match(TELLING) ?? [];
  return (
    telling.length >= MIN_TELLING &&
    new Set(telling).size >= MIN_DIFFERENT &&
    telling.length * TELLING_SHARE >= (text.match(WORD)?.length ?? 0)
  );
}

/** It takes 0.25 s and 80 MB to load. */
const detector = lazyRequire<typeof import('eld/extrasmall')>('eld/extrasmall');

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
