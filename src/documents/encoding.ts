import { recognizeLanguage } from '../language/detect-language.ts';
import { CYRILLIC, LETTERS } from '../language/script.ts';
import { attempt } from '../memo.ts';
import { lazyRequire } from '../package.ts';
import { wordList, wordMap } from '../strings.ts';

export const iconv = lazyRequire<typeof import('iconv-lite')>('iconv-lite');
const chardet = lazyRequire<typeof import('chardet')>('chardet');

/** The bytes that chardet sees. */
const MAX_PROPOSAL = 16_384;
/** The length of a sample for language recognition, and the context of each non-ASCII byte in it; bytes. */
const SAMPLE_LENGTH = 1000;
const AROUND = 60;
/** The maximum share of non-ASCII characters that the language does not use; foreign names have some. */
const MAX_STRANGE_SHARE = 0.1;

/** Characters of any language besides letters. */
const TYPOGRAPHY = /[\p{ASCII}\p{Pi}\p{Pf}\p{Ps}\p{Pe}\p{Pd}\p{Zs}…•·†‡‰€£¥¢§©®™°´«»„“”‘’‚№¿¡]/u;
/** English has them in names and borrowed words. */
const LATIN_1 = 'àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÿšž';

const CENTRAL_EUROPEAN = 'pl cs sk hu ro hr bs sr-Latn sl';
/** The languages of each encoding. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'windows-1254': 'tr',
  'windows-1252': 'en de fr es it pt ca gl eu nl sv da no nb nn fi is sq af id ms tl',
  'windows-1250': CENTRAL_EUROPEAN,
  'iso-8859-2': CENTRAL_EUROPEAN,
  'windows-1257': 'lt lv et',
  'windows-1251': 'ru uk be bg sr mk',
};

/** Encodings of old Macs and of DOS, which are tried last. */
const OLD_ENCODINGS: readonly string[] = ['macintosh', 'cp850', 'cp437'];

/** The same for encodings that chardet distinguishes by their bytes. */
const DISTINCT = wordMap(
  `koi8-r=ru iso-8859-5=ru,sr,mk,bg iso-8859-7=el windows-1253=el iso-8859-8=he windows-1255=he
  iso-8859-6=ar windows-1256=ar,fa,ur shift_jis=ja euc-jp=ja iso-2022-jp=ja gb18030=zh-Hans,zh-Hant
  big5=zh-Hans,zh-Hant euc-kr=ko`,
);

/** What the letter Ά of either encoding of Greek is in the other, at the beginning of a word. */
const MISPLACED_ALPHA: ReadonlyMap<string, RegExp> = new Map([
  ['iso-8859-7', /(?<!\p{L})’\p{Ll}/u],
  ['windows-1253', /¶\p{Ll}/u],
]);

/**
 * The encoding of a text that is not UTF-8: the one in which it decodes to the letters of a language of that encoding;
 * undefined if there is none, or more than one. windows-1254 and windows-1252 include ISO 8859-9 and 8859-1.
 */
export function recognizeEncoding(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return recognizeUtf16(bytes);
  const head = bytes.subarray(0, MAX_PROPOSAL);
  if (isDamagedUtf8(head)) return undefined;
  const proposed = chardet().detect(head)?.toLowerCase() ?? '';
  const distinct = DISTINCT.get(proposed);
  if (distinct !== undefined) {
    const decoded = new TextDecoder(proposed).decode(head, { stream: true });
    // These are distinguished by their bytes, so a short text is doubled.
    const text = decoded.length < SAMPLE_LENGTH / 2 ? `${decoded}\n${decoded}` : decoded;
    if (!distinct.split(',').includes(recognizeLanguage(text) ?? '')) return undefined;
    const isMistaken = MISPLACED_ALPHA.get(proposed)?.test(decoded);
    return isMistaken ? [...MISPLACED_ALPHA.keys()].find((greek) => greek !== proposed) : proposed;
  }
  const sample = takeSample(bytes);
  const judged = Object.entries(ENCODINGS)
    .filter(([encoding]) => encoding !== 'windows-1251' || proposed === encoding)
    .flatMap(([encoding, languages]) => judge(sample, encoding, languages) ?? []);
  const old = OLD_ENCODINGS.flatMap(
    (encoding) => judge(sample, encoding, ENCODINGS['windows-1252'] ?? '') ?? [],
  );
  return bestOf(judged.length > 0 ? judged : old.filter(({ strange }) => strange === 0));
}

function bestOf(guesses: readonly EncodingGuess[]): string | undefined {
  const [best, next] = guesses.toSorted((a, b) => a.strange - b.strange);
  return next?.strange === best?.strange && next?.text !== best?.text ? undefined : best?.encoding;
}

