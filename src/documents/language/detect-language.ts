import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isPlainlyEnglish } from './plainly-english.ts';
import { tellTwins } from './similar-languages.ts';

/** So much of a text is looked at; the detector looks at no more. */
const MAX_SAMPLE = 400;
/** Twins are told from each other by words, of which there have to be some. */
const MAX_TELLING = 1200;
/** Fewer letters do not tell a language; a character of a dense script says as much as three. */
const MIN_LETTERS = 80;
/** Below, a text in Latin letters is in a language that the detector does not know. */
const MIN_LATIN_SCORE = 0.68;
/** Languages in Latin letters that score closer to each other are not told apart. */
const MIN_LATIN_MARGIN = 0.04;

const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const REGISTERED = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
/** Languages that may be stated by name, in English or in their own words. */
const NAMED =
  'en tr de fr es it pt nl sv da nb nn no fi is et lv lt pl cs sk sl hu ro sq hr bs sr mk bg be uk ru el ca gl eu ga cy mt az uz kk ky tt ka hy id ms sw af fil ar he fa ur ku ckb ps hi ne bn ta vi th ja ko zh';

/** The language of a text as a BCP 47 tag, when there is enough text and no other language is near. */
export function recognizeLanguage(text: string): string | undefined {
  const prose = text
    .slice(0, MAX_TELLING)
    .replace(/\bhttps?:\S+/g, ' ')
    .normalize('NFC');
  const sample = prose.slice(0, MAX_SAMPLE);
  const isAscii = /^[\0-\x7f]*$/.test(sample);
  const letters = isAscii ? sample.replace(/[^a-z]+/gi, '').length : count(sample, /\p{L}/gu);
  const dense = isAscii ? 0 : count(sample, DENSE);
  if (letters + 2 * dense < MIN_LETTERS) return undefined;
  if (isAscii && isPlainlyEnglish(sample)) return 'en';
  const result = detector().detect(sample);
  if (!result.isReliable()) return undefined;
  const [best = 0, next = 0] = Object.values(result.getScores()).sort((a, b) => b - a);
  const isLatin = isAscii || count(sample, /\p{Script=Latin}/gu) > letters / 2;
  if (isLatin && best < MIN_LATIN_SCORE) return undefined;
  const isClear = !isLatin || best - next >= MIN_LATIN_MARGIN;
  return tellTwins(result.language, sample, prose, isClear);
}

/**
 * The canonical BCP 47 tag of what a document states: a tag in any case (`EN-us`), a POSIX locale (`tr_TR.UTF-8`), or
 * a language's name in English or in its own words; `undefined` when it is none of these.
 */
export function parseLanguageTag(stated: string): string | undefined {
  const words = stated.split(/[.@(;,]/u, 1)[0]?.trim() ?? '';
  const named = languageNames().get(words.toLowerCase());
  if (named !== undefined) return named;
  try {
    const locale = new Intl.Locale(words.replaceAll('_', '-'));
    return REGISTERED.of(locale.language) !== undefined && locale.language !== 'und'
      ? locale.baseName
      : undefined;
  } catch {
    return undefined;
  }
}

let names: ReadonlyMap<string, string> | undefined;

function languageNames(): ReadonlyMap<string, string> {
  names ??= new Map(
    NAMED.split(' ').flatMap((tag) =>
      [tag, 'en'].map((words): [string, string] => [
        new Intl.DisplayNames(words, { type: 'language' }).of(tag)?.toLowerCase() ?? tag,
        tag,
      ]),
    ),
  );
  return names;
}

let loaded: typeof import('eld/extrasmall').eld | undefined;

/** Loaded when it is first asked: it takes a quarter of a second and 80 MB. */
function detector(): NonNullable<typeof loaded> {
  if (loaded === undefined) {
    const path = fileURLToPath(import.meta.resolve('eld/extrasmall'));
    // The package says what this module exports.
    const module = createRequire(import.meta.url)(path) as typeof import('eld/extrasmall');
    loaded = module.eld;
  }
  return loaded;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
