import { likelyLocale } from '../../locale.ts';

/** Only so many characters of a text are looked at. */
const MAX_SAMPLE = 4000;

/** Languages by their scripts (ISO 15924), where nearly all texts in a script are in one language. */
const LANGUAGES: Readonly<Record<string, string>> = {
  Adlm: 'ff-Adlm',
  Armn: 'hy',
  Beng: 'bn',
  Cher: 'chr',
  Ethi: 'am',
  Geor: 'ka',
  Grek: 'el',
  Gujr: 'gu',
  Guru: 'pa',
  Hebr: 'he',
  Jpan: 'ja',
  Khmr: 'km',
  Knda: 'kn',
  Kore: 'ko',
  Laoo: 'lo',
  Mand: 'mid',
  Mlym: 'ml',
  Mong: 'mn-Mong',
  Mymr: 'my',
  Nkoo: 'nqo',
  Olck: 'sat',
  Orya: 'or',
  Rohg: 'rhg',
  Samr: 'smp',
  Sinh: 'si',
  Syrc: 'syr',
  Taml: 'ta',
  Telu: 'te',
  Thaa: 'dv',
  Thai: 'th',
  Tibt: 'bo',
};
const ALPHABETS = [
  'Cyrl',
  'Arab',
  'Deva',
  ...Object.keys(LANGUAGES).filter((code) => !/^(?:Jpan|Kore)$/.test(code)),
  'Tfng',
].map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'gu')] as const);
const LATIN = /\p{Script=Latin}/gu;
const HAN = /\p{Script=Han}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const HANGUL = /\p{Script=Hangul}/gu;
/** A character of East Asia says as much as so many letters. */
const DENSITY = 3;
/** At least so many of the characters of a Japanese text are kana; Chinese texts may quote some. */
const MIN_KANA = 0.1;

/** Languages that are written in Latin, Cyrillic or Arabic letters. */
const DIGRAPHIC: ReadonlySet<string> = new Set('az bs kk ku ky mn ms pa ro sh sr tg tk tt ug uz'.split(' '));

/** What most of a text is written in. */
export interface Writing {
  /** An ISO 15924 code, with `Jpan` for Japanese, `Kore` for Korean, `Hani` for other Han characters, `Zzzz` for any other. */
  readonly script: string;
  /** How many letters there are of that script; a character of East Asia counts as several. */
  readonly letters: number;
}

/** What a text is written in; undefined if it has no letters, or if no script has more than half of them. */
export function writingOf(text: string): Writing | undefined {
  const sample = text.slice(0, MAX_SAMPLE).replace(/\bhttps?:\S+/g, ' ');
  if (/^[\0-\x7f]*$/.test(sample)) {
    const letters = sample.replace(/[^a-z]+/gi, '').length;
    return letters === 0 ? undefined : { script: 'Latn', letters };
  }
  const [han, kana, hangul] = [count(sample, HAN), count(sample, KANA), count(sample, HANGUL)];
  const dense = (han + kana + hangul) * DENSITY;
  const all = count(sample, /\p{L}/gu) + (dense / DENSITY) * (DENSITY - 1);
  if (dense * 2 > all) {
    const script =
      hangul > han + kana ? 'Kore' : kana >= (han + kana) * MIN_KANA && kana > 0 ? 'Jpan' : 'Hani';
    return { script, letters: dense };
  }
  const latin = count(sample, LATIN);
  if (latin * 2 > all) return { script: 'Latn', letters: latin };
  let known = dense + latin;
  for (const [script, pattern] of ALPHABETS) {
    const letters = count(sample, pattern);
    if (letters * 2 > all) return { script, letters };
    known += letters;
  }
  return known * 2 < all ? { script: 'Zzzz', letters: all - known } : undefined;
}

/** The language of nearly all texts in a script; undefined if there are several. */
export function languageOfScript(script: string): string | undefined {
  return LANGUAGES[script];
}

/** Whether texts in a language may be written in a script. */
export function mayBeWrittenIn(language: string, script: string): boolean {
  const likely = likelyLocale(language);
  const usual = likely.script ?? '';
  if (usual === script) return true;
  if (script === 'Hani') return /^(?:Han[st]|Jpan|Kore)$/.test(usual);
  return DIGRAPHIC.has(likely.language) && /^(?:Latn|Cyrl|Arab)$/.test(script);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