/** Whether most of the non-ASCII bytes are valid UTF-8. */
export function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes, { stream: true });
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const sound = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return sound > broken;
}

interface EncodingGuess {
  readonly encoding: string;
  readonly text: string;
  /** The number of characters that the language does not use. */
  readonly strange: number;
}

function judge(sample: Uint8Array, encoding: string, languages: string): EncodingGuess | undefined {
  const text = decodeBytes(sample, encoding, { fatal: false });
  const language = recognizeLanguage(text) ?? '';
  if (!languages.split(' ').includes(language)) return undefined;
  const letters = language === 'en' ? LATIN_1 : (LETTERS.get(language) ?? CYRILLIC);
  const foreign = [...text.toLowerCase()].filter((character) => !/\p{ASCII}/u.test(character));
  const strange = foreign.filter(
    (character) => !letters.includes(character) && !TYPOGRAPHY.test(character),
  ).length;
  return strange > foreign.length * MAX_STRANGE_SHARE ? undefined : { encoding, text, strange };
}

/** The bytes around the first that are not ASCII, filled up from the beginning. */
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

const MIN_BYTES = 8;
const UTF16_SAMPLE = 4096;

/** The byte order of UTF-16 without a byte order mark, if the bytes are text in one order only. */
function recognizeUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < MIN_BYTES || bytes.length % 2 !== 0) return undefined;
  const little = isText(bytes, 'utf-16le');
  const big = isText(bytes, 'utf-16be');
  if (little === big) return undefined;
  return little ? 'utf-16le' : 'utf-16be';
}

/** Whether there are blanks, and no characters that text cannot have. */
function isText(bytes: Uint8Array, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, UTF16_SAMPLE), { stream: true });
  return /[ \n]/.test(text) && !/[\p{Cn}\p{Co}\ufffd]|[^\P{Cc}\s\u0085]/u.test(text);
}

/** The characters of the bytes 0x80 to 0x9F in windows-1252; some releases of Node read them as ISO 8859-1. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Decodes text in an encoding of the WHATWG's Encoding Standard, or in a code page of DOS, without its byte order mark.
 *
 * @throws RangeError if there is no such encoding; TypeError if bytes are invalid in it, unless `fatal` is false
 */
export function decodeBytes(bytes: Uint8Array, encoding: string, { fatal = true } = {}): string {
  if (encoding.startsWith('cp')) return iconv().decode(Buffer.from(bytes), encoding);
  const decoder = new TextDecoder(encoding, { fatal, ignoreBOM: false });
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}

/** HTML §13.2.3.2 asks authors to declare the encoding within 1024 bytes; browsers look further. */
const MAX_PRESCAN = 8192;

const DECLARATIONS: readonly RegExp[] = [
  /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)/i,
  /<meta\b[^>]*?\bcharset\s*=\s*(?:["']\s*)?([\w.:-]+)/i,
];

/** The encoding that an HTML page declares, by its name in the Encoding Standard. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = headOf(bytes);
  const label = DECLARATIONS.map((declaration) => declaration.exec(head)?.[1]).find(Boolean);
  return label === undefined ? undefined : attempt(() => new TextDecoder(label).encoding);
}

/** The encodings of pages that declare none, by their languages (HTML §13.2.3.2); of all others, windows-1252. */
const DEFAULTS = new Map(
  wordList(
    `iso-8859-2=hu,pl,sl iso-8859-7=el windows-874=th windows-1250=cs,hr,sk
    windows-1251=ba,be,bg,kk,ky,mk,ru,sah,sr,tg,tt,uk windows-1254=az,ku,tr windows-1255=he windows-1256=ar,fa
    windows-1257=et,lt,lv windows-1258=vi shift_jis=ja euc-kr=ko gbk=zh,zh-cn,zh-hans,zh-sg
    big5=zh-hant,zh-hk,zh-mo,zh-tw`,
  ).flatMap((pair) => {
    const [encoding = '', languages = ''] = pair.split('=');
    return languages.split(',').map((language) => [language, encoding] as const);
  }),
);

/** The encoding in which browsers read an HTML page that declares none. */
export function defaultEncoding(bytes: Uint8Array): string {
  const language = /<html\b[^>]*?\blang\s*=\s*["']?([\w-]+)/i.exec(headOf(bytes))?.[1]?.toLowerCase() ?? '';
  return DEFAULTS.get(language) ?? DEFAULTS.get(language.split('-')[0] ?? '') ?? 'windows-1252';
}

function headOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, MAX_PRESCAN)).replace(/<!--.*?(?:-->|$)/gs, '');
}
