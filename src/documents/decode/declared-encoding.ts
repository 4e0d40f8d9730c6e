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
