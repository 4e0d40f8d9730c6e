import chardet from 'chardet';
import { recognizeLanguage } from '../language/detect-language.ts';
import { decodeBytes } from './encodings.ts';

/** So many bytes are looked at for what is typical of an encoding. */
const MAX_PROPOSAL = 16_384;
/** Enough bytes around those that are not ASCII to tell a language by. */
const SAMPLE_LENGTH = 1000;
const AROUND = 60;
/** Of the characters that are not ASCII, so many may be strange to the language: foreign names. */
const MAX_STRANGE_SHARE = 0.1;

/** What every language may use besides its letters. */
const TYPOGRAPHY = /[\p{ASCII}\p{Pi}\p{Pf}\p{Ps}\p{Pe}\p{Pd}\p{Zs}…•·†‡‰€£¥¢§©®™°´«»„“”‘’‚№¿¡]/u;
const LATIN_1 = 'àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÿšž';
const CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяђѓєѕіїјљњћќўџґ';

const CENTRAL_EUROPEAN = {
  pl: 'ąćęłńóśźż',
  cs: 'áčďéěíňóřšťúůýž',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  hu: 'áéíóöőúüű',
  ro: 'ăâîşţ',
  hr: 'čćđšž',
  bs: 'čćđšž',
  'sr-Latn': 'čćđšž',
  sl: 'čšž',
};
/** By encoding: the languages that were written in it, and their letters that are not ASCII, in lower case. */
const ENCODINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'windows-1254': { tr: 'çğıiöşüâîû' },
  'windows-1252': {
    en: LATIN_1,
    de: 'äöüßéèà',
    fr: 'àâæçéèêëîïôœùûüÿ',
    es: 'áéíñóúüºª',
    it: 'àèéìíîòóùúºª',
    pt: 'áâãàçéêíóôõúüºª',
    ca: 'àçèéíïòóúü',
    gl: 'áéíñóúü',
    eu: 'ñü',
    nl: 'áéíóúàèëïöü',
    sv: 'åäöéà',
    da: 'æøåéü',
    no: 'æøåéòôü',
    nb: 'æøåéòôü',
    nn: 'æøåéòôü',
    fi: 'äöåšž',
    is: 'áðéíóúýþæö',
    sq: 'çë',
    af: 'êëôéèîïûö',
    id: 'é',
    ms: 'é',
    tl: 'ñ',
  },
  'windows-1250': CENTRAL_EUROPEAN,
  'iso-8859-2': CENTRAL_EUROPEAN,
  'windows-1257': { lt: 'ąčęėįšųūž', lv: 'āčēģīķļņšūž', et: 'õäöüšž' },
  'windows-1251': { ru: CYRILLIC, uk: CYRILLIC, be: CYRILLIC, bg: CYRILLIC, sr: CYRILLIC, mk: CYRILLIC },
};

/** Encodings whose bytes look like no other's: the languages that were written in them. */
const DISTINCT: Readonly<Record<string, readonly string[]>> = {
  'koi8-r': ['ru'],
  'iso-8859-5': ['ru', 'sr', 'mk', 'bg'],
  'iso-8859-7': ['el'],
  'windows-1253': ['el'],
  'iso-8859-8': ['he'],
  'windows-1255': ['he'],
  'iso-8859-6': ['ar'],
  'windows-1256': ['ar', 'fa', 'ur'],
  shift_jis: ['ja'],
  'euc-jp': ['ja'],
  'iso-2022-jp': ['ja'],
  gb18030: ['zh-Hans', 'zh-Hant'],
  big5: ['zh-Hans', 'zh-Hant'],
  'euc-kr': ['ko'],
};

/**
 * The encoding of a text that is not UTF-8, when the bytes speak for it and by it the text is in a language that was
 * written so, with letters of that language; `undefined` when there is none, or more than one. ISO 8859-9 and 8859-1
 * are contained in windows-1254 and windows-1252.
 */
export function recognizeEncoding(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return recognizeUtf16(bytes);
  const head = bytes.subarray(0, MAX_PROPOSAL);
  if (isDamagedUtf8(head)) return undefined;
  const proposed = chardet.detect(head)?.toLowerCase() ?? '';
  const distinct = DISTINCT[proposed];
  if (distinct !== undefined) {
    const text = new TextDecoder(proposed).decode(head, { stream: true });
    return distinct.includes(recognizeLanguage(text) ?? '') ? proposed : undefined;
  }
  const sample = takeSample(bytes);
  const [best, next] = Object.entries(ENCODINGS)
    .filter(([encoding]) => encoding !== 'windows-1251' || proposed === encoding)
    .map(([encoding, languages]) => judge(sample, encoding, languages))
    .filter((found) => found !== undefined)
    .sort((a, b) => a.strange - b.strange);
  if (best === undefined || (next?.strange === best.strange && next.text !== best.text)) return undefined;
  return best.encoding;
}

/** Whether most of what is not ASCII is UTF-8 all the same. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes, { stream: true });
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const sound = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return sound > broken;
}

interface Reading {
  readonly encoding: string;
  readonly text: string;
  /** How many characters are strange to the language. */
  readonly strange: number;
}

function judge(
  sample: Uint8Array,
  encoding: string,
  languages: Readonly<Record<string, string>>,
): Reading | undefined {
  const text = decodeBytes(sample, encoding, { fatal: false });
  const letters = languages[recognizeLanguage(text) ?? ''];
  if (letters === undefined) return undefined;
  const foreign = [...text.toLowerCase()].filter((character) => !/\p{ASCII}/u.test(character));
  const strange = foreign.filter(
    (character) => !letters.includes(character) && !TYPOGRAPHY.test(character),
  ).length;
  return strange > foreign.length * MAX_STRANGE_SHARE ? undefined : { encoding, text, strange };
}

/** The surroundings of the first bytes that are not ASCII, and then the beginning. */
function takeSample(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let index = 0, end = 0; index < bytes.length && length < SAMPLE_LENGTH; index++) {
    if ((bytes[index] ?? 0) < 0x80) continue;
    const part = bytes.subarray(Math.max(end, index - AROUND), index + AROUND);
    end = index + AROUND;
    index = end - 1;
    parts.push(part);
    length += part.length;
  }
  return Buffer.concat([...parts, bytes.subarray(0, Math.max(0, SAMPLE_LENGTH - length))]);
}

/** Fewer bytes are not evidence. */
const MIN_BYTES = 8;
const UTF16_SAMPLE = 4096;

/** The byte order of UTF-16 without a byte order mark, when by one order the bytes are text and by the other not. */
export function recognizeUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < MIN_BYTES || bytes.length % 2 !== 0) return undefined;
  const little = isText(bytes, 'utf-16le');
  const big = isText(bytes, 'utf-16be');
  if (little === big) return undefined;
  return little ? 'utf-16le' : 'utf-16be';
}

/** Text has blanks, and nothing that no text has. */
function isText(bytes: Uint8Array, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, UTF16_SAMPLE), { stream: true });
  return /[ \n]/.test(text) && !/[\p{Cn}\p{Co}\ufffd]|[^\P{Cc}\s\u0085]/u.test(text);
}
