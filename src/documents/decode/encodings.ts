/** What the bytes 0x80 to 0x9F mean in windows-1252; some releases of Node have them as ISO 8859-1 does. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Text in an encoding of the WHATWG's Encoding Standard; without a byte order mark.
 *
 * @throws RangeError when there is no such encoding, and TypeError when bytes mean nothing in it and `fatal` is not
 *   `false`
 */
export function decodeBytes(bytes: Uint8Array, encoding: string, { fatal = true } = {}): string {
  const decoder = new TextDecoder(encoding, { fatal, ignoreBOM: false });
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}

/** HTML §13.2.3.2 asks authors to declare the encoding within so many bytes. */
const MAX_PRESCAN = 1024;

const DECLARATIONS: readonly RegExp[] = [
  /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)/i,
  /<meta\b[^>]*?\bcharset\s*=\s*(?:["']\s*)?([\w.:-]+)/i,
];

/** The encoding that an HTML page says it is in, by its name in the Encoding Standard. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1')
    .decode(bytes.subarray(0, MAX_PRESCAN))
    .replace(/<!--.*?(?:-->|$)/gs, '');
  const label = DECLARATIONS.map((declaration) => declaration.exec(head)?.[1]).find(Boolean);
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
