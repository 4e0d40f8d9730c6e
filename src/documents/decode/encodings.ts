/** The characters of the bytes 0x80 to 0x9F in windows-1252; some releases of Node read them as ISO 8859-1. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Decodes text in an encoding of the WHATWG's Encoding Standard, without its byte order mark.
 *
 * @throws RangeError if there is no such encoding; TypeError if bytes mean nothing in it, unless `fatal` is false
 */
export function decodeBytes(bytes: Uint8Array, encoding: string, { fatal = true } = {}): string {
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
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** The encodings of pages that declare none, by their languages (HTML §13.2.3.2); of all others, windows-1252. */
const DEFAULTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'iso-8859-2': 'hu pl sl',
    'iso-8859-7': 'el',
    'windows-874': 'th',
    'windows-1250': 'cs hr sk',
    'windows-1251': 'ba be bg kk ky mk ru sah sr tg tt uk',
    'windows-1254': 'az ku tr',
    'windows-1255': 'he',
    'windows-1256': 'ar fa',
    'windows-1257': 'et lt lv',
    'windows-1258': 'vi',
    shift_jis: 'ja',
    'euc-kr': 'ko',
    gbk: 'zh zh-cn zh-hans zh-sg',
    big5: 'zh-hant zh-hk zh-mo zh-tw',
  }).flatMap(([encoding, languages]) =>
    languages.split(' ').map((language): [string, string] => [language, encoding]),
  ),
);

/** The encoding in which browsers read an HTML page that declares none. */
export function defaultEncoding(bytes: Uint8Array): string {
  const language = /<html\b[^>]*?\blang\s*=\s*["']?([\w-]+)/i.exec(headOf(bytes))?.[1]?.toLowerCase() ?? '';
  return DEFAULTS.get(language) ?? DEFAULTS.get(language.split('-')[0] ?? '') ?? 'windows-1252';
}

function headOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, MAX_PRESCAN)).replace(/<!--.*?(?:-->|$)/gs, '');
}
