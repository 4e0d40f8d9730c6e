import { likelyLocale } from '../../locale.ts';
import { hasForeignLetters, languageOfLetters } from './alphabets.ts';

/** The least lead in words or letters on the next language. */
const MIN_LEAD = 2;

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

/** By the detector's answer: the languages that it mistakes for each other, and words or letters of each. */
const SIMILAR: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
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
  hi: { hi: words('है में और के की से हैं'), ne: words('छ र को मा गर्ने हुने छन्') },
  da: SCANDINAVIAN,
  no: SCANDINAVIAN,
  es: IBERIAN,
  pt: IBERIAN,
  sr: { sr: /[ђћ]/giu, mk: /[ѓќѕ]/giu },
  bg: { bg: /[ъщ]/giu, mk: /[ѓќѕј]/giu },
  zh: { 'zh-Hans': /[这国们时对发为会说来个学种]/gu, 'zh-Hant': /[這國們時對發為會說來個學種]/gu },
};
/** Answers that may mean any of these languages. */
const VAGUE: ReadonlySet<string> = new Set(['ms', 'hr', 'sr']);

/**
 * Tells a language from those that the detector mistakes for it.
 *
 * @param sample what the detector saw
 * @param text the same and more
 * @param isClear whether the detector scored all other languages clearly lower
 */
export function disambiguate(
  found: string,
  sample: string,
  text: string,
  isClear: boolean,
): string | undefined {
  if (hasForeignLetters(sample, found)) return languageOfLetters(sample, likelyLocale(found).script ?? '');
  const [best, next] = Object.entries(SIMILAR[found] ?? {})
    .map(([language, telling]) => ({ language, tellings: count(text, telling) }))
    .sort((a, b) => b.tellings - a.tellings);
  if (best !== undefined && best.tellings - (next?.tellings ?? 0) >= MIN_LEAD) return best.language;
  return isClear && !VAGUE.has(found) ? found : undefined;
}

function words(list: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${list.replace(/ /g, '|')})(?![\\p{L}\\p{M}])`, 'giu');
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
