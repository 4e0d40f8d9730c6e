import { DocumentError, type SourceFile } from './document.ts';

/**
 * The text of a document: UTF-8, or UTF-16 that begins with a byte order mark; line ends become `\n`. Characters that
 * XML 1.0 §2.2 forbids, other control characters and Unicode noncharacters are left out.
 *
 * @throws DocumentError when the file is empty or is not text
 */
export function decodeText({ path, bytes }: SourceFile): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = decode(bytes, encoding, path);
  if (encoding === 'utf-8' && text.includes('\0')) {
    throw new DocumentError(
      `Cannot read seeds/${path}: byte ${bytes.indexOf(0)} is NUL; expected text, not binary data`,
    );
  }
  const clean = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Noncharacter_Code_Point}|\p{Cs}/gu, '');
  if (clean.trim() === '')
    throw new DocumentError(`Cannot read seeds/${path}: the file is empty; expected a document`);
  return clean;
}

function decode(bytes: Uint8Array, encoding: string, path: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new DocumentError(
      `Cannot read seeds/${path}: it is not ${encoding.toUpperCase()} text; save it as UTF-8`,
    );
  }
}
